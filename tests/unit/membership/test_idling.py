"""Deemed to have left, other kinds of workers, members of dissolved unions (DOMAIN MEM-04, ORG-12)."""

from datetime import date, timedelta
from typing import Any

import pytest

from services.membership.domain import idling, joining, members, retaining, standing
from services.membership.domain.dates import DateInFuture, NothingChanges
from services.membership.domain.placed import At
from shared.approval import ApproverIsRecorder
from shared.catalogues import NotInCatalogue
from shared.contracts import membership as m
from tests.support.builders import JOINED, TODAY, a_union, about, member_joined, member_left, named
from tests.support.scenario import Scenario

SINCE, TOLD, PROPOSED = date(2013, 2, 10), date(2013, 5, 1), date(2013, 8, 10)


def here(event: m.MembershipEvent) -> At:
    return At(named("union"), event)


def idle() -> At:
    return here(
        m.MemberIdleRecorded(
            occurredon=TOLD, person=named("ada"), idle_since=SINCE, proposed_on=PROPOSED, recorder="ada"
        )
    )


def no_longer(on: date, ends: date) -> At:
    return here(m.MemberIdleEnded(occurredon=on, person=named("ada"), proposed_on=PROPOSED, ends_on=ends))


def member(*events: At) -> Scenario[members.Member]:
    return Scenario(members.evolve).given(member_joined(), *events)


def record(since: date = SINCE, on: date = TOLD) -> Any:
    return lambda state: idling.decide_record_idle(state, since, "ada", on, TODAY)


def active(on: date = date(2013, 6, 1)) -> Any:
    return lambda state: idling.decide_active(state, on, TODAY)


def confirm(by: str = "bo", on: date = PROPOSED) -> Any:
    return lambda state: idling.decide_deem_left(state, by, on, TODAY)


def test_half_a_year_without_dues_is_proposed_as_the_end() -> None:
    after = member().when(record()).then(idle())
    assert after.proposed_on == PROPOSED
    member(idle()).when(record()).then_refused(NothingChanges)


def test_retained_members_need_not_be_heard_of() -> None:
    rests = here(m.MemberRetained(**about(occurredon=SINCE, old_standing="in_service")))
    member(rests).when(record()).then_refused(standing.NotInService)


def test_idle_since_a_day_that_is_to_come_is_refused() -> None:
    member().when(record(TOLD + timedelta(days=1))).then_refused(DateInFuture, "idle_since")


def test_nobody_is_idle_before_joining() -> None:
    member().when(record(JOINED - timedelta(days=1))).then_refused(members.BeforeJoining, "idle_since")


def test_whoever_is_active_again_is_proposed_no_more() -> None:
    after = member(idle()).when(active()).then(no_longer(date(2013, 6, 1), PROPOSED))
    assert after.proposed_on is None
    late = date(2013, 9, 1)
    member(idle()).when(active(late)).then(no_longer(late, late))
    member().when(active()).then_refused(idling.NotIdle)


def test_another_person_confirms_when_the_time_is_over() -> None:
    gone = member_left(occurredon=PROPOSED, reason="deemed_left")
    member(idle()).when(confirm()).then(no_longer(PROPOSED, PROPOSED), gone)
    member(idle()).when(confirm("ada")).then_refused(ApproverIsRecorder)
    member(idle()).when(confirm(on=PROPOSED - timedelta(days=1))).then_refused(idling.NotIdleLongEnough, "on")
    member().when(confirm()).then_refused(idling.NotIdle)


@pytest.mark.parametrize(
    "decide",
    [
        lambda state, on: joining.decide_leave(state, "resigned", on, TODAY),
        lambda state, on: joining.decide_transfer(state, (named("other"), a_union("other")), on, TODAY),
        lambda state, on: standing.decide_retire(state, on, TODAY),
        lambda state, on: standing.decide_retain(state, on, TODAY),
    ],
)
def test_who_leaves_goes_or_rests_is_proposed_no_more(decide: Any) -> None:
    on = date(2013, 6, 1)
    state = members.evolve(members.evolve(None, member_joined()), idle())
    events = decide(state, on)
    assert events[0] == no_longer(on, PROPOSED)


def test_another_kind_of_worker_from_a_day_on() -> None:
    on = date(2013, 6, 1)
    changed = here(
        m.MemberKindChanged(
            standing="in_service", old_worker_kind="general", **about(occurredon=on, worker_kind="migrant")
        )
    )

    def change(kind: str) -> Any:
        return lambda state: standing.decide_change_kind(state, kind, on, TODAY)

    after = member().when(change("migrant")).then(changed)
    assert after.worker_kind == "migrant"
    member().when(change("general")).then_refused(NothingChanges, "worker_kind")
    member().when(change("robot")).then_refused(NotInCatalogue, "worker_kind")


def test_members_of_a_dissolved_union_are_retained_above() -> None:
    on = date(2013, 10, 1)
    town = (named("town"), a_union("town"))
    out = here(m.MemberTransferredOut(standing="in_service", destination=town[0], **about(occurredon=on)))
    arrived = At(
        town[0], m.MemberTransferredIn(standing="in_service", origin=named("union"), **about(occurredon=on))
    )
    rests = At(town[0], m.MemberRetained(old_standing="in_service", **about(occurredon=on)))
    after = (
        member()
        .when(lambda state: retaining.decide_take_up(state, town, on, TODAY))
        .then(out, arrived, rests)
    )
    assert (after.union, after.standing) == (town[0], "retained")


def test_who_had_retired_stays_retired_above() -> None:
    on = date(2013, 10, 1)
    retired = here(m.MemberRetired(old_standing="in_service", **about(occurredon=on)))
    town = (named("town"), a_union("town"))
    state = members.evolve(members.evolve(None, member_joined()), retired)
    events = retaining.decide_take_up(state, town, on - timedelta(days=9), TODAY)
    assert [type(each.event).__name__ for each in events] == ["MemberTransferredOut", "MemberTransferredIn"]
    assert {each.event.occurredon for each in events} == {on}


def test_only_members_of_dissolved_unions_are_taken_up() -> None:
    on = date(2013, 10, 1)
    how: dict[str, Any] = {"occurredon": on, "kind": "enterprise", "form": "committee", "level": 6}
    gone = a_union("union", m.UnionDissolved(reason="employer_ended", **how))
    assert retaining.check_dissolved(gone) == on
    merged = a_union("union", m.UnionMerged(successor=named("other"), **how))
    for union in (a_union(), merged):
        with pytest.raises(retaining.UnionNotDissolved):
            retaining.check_dissolved(union)
