"""A person's membership (DOMAIN MEM-01 to MEM-05)."""

from datetime import date, timedelta
from typing import Any

import pytest

from services.membership.domain import joining, members, standing
from services.membership.domain.dates import (
    BeforeEstablishment,
    BeforeLatestFact,
    DateInFuture,
    NothingChanges,
    UnionEnded,
)
from services.membership.domain.joining import Applicant, decide_join, decide_leave, decide_transfer
from services.membership.domain.placed import At
from shared.catalogues import NotInCatalogue
from shared.contracts import membership as m
from tests.support.builders import JOINED, TODAY, a_union, about, member_joined, member_left, named
from tests.support.scenario import Scenario

LATER = date(2008, 7, 1)
TOMORROW = TODAY + timedelta(days=1)


def person() -> Scenario[members.Member]:
    return Scenario(members.evolve)


def member() -> Scenario[members.Member]:
    return person().given(member_joined())


def join(union: str = "union", on: date = JOINED, *later: m.MembershipEvent, **applicant: Any) -> Any:
    known: dict[str, Any] = {"person": named("ada"), "sex": "female", "worker_kind": "general"}
    who = Applicant(**(known | applicant))
    return lambda state: decide_join(state, who, (named(union), a_union(union, *later)), on, TODAY)


def ended(on: date) -> m.UnionMerged:
    return m.UnionMerged(
        occurredon=on, successor=named("union/2"), kind="enterprise", form="committee", level=6
    )


def transfer(to: str = "union/2", on: date = LATER, *later: m.MembershipEvent) -> Any:
    return lambda state: decide_transfer(state, (named(to), a_union(to, *later)), on, TODAY)


def leave(reason: str = "resigned", on: date = LATER) -> Any:
    return lambda state: decide_leave(state, reason, on, TODAY)


def moved(standing_: str = "in_service") -> tuple[At, At]:
    facts = about(occurredon=LATER, standing=standing_)
    return (
        At(named("union"), m.MemberTransferredOut(destination=named("union/2"), **facts)),
        At(named("union/2"), m.MemberTransferredIn(origin=named("union"), **facts)),
    )


def retired(old: str = "in_service", on: date = LATER) -> At:
    return At(named("union"), m.MemberRetired(old_standing=old, **about(occurredon=on)))


def retained(on: date = LATER) -> At:
    return At(named("union"), m.MemberRetained(old_standing="in_service", **about(occurredon=on)))


def resumed(on: date = LATER) -> At:
    return At(named("union"), m.MemberResumed(old_standing="retained", **about(occurredon=on)))


def test_a_person_joins_a_union() -> None:
    after = person().when(join()).then(member_joined())
    assert after.standing == members.IN_SERVICE


def test_nobody_joins_twice() -> None:
    member().when(join(on=LATER)).then_refused(joining.AlreadyMember, "document_number")


def test_nobody_is_a_member_of_two_unions() -> None:
    member().when(join("union/2", LATER)).then_refused(joining.AlreadyMember)


def test_nobody_joins_tomorrow() -> None:
    person().when(join(on=TOMORROW)).then_refused(DateInFuture, "joined_on")


def test_nobody_joins_before_birth() -> None:
    person().when(join(born=JOINED + timedelta(days=1))).then_refused(joining.BeforeBirth, "joined_on")


def test_nobody_joins_before_the_union_was_established() -> None:
    person().when(join(on=date(1989, 12, 31))).then_refused(BeforeEstablishment, "joined_on")


def test_nobody_joins_a_merged_union() -> None:
    person().when(join("union", LATER, ended(LATER))).then_refused(UnionEnded, "joined_on")


def test_a_joining_from_before_the_merger_may_be_recorded_late() -> None:
    person().when(join("union", JOINED, ended(LATER))).then(member_joined())


def test_who_left_joins_again_from_that_day_on() -> None:
    left = member_left(occurredon=LATER)
    member().given(left).when(join("union/2", LATER)).then(member_joined("union/2", occurredon=LATER))
    member().given(left).when(join(on=LATER - timedelta(days=1))).then_refused(BeforeLatestFact, "joined_on")


@pytest.mark.parametrize(("field", "value"), [("sex", "unknown"), ("worker_kind", "robot")])
def test_sex_and_kind_of_worker_stand_in_the_catalogue(field: str, value: str) -> None:
    wrong: dict[str, Any] = {field: value}
    person().when(join(**wrong)).then_refused(NotInCatalogue, field)


def test_a_member_moves_along_out_of_one_union_and_into_another() -> None:
    after = member().when(transfer()).then(*moved())
    assert after.union == named("union/2")


def test_a_retired_member_moves_along_as_retired() -> None:
    member().given(retired(on=JOINED)).when(transfer()).then(*moved("retired"))


def test_a_transfer_leads_to_another_union() -> None:
    member().when(transfer("union")).then_refused(joining.SameUnion, "to")


def test_a_transfer_before_joining_is_refused() -> None:
    member().when(transfer(on=JOINED - timedelta(days=1))).then_refused(members.BeforeJoining)


def test_a_transfer_into_a_merged_union_is_refused() -> None:
    member().when(transfer("union/2", LATER, ended(LATER))).then_refused(UnionEnded)


def test_a_transfer_tomorrow_is_refused() -> None:
    member().when(transfer(on=TOMORROW)).then_refused(DateInFuture)


def test_a_member_leaves_for_a_reason_of_the_catalogue() -> None:
    member().when(leave()).then(member_left(occurredon=LATER))
    member().when(leave("boredom")).then_refused(NotInCatalogue, "reason")


def test_who_has_left_cannot_leave_or_move_or_retire() -> None:
    gone = member().given(member_left(occurredon=LATER))
    gone.when(leave()).then_refused(members.NoLivingMembership)
    gone.when(transfer()).then_refused(members.NoLivingMembership)
    gone.when(lambda state: standing.decide_retire(state, LATER, TODAY)).then_refused(
        members.NoLivingMembership
    )


def test_facts_of_a_membership_come_in_the_order_of_their_dates() -> None:
    member().given(retired()).when(leave(on=LATER - timedelta(days=1))).then_refused(BeforeLatestFact)


def test_a_member_retires_and_stays_a_member() -> None:
    after = member().when(lambda state: standing.decide_retire(state, LATER, TODAY)).then(retired())
    assert after.living


def test_nobody_retires_twice() -> None:
    member().given(retired()).when(lambda state: standing.decide_retire(state, LATER, TODAY)).then_refused(
        standing.AlreadyRetired
    )


def test_a_membership_is_retained_and_resumed() -> None:
    member().when(lambda state: standing.decide_retain(state, LATER, TODAY)).then(retained())
    after = (
        member()
        .given(retained())
        .when(lambda state: standing.decide_resume(state, LATER, TODAY))
        .then(resumed())
    )
    assert after.standing == members.IN_SERVICE


def test_a_retained_member_may_retire() -> None:
    member().given(retained()).when(lambda state: standing.decide_retire(state, LATER, TODAY)).then(
        retired("retained")
    )


def test_only_a_membership_in_service_is_retained() -> None:
    member().given(retired()).when(lambda state: standing.decide_retain(state, LATER, TODAY)).then_refused(
        standing.NotInService
    )


def test_only_a_retained_membership_is_resumed() -> None:
    member().when(lambda state: standing.decide_resume(state, LATER, TODAY)).then_refused(
        standing.NotRetained
    )


def correct(sex: str | None = None, worker_kind: str | None = None, on: date = LATER) -> Any:
    return lambda state: standing.decide_correct(state, sex, worker_kind, on, TODAY)


def test_a_correction_tells_old_and_new() -> None:
    corrected = m.MemberCorrected(
        occurredon=LATER,
        person=named("ada"),
        standing="in_service",
        old_sex="female",
        sex="female",
        old_worker_kind="general",
        worker_kind="migrant",
    )
    after = member().when(correct(worker_kind="migrant")).then(At(named("union"), corrected))
    assert after.worker_kind == "migrant"


def test_a_correction_without_a_difference_is_refused() -> None:
    member().when(correct(sex="female")).then_refused(NothingChanges)


def test_a_correction_to_an_unknown_kind_is_refused() -> None:
    member().when(correct(worker_kind="robot")).then_refused(NotInCatalogue, "worker_kind")


def test_the_id_of_a_membership_follows_from_the_person() -> None:
    assert members.membership_of(named("ada")) == members.membership_of(named("ada"))
    assert members.membership_of(named("ada")) != members.membership_of(named("bob"))
