"""Occasions that a union arranges: planned, scheduled, held or cancelled (DOMAIN WEL-12, FIN-19)."""

from collections.abc import Iterator
from datetime import date
from typing import Literal, NamedTuple, assert_never
from uuid import UUID

from shared.catalogues import Catalogue, Entry, catalogue_of
from shared.contracts.welfare import (
    BenefitCancelled,
    BenefitHeld,
    BenefitPlanned,
    BenefitScheduled,
    GroupCount,
)
from shared.errors import Malformed, Refused
from shared.frozen import Frozen
from shared.rules import rule_or_none

BenefitEvent = BenefitPlanned | BenefitScheduled | BenefitHeld | BenefitCancelled
Stage = Literal["planned", "scheduled", "held", "cancelled"]
GRASSROOTS = 6
NOT_FROM_GRASSROOTS_MONEY = "not-from-grassroots-union-money"
TOO_MANY_DAYS = "more-days-than-the-rule"
TOO_DEAR_A_DAY = "dearer-a-day-than-the-rule"
TOO_DEAR_A_YEAR = "dearer-than-the-rule-of-a-year"
MORE_THAN_PLACES = "more-people-than-places"


class BenefitKind(Entry):
    """What holds for a kind; see the catalogue."""

    by_name: bool = False
    grassroots_money: bool = True
    limits: str | None = None


def kinds() -> Catalogue[BenefitKind]:
    """All kinds."""
    return catalogue_of("benefit_kinds", BenefitKind)


class NotByName(Malformed):
    """Those who come to this kind are counted, never told by their ids."""

    code = "benefit-not-by-name"


class BenefitStageWrong(Refused):
    """The occasion is at another stage of its course."""

    code = "benefit-stage-wrong"


class BenefitDatesOdd(Malformed):
    """It ends before it begins."""

    code = "benefit-dates-odd"


class HeldBeforeStart(Refused):
    """It was not held before its first day."""

    code = "held-before-start"


class NobodyCounted(Malformed):
    """Neither people nor person-times nor children were counted."""

    code = "nobody-counted"


class PeopleToldTwice(Malformed):
    """People are told by name or as counts, one of the two."""

    code = "people-told-twice"


class Benefit(Frozen):
    """One occasion."""

    union: UUID
    kind: str
    payer: str
    by_name: bool
    edition: int | None = None
    stage: Stage = "planned"
    starts_on: date | None = None
    ends_on: date | None = None
    places: int | None = None
    held_on: date | None = None


class Plan(NamedTuple):
    """What shall be arranged, at a union of this level."""

    kind: str
    payer: str
    by_name: bool
    edition: int | None
    level: int
    on: date


class Schedule(NamedTuple):
    """When, and for how many."""

    starts_on: date
    ends_on: date
    places: int
    on: date


class Report(NamedTuple):
    """What is counted afterwards; `outside`: it was outside the province."""

    groups: tuple[GroupCount, ...]
    person_times: int
    children: int
    classes: int
    sessions: int
    cost_fen: int
    outside: bool
    on: date

    @property
    def people(self) -> int:
        """Over all groups."""
        return sum(each.people for each in self.groups)


def decide_plan(union: UUID, plan: Plan) -> tuple[BenefitPlanned]:
    """Warns where a grassroots union's own money is not for it (DOMAIN FIN-19)."""
    kind = kinds().checked(plan.kind, "kind")
    if plan.by_name and not kind.by_name:
        raise NotByName(
            f"those who come to {kind.id} are counted",
            field="by_name",
            value="true",
            remedy="leave by_name out, and give counts when it was held",
        )
    own = plan.payer == "union" and plan.level >= GRASSROOTS
    return (
        BenefitPlanned(
            occurredon=plan.on,
            union=union,
            kind=kind.id,
            payer=plan.payer,
            by_name=plan.by_name,
            edition=plan.edition,
            warnings=(NOT_FROM_GRASSROOTS_MONEY,) if own and not kind.grassroots_money else (),
        ),
    )


def decide_schedule(state: Benefit, schedule: Schedule) -> tuple[BenefitScheduled]:
    """Also again, until it is held."""
    _refuse_stage(state, "planned", "scheduled")
    if schedule.ends_on < schedule.starts_on:
        raise BenefitDatesOdd(
            f"it begins on {schedule.starts_on}",
            field="ends_on",
            value=str(schedule.ends_on),
            remedy="give that day or a later one",
        )
    return (
        BenefitScheduled(
            occurredon=schedule.on,
            kind=state.kind,
            starts_on=schedule.starts_on,
            ends_on=schedule.ends_on,
            places=schedule.places,
            old_places=state.places,
        ),
    )


def decide_hold(state: Benefit, report: Report, area: str) -> tuple[BenefitHeld]:
    """Warns of days and cost above the local rule, and of more people than places (DOMAIN WEL-12)."""
    _refuse_stage(state, "scheduled")
    assert state.starts_on is not None
    assert state.ends_on is not None
    if report.on < state.starts_on:
        raise HeldBeforeStart(
            f"it begins on {state.starts_on}",
            field="held_on",
            value=str(report.on),
            remedy="schedule it again, or check the date",
        )
    _refuse_counts(state, report)
    return (
        BenefitHeld(
            occurredon=report.on,
            kind=state.kind,
            payer=state.payer,
            groups=report.groups,
            person_times=report.person_times,
            children=report.children,
            classes=report.classes,
            sessions=report.sessions,
            days=_days(state),
            cost_fen=report.cost_fen,
            edition=state.edition,
            warnings=tuple(_doubts(state, report, area)),
        ),
    )


def decide_cancel(state: Benefit, on: date) -> tuple[BenefitCancelled]:
    """Before it is held."""
    _refuse_stage(state, "planned", "scheduled")
    return (BenefitCancelled(occurredon=on, kind=state.kind),)


def evolve(state: Benefit | None, event: BenefitEvent) -> Benefit:
    """The occasion after the event."""
    if isinstance(event, BenefitPlanned):
        said = event.model_dump(include={"union", "kind", "payer", "by_name", "edition"})
        return Benefit.model_validate(said)
    assert state is not None
    match event:
        case BenefitScheduled():
            days = {"starts_on": event.starts_on, "ends_on": event.ends_on, "places": event.places}
            return state.model_copy(update={"stage": "scheduled", **days})
        case BenefitHeld():
            return state.model_copy(update={"stage": "held", "held_on": event.occurredon})
        case BenefitCancelled():
            return state.model_copy(update={"stage": "cancelled"})
        case _:
            assert_never(event)


def _doubts(state: Benefit, report: Report, area: str) -> Iterator[str]:
    if state.places is not None and report.people + report.children > state.places:
        yield MORE_THAN_PLACES
    name = kinds()[state.kind].limits
    if name is None:
        return
    days = _days(state)
    most = rule_or_none(f"{name}.days_{'outside' if report.outside else 'inside'}", report.on, area)
    if most is not None and days > most:
        yield TOO_MANY_DAYS
    # Of what is done by name the places stand for the people, who are told afterwards.
    people = report.people or state.places or 0
    a_day = rule_or_none(f"{name}.fen_a_day", report.on, area)
    if a_day is not None and report.cost_fen > people * days * a_day:
        yield TOO_DEAR_A_DAY
    a_year = rule_or_none(f"{name}.fen_a_year", report.on, area)
    if a_year is not None and report.cost_fen > people * a_year:
        yield TOO_DEAR_A_YEAR


def _days(state: Benefit) -> int:
    assert state.starts_on is not None
    assert state.ends_on is not None
    return (state.ends_on - state.starts_on).days + 1


def _refuse_counts(state: Benefit, report: Report) -> None:
    if state.by_name and report.groups:
        raise PeopleToldTwice(
            "those who came are told by name",
            field="groups",
            value=str(report.people),
            remedy="leave groups out, and tell the people one by one",
        )
    if not state.by_name and not (report.people or report.person_times or report.children):
        raise NobodyCounted(
            "nobody was counted", field="groups", value="0", remedy="give people, person-times or children"
        )


def _refuse_stage(state: Benefit, *stages: Stage) -> None:
    if state.stage not in stages:
        raise BenefitStageWrong(
            f"it is {state.stage}",
            field="benefit",
            value=state.stage,
            remedy=f"this is done while it is {' or '.join(stages)}",
        )
