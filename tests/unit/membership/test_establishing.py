"""Unions come into being and change (DOMAIN ORG-02, ORG-03, ORG-06)."""

from datetime import date, timedelta
from typing import Any

import pytest

from services.membership.domain import tree, unions
from services.membership.domain.dates import (
    BeforeEstablishment,
    BeforeLatestFact,
    DateInFuture,
    NothingChanges,
    UnionEnded,
)
from services.membership.domain.establishing import (
    KindNotOfLevel,
    NewUnion,
    NotTheParent,
    PreparationMissing,
    decide_change_type,
    decide_establish,
    decide_rename,
    decide_target,
)
from shared.catalogues import NotInCatalogue
from shared.contracts import membership as m
from shared.work.kinds import Claim
from tests.support.builders import FOUNDED, TODAY, a_union, named, union_established
from tests.support.scenario import Scenario

LATER = date(2001, 5, 1)


def union() -> Scenario[unions.Union]:
    return Scenario(unions.evolve)


def new(**changes: Any) -> NewUnion:
    defaults: dict[str, Any] = {
        "name": "union",
        "level": 6,
        "kind": "enterprise",
        "form": "committee",
        "approved_on": FOUNDED,
        "parent": named("province"),
        "taken_over": True,
    }
    return NewUnion(**(defaults | changes))


def test_a_union_is_established_on_its_approval_date() -> None:
    union().when(lambda _: decide_establish(new(), TODAY)).then(union_established(taken_over=True))


def test_a_new_grassroots_union_needs_a_preparation() -> None:
    union().when(lambda _: decide_establish(new(taken_over=False), TODAY)).then_refused(
        PreparationMissing, "preparation"
    )
    prepared: dict[str, Any] = {
        "preparation": named("preparation"),
        "met_on": FOUNDED,
        "recorder": "ada",
        "approver": "bo",
    }
    union().when(lambda _: decide_establish(new(taken_over=False, **prepared), TODAY)).then(
        union_established(**prepared)
    )


def test_a_body_above_the_grassroots_needs_no_preparation() -> None:
    body: dict[str, Any] = {"level": 4, "kind": "general", "taken_over": False}
    union().when(lambda _: decide_establish(new(**body), TODAY)).then(union_established(**body))


def test_a_union_of_an_unknown_kind_is_refused() -> None:
    union().when(lambda _: decide_establish(new(kind="club"), TODAY)).then_refused(NotInCatalogue, "kind")


def test_a_union_of_an_unknown_form_is_refused() -> None:
    union().when(lambda _: decide_establish(new(form="club"), TODAY)).then_refused(NotInCatalogue, "form")


def test_an_enterprise_union_cannot_stand_at_the_level_of_a_town() -> None:
    union().when(lambda _: decide_establish(new(level=4), TODAY)).then_refused(KindNotOfLevel, "level")


def test_a_union_cannot_be_approved_tomorrow() -> None:
    tomorrow = TODAY + timedelta(days=1)
    union().when(lambda _: decide_establish(new(approved_on=tomorrow), TODAY)).then_refused(
        DateInFuture, "approved_on"
    )


@pytest.mark.parametrize(
    ("name", "level"), [("town", 6), ("county", 6), ("province", 2), ("union", 7), ("union", 8)]
)
def test_levels_may_be_skipped(name: str, level: int) -> None:
    tree.check_place(level, a_union(name), LATER)


@pytest.mark.parametrize(("name", "level"), [("union", 6), ("village", 4), ("town", 4)])
def test_a_parent_that_is_not_above_turns_the_tree_upside_down(name: str, level: int) -> None:
    with pytest.raises(tree.TreeUpsideDown):
        tree.check_place(level, a_union(name), LATER)


def test_only_a_province_has_no_parent() -> None:
    tree.check_place(1, None, LATER)
    with pytest.raises(tree.ParentMissing):
        tree.check_place(2, None, LATER)


@pytest.mark.parametrize("level", [7, 8])
def test_a_sub_union_or_group_belongs_to_a_grassroots_union(level: int) -> None:
    with pytest.raises(tree.OutsideGrassrootsUnion):
        tree.check_place(level, a_union("town"), LATER)


def test_a_parent_must_exist_on_that_date() -> None:
    with pytest.raises(BeforeEstablishment):
        tree.check_place(6, a_union("town", occurredon=date(2005, 1, 1)), LATER)


def test_a_parent_must_live_on_that_date() -> None:
    gone = m.UnionDissolved(
        occurredon=LATER, reason="employer_ended", kind="general", form="committee", level=4
    )
    tree.check_place(6, a_union("town", gone), LATER - timedelta(days=1))
    with pytest.raises(UnionEnded):
        tree.check_place(6, a_union("town", gone), LATER)


def test_an_independent_union_becomes_a_joint_one() -> None:
    changed = m.UnionTypeChanged(
        occurredon=LATER, kind="enterprise", level=6, old_form="committee", form="joint", employers=1
    )
    after = (
        union()
        .given(union_established())
        .when(lambda state: decide_change_type(state, "joint", 1, LATER, TODAY))
        .then(changed)
    )
    assert after.form == "joint"


def test_changing_to_the_same_form_is_refused() -> None:
    union().given(union_established()).when(
        lambda state: decide_change_type(state, "committee", 1, LATER, TODAY)
    ).then_refused(NothingChanges, "form")


def test_a_union_cannot_change_before_its_establishment() -> None:
    union().given(union_established()).when(
        lambda state: decide_change_type(state, "joint", 1, FOUNDED - timedelta(days=1), TODAY)
    ).then_refused(BeforeEstablishment)


def test_a_renamed_union_keeps_what_is_not_given() -> None:
    renamed = m.UnionRenamed(
        occurredon=LATER,
        old_name="county",
        name="county city",
        old_division="330282000000",
        division="330282000000",
    )
    after = (
        union()
        .given(union_established("county", division="330282000000"))
        .when(lambda state: decide_rename(state, "county city", None, LATER, TODAY))
        .then(renamed)
    )
    assert unions.claims(after) == {Claim("division", "330282000000")}


def test_names_are_recorded_in_the_order_of_their_dates() -> None:
    renamed = m.UnionRenamed(occurredon=LATER, old_name="union", name="b", old_division=None, division=None)
    union().given(union_established(), renamed).when(
        lambda state: decide_rename(state, "c", None, LATER - timedelta(days=1), TODAY)
    ).then_refused(BeforeLatestFact)


def target(unions_: int = 8, **changes: Any) -> m.EstablishmentTargetSet:
    defaults: dict[str, Any] = {
        "occurredon": date(2006, 1, 4),
        "year": 2006,
        "population": "above_scale",
        "old_unions": None,
        "unions": unions_,
        "issuer": named("province"),
    }
    return m.EstablishmentTargetSet(**(defaults | changes))


def test_a_target_is_set_by_the_next_higher_union() -> None:
    union().given(union_established("town")).when(lambda state: decide_target(state, target(), TODAY)).then(
        target()
    )


def test_a_changed_target_tells_the_old_one() -> None:
    union().given(union_established("town"), target()).when(
        lambda state: decide_target(state, target(9), TODAY)
    ).then(target(9, old_unions=8))


def test_targets_of_other_populations_stand_beside_each_other() -> None:
    union().given(union_established("town"), target()).when(
        lambda state: decide_target(state, target(population="school"), TODAY)
    ).then(target(population="school"))


def test_nobody_but_the_parent_sets_a_target() -> None:
    union().given(union_established("town")).when(
        lambda state: decide_target(state, target(issuer=named("county")), TODAY)
    ).then_refused(NotTheParent, "issuer")


def test_a_target_counts_a_known_population() -> None:
    union().given(union_established("town")).when(
        lambda state: decide_target(state, target(population="everything"), TODAY)
    ).then_refused(NotInCatalogue, "population")
