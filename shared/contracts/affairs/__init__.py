"""Events of `services/affairs`, a module per subject."""

from shared.contracts.affairs.base import *
