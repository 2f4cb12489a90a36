"""Terms of office and elections (DOMAIN ORG-05, ORG-14, ORG-15)."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.membership.domain import committees, elections
from services.membership.domain.committees import Committee, Term
from services.membership.domain.dates import (
    BeforeEstablishment,
    BeforeLatestFact,
    DateInFuture,
    DateTooFarAhead,
    NothingChanges,
    months_after,
)
from services.membership.domain.electing import FewerCandidatesThanSeats
from services.membership.domain.elections import Approval, Ballot, Plan
from shared.approval import ApproverIsRecorder
from shared.contracts import membership as m
from tests.support.builders import FOUNDED, TODAY, a_union
from tests.support.scenario import Scenario

SINCE, UNTIL, OVER = date(2008, 7, 1), date(2013, 6, 30), date(2013, 7, 1)
FAR = date(2099, 12, 31)
PLANNED, HELD, TOLD, APPROVED = (date(2013, 7, day) for day in (1, 10, 12, 20))


def in_office(**changes: Any) -> m.CommitteeElected:
    known: dict[str, Any] = {
        "occurredon": SINCE,
        "ordinal": 3,
        "seats": 5,
        "term_years": 5,
        "term_until": UNTIL,
        "first": True,
        "taken_over": True,
    }
    return m.CommitteeElected(**(known | changes))


def prepared() -> m.ElectionPrepared:
    return m.ElectionPrepared(occurredon=PLANNED, ordinal=4, seats=5, planned_on=HELD)


def held() -> m.ElectionHeld:
    return m.ElectionHeld(occurredon=HELD, ordinal=4, seats=5, candidates=6, entitled=50, voting=45)


def reported() -> m.ElectionReported:
    return m.ElectionReported(occurredon=TOLD, ordinal=4, document="选1号", recorder="ada")


def committee(*events: Any) -> Scenario[Committee]:
    return Scenario(committees.evolve).given(*events)


def record(years: int = 5, since: date = SINCE, level: str = "union", **kind: Any) -> Any:
    term = Term(3, 5, since, years)
    return lambda state: committees.decide_record(state, a_union(level, **kind), term, since, TODAY)


def prepare(on: date = PLANNED, planned: date = HELD, **kind: Any) -> Any:
    return lambda state: elections.decide_prepare(state, a_union(**kind), Plan(5, planned), on, TODAY)


def hold(on: date = HELD, **changes: Any) -> Any:
    ballot = Ballot(**({"seats": 5, "candidates": 6, "entitled": 50, "voting": 45} | changes))
    return lambda state: elections.decide_hold(state, ballot, (), on, TODAY)


def report(on: date = TOLD) -> Any:
    return lambda state: elections.decide_report(state, "选1号", "ada", on, TODAY)


def approve(approver: str = "bo", years: int = 5, on: date = APPROVED) -> Any:
    approval = Approval("镇工〔2013〕31号", approver, years)
    return lambda state: elections.decide_approve(state, a_union(), approval, on, TODAY)


def ask(until: date = date(2013, 9, 30), on: date = UNTIL) -> Any:
    return lambda state: committees.decide_request_delay(state, until, "ada", on, TODAY)


def delay(approver: str = "bo", on: date = UNTIL) -> Any:
    return lambda state: committees.decide_delay(state, "镇工〔2013〕20号", approver, on, TODAY)


def asked() -> m.TermDelayRequested:
    return m.TermDelayRequested(occurredon=UNTIL, until=date(2013, 9, 30), recorder="ada")


def delayed(on: date, due_ends_on: date) -> m.TermDelayed:
    return m.TermDelayed(
        occurredon=on,
        old_until=UNTIL,
        until=date(2013, 9, 30),
        due_ends_on=due_ends_on,
        document="镇工〔2013〕20号",
        recorder="ada",
        approver="bo",
    )


def elected(on: date = APPROVED, **changes: Any) -> m.CommitteeElected:
    known: dict[str, Any] = {
        "occurredon": on,
        "ordinal": 4,
        "term_until": date(2018, 7, 19),
        "first": False,
        "taken_over": False,
        "due_ends_on": APPROVED,
        "document": "镇工〔2013〕31号",
        "recorder": "ada",
        "approver": "bo",
    }
    return in_office(**(known | changes))


def test_the_committee_in_office_is_entered_once() -> None:
    committee().when(record()).then(in_office())
    committee(in_office()).when(record()).then_refused(committees.CommitteeInOffice)


@pytest.mark.parametrize("years", [3, 5])
def test_a_grassroots_committee_stays_three_years_or_five(years: int) -> None:
    until = months_after(SINCE, 12 * years) - timedelta(days=1)
    committee().when(record(years)).then(in_office(term_years=years, term_until=until))


@pytest.mark.parametrize(("years", "level"), [(4, "union"), (2, "union"), (3, "town"), (4, "county")])
def test_other_terms_are_refused(years: int, level: str) -> None:
    committee().when(record(years, level=level)).then_refused(committees.TermLengthNotAllowed, "term_years")


def test_before_the_law_no_length_is_refused() -> None:
    committees.check_term(6, 4, date(1991, 1, 1))


def test_a_working_committee_has_no_election_of_its_own() -> None:
    agency = "work_committee"
    committee().when(record(level="town", kind=agency)).then_refused(committees.NoElectionOfItsOwn, "union")
    committee().when(prepare(kind=agency)).then_refused(committees.NoElectionOfItsOwn, "union")


def test_from_the_preparation_to_the_approval() -> None:
    committee(in_office()).when(prepare()).then(prepared())
    committee(in_office(), prepared()).when(hold()).then(held())
    committee(in_office(), prepared(), held()).when(report()).then(reported())
    after = committee(in_office(), prepared(), held(), reported()).when(approve()).then(elected())
    assert (after.ordinal, after.until) == (4, date(2018, 7, 19))


def test_a_first_committee_has_no_term_before_it() -> None:
    first: dict[str, Any] = {"ordinal": 1, "first": True, "due_ends_on": None}
    events = [each.model_copy(update={"ordinal": 1}) for each in (prepared(), held(), reported())]
    committee(*events).when(approve()).then(elected(**first))


def test_a_founding_election_brings_the_first_committee() -> None:
    paper = ("镇工〔2013〕31号", "ada", "bo")

    def founded(years: int) -> Any:
        return committees.decide_found(6, Term(1, 5, APPROVED, years), paper)

    committee().when(lambda _: founded(5)).then(elected(ordinal=1, first=True, due_ends_on=None))
    committee().when(lambda _: founded(4)).then_refused(committees.TermLengthNotAllowed, "term_years")


def test_an_early_election_ends_a_term_that_was_never_over() -> None:
    early = date(2012, 5, 1)
    facts = [
        prepared().model_copy(update={"occurredon": early}),
        held().model_copy(update={"occurredon": early}),
        reported().model_copy(update={"occurredon": early}),
    ]
    new = elected(early, due_ends_on=OVER, term_until=date(2017, 4, 30))
    committee(in_office(), *facts).when(approve(on=early)).then(new)


@pytest.mark.parametrize(
    ("events", "decide"),
    [
        ((), hold()),
        ((prepared(),), report()),
        ((prepared(), held()), approve()),
        ((prepared(), held()), prepare()),
        ((prepared(), held(), reported()), hold()),
    ],
)
def test_stages_follow_each_other(events: tuple[Any, ...], decide: Any) -> None:
    committee(in_office(), *events).when(decide).then_refused(elections.ElectionNotAtThisStage)


def test_who_reports_does_not_approve() -> None:
    committee(prepared(), held(), reported()).when(approve("ada")).then_refused(ApproverIsRecorder)


def test_nobody_votes_who_is_not_entitled_and_somebody_stands_for_every_seat() -> None:
    committee(prepared()).when(hold(voting=51)).then_refused(elections.MoreVotersThanEntitled, "voting")
    committee(prepared()).when(hold(candidates=4)).then_refused(FewerCandidatesThanSeats, "candidates")


def test_dates_follow_each_other() -> None:
    tomorrow, too_soon = TODAY + timedelta(days=1), PLANNED - timedelta(days=1)
    committee().when(prepare(on=tomorrow, planned=tomorrow)).then_refused(DateInFuture)
    committee().when(prepare(planned=PLANNED - timedelta(days=1))).then_refused(
        BeforeLatestFact, "planned_on"
    )
    committee().when(prepare(planned=date.max)).then_refused(DateTooFarAhead, "planned_on")
    committee().when(record(since=FOUNDED - timedelta(days=1))).then_refused(BeforeEstablishment, "since")
    committee(prepared()).when(hold(too_soon)).then_refused(BeforeLatestFact)


def test_a_delay_is_asked_for_and_approved_by_another() -> None:
    committee(in_office()).when(ask()).then(asked())
    committee(in_office(), asked()).when(delay("ada")).then_refused(ApproverIsRecorder)
    committee(in_office(), asked()).when(delay()).then(delayed(UNTIL, OVER))


def test_a_delay_approved_late_ends_what_was_due_since_the_term() -> None:
    late = date(2013, 7, 15)
    committee(in_office(), asked()).when(delay(on=late)).then(delayed(late, late))


def test_nothing_is_delayed_without_a_committee_a_request_or_a_later_day() -> None:
    committee(prepared()).when(ask()).then_refused(committees.NoCommitteeInOffice)
    committee(in_office()).when(delay()).then_refused(committees.DelayNotRequested)
    committee(in_office()).when(ask(UNTIL)).then_refused(NothingChanges, "until")
    committee(in_office()).when(ask(date.max)).then_refused(DateTooFarAhead, "until")


def test_a_committee_ends_with_its_union_once() -> None:
    on = date(2013, 8, 1)
    ended = m.CommitteeEnded(occurredon=on, term_until=UNTIL, due_ends_on=on)
    over = committee(in_office()).when(lambda state: committees.decide_end(state, on)).then(ended)
    assert committees.decide_end(over, on) == ()
    assert committees.decide_end(Committee(), on) == ()


def due(events: list[Any], on: date) -> int:
    """How often the union counts as due on a day: what the figure adds up."""
    count = 0
    for each in events:
        match each:
            case m.CommitteeElected(term_until=until) | m.TermDelayed(until=until):
                count += until < on
                count -= each.due_ends_on is not None and each.due_ends_on <= on
            case m.CommitteeEnded(due_ends_on=ends):
                count -= ends <= on
    return count


@given(st.lists(st.tuples(st.sampled_from(["elect", "delay", "end"]), st.integers(0, 2500)), max_size=12))
def test_a_union_is_due_once_or_not_at_all_whatever_happens(acts: list[tuple[str, int]]) -> None:
    """Exactly when the day lies behind the term in force."""
    events: list[Any] = [in_office()]
    state = committees.evolve(None, events[0])
    day = SINCE
    for act, days in acts:
        day += timedelta(days=days)
        if act == "elect":
            told = reported().model_copy(update={"occurredon": day})
            for fact in (prepared(), held(), told):
                state = committees.evolve(state, fact.model_copy(update={"occurredon": day}))
            new = elections.decide_approve(state, a_union(), Approval("批1号", "bo", 3), day, FAR)
        elif act == "delay":
            assert state.until is not None
            until = max(state.until, day) + timedelta(days=90)
            asking = committees.decide_request_delay(state, until, "ada", day, FAR)
            state = committees.evolve(state, asking[0])
            new = committees.decide_delay(state, "批2号", "bo", day, FAR)  # type: ignore[assignment]
        else:
            new = committees.decide_end(state, day)  # type: ignore[assignment]
        events += new
        for said in new:
            state = committees.evolve(state, said)
        for on in (day, state.until, day + timedelta(days=5000)):
            assert on is not None
            ended = state.ended_on is not None
            wanted = not ended and state.until is not None and on > state.until
            assert on < day or due(events, on) == wanted
        if state.ended_on is not None:
            return


@pytest.mark.parametrize(
    ("on", "months", "later"),
    [
        (date(2013, 8, 31), 6, date(2014, 2, 28)),
        (date(2012, 2, 29), 36, date(2015, 2, 28)),
        (date(2013, 12, 15), 1, date(2014, 1, 15)),
        (date(2013, 1, 31), 1, date(2013, 2, 28)),
        (date(2013, 11, 30), 1, date(2013, 12, 30)),
    ],
)
def test_months_end_where_the_calendar_ends_them(on: date, months: int, later: date) -> None:
    assert months_after(on, months) == later
