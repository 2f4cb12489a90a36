"""Commands and what they do: models at the edge, use cases between the desk and the rules.

Every module of a subject says its USE_CASES, its ROUTES and, where it has some, its LISTINGS; that which
seals ballots makes some of its use cases over a vault.
"""

from types import ModuleType

from services.rights.commands import (
    actions,
    agreements,
    bodies,
    cases,
    congress,
    contract_register,
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
from shared.http.subjects import UseCases, gathered, use_cases_of
from shared.vault import Vault

SUBJECTS: tuple[ModuleType, ...] = (
    actions,
    agreements,
    bodies,
    cases,
    congress,
    contract_register,
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

SAID = gathered(SUBJECTS)
ROUTES, BULK_ROUTES, LISTINGS = SAID


def use_cases(vault: Vault) -> UseCases:
    """Every command of this service; ballots go through the vault."""
    return use_cases_of(SUBJECTS) | evaluations.use_cases(vault)
