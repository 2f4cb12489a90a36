"""As-was and as-is: where facts count when the tree changes under them."""

import pytest

from tests.integration.projection_query.conftest import Asking
from tests.support.province import Province

YEAR = ("2010-01-01", "2010-12-31")


@pytest.fixture
async def moved(province: Province) -> Province:
    """The mill has two members and 300 yuan when it moves from north to river on 1 July; one joins after."""
    province.joins("a", "mill", "2010-02-10")
    province.joins("b", "mill", "2010-03-01")
    province.pays("mill", "2010-03-05", 30_000)
    await province.world.settle()
    province.moves("mill", "north", "river", "2010-07-01")
    province.joins("c", "mill", "2010-08-15")
    province.pays("mill", "2010-09-01", 5_000)
    await province.world.settle()
    return province


async def test_as_was_a_flow_stays_where_it_happened(moved: Province, ask: Asking) -> None:
    assert await ask.value("members_joined", "north", *YEAR) == 2
    assert await ask.value("members_joined", "river", *YEAR) == 1
    assert await ask.value("members_joined", "east", *YEAR) == 2
    assert await ask.value("members_joined", "prefecture", *YEAR) == 3
    assert await ask.value("dues_received", "west", *YEAR) == 5_000


async def test_as_was_members_go_with_their_union(moved: Province, ask: Asking) -> None:
    for unit, before, after in (("north", 2, 0), ("river", 0, 2), ("east", 2, 0), ("prefecture", 2, 2)):
        assert await ask.value("members_total", unit, "2010-01-01", "2010-06-30") == before
        assert await ask.value("members_total", unit, "2010-01-01", "2010-07-01") == after
        assert await ask.value("members_total", unit, "2010-01-01", "2010-07-31") == after
    assert await ask.value("members_total", "river", *YEAR) == 3


async def test_as_is_everything_counts_where_the_union_is_today(moved: Province, ask: Asking) -> None:
    for unit, joined, fen in (
        ("north", 0, 0),
        ("river", 3, 35_000),
        ("west", 3, 35_000),
        ("prefecture", 3, 35_000),
    ):
        assert await ask.value("members_joined", unit, *YEAR, basis="as-is") == joined
        assert await ask.value("dues_received", unit, *YEAR, basis="as-is") == fen
    assert await ask.value("members_total", "river", "2010-01-01", "2010-03-15", basis="as-is") == 2
    assert await ask.value("members_total", "north", "2010-01-01", "2010-03-15", basis="as-is") == 0


async def test_distinct_follows_the_tree_as_well(moved: Province, ask: Asking) -> None:
    assert await ask.value("people_joined", "east", *YEAR) == 2
    assert await ask.value("people_joined", "east", *YEAR, basis="as-is") == 0
    assert await ask.value("people_joined", "west", *YEAR, basis="as-is") == 3


async def test_a_move_told_late_moves_the_past(moved: Province, ask: Asking) -> None:
    moved.moves("forge", "north", "south", "2010-03-10")
    moved.joins("d", "forge", "2010-03-09")
    moved.joins("e", "forge", "2010-03-10")
    await moved.world.settle()
    assert await ask.value("members_joined", "north", "2010-03-09", "2010-03-31") == 1
    assert await ask.value("members_joined", "south", "2010-03-09", "2010-03-31") == 1
    assert await ask.value("members_total", "south", "2010-01-01", "2010-03-09") == 0
    assert await ask.value("members_total", "south", "2010-01-01", "2010-03-10") == 2


async def test_a_merged_union_counts_under_its_successor(moved: Province, ask: Asking) -> None:
    moved.merges("mill", "dairy", "2010-10-01")
    await moved.world.settle()
    assert await ask.value("members_total", "dairy", "2010-01-01", "2010-09-30") == 0
    assert await ask.value("members_total", "dairy", *YEAR) == 3
    assert await ask.value("members_total", "river", *YEAR) == 0
    assert await ask.value("members_joined", "dairy", *YEAR) == 0
    assert await ask.value("members_joined", "dairy", *YEAR, basis="as-is") == 3
    assert await ask.value("unions_total", "east", *YEAR) == 2
    assert await ask.value("unions_ended", "west", *YEAR) == 0
    assert await ask.value("unions_ended", "east", *YEAR) == 1


async def test_a_merged_town_takes_its_unions_along(moved: Province, ask: Asking) -> None:
    moved.merges("north", "south", "2010-11-01", level=4)
    moved.moves("forge", "north", "south", "2010-11-01")
    moved.joins("d", "forge", "2010-05-05")
    await moved.world.settle()
    assert await ask.value("members_joined", "north", *YEAR) == 3
    assert await ask.value("members_joined", "south", *YEAR) == 0
    assert await ask.value("members_joined", "south", *YEAR, basis="as-is") == 1
    assert await ask.value("members_total", "south", *YEAR) == 1
    assert await ask.value("members_joined", "east", *YEAR) == 3


async def test_an_industry_line_counts_beside_the_territory(province: Province, ask: Asking) -> None:
    province.union("trade", 3, "prefecture", kind="industry")
    province.joins("a", "mill", "2010-02-10")
    province.joins("b", "shift", "2010-04-10")
    province.joins("c", "dairy", "2010-04-11")
    province.joins_line("mill", "trade", "trade", "2010-03-01")
    province.joins_line("trade", "trade", "province", "2009-01-01")
    province.leaves_line("mill", "trade", "trade", "2010-06-01")
    province.joins("d", "mill", "2010-07-01")
    await province.world.settle()
    assert await ask.value("members_joined", "trade", *YEAR, line="trade") == 2
    assert await ask.value("members_joined", "trade", *YEAR) == 0
    assert await ask.value("members_joined", "province", *YEAR, line="trade") == 2
    assert await ask.value("members_joined", "province", *YEAR) == 4
    assert await ask.value("members_total", "trade", "2010-01-01", "2010-05-31", line="trade") == 2
    assert await ask.value("members_total", "trade", "2010-01-01", "2010-06-01", line="trade") == 0
    assert await ask.value("members_joined", "mill", *YEAR, line="trade") == 3
