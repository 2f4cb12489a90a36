"""Commands and what they do: models at the edge, use cases between the desk and the rules.

Every module of a subject says its USE_CASES, its ROUTES and, for the GET routes, its LISTINGS.
"""

from types import ModuleType

from pydantic import BaseModel

from services.events.commands import (
    activities,
    activity_registration,
    activity_reports,
    competitions,
    delegations,
    fitness,
    mentoring,
    papers,
    safety_cups,
    scoreboards,
    selections,
    suggestions,
    tournaments,
    trainings,
)
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.listing import Listing
from shared.work.desk import UseCase

SUBJECTS: tuple[ModuleType, ...] = (
    activities,
    activity_registration,
    activity_reports,
    competitions,
    delegations,
    fitness,
    mentoring,
    papers,
    safety_cups,
    scoreboards,
    selections,
    suggestions,
    tournaments,
    trainings,
)

USE_CASES: dict[type[BaseModel], UseCase] = {
    command: use_case for subject in SUBJECTS for command, use_case in subject.USE_CASES.items()
}
_ALL = tuple(route for subject in SUBJECTS for route in subject.ROUTES)
ROUTES = tuple(route for route in _ALL if isinstance(route, CommandRoute))
BULK_ROUTES = tuple(route for route in _ALL if isinstance(route, BulkRoute))
LISTINGS: tuple[Listing, ...] = tuple(listing for subject in SUBJECTS for listing in subject.LISTINGS)
