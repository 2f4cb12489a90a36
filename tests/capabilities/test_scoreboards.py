"""Chapter 4's competition year: seven plants, points by month, flags, and the order of the year."""

from __future__ import annotations

from uuid import UUID

import pytest

from tests.support.field import Body, Field
from tests.support.rows import told

DEPARTMENTS = ("production", "quality", "safety")
PLANTS = 7


async def plants(field: Field) -> list[UUID]:
    common = {"level": 7, "kind": "sub_union", "parent": field.union, "approved_on": "2000-01-01"}
    said = [common | {"name": f"示例{n}分厂工会", "taken_over": True} for n in range(PLANTS)]
    return [await field.tell("membership", "unions", each) for each in said]


def points(entrants: list[UUID], board: UUID, month: int) -> list[Body]:
    """Who leads moves on by one plant every month: 90, 88, 86 and so on."""
    day = f"2013-{month:02}-01"
    common = {"scoreboard": board, "month": day, "recorded_on": f"2013-{month:02}-28"}
    return [
        common | {"entrant": entrant, "department": department, "points": 90 - 2 * ((place + month) % PLANTS)}
        for place, entrant in enumerate(entrants)
        for department in DEPARTMENTS
    ]


@pytest.mark.capability("CAP-089")
async def test_a_year_of_points_flags_and_order(field: Field) -> None:
    seven = await plants(field)
    board = {
        "union": field.union,
        "year": 2013,
        "entrants": seven,
        "departments": DEPARTMENTS,
        "criteria": 7,
        "document": "工〔2013〕1号",
        "opened_on": "2013-01-05",
    }
    id_ = await field.tell("events", "scoreboards", board)
    path = f"scoreboards/{id_}"
    rows = [row for month in range(1, 13) for row in points(seven, id_, month)]
    over = rows[0] | {"points": 101}
    del over["scoreboard"]
    assert await field.refused("events", f"{path}/scores", over) == (409, "points-beyond-most")
    await told(field, "events", "scoreboards/scores/bulk", rows[:-1])
    again = {name: value for name, value in rows[0].items() if name != "scoreboard"}
    assert await field.refused("events", f"{path}/scores", again) == (409, "department-scored-already")
    december = {"month": "2013-12-01", "closed_on": "2013-12-31"}
    assert await field.refused("events", f"{path}/close-month", december) == (409, "scores-missing")
    await told(field, "events", "scoreboards/scores/bulk", rows[-1:])
    for month in range(1, 13):
        closing = {"month": f"2013-{month:02}-01", "closed_on": "2013-12-31"}
        await field.tell("events", f"{path}/close-month", closing)

    totals = [sum(90 - 2 * ((place + month) % PLANTS) for month in range(1, 13)) for place in range(PLANTS)]
    shown = await field.get("events", path)
    assert {each["entrant"]: each["score"] for each in shown["standings"]} == {
        str(entrant): 100 * total for entrant, total in zip(seven, totals, strict=True)
    }
    order = [each["score"] for each in shown["standings"]]
    assert order == sorted(order, reverse=True)
    assert [each["rank"] for each in shown["standings"]] == list(range(1, PLANTS + 1))
    last = UUID(shown["standings"][-1]["entrant"])
    await field.agree({"annual_cumulative_score": 100 * min(totals)}, last)

    common = {"scoreboards_opened": 1, "site_management_criteria": 7, "monthly_scores_recorded": 252}
    flags = {"red_flags": 12, "pink_flags": 12, "yellow_flags": 12}
    year = common | flags | {"annual_cumulative_score": 100 * sum(totals), "monthly_rankings_published": 12}
    await field.agree(year, field.union, field.county)

    # In January the plant that was last had in truth the most points.
    january = [90 - 2 * ((place + 1) % PLANTS) for place in range(PLANTS)]
    yellow, red = seven[january.index(78)], seven[january.index(90)]
    assert await field.figures(yellow, "yellow_flags", last="2013-01-31") == {"yellow_flags": 1}
    for department in DEPARTMENTS:
        mended = {
            "entrant": yellow,
            "department": department,
            "month": "2013-01-01",
            "points": 99,
            "document": "工〔2013〕20号",
            "corrected_on": "2013-12-31",
        }
        await field.tell("events", f"{path}/correct", mended)
    gone = {"red_flags": 1, "yellow_flags": 0, "annual_cumulative_score": 9900}
    await field.agree(gone, yellow, last="2013-01-31")
    await field.agree({"red_flags": 0, "pink_flags": 1}, red, last="2013-01-31")
    after = flags | {"monthly_scores_corrected": 3, "annual_cumulative_score": 100 * sum(totals) + 2100}
    await field.agree(after, field.union, field.county)
    first = (await field.get("events", path))["months"]["1"]
    assert (first["editions"], first["ranking"][0]["entrant"]) == (4, str(yellow))
