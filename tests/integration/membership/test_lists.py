"""Rows in bulk, repeats, keys, and many at once."""

import asyncio
from collections import Counter
from uuid import UUID, uuid4

from tests.integration.membership.conftest import Body, Membership
from tests.integration.membership.province import (
    COUNTY,
    TOWN,
    VILLAGE,
    bodies,
    employer,
    member,
    person,
    settle,
    union,
)
from tests.support.codes import credit_code


def row(reference: str, body: Body) -> Body:
    return body | {"reference": reference}


def outcomes(results: list[Body]) -> list[str]:
    return [result["problem"]["code"] if result["problem"] else result["status"] for result in results]


async def test_a_whole_tree_is_established_by_one_request_and_again_without_doubling(
    membership: Membership,
) -> None:
    first = await membership.bulk("unions", bodies())
    again = await membership.bulk("unions", bodies())
    assert (outcomes(first), outcomes(again)) == (["created"] * 6, ["repeated"] * 6)
    assert [each["id"] for each in first] == [each["id"] for each in again]
    assert len(await membership.events()) == 6
    village = next(each for each in await membership.events() if str(each.subject) == first[-1]["id"])
    order = {each["reference"]: result["id"] for each, result in zip(bodies(), first, strict=True)}
    assert [str(each) for each in village.place.lineage] == [order[code] for code in order if code != TOWN]


async def test_one_bad_row_never_spoils_the_others(membership: Membership) -> None:
    known = await settle(membership)
    rows = [
        row("1", member(2, VILLAGE)),
        row("2", member(4, "330282999000")),
        row("3", member(6, VILLAGE, joined_on="2013-02-29")),
        row("4", member(2, known["forge"])),
        member(8, VILLAGE),
        row("6", member(10, VILLAGE, document_number=person(10)[:-1])),
        row("7", member(12, known["mill"])),
        row("1", member(14, known["mill"])),
    ]
    results = await membership.bulk("members", rows)
    assert outcomes(results) == [
        "created",
        "union-unknown",
        "malformed",
        "already-member",
        "malformed",
        "malformed",
        "created",
        "repeated",
    ]
    assert [each["row"] for each in results] == list(range(8))
    assert results[7]["id"] == results[0]["id"]
    joined = [e for e in await membership.events() if type(e.event).__name__ == "MemberJoined"]
    assert len(joined) == 2
    assert await membership.pool.fetchval("SELECT count(*) FROM person_vault") == 2


async def test_a_corrected_row_is_taken_when_the_list_is_sent_again(membership: Membership) -> None:
    await settle(membership)
    bad, good = row("1", member(2, VILLAGE, joined_on="2030-01-01")), row("1", member(2, VILLAGE))
    assert outcomes(await membership.bulk("members", [bad])) == ["date-in-future"]
    assert outcomes(await membership.bulk("members", [good])) == ["created"]


async def test_another_source_may_use_the_same_references(membership: Membership) -> None:
    await settle(membership)
    await membership.bulk("members", [row("1", member(2, VILLAGE))])
    assert outcomes(await membership.bulk("members", [row("1", member(4, VILLAGE))], "other")) == ["created"]


async def test_lists_of_those_who_move_or_leave_name_people_by_their_documents(
    membership: Membership,
) -> None:
    known = await settle(membership)
    await membership.bulk("members", [row(str(n), member(2 * n, VILLAGE)) for n in range(4)])
    moves = [
        {
            "reference": f"m{n}",
            "document_number": person(2 * n),
            "to": known["mill"],
            "transferred_on": "2008-01-01",
        }
        for n in (0, 1, 7)
    ]
    assert outcomes(await membership.bulk("members/transfer", moves)) == [
        "created",
        "created",
        "person-unknown",
    ]
    gone = [
        {
            "reference": f"l{n}",
            "document_number": person(2 * n),
            "reason": "resigned",
            "left_on": "2009-01-01",
        }
        for n in (0, 2)
    ]
    nobody = {"reference": "l9", "reason": "resigned", "left_on": "2009-01-01"}
    assert outcomes(await membership.bulk("members/leave", [*gone, nobody])) == [
        "created",
        "created",
        "malformed",
    ]
    assert outcomes(await membership.bulk("members/leave", gone)) == ["repeated", "repeated"]
    standings: Counter[tuple[str, str]] = Counter()
    for union_ in (VILLAGE, known["mill"]):
        for each in (await membership.get(f"members?union={union_}"))["members"]:
            standings[union_, each["standing"]] += 1
    assert standings == {
        (VILLAGE, "in_service"): 1,
        (VILLAGE, "left"): 1,
        (known["mill"], "in_service"): 1,
        (known["mill"], "left"): 1,
    }


async def test_headcounts_and_sales_come_in_lists(membership: Membership) -> None:
    await settle(membership)
    results = await membership.bulk("employers", [row(f"e{n}", employer(n)) for n in range(3)])
    assert outcomes(results) == ["created"] * 3
    counts = [
        {
            "reference": f"w{n}",
            "employer": credit_code(n, "91"),
            "workers": 10 + n,
            "women": 5,
            "migrants": 1,
            "reported_on": "2005-12-31",
        }
        for n in range(3)
    ]
    assert outcomes(await membership.bulk("employers/workforce", counts)) == ["created"] * 3
    sales = [
        {"reference": f"s{n}", "employer": results[n]["id"], "sales_fen": 10**9, "assessed_on": "2006-01-05"}
        for n in range(3)
    ]
    assert outcomes(await membership.bulk("employers/scale", sales)) == ["created"] * 3


async def test_a_repeated_command_gets_the_same_answer_and_another_body_is_refused(
    membership: Membership,
) -> None:
    await settle(membership)
    first = await membership.post("members", member(2, VILLAGE), Idempotency_Key="one")
    again = await membership.post("members", member(2, VILLAGE), Idempotency_Key="one")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    other = await membership.post("members", member(4, VILLAGE), Idempotency_Key="one")
    assert (other.status_code, other.json()["code"]) == (409, "key-reused")
    assert len([e for e in await membership.events() if type(e.event).__name__ == "MemberJoined"]) == 1


async def test_a_decision_on_an_older_version_is_refused(membership: Membership) -> None:
    known = await settle(membership)
    body = {"form": "joint", "effective_on": "2001-01-01"}
    assert (
        await membership.post(f"unions/{known['mill']}/change-type", body, If_Match='"1"')
    ).status_code == 200
    body["form"] = "organiser"
    late = await membership.post(f"unions/{known['mill']}/change-type", body, If_Match='"1"')
    assert (late.status_code, late.json()["code"]) == (412, "changed-meanwhile")


async def _many(membership: Membership, *requests: tuple[str, Body]) -> list[str]:
    """Several services of one database at once: single commands go through one desk, lists through others."""
    answers = await asyncio.gather(*(membership.post(path, body) for path, body in requests))
    found: list[str] = []
    for (path, _), answer in zip(requests, answers, strict=True):
        body = answer.json()
        found += outcomes(body["results"]) if path.endswith("bulk") else [body.get("code", "done")]
    return found


async def test_of_many_who_enrol_one_person_at_once_exactly_one_succeeds(membership: Membership) -> None:
    known = await settle(membership)
    places = [VILLAGE, known["mill"], known["forge"], TOWN]
    lists = [
        ("members/bulk", {"source": f"s{n}", "rows": [row(str(uuid4()), member(2, places[n % 4]))]})
        for n in range(8)
    ]
    found = await _many(membership, *lists, *[("members", member(2, place)) for place in places])
    assert set(found) - {"created", "done"} == {"already-member"}
    assert found.count("created") + found.count("done") == 1
    joined = [e for e in await membership.events() if type(e.event).__name__ == "MemberJoined"]
    assert len(joined) == 1
    assert await membership.pool.fetchval("SELECT count(*) FROM person_vault") == 1


async def test_a_union_is_not_dissolved_while_another_is_being_established_under_it(
    membership: Membership,
) -> None:
    await settle(membership)
    for n in range(6):
        parent = await membership.done("unions", union(f"p{n}", 6, VILLAGE))
        child = row(f"c{n}", union(f"c{n}", 7, str(parent), approved_on="2013-01-01"))
        end = {"reason": "employer_ended", "on": "2013-01-01"}
        found = await _many(
            membership,
            ("unions/bulk", {"source": "race", "rows": [child]}),
            (f"unions/{parent}/dissolve", end),
        )
        assert found in (["created", "living-sub-unions"], ["union-ended", "done"])


async def test_nobody_joins_a_union_behind_its_dissolution(membership: Membership) -> None:
    await settle(membership)
    for n in range(6):
        union_ = await membership.done("unions", union(f"u{n}", 6, VILLAGE))
        joining = row(f"m{n}", member(2 * n + 2, str(union_), joined_on="2013-01-01"))
        found = await _many(
            membership,
            ("members/bulk", {"source": "race", "rows": [joining]}),
            (f"unions/{union_}/dissolve", {"reason": "employer_ended", "on": "2013-01-01"}),
        )
        assert found in (["created", "done"], ["union-ended", "done"])
        told = [type(each.event).__name__ for each in await membership.events() if each.place.unit == union_]
        assert told[-1] == "UnionDissolved"


async def test_an_employer_is_covered_by_one_of_many_who_try(membership: Membership) -> None:
    known = await settle(membership)
    id_ = await membership.done("employers", employer(1))
    body = {"employer": str(id_), "on": "2000-01-01"}
    unions = [known["mill"], known["forge"], known[COUNTY], known[TOWN]]
    found = await _many(membership, *[(f"unions/{each}/cover", body) for each in unions])
    assert Counter(found) == {"done": 1, "employer-covered-already": 3}
    assert await membership.told(UUID(str(id_))) == ["EmployerRegistered", "EmployerCovered"]
