"""Service centres, stations for outdoor workers, and what is given to service points."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from tests.support.field import Field
from tests.support.rows import sent


async def opened(field: Field, union: UUID, kind: str, on: str) -> str:
    """Planned, built and in use; its path."""
    plan = {"union": union, "kind": kind, "planned_on": "2013-01-05"}
    path = f"facilities/{await field.tell('welfare', 'facilities', plan)}"
    assert await field.refused("welfare", f"{path}/visit", {"person_times": 1, "visited_on": on}) == (
        409,
        "facility-stage-wrong",
    )
    await field.tell("welfare", f"{path}/build", {"built_on": "2013-01-20"})
    await field.tell("welfare", f"{path}/open", {"opened_on": on})
    return path


@pytest.mark.capability("CAP-058")
async def test_service_points_and_their_equipment(field: Field) -> None:
    centre = await opened(field, field.town, "service_centre", "2013-02-01")
    station = await opened(field, field.union, "service_station", "2013-03-01")
    model = {"scheme": "model_centre", "document": "镇工〔2013〕12号"}
    year = model | {"accredited_on": "2013-04-01", "valid_until": "2014-03-31"}
    await field.tell("welfare", f"{centre}/accredit", year)
    other = year | {"scheme": "star_station"}
    assert await field.refused("welfare", f"{centre}/accredit", other) == (409, "other-scheme-in-force")
    await field.tell("welfare", f"{station}/accredit", other)
    # Renewed before it ends, it goes on without a gap and counts once.
    longer = year | {"accredited_on": "2014-03-01", "valid_until": "2015-03-31"}
    await field.tell("welfare", f"{centre}/accredit", longer)
    await field.tell(
        "welfare", f"{centre}/visit", {"person_times": 300, "services": 120, "visited_on": "2013-12-01"}
    )
    await field.tell("welfare", f"{station}/close", {"closed_on": "2013-11-01"})

    give: dict[str, Any] = {"union": field.town, "issued_on": "2013-05-01"}
    rows = [
        give | {"item": "medical_box", "quantity": 2, "employer": await field.employer(field.union)}
        for _ in range(25)
    ]
    rows[0] |= {"value_fen": 40_000}
    rows.append(
        give
        | {"item": "sports_goods", "quantity": 30, "value_fen": 6_000_000, "employer": rows[0]["employer"]}
    )
    rows.append(give | {"item": "medical_box", "quantity": 1, "facility": centre.removeprefix("facilities/")})
    told = await sent(field, "welfare", "equipment-issues/bulk", rows)
    assert {each["status"] for each in told} == {"created"}
    back = {"reversed_on": "2013-06-01"}
    await field.tell("welfare", f"equipment-issues/{told[-1]['id']}/reverse", back)
    path = f"equipment-issues/{told[-1]['id']}/reverse"
    assert await field.refused("welfare", path, back) == (409, "issue-reversed")

    figures = {
        "service_points": 1,
        "service_points_opened": 2,
        "service_points_accredited": 1,
        "services_delivered": 120,
        "service_point_visits": 300,
        "medical_service_boxes": 50,
        "sports_goods_given_value": 6_000_000,
        "equipment_given_value": 6_040_000,
        "equipped_points": 25,
        "service_facilities_planned": 2,
        "money_balance": 0,
    }
    await field.agree(figures, field.town, field.county)
    for day, points in (("2013-10-31", 2), ("2014-04-01", 1), ("2015-03-31", 1), ("2015-04-01", 0)):
        accredited = {"service_points_accredited": points}
        await field.agree(accredited, field.town, field.county, first="2013-01-01", last=day)


@pytest.mark.capability("CAP-059")
async def test_stations_for_outdoor_workers(field: Field) -> None:
    first = await opened(field, field.union, "outdoor_station", "2013-10-08")
    second = await opened(field, field.other, "outdoor_station", "2013-10-09")
    haves = ["sign", "layout", "equipment", "functions", "rules", "on_map"]
    for path in (first, second):
        await field.tell("welfare", f"{path}/inspect", {"haves": haves, "inspected_on": "2013-10-20"})
    less = {"haves": haves[:3], "inspected_on": "2013-11-20"}
    assert await field.refused("welfare", f"{first}/inspect", less | {"haves": ["music"]}) == (
        422,
        "not-in-catalogue",
    )
    await field.tell("welfare", f"{first}/inspect", less)
    nobody = {"visited_on": "2013-11-30"}
    assert await field.refused("welfare", f"{first}/visit", nobody) == (422, "nobody-visited")
    visits = [
        nobody | {"facility": path.removeprefix("facilities/"), "person_times": times}
        for path, times in ((first, 400), (second, 250))
    ]
    await sent(field, "welfare", "facility-visits/bulk", visits)
    figures = {
        "worker_stations_built": 2,
        "worker_stations_opened": 2,
        "worker_stations": 2,
        "worker_stations_complete": 1,
        "worker_station_visits": 650,
        "worker_stations_closed": 0,
    }
    await field.agree(figures, field.town, field.county)
    await field.tell("welfare", f"{second}/close", {"closed_on": "2013-12-20"})
    await field.agree({"worker_stations": 0, "worker_stations_closed": 1}, field.other)
    left = {"worker_stations": 1, "worker_stations_complete": 0, "worker_stations_closed": 1}
    await field.agree(left, field.town, field.county)
