"""Commands and what they do: models at the edge, use cases between the desk and the rules.

Every module of a subject says its USE_CASES, its ROUTES and, where it has some, its LISTINGS; that which
seals texts makes some of its use cases over a vault.
"""

from types import ModuleType

from services.affairs.commands import (
    articles,
    closings,
    documents,
    narratives,
    performance,
    plans,
    publicity,
    records,
    summaries,
    targets,
)
from shared.http.subjects import UseCases, gathered, use_cases_of
from shared.vault import Vault

SUBJECTS: tuple[ModuleType, ...] = (
    targets,
    plans,
    narratives,
    articles,
    publicity,
    documents,
    records,
    performance,
    closings,
    summaries,
)

SAID = gathered(SUBJECTS)
ROUTES, BULK_ROUTES, LISTINGS = SAID


def use_cases(vault: Vault) -> UseCases:
    """Every command of this service; texts go through the vault."""
    return use_cases_of(SUBJECTS) | narratives.use_cases(vault) | summaries.use_cases(vault)
