"""Windows, stations, mediation organisations and legal aid, at every level."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from tests.support.field import Body, Field
from tests.support.rows import told


def opening(union: UUID, kind: str, **more: Any) -> Body:
    return {"union": union, "kind": kind, "document": "维〔2013〕1号", "opened_on": "2013-02-01"} | more


def serving(person: UUID, role: str) -> Body:
    return {"person": person, "role": role, "appointed_on": "2013-02-02"}


@pytest.mark.capability("CAP-021")
async def test_windows_and_stations(field: Field) -> None:
    """A town of chapter 1: twelve stations in its villages."""
    stations = await told(
        field, "rights", "rights-bodies/bulk", [opening(field.town, "village_station")] * 13
    )
    window = await field.tell("rights", "rights-bodies", opening(field.town, "rights_window"))
    people = [await field.member(field.union) for _ in range(3)]
    path = f"rights-bodies/{stations[0]}"
    await field.tell("rights", f"{path}/appoint", serving(people[0], "head"))
    again = await field.refused("rights", f"{path}/appoint", serving(people[0], "adviser"))
    assert again == (409, "serves-there-already")
    rows = [serving(person, "adviser") | {"body": window} for person in people[:2]]
    await told(field, "rights", "rights-bodies/appoint/bulk", rows)
    away = {"person": people[1], "removed_on": "2013-06-01"}
    await field.tell("rights", f"rights-bodies/{window}/remove", away)
    absent = away | {"person": people[2]}
    no = await field.refused("rights", f"rights-bodies/{window}/remove", absent)
    assert no == (409, "serves-not-there")
    await field.tell("rights", f"{path}/close", {"closed_on": "2013-09-01"})
    late = serving(people[2], "adviser") | {"appointed_on": "2013-09-02"}
    assert await field.refused("rights", f"{path}/appoint", late) == (409, "step-out-of-turn")
    figures = {
        "village_rights_stations": 12,
        "town_rights_windows": 1,
        "rights_places_opened": 14,
        "rights_place_staff": 1,
    }
    await field.agree(figures, field.town, field.county)
    before = {"village_rights_stations": 13, "rights_place_staff": 3}
    await field.agree(before, field.town, field.county, last="2013-05-31")


@pytest.mark.capability("CAP-025")
async def test_mediation_organisations_and_mediators(field: Field) -> None:
    employer = await field.employer(field.union)
    committee = opening(field.union, "enterprise_committee", employer=employer)
    first = await field.tell("rights", "rights-bodies", committee)
    assert await field.refused("rights", "rights-bodies", committee) == (409, "rights-body-exists")
    second = await field.tell("rights", "rights-bodies", opening(field.other, "enterprise_committee"))
    person, other = await field.member(field.union), await field.member(field.union)
    lawyer = await field.refused("rights", f"rights-bodies/{first}/appoint", serving(person, "lawyer"))
    assert lawyer == (422, "role-not-of-kind")
    await field.tell("rights", f"rights-bodies/{first}/appoint", serving(person, "mediator"))
    await field.tell("rights", f"rights-bodies/{second}/appoint", serving(other, "head"))
    row = {"union": field.union, "series": "dispute", "topic": "wage", "received_on": "2013-03-01"}
    case = await field.tell("rights", "cases", row)
    await field.tell("rights", f"cases/{case}/accept", {"accepted_on": "2013-03-01"})
    taken = {"organisation": first, "mediator": other, "started_on": "2013-03-02"}
    answer = await field.post("rights", f"cases/{case}/mediate", taken)
    assert answer.json()["warnings"] == ["mediator-not-of-the-organisation"]
    figures = {
        "dispute_mediation_organisations": 2,
        "dispute_mediators": 2,
        "mediation_organisations_per_union": 100,
        "mediators_per_organisation": 1,
        "disputes_mediated": 1,
    }
    await field.agree(figures, field.town, field.county, field.province)
    away = {"person": person, "removed_on": "2013-06-01"}
    await field.tell("rights", f"rights-bodies/{first}/remove", away)
    await field.tell("rights", f"rights-bodies/{second}/close", {"closed_on": "2013-06-01"})
    figures = {"dispute_mediation_organisations": 1, "dispute_mediators": 0}
    await field.agree(figures, field.town, field.county)


@pytest.mark.capability("CAP-029")
async def test_legal_aid_and_lawyers_on_duty(field: Field) -> None:
    window = await field.tell("rights", "rights-bodies", opening(field.county, "legal_aid_window"))
    lawyer = await field.member(field.union)
    duty = {"lawyer": lawyer, "duty_on": "2013-03-08", "scheduled_on": "2013-03-01"}
    none = await field.refused("rights", f"rights-bodies/{window}/duties", duty)
    assert none == (409, "not-a-lawyer-there")
    await field.tell("rights", f"rights-bodies/{window}/appoint", serving(lawyer, "lawyer"))
    await field.tell("rights", f"rights-bodies/{window}/duties", duty)
    await field.tell("rights", f"rights-bodies/{window}/duties", duty | {"duty_on": "2014-01-08"})
    request = {"union": field.union, "series": "legal_aid", "topic": "wage", "received_on": "2013-03-08"}
    advised, represented, _ = await told(field, "rights", "cases/bulk", [request] * 3)
    for case, way in ((advised, "consultation"), (represented, "representation")):
        await field.tell("rights", f"cases/{case}/accept", {"accepted_on": "2013-03-08"})
        handled = {"way": way, "handler": lawyer, "handled_on": "2013-03-08"}
        await field.tell("rights", f"cases/{case}/handle", handled)
    await field.tell("rights", f"cases/{advised}/close", {"result": "resolved", "closed_on": "2013-03-08"})
    figures = {
        "legal_aid_windows": 1,
        "legal_aid_requests": 3,
        "legal_aid_accepted": 2,
        "legal_consultations": 1,
        "legal_representations": 1,
        "legal_aid_closed": 1,
        "lawyer_duties": 1,
    }
    await field.agree(figures, field.county, field.prefecture)
    await field.agree({"lawyer_duties": 2, "legal_aid_windows": 1}, field.county, last="2014-12-31")
