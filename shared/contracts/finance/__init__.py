"""Events of `services/finance`: money of the union, a module per subject. All amounts are integer fen."""

from shared.contracts.finance.base import *
from shared.contracts.finance.dues import *
