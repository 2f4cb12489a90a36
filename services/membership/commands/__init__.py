"""Commands and what they do: models at the edge, use cases between the desk and the rules.

Every module of a subject says its USE_CASES, its ROUTES and, for the GET routes, its LISTINGS; those
that touch personal data make their use cases over a vault.
"""

from types import ModuleType

from pydantic import BaseModel

from services.membership.commands import (
    applications,
    approaching,
    committees,
    conditions,
    credential_targets,
    departments,
    employers,
    establishing,
    grants,
    honours,
    idling,
    members,
    officers,
    pairings,
    preparations,
    register,
    role_models,
    standing,
    trainings,
    tree,
    unions,
    women,
)
from services.membership.commands.ahead import Ahead
from services.membership.commands.dates import naming_the_date
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.listing import Listing
from shared.vault import Vault
from shared.work.desk import UseCase

SUBJECTS: tuple[ModuleType, ...] = (
    establishing,
    unions,
    tree,
    employers,
    approaching,
    preparations,
    committees,
    women,
    officers,
    trainings,
    conditions,
    departments,
    idling,
    applications,
    grants,
    credential_targets,
    honours,
    role_models,
    pairings,
)
PERSONAL: tuple[ModuleType, ...] = (members, standing, register)

_ALL = tuple(route for subject in (*SUBJECTS, *PERSONAL) for route in subject.ROUTES)
ROUTES = tuple(route for route in _ALL if isinstance(route, CommandRoute))
BULK_ROUTES = tuple(route for route in _ALL if isinstance(route, BulkRoute))
LISTINGS: tuple[Listing, ...] = tuple(
    listing for subject in (*SUBJECTS, register) for listing in subject.LISTINGS
)

COMMANDS = tuple(dict.fromkeys(route.command for route in _ALL))


def use_cases(vault: Vault, ahead: Ahead) -> dict[type[BaseModel], UseCase]:
    """Every command of this service; personal data go through the vault."""
    known: dict[type[BaseModel], UseCase] = {
        command: use_case for subject in SUBJECTS for command, use_case in subject.USE_CASES.items()
    }
    known |= {**members.use_cases(vault, ahead), **standing.use_cases(vault), **register.use_cases(vault)}
    return {command: naming_the_date(use_case) for command, use_case in known.items()}
