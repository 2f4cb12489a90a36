"""What unions have to work with, how they are organised inside, and where they hang."""

from __future__ import annotations

import pytest

from tests.support.field import Field


@pytest.mark.capability("CAP-020")
async def test_an_office_and_operating_funds_from_the_request_to_the_withdrawal(field: Field) -> None:
    path = f"unions/{field.union}/conditions"
    await field.tell("membership", f"{path}/request", {"condition": "office", "requested_on": "2013-02-01"})
    office = {"condition": "office", "provided_on": "2013-03-01"}
    assert await field.refused("membership", f"{path}/provide", office | {"amount_fen": 5}) == (
        422,
        "amount-elsewhere",
    )
    await field.tell("membership", f"{path}/provide", office)
    funds = {"condition": "operating_funds", "amount_fen": 2_000_000, "provided_on": "2013-03-01"}
    await field.tell("membership", f"{path}/provide", funds)
    seen = {"condition": "office", "verified_on": "2013-04-01"}
    assert await field.refused("membership", f"{path}/verify", seen) == (409, "approver-is-recorder")
    await field.tell("membership", f"{path}/verify", seen, actor="bo")
    wall = {"union": field.other, "condition": "rules_on_wall", "provided_on": "2013-05-01"}
    rows = await field.bulk("membership", "conditions/provide/bulk", [wall | {"reference": "1"}])
    assert rows[0]["status"] == "created"
    figures = {
        "conditions_requested": 1,
        "unions_with_office": 1,
        "unions_with_operating_funds": 1,
        "conditions_verified": 1,
        "operating_funds_total": 2_000_000,
    }
    await field.agree(figures, field.union, field.town, field.county)
    shares = {
        "unions_with_rules_on_wall": 1,
        "unions_with_office_share": 50.0,
        "unions_with_operating_funds_share": 50.0,
        "unions_with_activity_funds": 0,
    }
    await field.agree(shares, field.town, field.county)
    gone = {"condition": "office", "withdrawn_on": "2013-09-01"}
    await field.tell("membership", f"{path}/withdraw", gone)
    assert await field.refused("membership", f"{path}/withdraw", gone) == (409, "condition-not-provided")
    await field.agree({"unions_with_office": 0, "conditions_verified": 0}, field.union, field.county)
    ending = {"reason": "employer_ended", "on": "2013-10-01"}
    await field.tell("membership", f"unions/{field.union}/dissolve", ending)
    after = {"unions_with_operating_funds": 0, "operating_funds_total": 0, "unions_with_rules_on_wall": 1}
    await field.agree(after, field.town, field.county)


@pytest.mark.capability("CAP-015")
async def test_sub_unions_and_groups_form_and_end_inside_a_union(field: Field) -> None:
    inside = {"name": "示例分会", "level": 7, "kind": "sub_union", "parent": field.union}
    branch = await field.tell("membership", "unions", inside | {"approved_on": "2013-02-01"})
    group = {"name": "示例小组", "level": 8, "kind": "group", "parent": branch, "approved_on": "2013-02-02"}
    outside = group | {"parent": field.town}
    assert await field.refused("membership", "unions", outside) == (409, "outside-grassroots-union")
    groups = [await field.tell("membership", "unions", group) for _ in range(2)]
    for each in (groups[0], groups[0], groups[1]):
        await field.member(each, joined_on="2013-03-01")
    figures = {
        "sub_unions_total": 1,
        "groups_total": 2,
        "union_groups_total": 3,
        "members_joined": 3,
        "unions_established": 0,
    }
    await field.agree(figures, field.union, field.county)
    await field.agree({"members_total": 3, "groups_total": 2, "members_per_group": 1.5}, branch, field.town)
    ending = {"reason": "employers_reorganised", "on": "2013-11-01"}
    await field.tell("membership", f"unions/{groups[1]}/dissolve", ending)
    await field.agree({"groups_total": 1, "union_groups_total": 2}, field.union, field.county)


@pytest.mark.capability("CAP-016")
async def test_affiliation_changes_and_every_date_has_its_own_tree(field: Field) -> None:
    """Unions per parent at a date, as it was then and as it is now."""
    body = {"level": 3, "kind": "industry", "parent": field.county, "approved_on": "2012-01-01"}
    trade = await field.tell("membership", "unions", body | {"name": "示例行业工会"})
    on_line = {"line": "education", "parent": trade, "effective_on": "2013-02-01"}
    await field.tell("membership", f"unions/{field.union}/join-line", on_line)
    assert await field.figures(trade, "unions_total", line="education") == {"unions_total": 1}
    move = {"parent": field.county, "effective_on": "2013-07-01"}
    await field.tell("membership", f"unions/{field.other}/move", move)
    circle = {"parent": field.union, "effective_on": "2013-07-01"}
    assert (await field.refused("membership", f"unions/{field.town}/move", circle))[0] == 409
    await field.agree({"unions_total": 2}, field.town, field.county, last="2013-06-30")
    await field.agree({"unions_total": 1}, field.town, last="2013-07-01")
    await field.agree({"unions_total": 2}, field.county, last="2013-07-01")
    await field.agree({"unions_total": 1}, field.town, last="2013-06-30", basis="as-is")
    left = {"line": "education", "effective_on": "2013-08-01"}
    await field.tell("membership", f"unions/{field.union}/leave-line", left)
    assert (await field.figures(trade, "unions_total", line="education"))["unions_total"] in {0, None}
    await field.tell(
        "membership", f"unions/{field.town}/rename", {"name": "示例街道总工会", "effective_on": "2013-09-01"}
    )
    rights = {"department": "rights", "posts": 3, "set_up_on": "2013-03-01"}
    path = f"unions/{field.county}/departments"
    await field.tell("membership", f"{path}/set-up", rights)
    await field.tell("membership", f"{path}/set-up", rights | {"department": "women", "posts": 2})
    wrong = f"unions/{field.union}/departments/set-up"
    assert await field.refused("membership", wrong, rights) == (409, "no-departments-here")
    closed = {"department": "women", "closed_on": "2013-10-01"}
    await field.tell("membership", f"{path}/close", closed)
    figures = {"departments_total": 1, "department_posts_total": 3}
    await field.agree(figures, field.county, field.prefecture)
