"""Equipment given to service points."""

from uuid import UUID

from pydantic import BaseModel

from services.welfare.commands.facilities import FACILITY
from services.welfare.domain import equipment
from services.welfare.domain.equipment import EquipmentIssue, HandOver, decide_issue, decide_reverse
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import BusinessDate, CatalogueId, Command, Count, EmployerText, FenOrZero, UnionText
from shared.http.listing import Listing
from shared.referring import find_employer, find_union, need_of_union, refuse_bad_date
from shared.standing import refuse_future
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.finding import find
from shared.work.kinds import Kind
from shared.work.work import Work

ISSUE: Kind[EquipmentIssue] = Kind(
    "equipment-issue", EquipmentIssue, equipment.evolve, lambda state: state.union
)


class IssueEquipment(Command):
    """Given to a facility, else to an employer, else to the union itself."""

    union: UnionText
    item: CatalogueId
    quantity: Count
    value_fen: FenOrZero = 0
    facility: UUID | None = None
    employer: EmployerText | None = None
    issued_on: BusinessDate


class ReverseEquipmentIssue(Command):
    """It was wrong, or everything came back."""

    issue: UUID
    reversed_on: BusinessDate


def issue(work: Work, command: IssueEquipment) -> Answer:
    """The id answered is that of the hand-over."""
    work.want(need_of_union(command.union))
    union = find_union(work, command.union)
    refuse_bad_date(work, union, command.issued_on, "issued_on")
    given = HandOver(
        command.item,
        command.quantity,
        command.value_fen,
        _recipient(work, command) or union,
        command.issued_on,
    )
    return work.record(ISSUE, work.new_id(), decide_issue(union, given), union)


def reverse(work: Work, command: ReverseEquipmentIssue) -> Answer:
    """All of it."""
    refuse_future(command.reversed_on, work.today, "reversed_on")
    state = find(work, ISSUE, command.issue, "issue")
    events = decide_reverse(state, command.issue, command.reversed_on)
    return work.record(ISSUE, command.issue, events, state.union)


def _recipient(work: Work, command: IssueEquipment) -> UUID | None:
    if command.facility:
        find(work, FACILITY, command.facility)
        return command.facility
    return find_employer(work, command.employer) if command.employer else None


USE_CASES: dict[type[BaseModel], UseCase] = {IssueEquipment: issue, ReverseEquipmentIssue: reverse}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/equipment-issues", IssueEquipment, "Give equipment", creates=True),
    BulkRoute("/equipment-issues/bulk", IssueEquipment, "Give equipment to many"),
    CommandRoute("/equipment-issues/{issue}/reverse", ReverseEquipmentIssue, "Reverse a hand-over"),
)
LISTINGS: tuple[Listing, ...] = (Listing("/equipment-issues", ISSUE, "Equipment given"),)
