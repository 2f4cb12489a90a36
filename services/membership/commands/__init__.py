"""Commands and what they do: models at the edge, use cases between the desk and the rules."""

from pydantic import BaseModel

from services.membership.commands import employers, members, standing, tree, unions
from services.membership.commands.ahead import Ahead
from services.membership.commands.dates import naming_the_date
from shared.http.commands import BulkRoute, CommandRoute
from shared.vault import Vault
from shared.work.desk import UseCase

_ALL = (*unions.ROUTES, *tree.ROUTES, *employers.ROUTES, *members.ROUTES, *standing.ROUTES)
ROUTES = tuple(route for route in _ALL if isinstance(route, CommandRoute))
BULK_ROUTES = tuple(route for route in _ALL if isinstance(route, BulkRoute))


COMMANDS = tuple(dict.fromkeys(route.command for route in _ALL))


def use_cases(vault: Vault, ahead: Ahead) -> dict[type[BaseModel], UseCase]:
    """Every command of this service; personal data go through the vault."""
    known: dict[type[BaseModel], UseCase] = {
        **unions.USE_CASES,
        **tree.USE_CASES,
        **employers.USE_CASES,
        **members.use_cases(vault, ahead),
        **standing.use_cases(vault),
    }
    return {command: naming_the_date(use_case) for command, use_case in known.items()}
