"""How unions end (DOMAIN ORG-12)."""

from datetime import date, timedelta
from typing import Any

import pytest

from services.membership.domain import endings, unions
from services.membership.domain.dates import BeforeEstablishment, BeforeLatestFact, DateInFuture, UnionEnded
from shared.catalogues import NotInCatalogue
from shared.contracts import membership as m
from shared.work.kinds import Claim
from tests.support.builders import FOUNDED, TODAY, a_union, named, union_established
from tests.support.scenario import Scenario

ON = date(2013, 5, 1)
ENDED: dict[str, Any] = {"occurredon": ON, "kind": "general", "form": "committee", "level": 4}


def town() -> Scenario[unions.Union]:
    return Scenario(unions.evolve).given(union_established("town", division="330282119000"))


def merge(successor: str = "town/2", on: date = ON, *later: m.MembershipEvent, **changes: Any) -> Any:
    target = (named(successor), a_union(successor, *later, **changes))
    return lambda state: endings.decide_merge(named("town"), state, target, on, TODAY)


def dissolve(reason: str = "division_withdrawn", on: date = ON) -> Any:
    return lambda state: endings.decide_dissolve(state, reason, on, TODAY)


def test_a_merged_union_hangs_under_its_successor_and_gives_up_its_division() -> None:
    after = town().when(merge()).then(m.UnionMerged(successor=named("town/2"), **ENDED))
    assert after.parent(ON) == named("town/2")
    assert after.parent(ON - timedelta(days=1)) == named("province")
    assert unions.claims(after) == frozenset()


def test_a_dissolved_union_stays_where_it_was() -> None:
    after = town().when(dissolve()).then(m.UnionDissolved(reason="division_withdrawn", **ENDED))
    assert after.parent(ON) == named("province")
    assert unions.claims(after) == frozenset()


def test_a_credit_code_is_kept_for_good() -> None:
    held = union_established(credit_code="81330282MC0000012N")
    after = (
        Scenario(unions.evolve)
        .given(held)
        .when(dissolve("employer_ended"))
        .then(
            m.UnionDissolved(
                occurredon=ON, reason="employer_ended", kind="enterprise", form="committee", level=6
            )
        )
    )
    assert unions.claims(after) == {Claim("credit-code", "81330282MC0000012N")}


def test_a_union_merges_into_one_of_its_own_level() -> None:
    town().when(merge("county")).then_refused(endings.SuccessorOfOtherLevel, "successor")


def test_a_union_cannot_be_its_own_successor() -> None:
    town().when(merge("town")).then_refused(endings.OwnSuccessor, "successor")


def test_a_successor_must_exist_on_that_day() -> None:
    town().when(merge(occurredon=date(2013, 6, 1))).then_refused(BeforeEstablishment, "successor")


@pytest.mark.parametrize("ended", [ON - timedelta(days=1), ON + timedelta(days=1)])
def test_a_successor_must_live(ended: date) -> None:
    gone = m.UnionDissolved(reason="employer_ended", **(ENDED | {"occurredon": ended}))
    town().when(merge("town/2", ON, gone)).then_refused(UnionEnded, "successor")


def test_a_union_ends_once() -> None:
    town().given(m.UnionMerged(successor=named("town/2"), **ENDED)).when(dissolve()).then_refused(UnionEnded)


def test_a_union_cannot_end_before_its_recorded_end_either() -> None:
    town().given(m.UnionMerged(successor=named("town/2"), **ENDED)).when(
        dissolve(on=ON - timedelta(days=5))
    ).then_refused(UnionEnded)


def test_a_union_cannot_end_tomorrow() -> None:
    town().when(dissolve(on=TODAY + timedelta(days=1))).then_refused(DateInFuture)


def test_a_union_cannot_end_before_it_was_established() -> None:
    town().when(dissolve(on=FOUNDED - timedelta(days=1))).then_refused(BeforeEstablishment)


def test_a_union_cannot_end_before_its_latest_move() -> None:
    later = m.UnionMoved(occurredon=ON, old_parent=named("province"), parent=named("county"))
    town().given(later).when(dissolve(on=ON - timedelta(days=1))).then_refused(BeforeLatestFact)


def test_a_union_ends_for_a_reason_of_the_catalogue() -> None:
    town().when(dissolve("boredom")).then_refused(NotInCatalogue, "reason")


def test_a_union_with_living_sub_unions_cannot_end() -> None:
    ended = m.UnionDissolved(reason="employer_ended", **ENDED)
    endings.check_no_living([(named("town/3"), a_union("town/3", ended))])
    with pytest.raises(endings.LivingSubUnions) as refusal:
        endings.check_no_living([(named("village"), a_union("village"))])
    assert refusal.value.value == str(named("village"))
