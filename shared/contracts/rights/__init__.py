"""Events of `services/rights`, a module per subject."""

from shared.contracts.rights.actions import *
from shared.contracts.rights.agreements import *
from shared.contracts.rights.base import *
from shared.contracts.rights.bodies import *
from shared.contracts.rights.cases import *
from shared.contracts.rights.congress import *
from shared.contracts.rights.democracy import *
from shared.contracts.rights.evaluation import *
from shared.contracts.rights.monitoring import *
from shared.contracts.rights.supervision import *
from shared.contracts.rights.surveys import *
