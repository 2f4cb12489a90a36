"""Charge a surcharge on late dues, and receive it (DOMAIN FIN-11)."""

from uuid import UUID

from pydantic import BaseModel

from services.finance.commands.assessments import account_with
from services.finance.commands.fields import BusinessDate, Command, Fen
from services.finance.commands.kinds import account_kind
from services.finance.domain.numbering import account_of
from services.finance.domain.surcharges import decide_receive_surcharge, decide_surcharge
from shared.http.commands import BulkRoute, CommandRoute
from shared.referring import area_of
from shared.standing import refuse_future
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.work import Work


class SurchargeDues(Command):
    """For the days since the due day or the last charge; the rate is that of the day and the area."""

    assessment: UUID
    charged_on: BusinessDate


class ReceiveSurcharge(Command):
    """Money for what was charged."""

    assessment: UUID
    amount_fen: Fen
    received_on: BusinessDate


def surcharge_dues(work: Work, command: SurchargeDues) -> Answer:
    """Also for a union that has ended: what it was owed stays on its account."""
    refuse_future(command.charged_on, work.today, "charged_on")
    account = account_with(work, command.assessment)
    area = area_of(work, account.union)
    events = decide_surcharge(account, command.assessment, command.charged_on, area)
    kind = account_kind(account.union, account.year)
    answer = work.record(kind, account_of(command.assessment), events, account.union)
    return Answer(command.assessment, answer.version)


def receive_surcharge(work: Work, command: ReceiveSurcharge) -> Answer:
    """Separate income: nothing of it is dues."""
    refuse_future(command.received_on, work.today, "received_on")
    account = account_with(work, command.assessment)
    events = decide_receive_surcharge(account, command.assessment, command.amount_fen, command.received_on)
    kind = account_kind(account.union, account.year)
    answer = work.record(kind, account_of(command.assessment), events, account.union)
    return Answer(command.assessment, answer.version)


USE_CASES: dict[type[BaseModel], UseCase] = {
    SurchargeDues: surcharge_dues,
    ReceiveSurcharge: receive_surcharge,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/dues/assessments/{assessment}/surcharge", SurchargeDues, "Charge a surcharge"),
    CommandRoute("/dues/assessments/{assessment}/surcharge/receive", ReceiveSurcharge, "Receive a surcharge"),
)
