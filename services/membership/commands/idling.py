"""Members of whom nobody has heard, and members whose union was dissolved (DOMAIN MEM-03, MEM-04, ORG-12)."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from services.membership.aggregates import UNION
from services.membership.commands.counting import living_members
from services.membership.commands.fields import BusinessDate, CatalogueId, Command, UnionReference
from services.membership.commands.holding import hold_living
from services.membership.commands.members import record
from services.membership.commands.references import find_member, find_union, need_of
from services.membership.domain import idling, retaining
from services.membership.domain.standing import decide_change_kind
from services.membership.domain.unions import Union
from shared.http.commands import BulkRoute, CommandRoute
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.roles import APPROVER
from shared.work.work import Work

LARGEST_TAKEN = 200


class RecordIdleMember(Command):
    """No dues and no activity since a day, after talks."""

    member: UUID
    idle_since: BusinessDate
    recorded_on: BusinessDate


class RecordMemberActive(Command):
    """Paid, took part, or has a good reason."""

    member: UUID
    active_on: BusinessDate


class ConfirmDeemedLeft(Command):
    """The calendar has proposed it; a person confirms it, not the one who recorded it."""

    member: UUID
    left_on: BusinessDate


class ChangeMemberKind(Command):
    """Another kind of worker from a day on; a mistake in the roster is corrected instead."""

    member: UUID
    worker_kind: CatalogueId
    changed_on: BusinessDate


class TakeUpMembers(Command):
    """Members of a dissolved union go to the next higher one and are retained; so many at a time."""

    union: UnionReference
    taken_on: BusinessDate
    limit: Annotated[int, Field(strict=True, ge=1, le=LARGEST_TAKEN)] = LARGEST_TAKEN


def record_idle_member(work: Work, command: RecordIdleMember) -> Answer:
    """The answer names the member."""
    member = find_member(work, command.member)
    events = idling.decide_record_idle(
        member, command.idle_since, work.actor, command.recorded_on, work.today
    )
    return record(work, command.member, events)


def record_member_active(work: Work, command: RecordMemberActive) -> Answer:
    """Nothing is proposed any more."""
    member = find_member(work, command.member)
    return record(work, command.member, idling.decide_active(member, command.active_on, work.today))


def confirm_deemed_left(work: Work, command: ConfirmDeemedLeft) -> Answer:
    """The membership ends."""
    member = find_member(work, command.member)
    events = idling.decide_deem_left(member, work.actor, command.left_on, work.today)
    return record(work, command.member, events)


def change_member_kind(work: Work, command: ChangeMemberKind) -> Answer:
    """What was before stays as it was."""
    member = find_member(work, command.member)
    events = decide_change_kind(member, command.worker_kind, command.changed_on, work.today)
    return record(work, command.member, events)


def take_up_members(work: Work, command: TakeUpMembers) -> Answer:
    """Warns while some remain: say it again."""
    work.want(need_of(command.union))
    unit, union = find_union(work, command.union, "union")
    ended_on = retaining.check_dissolved(union)
    on = max(ended_on, command.taken_on)
    higher = _higher(work, union)
    hold_living(work, *higher)
    members = living_members(work, unit)
    for id_, member in members[: command.limit]:
        record(work, id_, retaining.decide_take_up(member, higher, on, work.today))
    remain = ("members-remain",) if len(members) > command.limit else ()
    return Answer(unit, work.version(UNION, unit), remain)


def _higher(work: Work, union: Union) -> tuple[UUID, Union]:
    """The living union above, past those that were dissolved, too."""
    above = union.latest_parent
    while above is not None:
        state = find_union(work, str(above), "union")[1]
        if state.ended_on is None:
            return above, state
        above = state.successor or state.latest_parent
    raise retaining.NoHigherUnion("no living union stands above it", "union", union.name, "name another")


USE_CASES: dict[type[BaseModel], UseCase] = {
    RecordIdleMember: record_idle_member,
    RecordMemberActive: record_member_active,
    ConfirmDeemedLeft: confirm_deemed_left,
    ChangeMemberKind: change_member_kind,
    TakeUpMembers: take_up_members,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/members/{member}/idle", RecordIdleMember, "Record that a member is idle"),
    BulkRoute("/members/idle/bulk", RecordIdleMember, "Record the idle members of a list"),
    CommandRoute("/members/{member}/active", RecordMemberActive, "Record that a member is active again"),
    CommandRoute(
        "/members/{member}/deem-left", ConfirmDeemedLeft, "Confirm that a member has left", role=APPROVER
    ),
    CommandRoute("/members/{member}/change-kind", ChangeMemberKind, "Change the kind of a member"),
    BulkRoute("/members/change-kind/bulk", ChangeMemberKind, "Change the kinds of members"),
    CommandRoute("/unions/{union}/take-up-members", TakeUpMembers, "Retain the members of a dissolved union"),
)
