"""Honours and role models, from recommendation to withdrawal, at every level."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.support.field import Field

AWARDED = {"awarded_on": "2013-05-01"}
# Figure, series, level, recipients: what the chapters count one by one.
PEOPLE = {
    "top_ten_young_workers_commended": ("top_ten_young_worker", "town", 10),
    "quality_models": ("quality_model", "company", 2),
    "sales_champions": ("sales_champion", "company", 3),
    "advanced_producers": ("advanced_producer", "company", 4),
    "most_beautiful_workers": ("most_beautiful_worker", "town", 1),
    "municipal_excellent_cadres": ("excellent_cadre", "county", 1),
    "chengdu_talent_posts": ("talent_post", "prefecture", 2),
    "models_set_from_contests": ("contest_model", "county", 1),
}
TEAMS = {
    "may_day_civilised_posts": ("may_day_civilised_post", "county", 1),
    "group_red_flag_teams": ("red_flag_team", "group", 1),
    "district_worker_pioneers": ("worker_pioneer", "county", 2),
}
UNIONS = {
    "municipal_advanced_unions": ("advanced_union", "prefecture", 1),
    "party_building_linked_unions": ("party_building_linked_union", "county", 1),
    "advanced_units_competition": ("competition_advanced_unit", "company", 1),
}


async def listed(field: Field, path: str, rows: list[dict[str, Any]], actor: str = "ada") -> list[UUID]:
    """A list sent at once; the ids of its rows, all of them accepted."""
    numbered = [{"reference": str(n), **row} for n, row in enumerate(rows)]
    answer = await field.post("membership", path, {"source": str(uuid4()), "rows": numbered}, actor)
    assert answer.status_code == 200, answer.text
    assert {row["status"] for row in answer.json()["results"]} == {"created"}, answer.text
    return [UUID(row["id"]) for row in answer.json()["results"]]


def candidates(
    field: Field, series: str, level: str, recipients: list[dict[str, str]]
) -> list[dict[str, Any]]:
    said = {"union": str(field.union), "series": series, "level": level, "year": 2013}
    return [said | {"recommended_on": "2013-03-01"} | each for each in recipients]


@pytest.mark.capability("CAP-009")
async def test_honours_from_recommendation_to_revocation(field: Field) -> None:
    mill, nuts = await field.employer(field.union), await field.employer()
    members = [str(await field.member(field.union)) for _ in range(10)]
    rows = [
        row
        for series, level, number in PEOPLE.values()
        for row in candidates(field, series, level, [{"person": each} for each in members[:number]])
    ]
    for series, level, number in TEAMS.values():
        rows += candidates(field, series, level, [{"team_in": str(mill)}] * number)
    for series, level, _ in UNIONS.values():
        rows += candidates(field, series, level, [{"organisation": str(field.union)}])
    enterprises = [{"organisation": str(mill)}, {"organisation": str(nuts)}]
    rows += candidates(field, "may_day_certificate", "province", enterprises)
    ids = await listed(field, "honours/bulk", rows)
    wrong = candidates(field, "may_day_certificate", "province", [{"person": members[0]}])[0]
    assert await field.refused("membership", "honours", wrong) == (409, "wrong-recipient-kind")
    assert await field.refused("membership", "honours", rows[0]) == (409, "already-recommended")
    twice = rows[0] | {"organisation": str(mill)}
    assert await field.refused("membership", "honours", twice) == (422, "recipient-unclear")

    *decided, first, second = ids
    reviews = [{"honour": str(each), "passed": True, "reviewed_on": "2013-04-01"} for each in decided]
    await listed(field, "honours/review/bulk", reviews, actor="eve")
    one = {"reviewed_on": "2013-04-01", "passed": True}
    own = await field.refused("membership", f"honours/{first}/review", one)
    assert own == (409, "approver-is-recorder")
    path = f"honours/{first}/award"
    assert await field.refused("membership", path, AWARDED, actor="bo") == (409, "review-missing")
    key = {name: rows[0][name] for name in ("series", "level", "year", "person")}
    grants = [key | AWARDED, *({"honour": str(each)} | AWARDED for each in decided[1:])]
    await listed(field, "honours/award/bulk", grants, actor="bo")
    await field.tell("membership", f"honours/{second}/not-award", {"decided_on": "2013-06-01"}, actor="bo")

    tables = (*PEOPLE.items(), *TEAMS.items(), *UNIONS.items())
    figures: dict[str, int | float] = {name: number for name, (_, _, number) in tables}
    figures |= {
        "may_day_candidates_enterprises": 2,
        "honours_recommended": 33,
        "honours_awarded": 31,
        "honours_not_awarded": 1,
        "honours_reviewed": 31,
        "honours_awarded_share": 93.94,
        "people_honoured": 10,
    }
    await field.agree(figures, field.union, field.town, field.county)
    parts = await field.parts(field.county, "honours_awarded", "recipient_kind")
    assert parts == {"person": 24, "team": 4, "organisation": 3}

    for honour, reason in ((decided[0], "misconduct"), (decided[1], "recorded_wrongly")):
        gone = {"reason": reason, "revoked_on": "2013-12-01"}
        await field.tell("membership", f"honours/{honour}/revoke", gone, actor="bo")
    figures = {"honours_revoked": 1, "honours_awarded": 30, "top_ten_young_workers_commended": 9}
    await field.agree(figures, field.union, field.town, field.county)


@pytest.mark.capability("CAP-010")
async def test_role_models_from_nomination_to_withdrawal(field: Field) -> None:
    ada, bo, eve = [str(await field.member(field.union)) for _ in range(3)]
    wish = {"union": str(field.union), "title": "model_worker", "year": 2012, "nominated_on": "2012-02-01"}
    levels = ((ada, "county"), (ada, "nation"), (bo, "province"), (eve, "county"))
    await listed(field, "role-models/bulk", [wish | {"person": who, "level": level} for who, level in levels])
    day = {"named_on": "2012-05-01"}
    own = await field.refused("membership", f"role-models/{ada}/name", day | {"level": "nation"})
    assert own == (409, "approver-is-recorder")
    names = [day | {"person": who, "level": level} for who, level in levels]
    await listed(field, "role-models/name/bulk", names[:1] + names[2:], actor="bo")
    above = (field.union, field.town, field.county)
    year = {"first": "2012-01-01", "last": "2012-12-31"}
    figures = {"role_models_nominated": 4, "role_models_named": 3, "municipal_model_workers": 2}
    await field.agree(figures | {"living_role_models": 3, "national_role_models": 0}, *above, **year)
    later = {"named_on": "2013-05-01", "level": "nation", "document": "国发〔2013〕1号"}
    await field.tell("membership", f"role-models/{ada}/name", later, actor="bo")
    figures = {"living_role_models": 3, "national_role_models": 1, "provincial_role_models": 1}
    await field.agree(figures, *above)
    gone = {"reason": "deceased", "withdrawn_on": "2013-11-01"}
    await field.tell("membership", f"role-models/{eve}/withdraw", gone, actor="bo")
    twice = await field.refused("membership", f"role-models/{eve}/withdraw", gone, actor="bo")
    assert twice == (409, "not-a-role-model")
    await field.agree({"living_role_models": 2, "role_models_withdrawn": 1}, *above)
    assert await field.parts(field.county, "living_role_models", "role_model_level") == {
        "nation": 1,
        "province": 1,
    }
