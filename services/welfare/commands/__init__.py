"""Commands and what they do: models at the edge, use cases between the desk and the rules.

Every module of a subject says its USE_CASES, its ROUTES and, where it has some, its LISTINGS.
"""

from types import ModuleType

from services.welfare.commands import (
    benefits,
    cards,
    drives,
    employer_funds,
    employment,
    equipment,
    facilities,
    funds,
    hardship,
    help_pairs,
    loans,
    merchants,
    mutual_aid_claims,
    mutual_aid_enrolments,
    mutual_aid_periods,
    relief,
    relief_payments,
    villages,
)
from shared.http.subjects import gathered, use_cases_of

SUBJECTS: tuple[ModuleType, ...] = (
    funds,
    hardship,
    relief,
    relief_payments,
    employer_funds,
    villages,
    drives,
    mutual_aid_periods,
    mutual_aid_enrolments,
    mutual_aid_claims,
    loans,
    cards,
    merchants,
    benefits,
    employment,
    help_pairs,
    facilities,
    equipment,
)

USE_CASES = use_cases_of(SUBJECTS)
SAID = gathered(SUBJECTS)
ROUTES, BULK_ROUTES, LISTINGS = SAID
