"""A congress decides by its roll; what a joint meeting may not settle waits for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from services.rights.domain import congress, course, joint_meetings, proposals, resolutions, voting
from services.rights.domain.congress import Closing, CongressSession, CongressTerm
from services.rights.domain.joint_meetings import JointMeeting
from services.rights.domain.resolutions import Resolution
from services.rights.domain.voting import Vote
from shared.contracts.rights import (
    CongressSessionConvened,
    CongressTermOpened,
    JointMatterTakenUp,
    ProposalAnswered,
    ProposalImplemented,
    ProposalRejected,
    ProposalSubmitted,
    ResolutionTabled,
)
from shared.errors import Problem

UNION, TERM, SESSION = UUID(int=1), UUID(int=2), UUID(int=3)
DAY = date(2013, 6, 3)


def opened(**but: Any) -> CongressTermOpened:
    usual: dict[str, Any] = {
        "occurredon": DAY,
        "union": UNION,
        "term": 8,
        "delegates": 90,
        "managers": 18,
        "women": 36,
        "workers": 1000,
        "women_workers": 400,
        "until": date(2016, 6, 2),
        "warnings": (),
    }
    return CongressTermOpened(**usual | but)


def term() -> CongressTerm:
    return congress.evolve_term(None, opened())


def convened(present: int = 60) -> CongressSessionConvened:
    return CongressSessionConvened(
        occurredon=DAY,
        term=8,
        session=4,
        delegates=0,
        present=present,
        units_covered=1,
        quorate=False,
        warnings=(),
    )


def scheduled() -> CongressSession:
    return congress.evolve_session(None, *congress.decide_schedule(TERM, term(), 4, DAY, DAY))


def sitting(present: int = 60) -> CongressSession:
    return congress.evolve_session(
        scheduled(), *congress.decide_convene(scheduled(), 90, convened(present), None)
    )


def tabled() -> Resolution:
    event = ResolutionTabled(occurredon=DAY, union=UNION, session=SESSION, matter="wages", reserved=True)
    return resolutions.evolve(None, event)


def refused(reason: type[Problem], step: Callable[[], Any]) -> None:
    with pytest.raises(Problem) as caught:
        step()
    assert type(caught.value) is reason
    assert caught.value.field
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("but", "area", "warning"),
    [
        ({}, "", ()),
        ({"managers": 19}, "", ("too-many-managers",)),
        ({"women": 35}, "", ("women-below-share",)),
        ({"until": date(2016, 6, 1)}, "", ("term-outside-rule",)),
        ({"until": date(2018, 6, 3)}, "", ("term-outside-rule",)),
        ({}, "310000", ()),  # 30 + 9 * 5
        ({}, "330000", ("too-few-delegates",)),  # 40 + 9 * 7
        ({"workers": 3001, "women_workers": 1200}, "310000", ("too-few-delegates",)),
        ({"workers": 99, "women_workers": 20}, "330000", ()),
    ],
)
def test_what_is_told_of_a_roll(but: dict[str, Any], area: str, warning: tuple[str, ...]) -> None:
    (event,) = congress.decide_open(opened(**but), area)
    assert event.warnings == warning


@pytest.mark.parametrize(
    "but", [{"women": 91}, {"managers": 91}, {"delegates": 1001}, {"women_workers": 1001}]
)
def test_rolls_that_cannot_be(but: dict[str, int]) -> None:
    refused(congress.RollImpossible, lambda: congress.decide_open(opened(**but), ""))


def test_a_term_has_its_days_and_its_numbers() -> None:
    refused(
        congress.OutsideCongressTerm,
        lambda: congress.decide_open(opened(until=date(2013, 6, 2)), ""),
    )
    refused(congress.OutsideCongressTerm, lambda: congress.roll_on(term(), date(2013, 6, 2)))
    refused(congress.OutsideCongressTerm, lambda: congress.decide_roll(term(), 9, "1号", date(2016, 6, 3)))
    refused(congress.CongressNumberTaken, lambda: congress.refuse_taken(term(), "8"))
    (late,) = congress.decide_schedule(TERM, term(), 4, date(2016, 6, 3), DAY)
    assert late.warnings == ("after-the-term",)


def test_the_roll_is_that_of_the_day() -> None:
    later = date(2013, 9, 1)
    state = congress.evolve_term(term(), *congress.decide_roll(term(), 99, "1号", later))
    assert (congress.roll_on(state, DAY), congress.roll_on(state, later)) == (90, 99)


def test_without_a_quorum_it_meets_and_decides_nothing() -> None:
    (few,) = congress.decide_convene(scheduled(), 90, convened(59), date(2013, 5, 28))
    assert (few.quorate, few.warnings) == (False, ("without-quorum", "papers-late"))
    refused(
        voting.MoreVotesThanDelegates, lambda: congress.decide_convene(scheduled(), 90, convened(91), None)
    )
    refused(
        voting.CongressWithoutQuorum,
        lambda: resolutions.decide_vote(tabled(), Vote(90, 59, 59, 0, 0), DAY, None, secret=True),
    )


@pytest.mark.parametrize(("in_favour", "what"), [(45, "ResolutionRejected"), (46, "ResolutionPassed")])
def test_more_than_half_of_all_delegates(in_favour: int, what: str) -> None:
    vote = Vote(90, 60, in_favour, 0, 0)
    (cast, result) = resolutions.decide_vote(tabled(), vote, DAY, None, secret=False)
    assert (type(result).__name__, cast.warnings) == (what, ("vote-not-secret",))


def test_more_votes_than_delegates() -> None:
    refused(
        voting.MoreVotesThanDelegates,
        lambda: resolutions.decide_vote(tabled(), Vote(90, 60, 46, 10, 5), DAY, None, secret=True),
    )


def test_what_was_resolved_is_overdue_by_the_calendar() -> None:
    due_on = date(2013, 7, 1)
    _, passed = resolutions.decide_vote(tabled(), Vote(90, 60, 60, 0, 0), DAY, due_on, secret=True)
    state = resolutions.evolve(tabled(), passed)
    (early,) = resolutions.decide_carry_out(state, "2号", date(2013, 6, 10))
    (late,) = resolutions.decide_carry_out(state, "2号", date(2013, 8, 1))
    assert (early.overdue_until, late.overdue_until) == (date(2013, 7, 2), date(2013, 8, 1))
    refused(course.CongressStageWrong, lambda: resolutions.decide_archive(tabled(), "2号", DAY))
    refused(
        course.BeforeCongressStep,
        lambda: resolutions.decide_vote(tabled(), Vote(90, 60, 60, 0, 0), DAY, date(2013, 6, 2), secret=True),
    )


def test_a_session_reports_upwards_in_time_where_the_area_says_so() -> None:
    closing = Closing(2, date(2013, 6, 13), "3号", DAY)
    (late,) = congress.decide_close(sitting(), closing, "310000")
    (free,) = congress.decide_close(sitting(), closing, "")
    assert (late.warnings, free.warnings) == (("reported-late",), ())
    refused(course.CongressStageWrong, lambda: congress.decide_hear(scheduled(), "finance", DAY))


def test_reserved_matters_wait_for_the_next_congress() -> None:
    passed = joint_meetings.joint_matters(["wages", "training"])
    assert joint_meetings.reserved_warnings(passed) == ("reserved-to-congress",)
    assert joint_meetings.reserved_warnings(passed[1:]) == ()
    meeting = JointMeeting(union=UNION, held_on=DAY, awaiting=("wages",))
    taken = JointMatterTakenUp(occurredon=DAY, session=SESSION, matter="wages", confirmed=True)
    (event,) = joint_meetings.decide_take_up(meeting, sitting(), taken)
    assert joint_meetings.evolve(meeting, event).awaiting == ()
    refused(
        joint_meetings.SessionNotLater, lambda: joint_meetings.decide_take_up(meeting, scheduled(), taken)
    )
    training = taken.model_copy(update={"matter": "training"})
    refused(
        joint_meetings.NothingAwaitsCongress,
        lambda: joint_meetings.decide_take_up(meeting, sitting(), training),
    )


def test_a_proposal_is_answered_before_it_is_carried_out() -> None:
    first = ProposalSubmitted(occurredon=DAY, union=UNION, session=SESSION, topic="wages")
    state = proposals.evolve(None, first)
    refused(
        course.CongressStageWrong,
        lambda: proposals.decide_conclude(state, ProposalImplemented, "1号", DAY),
    )
    filed = proposals.evolve(state, *proposals.decide_file(state, "office", DAY))
    answered = proposals.evolve(filed, *proposals.decide_conclude(filed, ProposalAnswered, "1号", DAY))
    (done,) = proposals.decide_conclude(answered, ProposalImplemented, "1号", DAY)
    assert proposals.evolve(answered, done).stage == "implemented"
    (no,) = proposals.decide_conclude(state, ProposalRejected, "1号", DAY)
    assert proposals.evolve(state, no).stage == "rejected"
