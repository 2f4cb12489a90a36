"""When something is due by a frequency, and what meets it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from services.rights.domain import duties
from services.rights.domain.duties import Duty, due_days, frequencies, period_end
from shared.errors import Problem


def duty(kind: str = "team", frequency: str = "monthly") -> Duty:
    since, until = date(2013, 1, 15), date(2013, 4, 29)
    days = due_days(frequencies()[frequency], since, until)
    return Duty(union=UUID(int=1), kind=kind, frequency=frequency, since=since, until=until, due=days)


def refused(reason: type[Problem], step: Callable[[], Any]) -> None:
    with pytest.raises(Problem) as caught:
        step()
    assert type(caught.value) is reason
    assert caught.value.field
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("frequency", "end"),
    [
        ("monthly", date(2012, 2, 29)),
        ("quarterly", date(2012, 3, 31)),
        ("half_yearly", date(2012, 6, 30)),
        ("semester", date(2012, 2, 29)),
        ("yearly", date(2012, 12, 31)),
        ("school_year", date(2012, 8, 31)),
    ],
)
def test_the_period_of_a_day(frequency: str, end: date) -> None:
    assert period_end(frequencies()[frequency], date(2012, 2, 3)) == end


def test_the_first_in_a_period_meets_it() -> None:
    state = duty()
    assert state.due == (date(2013, 1, 31), date(2013, 2, 28), date(2013, 3, 31))
    (first,) = duties.decide_meet(state, 12, date(2013, 2, 5))
    state = duties.evolve(state, first)
    (second,) = duties.decide_meet(state, 12, date(2013, 2, 6))
    (undue,) = duties.decide_meet(state, 12, date(2013, 4, 6))
    assert (first.met_until, second.met_until, undue.met_until) == (date(2013, 2, 28), None, None)
    (ended,) = duties.decide_end(state, "1号", date(2013, 2, 10))
    assert [each.until for each in ended.lapsed] == [date(2013, 3, 31)]
    refused(duties.OutsideDuty, lambda: duties.decide_meet(duties.evolve(state, ended), 1, date(2013, 2, 10)))


def test_a_frequency_that_never_falls_due() -> None:
    yearly = frequencies()["yearly"]
    refused(duties.FrequencyNeverDue, lambda: due_days(yearly, date(2013, 1, 1), date(2013, 12, 30)))
    monthly = frequencies()["monthly"]
    refused(duties.DutyTooLong, lambda: due_days(monthly, date(2013, 1, 1), date(2050, 1, 1)))


def test_meetings_and_disclosures_are_kept_apart() -> None:
    on = date(2013, 2, 1)
    refused(duties.DutyOfOtherKind, lambda: duties.decide_publish(duty(), "board", 9, on))
    refused(duties.DutyOfOtherKind, lambda: duties.decide_meet(duty("factory"), 9, on))
    refused(duties.OutsideDuty, lambda: duties.decide_meet(duty(), 9, date(2013, 1, 14)))
    (published,) = duties.decide_publish(duty("factory"), "board", 9, on)
    assert duties.evolve(duty("factory"), published).workers == 9


def test_questions_are_answered_in_time_where_the_area_says_so() -> None:
    asked, answered = date(2013, 2, 1), date(2013, 3, 4)
    (late,) = duties.decide_feedback(duty("factory"), answered, "330000", asked)
    (free,) = duties.decide_feedback(duty("factory"), answered, "", asked)
    assert (late.late, free.late) == (True, False)
    refused(
        duties.AnsweredBeforeAsked,
        lambda: duties.decide_feedback(duty("factory"), date(2013, 1, 31), "", asked),
    )
