"""Set what a unit shall receive in a year."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from services.finance.commands.fields import BusinessDate, Command, Fen
from services.finance.commands.kinds import TARGET, target_kind
from services.finance.domain.numbering import target_id
from services.finance.domain.periods import EARLIEST_YEAR, LATEST_YEAR
from services.finance.domain.targets import Task, decide_set_target
from shared.http.commands import BulkRoute, CommandRoute
from shared.referring import refuse_bad_date
from shared.units import UNIT
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.needs import Copied, Own
from shared.work.work import Work


class SetDuesTarget(Command):
    """The unit shall receive this much in the calendar year; the issuer is a unit above it."""

    unit: UUID
    year: Annotated[int, Field(strict=True, ge=EARLIEST_YEAR, le=LATEST_YEAR)]
    amount_fen: Fen
    issuer: UUID
    set_on: BusinessDate


def set_dues_target(work: Work, command: SetDuesTarget) -> Answer:
    """The first amount of the year, or a change that keeps the old one."""
    id_ = target_id(command.unit, command.year)
    work.want(Copied(UNIT.name, command.unit), Own(id_))
    refuse_bad_date(work, command.unit, command.set_on, "set_on")
    lineage = work.place(command.unit).lineage
    task = Task(command.amount_fen, command.issuer, command.set_on)
    events = decide_set_target(work.get(TARGET, id_), command.year, lineage, task)
    return work.record(target_kind(command.unit, command.year), id_, events, command.unit)


USE_CASES: dict[type[BaseModel], UseCase] = {SetDuesTarget: set_dues_target}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/dues/targets", SetDuesTarget, "Set or change a unit's dues target", creates=True),
    BulkRoute("/dues/targets/bulk", SetDuesTarget, "Set dues targets, many at once"),
)
