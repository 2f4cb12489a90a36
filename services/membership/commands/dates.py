"""The date of a command under the name the caller gave it: the rules only say `on`."""

from functools import cache, wraps

from pydantic import BaseModel

from shared.errors import Refused
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.work import Work

RULES_SAY = "on"


def naming_the_date(use_case: UseCase) -> UseCase:
    """The same use case, whose refusals name the command's own field: `left_on`, `effective_on` …"""

    @wraps(use_case)
    def named(work: Work, command: BaseModel) -> Answer:
        try:
            return use_case(work, command)
        except Refused as refusal:
            if refusal.field == RULES_SAY:
                refusal.field = _date_of(type(command))
            raise

    return named


@cache
def _date_of(command: type[BaseModel]) -> str:
    return next((name for name in command.model_fields if name.endswith("_on")), RULES_SAY)
