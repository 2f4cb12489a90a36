"""Events of `services/exchange`, a module per subject."""

from shared.contracts.exchange.agreements import *
from shared.contracts.exchange.base import *
