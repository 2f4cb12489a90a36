"""A duty by frequency: when it is due, whether a fact meets it; what is missed, the calendar shows."""

from datetime import date, timedelta
from typing import Literal, assert_never
from uuid import UUID

from services.rights.domain.deadlines import months_after
from shared.catalogues import Catalogue, Entry, catalogue_of
from shared.contracts.rights import (
    DemocraticDutyEnded,
    DemocraticDutySet,
    DisclosureFeedbackReceived,
    DisclosurePublished,
    DuePeriod,
    ManagementMeetingHeld,
)
from shared.errors import Refused
from shared.frozen import Frozen
from shared.rules import rule_or_none

DutyEvent = (
    DemocraticDutySet
    | DemocraticDutyEnded
    | ManagementMeetingHeld
    | DisclosurePublished
    | DisclosureFeedbackReceived
)
What = Literal["meeting", "disclosure"]
MOST_PERIODS = 400  # so that the event stays below its largest size


class DutyKind(Entry):
    """Of a meeting or a disclosure."""

    what: What


class Frequency(Entry):
    """Periods of so many months, counted from a month of the year."""

    months: int
    first_month: int


class FrequencyNeverDue(Refused):
    """No period ends between the two days."""

    code = "frequency-never-due"


class DutyTooLong(Refused):
    """Too many periods for one duty."""

    code = "duty-too-long"


class OutsideDuty(Refused):
    """The day lies before the duty began, or after its end."""

    code = "outside-duty"


class DutyOfOtherKind(Refused):
    """The duty is one to meet, or one to disclose."""

    code = "duty-of-other-kind"


class AnsweredBeforeAsked(Refused):
    """The answer lies before the question."""

    code = "answered-before-asked"


class Duty(Frozen):
    """One kind at one union, from `since` to `until`; `met` are the last days of periods that were met."""

    union: UUID
    kind: str
    frequency: str
    since: date
    until: date
    due: tuple[date, ...]
    met: tuple[date, ...] = ()
    workers: int = 0


def duty_kinds() -> Catalogue[DutyKind]:
    """Kinds of meetings and disclosures."""
    return catalogue_of("democratic_duties", DutyKind)


def frequencies() -> Catalogue[Frequency]:
    """How often."""
    return catalogue_of("democratic_frequencies", Frequency)


def period_end(frequency: Frequency, day: date) -> date:
    """The last day of the period a day lies in."""
    months = day.year * 12 + day.month - frequency.first_month
    rest = frequency.months - months % frequency.months
    return months_after(day.replace(day=1), rest) - timedelta(1)


def due_days(frequency: Frequency, since: date, until: date) -> tuple[date, ...]:
    """Last days of the periods that end from `since` to `until`; raises FrequencyNeverDue, DutyTooLong."""
    days: list[date] = []
    end = period_end(frequency, since)
    while end <= until and len(days) <= MOST_PERIODS:
        days.append(end)
        end = period_end(frequency, end + timedelta(1))
    if not days:
        raise FrequencyNeverDue(
            f"no period ends from {since} to {until}",
            field="frequency",
            value=frequency.id,
            remedy=f"let it last until {end} or longer, or take a shorter period",
        )
    if len(days) > MOST_PERIODS:
        raise DutyTooLong(
            f"it would be due more than {MOST_PERIODS} times",
            field="until",
            value=str(until),
            remedy="give an earlier day, and set the duty anew later",
        )
    return tuple(days)


def decide_meet(state: Duty, participants: int, on: date) -> tuple[ManagementMeetingHeld]:
    """The first in a period meets it."""
    _refuse_outside(state, on, "held_on", "meeting")
    met = _meets(state, on)
    return (ManagementMeetingHeld(occurredon=on, kind=state.kind, participants=participants, met_until=met),)


def decide_publish(state: Duty, channel: str, workers: int, on: date) -> tuple[DisclosurePublished]:
    """The first in a period meets it; the latest says how many workers are covered."""
    _refuse_outside(state, on, "published_on", "disclosure")
    return (
        DisclosurePublished(
            occurredon=on,
            kind=state.kind,
            channel=channel,
            workers=workers,
            old_workers=state.workers,
            met_until=_meets(state, on),
            until=state.until,
        ),
    )


def decide_feedback(
    state: Duty, answered_on: date | None, area: str, on: date
) -> tuple[DisclosureFeedbackReceived]:
    """Late where the area sets days for an answer."""
    _refuse_outside(state, on, "received_on", "disclosure")
    if answered_on is not None and answered_on < on:
        raise AnsweredBeforeAsked(
            f"it was asked on {on}", field="answered_on", value=str(answered_on), remedy="check the days"
        )
    days = rule_or_none("disclosure.answer_days", on, area)
    late = days is not None and answered_on is not None and answered_on > on + timedelta(days)
    return (DisclosureFeedbackReceived(occurredon=on, kind=state.kind, answered_on=answered_on, late=late),)


def decide_end(state: Duty, document: str, on: date) -> tuple[DemocraticDutyEnded]:
    """Periods that end on that day or later are not due any more, unless they have been met."""
    _refuse_outside(state, on, "ended_on", duty_kinds()[state.kind].what)
    lapsed = tuple(DuePeriod(until=each) for each in state.due if each >= on and each not in state.met)
    return (
        DemocraticDutyEnded(
            occurredon=on,
            kind=state.kind,
            lapsed=lapsed,
            workers=state.workers,
            old_until=state.until,
            document=document,
        ),
    )


def evolve(state: Duty | None, event: DutyEvent) -> Duty:
    """The duty after the event."""
    if isinstance(event, DemocraticDutySet):
        kept = event.model_dump(include={"union", "kind", "frequency", "until"})
        return Duty(**kept, since=event.occurredon, due=tuple(each.until for each in event.due))
    assert state is not None
    match event:
        case ManagementMeetingHeld():
            return state.model_copy(update={"met": _with(state.met, event.met_until)})
        case DisclosurePublished():
            met = _with(state.met, event.met_until)
            return state.model_copy(update={"met": met, "workers": event.workers})
        case DisclosureFeedbackReceived():
            return state
        case DemocraticDutyEnded():
            return state.model_copy(update={"until": event.occurredon - timedelta(1)})
        case _:
            assert_never(event)


def _with(met: tuple[date, ...], until: date | None) -> tuple[date, ...]:
    return met if until is None else (*met, until)


def _meets(state: Duty, on: date) -> date | None:
    end = period_end(frequencies()[state.frequency], on)
    return end if end in state.due and end not in state.met else None


def _refuse_outside(state: Duty, on: date, field: str, what: What) -> None:
    if duty_kinds()[state.kind].what != what:
        raise DutyOfOtherKind(
            f"it is a duty of {state.kind}", field="duty", value=state.kind, remedy="name another duty"
        )
    if not state.since <= on <= state.until:
        raise OutsideDuty(
            f"the duty lasts from {state.since} to {state.until}",
            field=field,
            value=str(on),
            remedy="give a day between them, or set a duty for that time",
        )
