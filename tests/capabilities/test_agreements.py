"""Collective contracts: chapter 7's year of wage contracts, and one contract's whole course."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest

from tests.support.codes import credit_code
from tests.support.field import Body, Field
from tests.support.rows import told

DRAFT = {"delegates": 30, "present": 20, "in_favour": 16, "voted_on": "2013-03-20"}
ENTERPRISES, WORKERS = 429, 8043
LARGE, MIDDLE, SMALL = [150] * 16, [50] * 29, [12] * 22
INDUSTRY, REGIONAL = 27, 25


def contracts(employers: list[UUID]) -> Iterator[tuple[str, list[Body]]]:
    """Level and coverage of 45 + 22 + 27 + 25 contracts over all the employers."""
    left = iter(employers)
    rest = WORKERS - sum(LARGE + MIDDLE + SMALL)
    for size in LARGE + MIDDLE + SMALL:
        yield "enterprise", [{"employer": next(left), "workers": size, "employed": size}]
    firms = ENTERPRISES - len(LARGE + MIDDLE + SMALL)
    sizes = [rest // firms + (n < rest % firms) for n in range(firms)]
    covered = [{"employer": e, "workers": s, "employed": s} for e, s in zip(left, sizes, strict=True)]
    many = INDUSTRY + REGIONAL
    for n in range(many):
        yield "industry" if n < INDUSTRY else "regional", covered[n::many]


async def through(field: Field, path: str, ids: list[UUID], rows: list[Body]) -> None:
    """One step of all contracts."""
    named = [{"agreement": id_} | row for id_, row in zip(ids, rows, strict=True)]
    assert await told(field, "rights", path, named) == ids


@pytest.mark.capability("CAP-028")
async def test_a_year_of_wage_contracts_as_chapter_seven_prints_it(field: Field) -> None:
    firms: list[Body] = [
        {
            "name": "示例企业",
            "kind": "private_enterprise",
            "credit_code": credit_code(700_000 + n, "91"),
            "unit": field.town,
            "registered_on": "2000-01-01",
        }
        for n in range(ENTERPRISES)
    ]
    employers = await told(field, "membership", "employers/bulk", firms)
    signed = list(contracts(employers))
    offers: list[Body] = [
        {"union": field.town, "kind": "wage", "level": level, "offered_on": "2013-03-01"}
        for level, _ in signed
    ]
    ids = await told(field, "rights", "agreements/bulk", offers)
    await through(field, "agreements/votes/bulk", ids, [DRAFT] * len(ids))
    signings: list[Body] = [
        {"covered": covered, "document": f"{n}号", "signed_on": "2013-04-01"}
        for n, (_, covered) in enumerate(signed, 1)
    ]
    await through(field, "agreements/signings/bulk", ids, signings)
    filing = {"document": "备1号", "received_on": "2013-04-08"}
    await through(field, "agreements/filings/bulk", ids, [filing] * len(ids))
    rate = {
        "union": field.town,
        "kind": "wage",
        "basis": "workers",
        "numerator": 8043,
        "denominator": 8081,
        "document": "统1号",
        "on": "2013-12-01",
    }
    too_many = rate | {"numerator": 8082}
    assert await field.refused("rights", "sign-rates", too_many) == (409, "sign-rate-over-whole")
    await told(field, "rights", "sign-rates/bulk", [rate | {"on": "2013-11-01", "numerator": 8000}])
    await field.tell("rights", "sign-rates", rate)
    figures = {
        "wage_contracts_signed": 119,
        "contracts_signed_or_renewed": 119,
        "wage_contract_enterprises_covered": 429,
        "wage_contract_workers_covered": 8043,
        "wage_contract_sign_rate_percent": 99.53,
        "wage_contract_rate_numerator": 8043,
        "wage_contract_rate_denominator": 8081,
        "wage_contracts_enterprise_25_plus": 45,
        "wage_contract_enterprises_100_plus": 16,
        "wage_contracts_enterprise_under_25": 22,
        "wage_contracts_industry": 27,
        "wage_contracts_regional": 25,
        "regional_contract_areas": 1,
        "contracts_in_force": 119,
        "contract_enterprises_in_force": 429,
        "contract_workers_in_force": 8043,
        "contracts_filed": 119,
        "contracts_filed_late": 0,
        "contract_drafts_passed": 119,
    }
    await field.agree(figures, field.town, field.county)
    before = {"first": "2013-01-01", "last": "2013-04-22"}
    await field.agree({"contracts_in_force": 0, "wage_contracts_signed": 119}, field.county, **before)


async def signed(field: Field, contract: str, covered: list[Body], on: str) -> Body:
    """Voted and signed on a day; the answer to the signing."""
    await field.tell("rights", f"{contract}/vote", DRAFT | {"voted_on": on})
    body = {"covered": covered, "document": "5号", "signed_on": on}
    answer = await field.post("rights", f"{contract}/sign", body)
    assert answer.status_code == 200, answer.text
    told: Body = answer.json()
    return told


async def offered(field: Field, **but: object) -> str:
    """The path of a new contract."""
    wish = {"union": field.union, "kind": "wage", "level": "enterprise", "offered_on": "2013-02-01"} | but
    return f"agreements/{await field.tell('rights', 'agreements', wish)}"


async def filed(field: Field, contract: str, on: str) -> None:
    await field.tell("rights", f"{contract}/file", {"document": "备2号", "received_on": on})


@pytest.mark.capability("CAP-028")
async def test_a_contract_from_the_offer_to_its_end(field: Field) -> None:
    mill, shop = await field.employer(field.union), await field.employer(field.union)
    own = [{"employer": mill, "workers": 61, "employed": 60}]
    first = await offered(field)
    body = {"covered": own, "document": "5号", "signed_on": "2013-02-20"}
    assert await field.refused("rights", f"{first}/sign", body) == (409, "agreement-stage-wrong")
    late = await field.post("rights", f"{first}/answer", {"answered_on": "2013-02-22"})
    assert late.json()["warnings"] == ["answered-late"]
    few = DRAFT | {"present": 19, "in_favour": 19, "voted_on": "2013-02-25"}
    assert await field.refused("rights", f"{first}/vote", few) == (409, "congress-without-quorum")
    crowd = DRAFT | {"present": 31, "voted_on": "2013-02-25"}
    assert await field.refused("rights", f"{first}/vote", crowd) == (409, "more-votes-than-delegates")
    await field.tell("rights", f"{first}/vote", DRAFT | {"in_favour": 15, "voted_on": "2013-02-25"})
    nothing = {
        "union": field.union,
        "kind": "wage",
        "level": "enterprise",
        "renews": first.removeprefix("agreements/"),
        "offered_on": "2013-02-26",
    }
    assert await field.refused("rights", "agreements", nothing) == (409, "renewal-of-nothing")
    assert "covers-more-than-employed" in (await signed(field, first, own, "2013-03-01"))["warnings"]
    await filed(field, first, "2013-03-05")
    await field.tell("rights", f"{first}/object", {"document": "异1号", "objected_on": "2013-03-10"})
    await filed(field, first, "2013-03-20")  # in force from 4 April 2013 to 28 February 2014

    renewal = await offered(field, renews=nothing["renews"], offered_on="2014-01-10")
    assert await field.refused("rights", "agreements", nothing | {"offered_on": "2014-01-11"}) == (
        409,
        "already-renewed",
    )
    await signed(field, renewal, own, "2014-02-01")
    await filed(field, renewal, "2014-02-05")

    both = [
        {"employer": mill, "workers": 40, "employed": 60},
        {"employer": shop, "workers": 5, "employed": 5},
    ]
    wide = await offered(field, union=field.town, kind="comprehensive", level="regional")
    await signed(field, wide, both, "2013-03-01")
    await filed(field, wide, "2013-03-05")
    gone = {"employer": shop, "workers": 0, "employed": 5, "since": "2013-06-01"}
    await field.tell("rights", f"{wide}/cover", gone)
    await field.tell("rights", f"{wide}/cover", gone | {"workers": 7, "employed": 7, "since": "2013-09-01"})
    failed = await offered(field, kind="women", offered_on="2013-05-01")
    end = {"reason": "negotiation_failed", "document": "终1号", "ended_on": "2013-05-20"}
    await field.tell("rights", f"{failed}/end", end)

    year = {
        "negotiations_offered": 3,
        "negotiation_offers_answered": 1,
        "negotiation_offers_answered_late": 1,
        "contract_drafts_failed": 1,
        "contracts_first_signed": 2,
        "contracts_renewed": 0,
        "contracts_objected": 1,
        "contracts_ended_early": 1,
        "contracts_in_force": 2,
        "contract_enterprises_in_force": 2,  # the mill is under two contracts
        "contract_workers_in_force": 108,
    }
    await field.agree(year, field.town, field.county)
    spring = {"first": "2013-01-01", "last": "2013-04-03"}
    await field.agree({"contracts_in_force": 1, "contract_workers_in_force": 45}, field.town, **spring)
    summer = {"first": "2013-06-01", "last": "2013-06-30"}
    await field.agree({"contract_enterprises_in_force": 1}, field.town, field.county, **summer)
    both_last = {"first": "2014-01-01", "last": "2014-02-25"}
    await field.agree({"contracts_renewed": 1, "contracts_in_force": 1}, field.union, **both_last)
    renewed = {"first": "2014-01-01", "last": "2014-12-31"}
    await field.agree({"contracts_expiring": 1, "contracts_in_force": 1}, field.union, **renewed)
    await field.tell("rights", f"{renewal}/end", end | {"reason": "employer_gone", "ended_on": "2014-09-01"})
    await field.agree({"contracts_in_force": 0, "contracts_ended_early": 1}, field.union, **renewed)
    later = {"first": "2015-01-01", "last": "2015-12-31"}
    await field.agree({"contracts_in_force": 0, "contract_workers_in_force": 0}, field.union, **later)
