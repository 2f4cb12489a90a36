"""Commands and what they do: models at the edge, use cases between the desk and the rules.

Every module of a subject says its USE_CASES, its ROUTES and, where it has some, its LISTINGS; those
that touch personal data make their use cases over a vault.
"""

from types import ModuleType

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
    privacy,
    register,
    role_models,
    roles,
    standing,
    trainings,
    tree,
    unions,
    women,
)
from services.membership.commands.ahead import Ahead
from services.membership.commands.dates import naming_the_date
from shared.http.subjects import UseCases, gathered, use_cases_of
from shared.vault import Vault

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
    privacy,
    roles,
)
PERSONAL: tuple[ModuleType, ...] = (members, standing, register)

SAID = gathered((*SUBJECTS, *PERSONAL))
ROUTES, BULK_ROUTES, LISTINGS = SAID

COMMANDS = tuple(
    dict.fromkeys([*(route.command for route in ROUTES), *(route.command for route in BULK_ROUTES)])
)


def use_cases(vault: Vault, ahead: Ahead) -> UseCases:
    """Every command of this service; personal data go through the vault."""
    personal = {**members.use_cases(vault, ahead), **standing.use_cases(vault), **register.use_cases(vault)}
    known = use_cases_of(SUBJECTS) | personal
    return {command: naming_the_date(use_case) for command, use_case in known.items()}
