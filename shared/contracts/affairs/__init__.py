"""Events of `services/affairs`, a module per subject."""

from shared.contracts.affairs.base import *
from shared.contracts.affairs.plans import *
from shared.contracts.affairs.targets import *
