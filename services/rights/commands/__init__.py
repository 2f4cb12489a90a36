"""Commands and what they do: models at the edge, use cases between the desk and the rules.

Every module of a subject says its USE_CASES, its ROUTES and, where it has some, its LISTINGS.
"""

from types import ModuleType

from services.rights.commands import (
    actions,
    agreements,
    bodies,
    cases,
    congress,
    contracts,
    duties,
    early_warning,
    evaluations,
    proposals,
    resolutions,
    safety_pilots,
    sample_points,
    sign_rates,
    supervision,
    surveys,
)
from shared.http.subjects import gathered, use_cases_of

SUBJECTS: tuple[ModuleType, ...] = (
    actions,
    agreements,
    bodies,
    cases,
    congress,
    contracts,
    duties,
    early_warning,
    evaluations,
    proposals,
    resolutions,
    safety_pilots,
    sample_points,
    sign_rates,
    supervision,
    surveys,
)

USE_CASES = use_cases_of(SUBJECTS)
SAID = gathered(SUBJECTS)
ROUTES, BULK_ROUTES, LISTINGS = SAID
