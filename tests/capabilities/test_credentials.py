"""Certificates, accreditation, titles, studios and workers' homes, from target to end, at every level."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.support.field import Field

LEGAL, CREDIT = {"scheme": "legal_person_certificate"}, {"scheme": "organisation_code_certificate"}
COUNTY = {"level": "county"}


async def applied(field: Field, scheme: str, on: str, **holder: Any) -> UUID:
    """An application that ada has recorded."""
    return await field.tell("membership", "credentials", {"scheme": scheme, "applied_on": on} | holder)


async def inspected(field: Field, credential: UUID, on: str, *, passed: bool = True) -> None:
    path = f"credentials/{credential}/inspect"
    await field.tell("membership", path, {"passed": passed, "inspected_on": on}, actor="eve")


async def granted(field: Field, credential: UUID, on: str, **more: Any) -> None:
    body = COUNTY | {"granted_on": on} | more
    await field.tell("membership", f"credentials/{credential}/grant", body, actor="bo")


async def listed(field: Field, path: str, rows: list[dict[str, Any]], actor: str = "ada") -> list[str]:
    """A list sent at once; what became of each row."""
    numbered = [{"reference": str(n), **row} for n, row in enumerate(rows)]
    body = {"source": str(uuid4()), "rows": numbered}
    answer = await field.post("membership", path, body, actor)
    assert answer.status_code == 200, answer.text
    return [
        row["problem"]["code"] if row["status"] == "refused" else row["status"]
        for row in answer.json()["results"]
    ]


@pytest.mark.capability("CAP-006")
async def test_both_certificates_from_application_to_expiry(field: Field) -> None:
    wanted = [
        {"union": str(union), **scheme, "applied_on": "2013-01-10"}
        for union in (field.union, field.other)
        for scheme in (LEGAL, CREDIT)
    ]
    assert await listed(field, "credentials/bulk", wanted) == ["created"] * 4
    papers = [
        {"union": str(field.union), **LEGAL, **COUNTY, "granted_on": "2013-02-01"},
        {
            "union": str(field.union),
            **CREDIT,
            **COUNTY,
            "granted_on": "2013-03-01",
            "valid_until": "2014-02-28",
        },
        {"union": str(field.other), **LEGAL, **COUNTY, "granted_on": "2013-02-01"},
    ]
    own = await listed(field, "credentials/grant/bulk", papers[:1])
    assert own == ["approver-is-recorder"]
    assert await listed(field, "credentials/grant/bulk", papers, actor="bo") == ["created"] * 3
    lacking = {"union": str(field.other), **CREDIT, "refused_on": "2013-04-01"}
    assert await listed(field, "credentials/refuse/bulk", [lacking], actor="bo") == ["created"]

    above = (field.town, field.county, field.province)
    figures = {"unions_with_two_certificates": 1, "certificates_granted": 3, "legal_person_unions": 2}
    await field.agree(figures | {"two_certificates_coverage": 50}, *above)
    await field.agree({"unions_with_two_certificates": 1, "certificates_held": 2}, field.union)
    await field.agree({"unions_with_two_certificates": 0}, *above, last="2013-02-28")
    # Nobody does anything, and on 1 March 2014 the certificate has ended.
    await field.agree({"unions_with_two_certificates": 1, "certificates_held": 3}, *above, last="2014-02-28")
    await field.agree({"unions_with_two_certificates": 0, "certificates_held": 2}, *above, last="2014-03-01")

    window = {"unit": field.county, "since": "2014-01-01", "until": "2014-12-31"}
    ends = await field.get("membership", "credentials/expiring", **window)
    assert [(each["holder"], each["valid_until"]) for each in ends["items"]] == [
        (str(field.union), "2014-02-28")
    ]
    code = ends["items"][0]["id"]
    renewal = COUNTY | {"renewed_on": "2014-02-10", "valid_until": "2015-02-28"}
    await field.tell("membership", f"credentials/{code}/renew", renewal, actor="bo")
    await field.agree({"unions_with_two_certificates": 1, "certificates_held": 3}, *above, last="2014-03-01")
    taken = {"reason": "requirements_lost", "revoked_on": "2014-06-01"}
    await field.tell("membership", f"credentials/{code}/revoke", taken, actor="bo")
    again = await field.refused("membership", f"credentials/{code}/revoke", taken, actor="bo")
    assert again == (409, "credential-not-held")
    figures = {"unions_with_two_certificates": 0, "certificates_held": 2, "certificates_revoked": 1}
    await field.agree(figures | {"certificates_renewed": 1}, *above, first="2014-01-01", last="2014-12-31")
    assert (await field.get("membership", "credentials/expiring", **window))["items"] == []
    # What a union holds ends with it, and nothing can be granted to it any more.
    ended = {"reason": "employer_ended", "on": "2014-09-01"}
    await field.tell("membership", f"unions/{field.other}/dissolve", ended)
    wish = CREDIT | {"union": field.other, "applied_on": "2014-09-02"}
    assert await field.refused("membership", "credentials", wish) == (409, "union-ended")
    await field.agree({"legal_person_unions": 2}, *above, last="2014-08-31")
    await field.agree({"legal_person_unions": 1}, *above, last="2014-09-01")


async def test_the_list_of_what_ends_comes_in_pages_and_of_the_subtree(field: Field) -> None:
    days = {"starred": "2015-03-31", "vital": "2014-12-31", "plain": "2015-03-31"}
    schemes = ("star_rating", "vitality_union", "standardised_union")
    for scheme, until in zip(schemes, days.values(), strict=True):
        grade = {"grade": "one_star"} if scheme == "star_rating" else {}
        credential = await applied(field, scheme, "2013-01-01", union=field.union, **grade)
        await inspected(field, credential, "2013-02-01")
        await granted(field, credential, "2013-03-01", valid_until=until)
    asked = {"unit": field.town, "since": "2014-01-01", "until": "2015-12-31", "limit": 2}
    first = await field.get("membership", "credentials/expiring", **asked)
    last = await field.get("membership", "credentials/expiring", **asked, cursor=first["cursor"])
    seen = [each["valid_until"] for each in (*first["items"], *last["items"])]
    assert (seen, last["cursor"]) == (sorted(days.values()), None)
    asked |= {"unit": field.other}
    assert (await field.get("membership", "credentials/expiring", **asked))["items"] == []


@pytest.mark.capability("CAP-007")
async def test_accreditation_from_target_to_revocation(field: Field) -> None:
    year = {"year": 2013, "targeted_on": "2013-01-15"}
    chosen = [
        {"union": str(union), "scheme": "vitality_union", **year} for union in (field.union, field.other)
    ]
    assert await listed(field, "credential-candidates/bulk", chosen) == ["created"] * 2
    vital = await applied(field, "vitality_union", "2013-03-01", union=field.union)
    early = COUNTY | {"granted_on": "2013-06-01"}
    path = f"credentials/{vital}/grant"
    assert await field.refused("membership", path, early, actor="bo") == (409, "inspection-missing")
    own = {"passed": True, "inspected_on": "2013-06-01"}
    path = f"credentials/{vital}/inspect"
    assert await field.refused("membership", path, own) == (409, "approver-is-recorder")
    await inspected(field, vital, "2013-06-01")
    await granted(field, vital, "2013-06-10")

    stars = await applied(field, "star_rating", "2013-03-01", union=field.union, grade="three_star")
    await inspected(field, stars, "2013-05-01", passed=False)
    path = f"credentials/{stars}/grant"
    assert await field.refused("membership", path, early, actor="bo") == (409, "inspection-failed")
    await inspected(field, stars, "2013-07-01")
    await granted(field, stars, "2013-07-10")
    haves = await applied(field, "six_haves_union", "2013-03-01", union=field.other)
    await inspected(field, haves, "2013-08-01")
    await granted(field, haves, "2013-08-10", document="县工〔2013〕12号")
    dull = await applied(field, "standardised_union", "2013-03-01", union=field.other)
    await field.tell("membership", f"credentials/{dull}/refuse", {"refused_on": "2013-09-01"}, actor="bo")

    figures = {
        "unions_accredited_three_star": 1,
        "village_unions_six_haves_accepted": 1,
        "vitality_targets": 2,
        "vitality_unions_granted": 1,
        "accreditation_applied": 4,
        "accreditation_granted": 3,
        "accreditation_refused": 1,
        "accreditation_inspections_passed": 3,
        "unions_accredited": 3,
        "unions_starred_share": 50,
    }
    above = (field.town, field.county, field.province)
    await field.agree(figures, *above)
    await field.agree({"vitality_targets": 1, "unions_accredited": 2}, field.union)

    await inspected(field, stars, "2014-07-01")
    fourth = COUNTY | {"grade": "four_star", "renewed_on": "2014-07-10"}
    await field.tell("membership", f"credentials/{stars}/renew", fourth, actor="bo")
    assert await field.parts(field.county, "unions_starred", "credential_grade", last="2014-07-09") == {
        "three_star": 1
    }
    assert await field.parts(field.county, "unions_starred", "credential_grade", last="2014-07-10") == {
        "four_star": 1
    }
    gone = {"reason": "reinspection_failed", "revoked_on": "2014-09-01"}
    await field.tell("membership", f"credentials/{haves}/revoke", gone, actor="bo")
    later = {"first": "2014-01-01", "last": "2014-12-31"}
    await field.agree(
        {"accreditation_revoked": 1, "unions_accredited": 2, "unions_starred": 1}, *above, **later
    )


@pytest.mark.capability("CAP-008")
async def test_titles_from_target_to_naming(field: Field) -> None:
    mill, yard = await field.employer(field.union), await field.employer()
    schemes = ("worker_satisfied_enterprise", "village_activity_centre", "enterprise_culture_centre")
    for unit, issuer in ((field.town, field.county), (field.county, field.county)):
        for scheme in schemes:
            goal = {"unit": unit, "scheme": scheme, "year": 2013, "number": 1, "issuer": issuer}
            await field.tell("membership", "credential-targets", goal | {"set_on": "2013-01-10"})
    goal = {"unit": field.town, "scheme": schemes[0], "year": 2013, "number": 2, "issuer": field.union}
    path = "credential-targets"
    low = await field.refused("membership", path, goal | {"set_on": "2013-01-10"})
    assert low == (409, "target-issuer-not-above")
    chosen = {"scheme": schemes[0], "year": 2013, "targeted_on": "2013-02-01"}
    for employer in (mill, yard):
        await field.tell("membership", "credential-candidates", chosen | {"employer": employer})
    wrong = {"scheme": schemes[0], "union": field.union, "applied_on": "2013-03-01"}
    assert await field.refused("membership", "credentials", wrong) == (409, "scheme-not-for-holder")

    named = await applied(field, schemes[0], "2013-03-01", employer=mill)
    await inspected(field, named, "2013-10-01")
    await granted(field, named, "2013-11-01")
    left = {"refused_on": "2013-12-01", "scheme": schemes[0], "employer": str(yard)}
    assert await listed(field, "credentials/refuse/bulk", [left], actor="bo") == ["created"]
    calm = await applied(field, "harmonious_enterprise", "2013-03-01", employer=mill)
    await inspected(field, calm, "2013-10-01")
    await granted(field, calm, "2013-11-01")

    figures = {
        "next_worker_satisfied_enterprises": 1,
        "next_village_activity_centres": 1,
        "next_enterprise_culture_centres": 1,
        "titles_to_name": 3,
        "titles_targeted": 2,
        "titles_named": 2,
        "titles_not_named": 1,
        "titles_completion": 66.67,
        "worker_satisfied_enterprises": 1,
        "harmonious_enterprises": 1,
    }
    await field.agree(figures, field.town, field.county)
    await field.agree({"titles_named": 2, "worker_satisfied_enterprises": 1}, field.union, field.province)


@pytest.mark.capability("CAP-011")
async def test_stations_and_studios_from_recommendation_to_withdrawal(field: Field) -> None:
    ward = await applied(field, "innovation_studio", "2013-04-01", union=field.union)
    teacher = await applied(field, "innovation_studio", "2013-04-01", union=field.union)
    assert ward != teacher
    named = {"union": str(field.union), "scheme": "innovation_studio", "granted_on": "2013-09-01"}
    (unclear,) = await listed(field, "credentials/grant/bulk", [COUNTY | named], actor="bo")
    assert unclear == "credential-unclear"
    await inspected(field, ward, "2013-06-01")
    await granted(field, ward, "2013-09-01", level="prefecture")
    await field.tell("membership", f"credentials/{teacher}/refuse", {"refused_on": "2013-09-01"}, actor="bo")
    above = (field.union, field.town, field.county)
    await field.agree({"studio_candidates": 2, "studios_named": 1, "studios_total": 1}, *above)
    gone = {"reason": "requirements_lost", "revoked_on": "2014-05-01"}
    await field.tell("membership", f"credentials/{ward}/revoke", gone, actor="bo")
    await field.agree({"studios_total": 0}, *above, last="2014-05-01")


@pytest.mark.capability("CAP-019")
async def test_workers_homes_from_plan_to_acceptance(field: Field) -> None:
    plan = {"scheme": "teachers_home", "union": field.union, "year": 2013, "targeted_on": "2013-01-10"}
    await field.tell("membership", "credential-candidates", plan)
    twice = await field.refused("membership", "credential-candidates", plan)
    assert twice == (409, "already-targeted")
    home = await applied(field, "teachers_home", "2013-05-01", union=field.union)
    await inspected(field, home, "2013-06-01")
    body = COUNTY | {"granted_on": "2013-07-01"}
    path = f"credentials/{home}/grant"
    assert await field.refused("membership", path, body, actor="bo") == (409, "grade-needed")
    await granted(field, home, "2013-07-01", grade="model_home")
    shop = await applied(field, "workers_home", "2013-05-01", union=field.other)
    await inspected(field, shop, "2013-06-01")
    await granted(field, shop, "2013-07-01", grade="qualified_home")

    figures = {"homes_built": 2, "homes_accepted": 2, "homes_total": 2, "model_homes_total": 1}
    await field.agree(figures, field.town, field.county)
    await field.agree({"homes_total": 1, "model_homes_total": 1}, field.union)
    parts = await field.parts(field.county, "homes_total", "credential_grade")
    assert parts == {"model_home": 1, "qualified_home": 1}
    better = COUNTY | {"grade": "advanced_home", "renewed_on": "2013-12-01"}
    await field.tell("membership", f"credentials/{shop}/renew", better, actor="bo")
    gone = {"reason": "holder_ended", "revoked_on": "2013-12-31"}
    await field.tell("membership", f"credentials/{home}/revoke", gone, actor="bo")
    parts = await field.parts(field.county, "homes_total", "credential_grade")
    assert parts == {"advanced_home": 1}


async def test_a_certificate_ends_with_the_committees_term(field: Field) -> None:
    seats = {"ordinal": 2, "seats": 5, "since": "2012-04-01", "term_years": 3}
    await field.tell("membership", "committees", seats | {"union": field.union})
    certificate = await applied(field, LEGAL["scheme"], "2013-01-01", union=field.union)
    await granted(field, certificate, "2013-02-01")
    seen = await field.get("membership", f"credentials/{certificate}")
    assert seen["valid_until"] == "2015-03-31"
    above = (field.union, field.county)
    await field.agree({"legal_person_unions": 1}, *above, last="2015-03-31")
    await field.agree({"legal_person_unions": 0}, *above, last="2015-04-01")
