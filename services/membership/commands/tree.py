"""Move unions, and end them."""

from uuid import UUID

from pydantic import BaseModel

from services.membership.aggregates import EMPLOYER, UNION
from services.membership.commands.counting import living_members
from services.membership.commands.employers import record_covered, record_uncovered
from services.membership.commands.ending import end_what_it_has
from services.membership.commands.fields import BusinessDate, CatalogueId, Command, UnionReference
from services.membership.commands.grants import end_credentials
from services.membership.commands.holding import hold_list, hold_living
from services.membership.commands.references import find_union, need_of
from services.membership.domain.endings import check_no_living, decide_dissolve, decide_merge
from services.membership.domain.tree import decide_join_line, decide_leave_line, decide_move
from services.membership.domain.unions import Union
from shared.http.commands import BulkRoute, CommandRoute
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.needs import Listed, Own
from shared.work.work import Work


class MoveUnion(Command):
    """Under another parent on the territorial line; may be backdated, or dated up to a year ahead."""

    union: UnionReference
    parent: UnionReference
    effective_on: BusinessDate


class JoinLine(Command):
    """Onto an industry line, or to another parent on it; dates as for a move."""

    union: UnionReference
    line: CatalogueId
    parent: UnionReference
    effective_on: BusinessDate


class LeaveLine(Command):
    """Off an industry line; dates as for a move."""

    union: UnionReference
    line: CatalogueId
    effective_on: BusinessDate


class MergeUnion(Command):
    """Into a living union of the same level, which takes over the employers (DOMAIN ORG-12)."""

    union: UnionReference
    successor: UnionReference
    on: BusinessDate


class DissolveUnion(Command):
    """For a reason of the catalogue; employers are no longer covered (DOMAIN ORG-12)."""

    union: UnionReference
    reason: CatalogueId
    on: BusinessDate


def move_union(work: Work, command: MoveUnion) -> Answer:
    """The whole subtree goes along."""
    work.want(need_of(command.union), need_of(command.parent))
    unit, union = find_union(work, command.union, "union")
    parent, state = find_union(work, command.parent, "parent")
    target = (parent, state, work.place(parent).lineage)
    events = decide_move(unit, union, target, command.effective_on, work.today)
    hold_living(work, parent, state)
    return work.record(UNION, unit, events, unit)


def join_line(work: Work, command: JoinLine) -> Answer:
    """The territorial place stays."""
    work.want(need_of(command.union), need_of(command.parent))
    unit, union = find_union(work, command.union, "union")
    target = find_union(work, command.parent, "parent")
    events = decide_join_line(union, command.line, target, command.effective_on, work.today)
    hold_living(work, *target)
    return work.record(UNION, unit, events, unit)


def leave_line(work: Work, command: LeaveLine) -> Answer:
    """The territorial place stays."""
    work.want(need_of(command.union))
    unit, union = find_union(work, command.union, "union")
    events = decide_leave_line(union, command.line, command.effective_on, work.today)
    return work.record(UNION, unit, events, unit)


def merge_union(work: Work, command: MergeUnion) -> Answer:
    """Members stay attached to the merged union, which counts under its successor."""
    work.want(need_of(command.union), need_of(command.successor))
    unit, union = find_union(work, command.union, "union")
    successor, state = find_union(work, command.successor, "successor")
    covered = _emptied(work, unit)
    events = decide_merge(unit, union, (successor, state), command.on, work.today)
    answer = work.record(UNION, unit, events, unit)
    hold_living(work, successor, state)
    end_credentials(work, unit, command.on)
    end_what_it_has(work, unit, command.on)
    for employer in covered:
        record_uncovered(work, employer, unit, command.on)
        record_covered(work, employer, successor, command.on)
    return answer


def dissolve_union(work: Work, command: DissolveUnion) -> Answer:
    """Its members are to be taken up by the higher union: the answer warns where there are some."""
    work.want(need_of(command.union))
    unit, union = find_union(work, command.union, "union")
    covered = _emptied(work, unit)
    events = decide_dissolve(union, command.reason, command.on, work.today)
    answer = work.record(UNION, unit, events, unit)
    end_credentials(work, unit, command.on)
    end_what_it_has(work, unit, command.on)
    for employer in covered:
        record_uncovered(work, employer, unit, command.on)
    remain = ("members-remain",) if living_members(work, unit) else ()
    return Answer(answer.id, answer.version, remain)


def _emptied(work: Work, unit: UUID) -> list[UUID]:
    """Check that no living union hangs there; the employers that are to be uncovered or handed over."""
    work.want(Listed(UNION.name, unit), Listed(EMPLOYER.name, unit))
    children, employers = hold_list(work, UNION, unit), hold_list(work, EMPLOYER, unit)
    work.want(*(Own(each) for each in (*children, *employers)))
    check_no_living((each, _known(work, each)) for each in children)
    states = ((each, work.get(EMPLOYER, each)) for each in employers)
    return [each for each, state in states if state is not None and state.union == unit]


def _known(work: Work, unit: UUID) -> Union:
    union = work.get(UNION, unit)
    assert union is not None, "a listed union exists"
    return union


USE_CASES: dict[type[BaseModel], UseCase] = {
    MoveUnion: move_union,
    JoinLine: join_line,
    LeaveLine: leave_line,
    MergeUnion: merge_union,
    DissolveUnion: dissolve_union,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/unions/{union}/move", MoveUnion, "Hang a union under another parent"),
    CommandRoute("/unions/{union}/join-line", JoinLine, "Put a union on an industry line"),
    CommandRoute("/unions/{union}/leave-line", LeaveLine, "Take a union off an industry line"),
    CommandRoute("/unions/{union}/merge", MergeUnion, "Merge a union into a successor"),
    CommandRoute("/unions/{union}/dissolve", DissolveUnion, "Dissolve a union"),
)
