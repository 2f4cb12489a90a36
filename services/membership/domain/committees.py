"""The committee of a union and its term (DOMAIN ORG-05, ORG-14).

The term is over on the day after its last one, unless the next higher union has approved a delay.
"""

from datetime import date, timedelta
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict

from services.membership.domain.dates import NothingChanges, check_foreseeable, check_happened, months_after
from services.membership.domain.unions import GRASSROOTS, Union, check_living
from shared.approval import refuse_own
from shared.contracts.membership import (
    CommitteeElected,
    CommitteeEnded,
    ElectionHeld,
    ElectionPrepared,
    ElectionReported,
    TermDelayed,
    TermDelayRequested,
)
from shared.errors import Refused
from shared.rules import rule_or_none

NO_ELECTION = frozenset({"work_committee"})
TERMS = {True: ("term.years_grassroots_short", "term.years_grassroots_long"), False: ("term.years_above",)}
"""Rules of the terms allowed: inside the grassroots, and above it."""
ONE_DAY = timedelta(days=1)
MONTHS = 12


class NoElectionOfItsOwn(Refused):
    """A working committee is an agency of the union above (DOMAIN ORG-05)."""

    code = "no-election-of-its-own"


class TermLengthNotAllowed(Refused):
    """No rule allows a term of so many years."""

    code = "term-length-not-allowed"


class CommitteeInOffice(Refused):
    """A committee has been entered for this union."""

    code = "committee-in-office"


class NoCommitteeInOffice(Refused):
    """There is no committee whose term could be changed."""

    code = "no-committee-in-office"


class DelayNotRequested(Refused):
    """Nobody has asked for a delay."""

    code = "delay-not-requested"


class Term(NamedTuple):
    """A committee in office: `until` is the last day."""

    ordinal: int
    seats: int
    since: date
    years: int


class Committee(BaseModel):
    """State of a union's committee: the one in office, the election under way, a delay asked for."""

    model_config = ConfigDict(frozen=True)

    ordinal: int = 0
    seats: int = 0
    since: date | None = None
    until: date | None = None
    stage: str = ""
    stage_on: date | None = None
    next_seats: int = 0
    recorder: str | None = None
    document: str | None = None
    delay_until: date | None = None
    delay_recorder: str | None = None
    ended_on: date | None = None


def decide_record(
    committee: Committee | None, union: Union, term: Term, on: date, today: date
) -> tuple[CommitteeElected, ...]:
    """In office since a day before this register began; the first thing said of a committee."""
    check_happened(term.since, today, "since")
    check_electing(union, term.since, "since")
    check_term(union.level, term.years, on)
    if committee is not None and committee.since is not None:
        raise CommitteeInOffice(
            f"the committee since {committee.since.isoformat()} is entered",
            "union",
            str(committee.ordinal),
            "record the election of the next one",
        )
    return (
        CommitteeElected(
            occurredon=term.since,
            ordinal=term.ordinal,
            seats=term.seats,
            term_years=term.years,
            term_until=term_end(term.since, term.years),
            first=True,
            taken_over=True,
        ),
    )


def decide_found(level: int, term: Term, approval: tuple[str, str, str]) -> tuple[CommitteeElected, ...]:
    """The first committee, with its union: `approval`: its paper, who reported the election, who approved."""
    check_term(level, term.years, term.since)
    document, recorder, approver = approval
    return (
        CommitteeElected(
            occurredon=term.since,
            ordinal=1,
            seats=term.seats,
            term_years=term.years,
            term_until=term_end(term.since, term.years),
            first=True,
            document=document,
            recorder=recorder,
            approver=approver,
        ),
    )


def decide_request_delay(
    committee: Committee, until: date, recorder: str, on: date, today: date
) -> tuple[TermDelayRequested, ...]:
    """To stay beyond the term, by a year from today at most."""
    check_happened(on, today)
    check_foreseeable(until, today, "until")
    if committee.until is None:
        raise NoCommitteeInOffice("no committee is entered", "union", "", "record the committee first")
    if until <= committee.until:
        raise NothingChanges(
            f"the term lasts until {committee.until.isoformat()}", "until", until.isoformat(), "nothing to do"
        )
    return (TermDelayRequested(occurredon=on, until=until, recorder=recorder),)


def decide_delay(
    committee: Committee, document: str, approver: str, on: date, today: date
) -> tuple[TermDelayed, ...]:
    """Approved by somebody else; the committee is due only after the delay."""
    until, recorder = committee.delay_until, committee.delay_recorder
    if until is None or recorder is None or committee.until is None:
        raise DelayNotRequested("nobody has asked for a delay", "union", "", "ask for it first")
    refuse_own(recorder, approver)
    check_happened(on, today)
    return (
        TermDelayed(
            occurredon=on,
            old_until=committee.until,
            until=until,
            due_ends_on=max(committee.until + ONE_DAY, on),
            document=document,
            recorder=recorder,
            approver=approver,
        ),
    )


def decide_end(committee: Committee, on: date) -> tuple[CommitteeEnded, ...]:
    """With its union; nothing to say where no committee is in office."""
    if committee.until is None or committee.ended_on is not None:
        return ()
    due = max(committee.until + ONE_DAY, on)
    day = max(on, committee.since or on)
    return (CommitteeEnded(occurredon=day, term_until=committee.until, due_ends_on=due),)


def check_term(level: int, years: int, on: date) -> None:
    """Raises TermLengthNotAllowed; where no rule is known for the day, any length passes."""
    known = (rule_or_none(key, on) for key in TERMS[level >= GRASSROOTS])
    allowed = {each for each in known if each is not None}
    if allowed and years not in allowed:
        raise TermLengthNotAllowed(
            f"a committee at level {level} is elected for {sorted(allowed)} years",
            "term_years",
            str(years),
            "give one of these",
        )


def term_end(since: date, years: int) -> date:
    """The last day of a term."""
    return months_after(since, MONTHS * years) - ONE_DAY


def check_electing(union: Union, on: date, field: str = "on") -> None:
    """Raises NoElectionOfItsOwn, or what `check_living` raises."""
    check_living(union, on, field)
    if union.kind in NO_ELECTION:
        raise NoElectionOfItsOwn(
            "a working committee is an agency of the union above it",
            "union",
            union.kind,
            "nothing is elected here",
        )


def evolve(committee: Committee | None, event: Any) -> Committee:
    """The next state."""
    return (committee or Committee()).model_copy(update=_change(event))


def _change(event: Any) -> dict[str, Any]:
    match event:
        case ElectionPrepared():
            return {"stage": "prepared", "stage_on": event.occurredon}
        case ElectionHeld():
            return {"stage": "held", "stage_on": event.occurredon, "next_seats": event.seats}
        case ElectionReported():
            return {"stage": "reported", "stage_on": event.occurredon, "recorder": event.recorder}
        case CommitteeElected():
            return _elected(event)
        case _:
            return _delayed(event)


def _elected(event: CommitteeElected) -> dict[str, Any]:
    return {
        "ordinal": event.ordinal,
        "seats": event.seats,
        "since": event.occurredon,
        "until": event.term_until,
        "stage": "elected",
        "stage_on": event.occurredon,
        "document": event.document,
        "delay_until": None,
        "delay_recorder": None,
    }


def _delayed(event: Any) -> dict[str, Any]:
    match event:
        case TermDelayRequested():
            return {"delay_until": event.until, "delay_recorder": event.recorder}
        case TermDelayed():
            return {"until": event.until, "delay_until": None, "delay_recorder": None}
        case CommitteeEnded():
            return {"ended_on": event.occurredon}
        case _:
            raise TypeError(f"{type(event).__name__} does not happen to a committee")
