"""Terms of a congress and its sessions (DOMAIN RIG-09, RIG-11, RIG-13)."""

from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID, uuid5

from services.rights.domain.course import Course, refuse_step
from services.rights.domain.deadlines import months_after, working_days_after
from services.rights.domain.voting import quorate, refuse_crowd
from shared.catalogues import catalogue
from shared.contracts.rights import (
    CongressRollChanged,
    CongressSessionClosed,
    CongressSessionConvened,
    CongressSessionScheduled,
    CongressTermOpened,
    ReportHeard,
)
from shared.errors import Refused
from shared.frozen import Frozen
from shared.rules import rule_or_none

NUMBERS = UUID("6f7ac9f6-54bd-5d3a-8f4e-0c1f3a7d9b11")
TermEvent = CongressTermOpened | CongressRollChanged
SessionEvent = CongressSessionScheduled | CongressSessionConvened | ReportHeard | CongressSessionClosed


class CongressNumberTaken(Refused):
    """Term and session number a session of a union once (DOMAIN RIG-13)."""

    code = "congress-number-taken"


class RollImpossible(Refused):
    """More managers or women than delegates, or more women than workers."""

    code = "roll-impossible"


class OutsideCongressTerm(Refused):
    """The day is not within the term."""

    code = "outside-congress-term"


class Roll(Frozen):
    """From `since` on so many delegates."""

    since: date
    delegates: int


class CongressTerm(Frozen):
    """A term with its roll in the order of days."""

    union: UUID
    term: int
    until: date
    rolls: tuple[Roll, ...]


class CongressSession(Course):
    """One session; scheduled, convened, closed."""

    union: UUID
    congress: UUID
    term: int
    session: int
    delegates: int = 0
    present: int = 0


class Closing(NamedTuple):
    """How a session ended."""

    problems_solved: int
    reported_on: date | None
    document: str
    on: date


def term_id(union: UUID, term: int) -> UUID:
    """One for each union and term."""
    return uuid5(NUMBERS, f"{union}/{term}")


def session_id(congress: UUID, session: int) -> UUID:
    """One for each term and session."""
    return uuid5(NUMBERS, f"{congress}/{session}")


def refuse_taken(taken: object, value: str) -> None:
    """Raises CongressNumberTaken when there is one with this number."""
    if taken is not None:
        raise CongressNumberTaken(
            "it is there already", field="session", value=value, remedy="give the next number"
        )


def decide_open(opened: CongressTermOpened, area: str) -> tuple[CongressTermOpened]:
    """`opened` with what there is to tell of it."""
    too_many = max(opened.managers, opened.women) > opened.delegates
    if too_many or opened.women_workers > opened.workers or opened.delegates > opened.workers:
        raise RollImpossible(
            f"{opened.delegates} delegates of {opened.workers} workers",
            field="delegates",
            value=str(opened.delegates),
            remedy="correct the numbers of delegates, managers, women and workers",
        )
    if opened.until < opened.occurredon:
        raise OutsideCongressTerm(
            f"the term begins on {opened.occurredon}",
            field="until",
            value=str(opened.until),
            remedy="give a later day",
        )
    return (opened.model_copy(update={"warnings": _term_warnings(opened, area)}),)


def decide_roll(state: CongressTerm, delegates: int, document: str, on: date) -> tuple[CongressRollChanged]:
    """From that day on; votes of earlier days keep their roll."""
    if not state.rolls[-1].since <= on <= state.until:
        raise OutsideCongressTerm(
            f"the present roll is of {state.rolls[-1].since}, the term lasts until {state.until}",
            field="on",
            value=str(on),
            remedy="give a day of the term that is not before the present roll",
        )
    return (
        CongressRollChanged(
            occurredon=on,
            term=state.term,
            delegates=delegates,
            old_delegates=state.rolls[-1].delegates,
            until=state.until,
            document=document,
        ),
    )


def decide_schedule(
    congress: UUID, term: CongressTerm, session: int, planned_on: date, on: date
) -> tuple[CongressSessionScheduled]:
    """A day after the term's end is told: a term may be late by a year at most."""
    return (
        CongressSessionScheduled(
            occurredon=on,
            union=term.union,
            congress=congress,
            term=term.term,
            session=session,
            planned_on=planned_on,
            warnings=("after-the-term",) if planned_on > term.until else (),
        ),
    )


def decide_convene(
    state: CongressSession, roll: int, met: CongressSessionConvened, papers_on: date | None
) -> tuple[CongressSessionConvened]:
    """`met` with the roll of the day. Without a quorum it may talk, not decide."""
    on = met.occurredon
    refuse_step(state, on, "convened_on", "scheduled")
    refuse_crowd(roll, met.present)
    enough = quorate(roll, met.present, on)
    days = rule_or_none("congress.papers_days", on)
    late = days is not None and papers_on is not None and papers_on > on - timedelta(days)
    told = {"without-quorum": not enough, "papers-late": late}
    update = {"delegates": roll, "quorate": enough, "warnings": tuple(c for c, true in told.items() if true)}
    return (met.model_copy(update=update),)


def decide_hear(state: CongressSession, report: str, on: date) -> tuple[ReportHeard]:
    """While it sits."""
    refuse_step(state, on, "heard_on", "convened")
    kind = catalogue("congress_reports").checked(report, "report").id
    return (ReportHeard(occurredon=on, term=state.term, session=state.session, report=kind),)


def decide_close(state: CongressSession, closing: Closing, area: str) -> tuple[CongressSessionClosed]:
    """A report upwards that came late, where the area sets days for it, is told."""
    refuse_step(state, closing.on, "closed_on", "convened")
    days = rule_or_none("congress.report_working_days", closing.on, area)
    due_on = working_days_after(closing.on, days) if days is not None else None
    late = due_on is not None and closing.reported_on is not None and closing.reported_on > due_on
    return (
        CongressSessionClosed(
            occurredon=closing.on,
            term=state.term,
            session=state.session,
            problems_solved=closing.problems_solved,
            reported_on=closing.reported_on,
            document=closing.document,
            warnings=("reported-late",) if late else (),
        ),
    )


def roll_on(state: CongressTerm, on: date) -> int:
    """Delegates on the roll that day; raises OutsideCongressTerm before the first."""
    _refuse_outside(state, on, "on")
    return [each.delegates for each in state.rolls if each.since <= on][-1]


def evolve_term(state: CongressTerm | None, event: TermEvent) -> CongressTerm:
    """The term after the event."""
    roll = Roll(since=event.occurredon, delegates=event.delegates)
    if isinstance(event, CongressTermOpened):
        return CongressTerm(union=event.union, term=event.term, until=event.until, rolls=(roll,))
    assert state is not None
    return state.model_copy(update={"rolls": (*state.rolls, roll)})


def evolve_session(state: CongressSession | None, event: SessionEvent) -> CongressSession:
    """The session after the event."""
    if isinstance(event, CongressSessionScheduled):
        kept = event.model_dump(include={"union", "congress", "term", "session"})
        return CongressSession(**kept, stage="scheduled", latest_on=event.occurredon)
    assert state is not None
    changes: dict[str, object] = {"latest_on": event.occurredon}
    if isinstance(event, CongressSessionConvened):
        changes |= {"stage": "convened", "delegates": event.delegates, "present": event.present}
    if isinstance(event, CongressSessionClosed):
        changes |= {"stage": "closed"}
    return state.model_copy(update=changes)


def _refuse_outside(state: CongressTerm, on: date, field: str) -> None:
    if on < state.rolls[0].since:
        raise OutsideCongressTerm(
            f"the term begins on {state.rolls[0].since}",
            field=field,
            value=str(on),
            remedy="give a day of the term",
        )


def _term_warnings(opened: CongressTermOpened, area: str) -> tuple[str, ...]:
    on, after = opened.occurredon, opened.until + timedelta(1)
    least, most = rule_or_none("congress.years_least", on), rule_or_none("congress.years_most", on)
    managers = rule_or_none("congress.managers_percent", on)
    told = {
        "term-outside-rule": (least is not None and after < months_after(on, 12 * least))
        or (most is not None and after > months_after(on, 12 * most)),
        "too-many-managers": managers is not None and opened.managers * 100 > opened.delegates * managers,
        "women-below-share": opened.women * opened.workers < opened.women_workers * opened.delegates,
        "too-few-delegates": opened.delegates < _fewest(opened.workers, on, area),
    }
    return tuple(code for code, true in told.items() if true)


def _fewest(workers: int, on: date, area: str) -> int:
    base = rule_or_none("congress.delegates_base", on, area)
    band = rule_or_none("congress.delegates_band", on, area)
    if base is None or band is None or workers < 100:
        return 0
    if workers > band:
        return rule_or_none("congress.delegates_above", on, area) or 0
    return base + (workers - 100) // 100 * (rule_or_none("congress.delegates_per_100", on, area) or 0)
