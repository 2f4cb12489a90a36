"""Commands and what they do: models at the edge, use cases between the desk and the rules.

Every module of a subject says its USE_CASES, its ROUTES and, for the GET routes, its LISTINGS.
"""

from types import ModuleType

from pydantic import BaseModel

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
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.listing import Listing
from shared.work.desk import UseCase

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

USE_CASES: dict[type[BaseModel], UseCase] = {
    command: use_case for subject in SUBJECTS for command, use_case in subject.USE_CASES.items()
}
_ALL = tuple(route for subject in SUBJECTS for route in subject.ROUTES)
ROUTES = tuple(route for route in _ALL if isinstance(route, CommandRoute))
BULK_ROUTES = tuple(route for route in _ALL if isinstance(route, BulkRoute))
LISTINGS: tuple[Listing, ...] = tuple(listing for subject in SUBJECTS for listing in subject.LISTINGS)
