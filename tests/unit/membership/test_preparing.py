"""A union on its way (DOMAIN ORG-03, ORG-15)."""

from datetime import date, timedelta
from typing import Any

import pytest

from services.membership.domain import employers, preparing
from services.membership.domain.dates import BeforeLatestFact, DateInFuture
from services.membership.domain.electing import FewerCandidatesThanSeats, election_warnings, seats_for
from services.membership.domain.employers import EmployerCoveredAlready
from services.membership.domain.preparing import Election, Preparation
from shared.approval import ApproverIsRecorder
from shared.catalogues import NotInCatalogue
from shared.contracts import membership as m
from shared.work.kinds import Claim
from tests.support.builders import TODAY, a_union, employer_covered, employer_registered, named
from tests.support.scenario import Scenario

ASKED, STARTED, MET, TOLD = (date(2013, 3, day) for day in (1, 8, 20, 25))
MILL = named("employer")


def evolve(state: Preparation | None, event: Any) -> Preparation:
    if isinstance(event, m.PreparationRequested):
        return preparing.requested(named("town"), event)
    return preparing.evolve(state, event)


def requested() -> m.PreparationRequested:
    return m.PreparationRequested(occurredon=ASKED, employers=(MILL,), recorder="ada")


def started() -> m.PreparationStarted:
    return m.PreparationStarted(
        occurredon=STARTED, employers=(MILL,), document="镇工〔2013〕3号", recorder="ada", approver="bo"
    )


def elected(**changes: Any) -> m.FoundingElectionReported:
    known: dict[str, Any] = {
        "occurredon": TOLD,
        "held_on": MET,
        "seats": 5,
        "candidates": 6,
        "document": "报1号",
        "recorder": "cy",
    }
    return m.FoundingElectionReported(**(known | changes))


def preparation(*events: Any) -> Scenario[Preparation]:
    return Scenario(evolve).given(requested(), *events)


def mill(*events: Any) -> dict[Any, employers.Employer]:
    state = employers.evolve(None, employer_registered())
    for each in events:
        state = employers.evolve(state, each)
    return {MILL: state}


def ask(at: str = "town", on: date = ASKED, *events: Any) -> Any:
    return lambda _: preparing.decide_request(a_union(at), mill(*events), "ada", on, TODAY)


def approve(approver: str = "bo", on: date = STARTED) -> Any:
    return lambda state: preparing.decide_approve(state, "镇工〔2013〕3号", approver, on, TODAY)


def report(on: date = TOLD, **changes: Any) -> Any:
    told = elected(**changes)
    election = Election(told.held_on, told.seats, told.candidates, told.document, told.recorder)
    return lambda state: preparing.decide_report_election(state, election, on, TODAY)


def conclude(approver: str = "bo", on: date = TOLD) -> Any:
    return lambda state: preparing.decide_conclude(state, named("union"), approver, on, TODAY)


def cancel(reason: str = "given_up", on: date = TOLD) -> Any:
    return lambda state: preparing.decide_cancel(state, reason, on, TODAY)


def concluded() -> m.PreparationConcluded:
    return m.PreparationConcluded(occurredon=TOLD, employers=(MILL,), union=named("union"))


def test_from_the_request_to_the_union() -> None:
    Scenario(evolve).when(ask()).then(requested())
    preparation().when(approve()).then(started())
    preparation(started()).when(report()).then(elected())
    after = preparation(started(), elected()).when(conclude()).then(concluded())
    assert after.established == named("union")


def test_an_open_preparation_holds_its_employers() -> None:
    held = preparation(started()).when(report()).then(elected())
    assert preparing.claims(held) == {Claim("preparing", str(MILL))}
    over = preparation(started(), elected()).when(conclude()).then(concluded())
    assert preparing.claims(over) == set()


def test_a_grassroots_union_approves_no_preparation() -> None:
    Scenario(evolve).when(ask("union")).then_refused(preparing.NotHigherUnion, "union")


def test_an_employer_with_a_union_is_not_prepared() -> None:
    Scenario(evolve).when(ask("town", ASKED, employer_covered())).then_refused(EmployerCoveredAlready)


def test_who_asked_neither_approves_the_preparation_nor_the_union() -> None:
    preparation().when(approve("ada")).then_refused(ApproverIsRecorder)
    preparation(started(), elected()).when(conclude("ada")).then_refused(ApproverIsRecorder)


def test_who_reported_the_election_does_not_approve_the_union() -> None:
    preparation(started(), elected()).when(conclude("cy")).then_refused(ApproverIsRecorder)


def test_a_request_is_approved_once() -> None:
    preparation(started()).when(approve()).then_refused(preparing.PreparationDecided)


def test_no_election_before_the_approval() -> None:
    preparation().when(report()).then_refused(preparing.PreparationNotStarted)
    preparation(started()).when(report(held_on=STARTED - timedelta(days=1))).then_refused(
        BeforeLatestFact, "held_on"
    )


def test_an_election_is_reported_once_and_not_before_it_was_held() -> None:
    preparation(started()).when(report(on=MET - timedelta(days=1))).then_refused(BeforeLatestFact)
    preparation(started(), elected()).when(report()).then_refused(preparing.ElectionReportedAlready)


def test_somebody_stands_for_every_seat() -> None:
    preparation(started()).when(report(candidates=4)).then_refused(FewerCandidatesThanSeats, "candidates")


def test_no_union_without_an_election() -> None:
    preparation(started()).when(conclude()).then_refused(preparing.ElectionMissing, "preparation")


def test_a_union_is_not_approved_before_its_election_was_reported() -> None:
    preparation(started(), elected()).when(conclude(on=TOLD - timedelta(days=1))).then_refused(
        BeforeLatestFact, "approved_on"
    )


@pytest.mark.parametrize(("events", "begun"), [((), False), ((started(),), True)])
def test_a_preparation_is_given_up_for_a_reason(events: tuple[Any, ...], begun: bool) -> None:
    given_up = m.PreparationCancelled(occurredon=TOLD, employers=(MILL,), reason="given_up", started=begun)
    preparation(*events).when(cancel()).then(given_up)
    preparation(*events).when(cancel("whim")).then_refused(NotInCatalogue, "reason")


@pytest.mark.parametrize("decide", [approve(), report(), conclude(), cancel()])
def test_what_is_over_stays_over(decide: Any) -> None:
    preparation(started(), elected(), concluded()).when(decide).then_refused(preparing.PreparationOver)


def test_nothing_is_recorded_of_tomorrow() -> None:
    tomorrow = TODAY + timedelta(days=1)
    Scenario(evolve).when(ask("town", tomorrow)).then_refused(DateInFuture)
    preparation().when(approve(on=tomorrow)).then_refused(DateInFuture)
    preparation(started()).when(report(on=tomorrow)).then_refused(DateInFuture)


def test_events_of_others_do_not_happen_to_a_preparation() -> None:
    with pytest.raises(TypeError):
        evolve(None, started())
    with pytest.raises(TypeError):
        evolve(evolve(None, requested()), employer_covered().event)


@pytest.mark.parametrize(
    ("seats", "candidates", "members", "warnings"),
    [
        (5, 6, 120, []),
        (5, 5, 120, ["election-margin-small"]),
        (4, 6, 60, ["even-number-of-seats"]),
        (9, 10, 60, ["seats-unusual-for-members"]),
        (3, 4, None, []),
    ],
)
def test_an_unusual_election_is_told(
    seats: int, candidates: int, members: int | None, warnings: list[str]
) -> None:
    assert list(election_warnings(seats, candidates, members, MET)) == warnings


@pytest.mark.parametrize(
    ("members", "bounds"), [(10, None), (11, (3, 3)), (100, (3, 5)), (101, (5, 7)), (60_000, (37, 45))]
)
def test_seats_follow_the_members(members: int, bounds: tuple[int, int] | None) -> None:
    assert seats_for(members, MET) == bounds
