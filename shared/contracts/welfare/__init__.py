"""Events of `services/welfare`: help for people, a module per subject. All amounts are integer fen.

People, households and person-times are separate fields, never converted into each other.
"""

from shared.contracts.welfare.base import *
from shared.contracts.welfare.benefits import *
from shared.contracts.welfare.cards import *
from shared.contracts.welfare.drives import *
from shared.contracts.welfare.employer_funds import *
from shared.contracts.welfare.employment import *
from shared.contracts.welfare.facilities import *
from shared.contracts.welfare.funds import *
from shared.contracts.welfare.hardship import *
from shared.contracts.welfare.help_pairs import *
from shared.contracts.welfare.loans import *
from shared.contracts.welfare.mutual_aid import *
from shared.contracts.welfare.relief import *
from shared.contracts.welfare.villages import *
