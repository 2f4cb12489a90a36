"""Every command of membership through HTTP to the event log."""

from uuid import UUID

from tests.integration.membership.conftest import Membership
from tests.integration.membership.province import (
    COUNTY,
    NEIGHBOUR,
    PROVINCE,
    TOWN,
    VILLAGE,
    employer,
    member,
    person,
    settle,
    union,
)


async def test_a_union_changes_its_form_name_and_target(membership: Membership) -> None:
    known = await settle(membership)
    mill = known["mill"]
    await membership.done(f"unions/{mill}/change-type", {"form": "joint", "effective_on": "2001-01-01"})
    await membership.done(f"unions/{mill}/rename", {"name": "new mill", "effective_on": "2001-01-02"})
    target = {
        "year": 2006,
        "population": "above_scale",
        "unions": 8,
        "issuer": COUNTY,
        "set_on": "2006-01-04",
    }
    await membership.done(f"unions/{TOWN}/target", target)
    shown = await membership.get(f"unions/{mill}")
    assert (shown["form"], shown["name"], shown["version"]) == ("joint", "new mill", 3)
    assert await membership.told(UUID(mill)) == ["UnionEstablished", "UnionTypeChanged", "UnionRenamed"]
    assert await membership.told(UUID(known[TOWN])) == ["UnionEstablished", "EstablishmentTargetSet"]


async def test_a_new_division_code_replaces_the_old_one(membership: Membership) -> None:
    known = await settle(membership)
    new = "330282122000"
    await membership.done(f"unions/{TOWN}/rename", {"division": new, "effective_on": "2001-01-02"})
    assert (await membership.get(f"unions/{new}"))["id"] == known[TOWN]
    assert await membership.refused(f"unions/{TOWN}/rename", {"name": "x", "effective_on": "2002-01-02"}) == (
        404,
        "union-unknown",
        "union",
    )
    await membership.done("unions", union("again", 4, COUNTY, division=TOWN))


async def test_a_union_moves_and_goes_on_and_off_an_industry_line(membership: Membership) -> None:
    known = await settle(membership)
    mill = known["mill"]
    move = {"parent": TOWN, "effective_on": "2005-05-01"}
    await membership.done(f"unions/{mill}/move", move)
    line = {"line": "education", "parent": COUNTY, "effective_on": "2005-05-01"}
    await membership.done(f"unions/{mill}/join-line", line)
    shown = await membership.get(f"unions/{mill}")
    assert (shown["parent"], shown["lines"]) == (known[TOWN], {"education": known[COUNTY]})
    joined = next(e for e in await membership.events() if type(e.event).__name__ == "UnionJoinedLine")
    assert joined.place.lines == ("education",)
    off = {"line": "education", "effective_on": "2006-05-01"}
    await membership.done(f"unions/{mill}/leave-line", off)
    assert (await membership.get(f"unions/{mill}"))["lines"] == {}


async def test_a_merged_union_hands_its_employers_over_and_counts_under_its_successor(
    membership: Membership,
) -> None:
    known = await settle(membership)
    one, two = [str(await membership.done("employers", employer(n))) for n in (1, 2)]
    for id_ in (one, two):
        await membership.done(f"unions/{known['forge']}/cover", {"employer": id_, "on": "2000-01-01"})
    await membership.done(
        f"employers/{one}/workforce", {"workers": 40, "women": 20, "migrants": 5, "reported_on": "2001-01-01"}
    )
    ada = await membership.done("members", member(2, known["forge"]))
    await membership.done(f"unions/{known['forge']}/merge", {"successor": known["mill"], "on": "2013-05-01"})
    assert await membership.told(UUID(known["forge"])) == ["UnionEstablished", "UnionMerged"]
    assert await membership.told(UUID(one)) == [
        "EmployerRegistered",
        "EmployerCovered",
        "WorkforceReported",
        "EmployerUncovered",
        "WorkforceReported",
        "WorkforceReported",
        "EmployerCovered",
        "WorkforceReported",
        "WorkforceReported",
    ]
    for id_ in (one, two):
        assert (await membership.get(f"employers/{id_}"))["union"] == known["mill"]
    shown = await membership.get(f"unions/{known['forge']}")
    assert (shown["parent"], shown["successor"]) == (known["mill"], known["mill"])
    # members stay attached and act: the lineage of what they do leads through the successor
    await membership.done(f"members/{ada}/leave", {"reason": "resigned", "left_on": "2014-01-10"})
    left = (await membership.events())[-1]
    assert [str(each) for each in left.place.lineage][-2:] == [known["mill"], known["forge"]]


async def test_a_dissolved_union_releases_its_employers(membership: Membership) -> None:
    known = await settle(membership)
    id_ = str(await membership.done("employers", employer(1)))
    await membership.done(f"unions/{known['forge']}/cover", {"employer": id_, "on": "2000-01-01"})
    end = {"reason": "employer_ended", "on": "2013-05-01"}
    await membership.done(f"unions/{known['forge']}/dissolve", end)
    shown = await membership.get(f"employers/{id_}")
    assert (shown["union"], shown["registered_at"]) == (None, known[VILLAGE])
    assert (await membership.get(f"unions/{known['forge']}"))["ended_on"] == "2013-05-01"


async def test_a_union_is_established_with_employers_above_scale(membership: Membership) -> None:
    await settle(membership)
    ids = [str(await membership.done("employers", employer(n))) for n in (1, 2)]
    await membership.done(
        f"employers/{ids[0]}/scale", {"sales_fen": 600_000_000, "assessed_on": "2006-01-05"}
    )
    body = union("works", 6, VILLAGE, approved_on="2006-02-01", form="joint", employers=ids)
    works = await membership.done("unions", body)
    established = next(e.event for e in await membership.events() if e.subject == works)
    assert established.above_scale is True  # type: ignore[attr-defined]
    covered = [e for e in await membership.events() if type(e.event).__name__ == "EmployerCovered"]
    assert [str(e.subject) for e in covered] == ids
    assert {e.place.unit for e in covered} == {works}
    await membership.done(f"unions/{works}/uncover", {"employer": ids[1], "on": "2007-01-01"})
    assert (await membership.get(f"employers/{ids[1]}"))["union"] is None


async def test_the_headcount_of_an_employer_is_reported(membership: Membership) -> None:
    await settle(membership)
    id_ = await membership.done("employers", employer(1))
    report = {"workers": 40, "women": 20, "migrants": 5, "reported_on": "2001-01-01"}
    await membership.done(f"employers/{id_}/workforce", report)
    shown = await membership.get(f"employers/{employer(1)['credit_code']}")
    assert shown["headcount"] == {"workers": 40, "women": 20, "migrants": 5}


async def test_the_whole_life_of_a_membership(membership: Membership) -> None:
    known = await settle(membership)
    ada = await membership.done("members", member(2, known["mill"], phone="19900000000"))
    life = [
        ("retain", {"retained_on": "2007-01-01"}),
        ("resume", {"resumed_on": "2007-06-01"}),
        ("transfer", {"to": known["forge"], "transferred_on": "2008-01-01"}),
        ("correct", {"worker_kind": "migrant"}),
        ("retire", {"retired_on": "2012-01-01"}),
        ("leave", {"reason": "deceased", "left_on": "2013-01-01"}),
    ]
    for act, body in life:
        assert await membership.done(f"members/{ada}/{act}", body) == ada
    again = await membership.done("members", member(2, known["mill"], joined_on="2013-01-01"))
    assert again == ada
    events = [e for e in await membership.events() if e.subject == ada]
    assert [type(e.event).__name__ for e in events] == [
        "MemberJoined",
        "MemberRetained",
        "MemberResumed",
        "MemberTransferredOut",
        "MemberTransferredIn",
        "MemberCorrected",
        "MemberRetired",
        "MemberLeft",
        "MemberJoined",
    ]
    assert [e.version for e in events] == list(range(1, 10))
    out, into = events[3], events[4]
    assert out.provenance.correlation == into.provenance.correlation
    assert (str(out.place.unit), str(into.place.unit)) == (known["mill"], known["forge"])
    assert len({e.event.person for e in events}) == 1  # type: ignore[attr-defined]


async def test_what_a_sub_union_does_is_keyed_by_its_grassroots_union(membership: Membership) -> None:
    known = await settle(membership)
    group = str(await membership.done("unions", union("bench", 8, known["shop"])))
    ada = await membership.done("members", member(2, group))
    joined = next(e for e in await membership.events() if e.subject == ada)
    path = [known[each] for each in (PROVINCE, "330200000000", COUNTY, NEIGHBOUR, VILLAGE, "mill", "shop")]
    assert [str(each) for each in joined.place.lineage] == [*path, group]
    assert str(joined.place.key) == known["mill"]


async def test_a_union_may_be_named_by_the_credit_code_of_its_employer(membership: Membership) -> None:
    known = await settle(membership)
    id_ = await membership.done("employers", employer(1))
    code = employer(1)["credit_code"]
    assert await membership.refused("members", member(2, code)) == (409, "employer-without-union", "union")
    await membership.done(f"unions/{known['mill']}/cover", {"employer": str(id_), "on": "2000-01-01"})
    ada = await membership.done("members", member(2, code, employer=code))
    shown = await membership.get(f"members/{ada}")
    assert (shown["union"], shown["employer"]) == (known["mill"], str(id_))


async def test_personal_data_are_kept_corrected_and_shown_at_one_place(membership: Membership) -> None:
    known = await settle(membership)
    ada = await membership.done("members", member(2, known["mill"]))
    wrong, right = person(2), person(4)
    body = {"document_number": right, "name": "更正会员", "phone": "19900000001"}
    assert await membership.refused(f"members/{ada}/person", body) == (
        409,
        "old-document-needed",
        "old_document_number",
    )
    await membership.done(f"members/{ada}/person", body | {"old_document_number": wrong})
    shown = await membership.get(f"members/{ada}/person")
    assert (shown["document_number"], shown["name"], shown["phone"]) == (right, "更正会员", "19900000001")
    # the wrong number is free for whoever has it
    bob = await membership.done("members", member(2, known["mill"]))
    assert bob != ada
    taken = body | {"document_number": wrong, "old_document_number": right}
    assert await membership.refused(f"members/{ada}/person", taken) == (
        409,
        "document-of-another",
        "document_number",
    )


async def test_doubts_do_not_stand_in_the_way(membership: Membership) -> None:
    known = await settle(membership)
    answer = await membership.post("members", member(2, known["mill"], sex="male"))
    assert (answer.status_code, answer.json()["warnings"]) == (201, ["sex-differs-from-number"])
    odd = union("odd", 4, COUNTY, division="330282121237", form="joint")
    assert (await membership.post("unions", odd)).json()["warnings"] == ["division-of-other-level"]


async def test_lists_are_read_in_pages(membership: Membership) -> None:
    known = await settle(membership)
    ids = {str(await membership.done("members", member(2 * n, known["mill"]))) for n in range(5)}
    seen: list[str] = []
    page = await membership.get(f"members?union={known['mill']}&limit=2")
    while True:
        seen += [each["id"] for each in page["members"]]
        if page["cursor"] is None:
            break
        page = await membership.get(f"members?union={known['mill']}&limit=2&cursor={page['cursor']}")
    assert (set(seen), len(seen)) == (ids, 5)
    below = await membership.get(f"unions?under={COUNTY}")
    assert {each["division"] for each in below["unions"]} == {TOWN, NEIGHBOUR}
    assert [each["division"] for each in (await membership.get("unions"))["unions"]] == [PROVINCE]


async def test_an_event_is_shown_byte_for_byte(membership: Membership) -> None:
    await settle(membership)
    row = await membership.pool.fetchrow("SELECT id, value FROM event_log ORDER BY position LIMIT 1")
    assert row is not None
    answer = await membership.http.get(f"/v1/events/{row['id']}")
    assert answer.content == row["value"]
