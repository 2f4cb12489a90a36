"""Events of `services/finance`: money of the union, a module per subject. All amounts are integer fen."""

from shared.contracts.finance.accounts import *
from shared.contracts.finance.assets import *
from shared.contracts.finance.audits import *
from shared.contracts.finance.base import *
from shared.contracts.finance.budgets import *
from shared.contracts.finance.closing import *
from shared.contracts.finance.disclosures import *
from shared.contracts.finance.dues import *
from shared.contracts.finance.expenses import *
from shared.contracts.finance.facilities import *
from shared.contracts.finance.fundraising import *
from shared.contracts.finance.grants import *
from shared.contracts.finance.levy import *
from shared.contracts.finance.member_dues import *
from shared.contracts.finance.rebates import *
from shared.contracts.finance.sharing import *
from shared.contracts.finance.surcharges import *
from shared.contracts.finance.tax_collection import *
