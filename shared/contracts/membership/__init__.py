"""Events of `services/membership`: unions and their people, a module per subject.

The envelope's `unit` is the union the event counts for; `subject` is the aggregate (union, member, employer).
"""

from shared.contracts.membership.base import *
from shared.contracts.membership.committees import *
from shared.contracts.membership.conditions import *
from shared.contracts.membership.credentials import *
from shared.contracts.membership.employers import *
from shared.contracts.membership.honours import *
from shared.contracts.membership.members import *
from shared.contracts.membership.officers import *
from shared.contracts.membership.pairings import *
from shared.contracts.membership.preparations import *
from shared.contracts.membership.privacy import *
from shared.contracts.membership.role_models import *
from shared.contracts.membership.roles import *
from shared.contracts.membership.unions import *
