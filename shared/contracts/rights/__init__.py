"""Events of `services/rights`, a module per subject."""

from shared.contracts.rights.agreements import *
from shared.contracts.rights.base import *
