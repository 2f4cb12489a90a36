"""Commands and what they do: models at the edge, use cases between the desk and the rules.

Every module of a subject says its USE_CASES, its ROUTES and, where it has some, its LISTINGS.
"""

from types import ModuleType

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
from shared.http.subjects import gathered, use_cases_of

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

USE_CASES = use_cases_of(SUBJECTS)
SAID = gathered(SUBJECTS)
ROUTES, BULK_ROUTES, LISTINGS = SAID
