"""Unions from the first visit to the employer to their end, and the employers they cover."""

from __future__ import annotations

from uuid import UUID

import pytest

from tests.support.field import Field

PAPER = "镇工〔2013〕{}号"


async def prepared(field: Field, *employers: UUID, first: int = 1) -> UUID:
    """A preparation approved and elected, ready for the establishment."""
    asked = {"union": field.town, "employers": employers, "requested_on": "2013-03-01"}
    preparation = await field.tell("membership", "preparations", asked)
    path = f"preparations/{preparation}"
    approval = {"document": PAPER.format(first), "approved_on": "2013-03-08"}
    assert await field.refused("membership", f"{path}/approve", approval) == (409, "approver-is-recorder")
    await field.tell("membership", f"{path}/approve", approval, actor="bo")
    election = {"held_on": "2013-03-20", "reported_on": "2013-03-25", "seats": 5, "candidates": 6}
    await field.tell("membership", f"{path}/election", election | {"document": PAPER.format(first + 1)})
    return preparation


def founding(field: Field, preparation: UUID | None, **more: object) -> dict[str, object]:
    body = {"name": "示例新工会", "level": 6, "kind": "enterprise", "parent": field.town}
    named = {"preparation": preparation, "document": PAPER.format(9)} if preparation else {}
    return body | {"approved_on": "2013-04-01"} | named | more


@pytest.mark.capability("CAP-001")
async def test_a_union_from_the_target_to_its_end(field: Field) -> None:
    mill, forge = await field.employer(), await field.employer()
    sales = {"sales_fen": 2_500_000_000, "assessed_on": "2013-01-05"}
    await field.tell("membership", f"employers/{mill}/scale", sales)
    task = {"year": 2013, "population": "above_scale", "unions": 2, "issuer": field.county}
    await field.tell("membership", f"unions/{field.town}/target", task | {"set_on": "2013-01-04"})
    for each in (mill, forge):
        await field.tell("membership", f"employers/{each}/target", {"targeted_on": "2013-01-10"})
        await field.tell("membership", f"employers/{each}/refuse", {"refused_on": "2013-01-20"})
        notice = {"document": PAPER.format(1), "given_on": "2013-02-01"}
        await field.tell("membership", f"employers/{each}/notice", notice)
    await field.tell("membership", f"employers/{forge}/overcome", {"overcome_on": "2013-02-10"})
    before = {"employers_targeted": 2, "employers_refusing": 1, "refusals_overcome": 1, "notices_given": 2}
    await field.agree(before, field.town, field.county)

    assert await field.refused("membership", "unions", founding(field, None)) == (409, "preparation-missing")
    early = founding(field, None, taken_over=True, term_years=3)
    assert await field.refused("membership", "unions", early) == (422, "term-elsewhere")
    preparation = await prepared(field, mill)
    twice = {"union": field.town, "employers": [mill], "requested_on": "2013-03-26"}
    assert await field.refused("membership", "preparations", twice) == (409, "employer-in-preparation")
    body = founding(field, preparation)
    assert await field.refused("membership", "unions", body) == (409, "approver-is-recorder")
    odd = body | {"term_years": 4}
    assert await field.refused("membership", "unions", odd, "bo") == (409, "term-length-not-allowed")
    body["term_years"] = 3
    union = await field.tell("membership", "unions", body, actor="bo")
    asked = twice | {"employers": [forge]}
    given_up = await field.tell("membership", "preparations", asked)
    await field.tell(
        "membership",
        f"preparations/{given_up}/approve",
        {"document": PAPER.format(5), "approved_on": "2013-03-27"},
        actor="bo",
    )
    await field.agree({"preparations_under_way": 1}, field.town, field.county)
    over = {"reason": "covered_elsewhere", "cancelled_on": "2013-04-02"}
    await field.tell("membership", f"preparations/{given_up}/cancel", over)

    seen = await field.get("membership", f"preparations/{preparation}")
    assert (seen["recorder"], seen["approver"], seen["established"]) == ("ada", "bo", str(union))
    new = {
        "unions_established": 1,
        "unions_established_above_scale": 1,
        "unions_established_independent": 1,
        "units_covered": 1,
    }
    await field.agree(new, union, field.town, field.county)
    await field.agree({"committees_total": 1, "unions_term_due": 0}, union, field.county)
    later = {"first": "2016-01-01", "last": "2016-04-01"}
    await field.agree({"committees_total": 1, "unions_term_due": 1}, union, field.county, **later)
    await field.agree({"establish_target_completion": 50.0, "unions_total": 3}, field.town)
    figures = {
        "preparations_requested": 2,
        "preparations_started": 2,
        "preparations_under_way": 0,
        "preparations_cancelled": 1,
        "founding_elections": 1,
        "employers_refusing": 0,
        "unions_growth_percent": 50.0,
    }
    await field.agree(figures, field.town, field.county)

    await field.tell("membership", f"unions/{union}/merge", {"successor": field.union, "on": "2013-09-01"})
    ending = {"reason": "employer_ended", "on": "2013-10-01"}
    await field.tell("membership", f"unions/{field.other}/dissolve", ending)
    await field.agree({"unions_ended": 2, "unions_total": 1}, field.town, field.county)
    await field.agree({"units_covered": 1}, field.union, field.county)


@pytest.mark.capability("CAP-002")
async def test_independent_and_joint_unions_and_the_employers_they_cover(field: Field) -> None:
    mill, forge, shop = [
        await field.employer(kind=kind) for kind in ("private_enterprise", "enterprise", "organ")
    ]
    joint = await prepared(field, mill, forge)
    body = founding(field, joint, kind="village_joint", form="joint")
    wrong = body | {"employers": [shop]}
    assert await field.refused("membership", "unions", wrong) == (422, "employers-of-preparation")
    union = await field.tell("membership", "unions", body, actor="bo")
    sales = {"sales_fen": 2_500_000_000, "assessed_on": "2013-01-05"}
    await field.tell("membership", f"employers/{shop}/scale", sales)
    await field.tell("membership", f"unions/{field.other}/cover", {"employer": shop, "on": "2013-05-01"})
    twice = {"employer": shop, "on": "2013-05-02"}
    path = f"unions/{field.union}/cover"
    assert await field.refused("membership", path, twice) == (409, "employer-covered-already")
    figures = {
        "unions_independent": 2,
        "unions_joint": 1,
        "unions_joint_community": 1,
        "units_covered": 3,
        "enterprises_covered": 2,
        "units_covered_jointly": 2,
        "units_per_joint_union": 2.0,
        "employers_total": 3,
        "establishment_rate": 100.0,
        "enterprise_unions_total": 2,
    }
    await field.agree(figures, field.town, field.county)
    above = "employers_above_scale_total"
    await field.agree({above: 1}, field.other, field.town, field.county)

    change = {"form": "committee", "effective_on": "2013-06-01"}
    await field.tell("membership", f"unions/{union}/change-type", change)
    await field.tell("membership", f"unions/{union}/uncover", {"employer": forge, "on": "2013-07-01"})
    alone = await field.post(
        "membership", f"unions/{union}/change-type", {"form": "joint", "effective_on": "2013-08-01"}
    )
    assert alone.json()["warnings"] == ["joint-union-covers-one-employer"]
    await field.agree({"units_covered_jointly": 1, "units_covered": 2}, field.town, field.county)
    await field.tell("membership", f"unions/{field.other}/uncover", twice)
    await field.agree({above: 0}, field.other)
    await field.agree({above: 1, "establishment_rate": 33.33}, field.town, field.county)
