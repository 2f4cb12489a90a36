"""Commands and what they do: models at the edge, use cases between the desk and the rules."""

from types import ModuleType

from services.exchange.commands import agreements
from shared.http.subjects import UseCases, gathered, use_cases_of
from shared.vault import Vault

SUBJECTS: tuple[ModuleType, ...] = (agreements,)

SAID = gathered(SUBJECTS)
ROUTES, BULK_ROUTES, LISTINGS = SAID


def use_cases(vault: Vault) -> UseCases:
    """Every command of this service; keys of agreements go through the vault."""
    return use_cases_of(SUBJECTS) | agreements.use_cases(vault)
