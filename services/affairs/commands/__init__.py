"""Commands and what they do: models at the edge, use cases between the desk and the rules.

Every module of a subject says its USE_CASES, its ROUTES and, for the GET routes, its LISTINGS; that which
seals texts makes some of its use cases over a vault.
"""

from types import ModuleType

from pydantic import BaseModel

from services.affairs.commands import (
    articles,
    documents,
    narratives,
    performance,
    plans,
    publicity,
    records,
    targets,
)
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.listing import Listing
from shared.vault import Vault
from shared.work.desk import UseCase

SUBJECTS: tuple[ModuleType, ...] = (
    targets,
    plans,
    narratives,
    articles,
    publicity,
    documents,
    records,
    performance,
)

_ALL = tuple(route for subject in SUBJECTS for route in subject.ROUTES)
ROUTES = tuple(route for route in _ALL if isinstance(route, CommandRoute))
BULK_ROUTES = tuple(route for route in _ALL if isinstance(route, BulkRoute))
LISTINGS: tuple[Listing, ...] = tuple(listing for subject in SUBJECTS for listing in subject.LISTINGS)


def use_cases(vault: Vault) -> dict[type[BaseModel], UseCase]:
    """Every command of this service; texts go through the vault."""
    known = {command: use_case for subject in SUBJECTS for command, use_case in subject.USE_CASES.items()}
    return known | narratives.use_cases(vault)
