"""Targets come from above."""

from datetime import date
from uuid import UUID

import pytest

from services.finance.domain.targets import (
    DuesTarget,
    IssuerNotAbove,
    TargetUnchanged,
    Task,
    decide_set_target,
    evolve,
)
from shared.contracts.finance import DuesTargetSet

CITY, TOWN, MILL = (UUID(int=n) for n in (1, 2, 3))
LINEAGE = (CITY, TOWN, MILL)


def task(fen: int = 1_600_000_00, issuer: UUID = TOWN) -> Task:
    return Task(fen, issuer, date(2013, 1, 10))


def told(old: int | None, fen: int, issuer: UUID = TOWN) -> DuesTargetSet:
    return DuesTargetSet(occurredon=date(2013, 1, 10), year=2013, old_fen=old, amount_fen=fen, issuer=issuer)


def test_the_parent_sets_a_target() -> None:
    assert decide_set_target(None, 2013, LINEAGE, task()) == (told(None, 1_600_000_00),)


def test_a_unit_further_up_may_set_it_too() -> None:
    assert decide_set_target(None, 2013, LINEAGE, task(5, CITY)) == (told(None, 5, CITY),)


def test_a_change_keeps_the_old_amount() -> None:
    target = evolve(DuesTarget(unit=MILL, year=2013), told(None, 100))
    assert decide_set_target(target, 2013, LINEAGE, task(120)) == (told(100, 120),)


@pytest.mark.parametrize("issuer", [MILL, UUID(int=9)])
def test_nobody_sets_a_target_for_oneself_or_for_a_stranger(issuer: UUID) -> None:
    with pytest.raises(IssuerNotAbove):
        decide_set_target(None, 2013, LINEAGE, task(5, issuer))


def test_nobody_sets_a_target_upwards() -> None:
    with pytest.raises(IssuerNotAbove):
        decide_set_target(None, 2013, LINEAGE[:2], task(5, MILL))


def test_the_root_has_nobody_above_and_names_itself() -> None:
    assert decide_set_target(None, 2013, (CITY,), task(5, CITY)) == (told(None, 5, CITY),)


def test_the_same_target_again_is_refused() -> None:
    target = evolve(DuesTarget(unit=MILL, year=2013), told(None, 100))
    with pytest.raises(TargetUnchanged):
        decide_set_target(target, 2013, LINEAGE, task(100))
