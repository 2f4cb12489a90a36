"""Events of `services/affairs`, a module per subject."""

from shared.contracts.affairs.base import *
from shared.contracts.affairs.closings import *
from shared.contracts.affairs.documents import *
from shared.contracts.affairs.narratives import *
from shared.contracts.affairs.plans import *
from shared.contracts.affairs.publicity import *
from shared.contracts.affairs.records import *
from shared.contracts.affairs.targets import *
