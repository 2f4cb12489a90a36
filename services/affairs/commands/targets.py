"""Set targets for the unions below, hand them on in parts, and say what became of them."""

from collections.abc import Callable
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from services.affairs.commands.steps import (
    Year,
    begun,
    refuse_outside,
    stepped,
    union_of,
    warnings_of,
)
from services.affairs.domain import target_closing, target_setting, targets
from services.affairs.domain.calendars import YearCalendar, year_of
from services.affairs.domain.target_closing import Done
from services.affairs.domain.targets import Target, TargetEvent
from shared.catalogues import catalogue
from shared.contracts import Event
from shared.contracts.affairs import TargetDrafted, TargetRevised, TargetWithdrawn
from shared.errors import Refused
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import BusinessDate, CatalogueId, Command, DocumentNumber, UnionText
from shared.http.listing import Listing
from shared.measures import measures
from shared.referring import area_of, find_union, need_of_union
from shared.standing import refuse_future
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.finding import find
from shared.work.kinds import Claim, Kind
from shared.work.work import Work

HELD = "target"
Number = Annotated[int, Field(strict=True, ge=1, le=10**13, description="What the measure counts.")]
Numerator = Annotated[int, Field(strict=True, ge=0, le=10**13, description="As the figure says it.")]


class AssignmentIncomplete(Refused):
    """What is handed down at once has a day and a paper."""

    code = "target-assignment-incomplete"


class TargetExists(Refused):
    """One target per union, year, measure and population."""

    code = "target-exists"


def _name(union: UUID, target: "DraftTarget | Target") -> str:
    return f"{union}/{target.calendar}/{target.year}/{target.measure}/{target.population}"


TARGET: Kind[Target] = Kind(
    "target",
    Target,
    targets.evolve,
    lambda target: target.union,
    lambda target: (
        frozenset() if target.stage == "withdrawn" else frozenset({Claim(HELD, _name(target.union, target))})
    ),
)


class DraftTarget(Command):
    """`issuer` wants a union under it to reach a number in a year, measured by a figure in a population.

    With `document` and `assigned_on` it is handed down at once, as a list of tasks is.
    """

    issuer: UnionText
    union: UnionText
    year: Year
    calendar: YearCalendar = "calendar"
    measure: CatalogueId
    population: CatalogueId = "all"
    number: Number
    drafted_on: BusinessDate
    document: DocumentNumber | None = None
    assigned_on: BusinessDate | None = None


class AssignTarget(Command):
    """It is handed down under a paper, such as a letter of responsibility (责任书)."""

    target: UUID
    document: DocumentNumber
    assigned_on: BusinessDate


class AcceptTarget(Command):
    """The union takes it on."""

    target: UUID
    accepted_on: BusinessDate


class DecomposeTarget(Command):
    """A part of it is set for a union below; the id answered is the part's."""

    target: UUID
    union: UnionText
    number: Number
    document: DocumentNumber
    decomposed_on: BusinessDate


class ReviseTarget(Command):
    """Another number is set under a paper."""

    target: UUID
    number: Number
    document: DocumentNumber
    revised_on: BusinessDate


class WithdrawTarget(Command):
    """It is not to be reached any more; another can be drafted in its place."""

    target: UUID
    document: DocumentNumber
    withdrawn_on: BusinessDate


class RecordTargetProgress(Command):
    """What the figure of the measure says at a cut; a rate with its denominator."""

    target: UUID
    done_numerator: Numerator
    done_denominator: Number = 1
    cut_on: BusinessDate
    recorded_on: BusinessDate


class CloseTarget(Command):
    """What the figure says at the last cut: met, missed, or more than was asked."""

    target: UUID
    done_numerator: Numerator
    done_denominator: Number = 1
    cut_on: BusinessDate
    closed_on: BusinessDate


def draft_target(work: Work, command: DraftTarget) -> Answer:
    """The id answered is the target's."""
    id_ = work.new_id()
    work.want(need_of_union(command.issuer), need_of_union(command.union))
    issuer = find_union(work, command.issuer, "issuer")
    union = union_of(work, command.union, command.drafted_on, "drafted_on")
    refuse_outside(work, issuer, union, "union")
    measure = measures().checked(command.measure, "measure").id
    population = catalogue("target_populations").checked(command.population, "population").id
    _refuse_twice(work, _name(union, command))
    first, last = year_of(command.calendar, command.year, area_of(work, union))
    wanted = TargetDrafted(
        occurredon=command.drafted_on,
        issuer=issuer,
        union=union,
        calendar=command.calendar,
        year=command.year,
        first_day=first,
        last_day=last,
        measure=measure,
        population=population,
        number=command.number,
    )
    events: list[TargetEvent] = [*target_setting.decide_draft(wanted), *_handed_down(work, command, wanted)]
    return begun(work, TARGET, id_, events, union)


def _handed_down(work: Work, command: DraftTarget, wanted: TargetDrafted) -> tuple[TargetEvent, ...]:
    if command.document is None and command.assigned_on is None:
        return ()
    if command.document is None or command.assigned_on is None:
        missing = "document" if command.document is None else "assigned_on"
        raise AssignmentIncomplete(
            "it says only one of day and paper", field=missing, value="", remedy="give both, or neither"
        )
    refuse_future(command.assigned_on, work.today, "assigned_on")
    drafted = targets.evolve(None, wanted)
    return target_setting.decide_assign(drafted, command.document, command.assigned_on)


def assign_target(work: Work, command: AssignTarget) -> Answer:
    """Counts from now on."""
    day = command.assigned_on
    return stepped(
        work,
        TARGET,
        command.target,
        (day, "assigned_on"),
        lambda target: target_setting.decide_assign(target, command.document, day),
    )


def accept_target(work: Work, command: AcceptTarget) -> Answer:
    """Only then it can be handed on."""
    day = command.accepted_on
    return stepped(
        work,
        TARGET,
        command.target,
        (day, "accepted_on"),
        lambda target: target_setting.decide_accept(target, day),
    )


def decompose_target(work: Work, command: DecomposeTarget) -> Answer:
    """The part is assigned at once, with the same year, measure and population."""
    id_ = work.new_id()
    target = find(work, TARGET, command.target)
    day = command.decomposed_on
    union = union_of(work, command.union, day, "decomposed_on")
    refuse_outside(work, target.union, union, "union")
    _refuse_twice(work, _name(union, target))
    about = target.model_dump(include={"calendar", "year", "first_day", "last_day", "measure", "population"})
    wanted = TargetDrafted(
        occurredon=day,
        issuer=target.union,
        union=union,
        number=command.number,
        part_of=command.target,
        **about,
    )
    events = target_setting.decide_decompose(target, id_, wanted)
    begun(work, TARGET, command.target, events, target.union)
    drafted = targets.evolve(None, wanted)
    answer = begun(
        work, TARGET, id_, [wanted, *target_setting.decide_assign(drafted, command.document, day)], union
    )
    return Answer(id_, answer.version, events[0].warnings)


def revise_target(work: Work, command: ReviseTarget) -> Answer:
    """Of a part, the whole it belongs to tells it, too."""
    day = command.revised_on
    return _changed(
        work,
        command.target,
        (day, "revised_on"),
        lambda target: target_setting.decide_revise(target, command.number, command.document, day),
    )


def withdraw_target(work: Work, command: WithdrawTarget) -> Answer:
    """Of a part, the whole it belongs to tells it, too."""
    day = command.withdrawn_on
    return _changed(
        work,
        command.target,
        (day, "withdrawn_on"),
        lambda target: target_setting.decide_withdraw(target, command.document, day),
    )


def _changed(
    work: Work,
    id_: UUID,
    when: tuple[BusinessDate, str],
    decide: Callable[[Target], tuple[TargetRevised | TargetWithdrawn]],
) -> Answer:
    refuse_future(when[0], work.today, when[1])
    target = find(work, TARGET, id_)
    events = decide(target)
    parts: tuple[Event, ...] = ()
    if target.part_of is not None:
        whole = find(work, TARGET, target.part_of)
        parts = target_setting.decide_part(whole, id_, events[0], target.union)
        begun(work, TARGET, target.part_of, parts, whole.union)
    answer = begun(work, TARGET, id_, events, target.union)
    return Answer(id_, answer.version, (*answer.warnings, *warnings_of(parts)))


def record_target_progress(work: Work, command: RecordTargetProgress) -> Answer:
    """Replaces what was recorded before."""
    day, done = command.recorded_on, _done(command)
    return stepped(
        work,
        TARGET,
        command.target,
        (day, "recorded_on"),
        lambda target: target_closing.decide_progress(target, done, day),
    )


def close_target(work: Work, command: CloseTarget) -> Answer:
    """For good."""
    day, done = command.closed_on, _done(command)
    return stepped(
        work,
        TARGET,
        command.target,
        (day, "closed_on"),
        lambda target: target_closing.decide_close(target, done, day),
    )


def _done(command: RecordTargetProgress | CloseTarget) -> Done:
    return Done(command.done_numerator, command.done_denominator, command.cut_on)


def _refuse_twice(work: Work, name: str) -> None:
    present = work.owner(HELD, name)
    if present:
        raise TargetExists(
            "the union has this target", field="union", value=name, remedy=f"continue with {present}"
        )


USE_CASES: dict[type[BaseModel], UseCase] = {
    DraftTarget: draft_target,
    AssignTarget: assign_target,
    AcceptTarget: accept_target,
    DecomposeTarget: decompose_target,
    ReviseTarget: revise_target,
    WithdrawTarget: withdraw_target,
    RecordTargetProgress: record_target_progress,
    CloseTarget: close_target,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/targets", DraftTarget, "Draft a target for a union below", creates=True),
    BulkRoute("/targets/bulk", DraftTarget, "Draft targets, many at once"),
    CommandRoute("/targets/{target}/assign", AssignTarget, "Assign a target"),
    CommandRoute("/targets/{target}/accept", AcceptTarget, "Accept a target"),
    CommandRoute("/targets/{target}/decompose", DecomposeTarget, "Hand on a part of it", creates=True),
    CommandRoute("/targets/{target}/revise", ReviseTarget, "Set another number"),
    CommandRoute("/targets/{target}/withdraw", WithdrawTarget, "Withdraw a target"),
    CommandRoute("/targets/{target}/progress", RecordTargetProgress, "Record what was done so far"),
    CommandRoute("/targets/{target}/close", CloseTarget, "Close a target as met or missed"),
)
LISTINGS: tuple[Listing, ...] = (Listing("/targets", TARGET, "Targets of the union"),)
