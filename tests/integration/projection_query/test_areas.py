"""The few figures that operations see by county are those that anybody gets who asks."""

from prometheus_client import REGISTRY

from services.projection.colours.areas import FIGURES, measure_areas
from tests.integration.projection_query.conftest import Asking
from tests.support.province import Province
from tests.support.world import named

EAST, WEST = "330282000000", "330281000000"


def shown(area: str) -> dict[str, float]:
    found = {
        figure: REGISTRY.get_sample_value("unionstream_projection_recorded", {"figure": figure, "area": area})
        for figure in FIGURES
    }
    return {figure: value for figure, value in found.items() if value is not None}


async def test_counties_are_told_what_was_recorded_so_far(province: Province, ask: Asking) -> None:
    for person, union, on in (
        ("a", "mill", "2009-01-31"),
        ("b", "dairy", "2010-02-01"),
        ("c", "mine", "2010-03-15"),
    ):
        province.joins(person, union, on)
    await province.world.settle()
    async with province.world.pool.acquire() as connection:
        for name, division in (("east", EAST), ("west", WEST), ("north", "330282119000")):
            await connection.execute("UPDATE node SET division = $1 WHERE id = $2", division, named(name))
        await measure_areas(connection)
    for unit, area in (("east", EAST), ("west", WEST)):
        joined = await ask.value("members_joined", unit, "2000-01-01", "2010-12-31")
        assert shown(area) == {"members_joined": joined}
    assert shown(EAST) == {"members_joined": 2}
    assert shown("330282119000") == {}  # a town
