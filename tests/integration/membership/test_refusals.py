"""What is refused, with which status and code, and that nothing is left behind."""

from typing import Any

import pytest

from tests.integration.membership.conftest import Body, Membership
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
from tests.support.codes import credit_code

UNKNOWN = "01900000-0000-7000-8000-000000000000"
TOMORROW = "2014-02-02"

Refusal = tuple[int, str, str]

UNIONS: list[tuple[Body, Refusal]] = [
    (union("x", 6, UNKNOWN), (404, "union-unknown", "parent")),
    (union("x", 6, "330282999000"), (404, "union-unknown", "parent")),
    (union("x", 6, "12"), (422, "credit-code-malformed", "parent")),
    (union("x", 6, "not-an-id"), (422, "reference-malformed", "parent")),
    (union("x", 6, None), (409, "parent-missing", "parent")),
    (union("x", 4, VILLAGE, kind="general"), (409, "tree-upside-down", "parent")),
    (union("x", 7, TOWN), (409, "outside-grassroots-union", "parent")),
    (union("x", 6, TOWN, kind="club"), (422, "not-in-catalogue", "kind")),
    (union("x", 6, TOWN, form="club"), (422, "not-in-catalogue", "form")),
    (union("x", 6, TOWN, kind="general"), (422, "kind-not-of-level", "level")),
    (union("x", 6, TOWN, approved_on=TOMORROW), (409, "date-in-future", "approved_on")),
    (union("x", 6, TOWN, approved_on="1989-12-31"), (409, "before-establishment", "approved_on")),
    (union("x", 6, TOWN, approved_on="2013-02-29"), (422, "date-impossible", "approved_on")),
    (union("x", 6, TOWN, approved_on=631152000), (422, "date-malformed", "approved_on")),
    (union("x", 4, COUNTY, division=TOWN), (409, "division-taken", "division")),
    (union("x", 4, COUNTY, division="33"), (409, "division-taken", "division")),
    (union("x", 4, COUNTY, division="3302821190"), (422, "division-code-malformed", "division")),
    (union("x", 6, TOWN, credit_code="81330282MC0000012O"), (422, "credit-code-letter", "credit_code")),
    (union("x", 6, TOWN, credit_code="81330282MC0000012P"), (422, "credit-code-check", "credit_code")),
    (union("x", 9, TOWN), (422, "less-than-equal", "level")),
    (union("x", 6, TOWN) | {"level": "6"}, (422, "int-type", "level")),
    (union("x", 6, TOWN) | {"colour": "red"}, (422, "extra-forbidden", "colour")),
    (union("", 6, TOWN), (422, "text-unprintable", "name")),
    (union("a\nb", 6, TOWN), (422, "text-unprintable", "name")),
    (union("x" * 201, 6, TOWN), (422, "string-too-long", "name")),
    (union("x", 6, TOWN, employers=[UNKNOWN]), (404, "employer-unknown", "employers")),
    (
        union("x", 6, TOWN, lines=[{"line": "education", "parent": VILLAGE}]),
        (409, "parent-not-on-line", "parent"),
    ),
    (union("x", 6, TOWN, lines=[{"line": "stars", "parent": COUNTY}]), (422, "not-in-catalogue", "line")),
]


async def _untouched(membership: Membership, path: str, cases: list[tuple[Any, Refusal]]) -> None:
    """Each body gets its refusal, and none of them leaves a trace."""
    before = await _everything(membership)
    for body, expected in cases:
        assert await membership.refused(path, body) == expected, body
    assert await _everything(membership) == before


async def _everything(membership: Membership) -> list[Any]:
    tables = ("aggregate", "claim", "event_log", "event_queue", "person_vault", "command_key")
    return [await membership.pool.fetchval(f"SELECT count(*) FROM {table}") for table in tables]


async def test_unions_that_cannot_be_established(membership: Membership) -> None:
    await settle(membership)
    await _untouched(membership, "unions", UNIONS)


async def test_a_code_belongs_to_one(membership: Membership) -> None:
    await settle(membership)
    code = credit_code(1, "91")
    await membership.done("employers", employer(1))
    assert await membership.refused("employers", employer(1)) == (409, "credit-code-taken", "credit_code")
    body = union("x", 6, TOWN, credit_code=code)
    assert await membership.refused("unions", body) == (409, "credit-code-taken", "credit_code")


async def test_moves_and_lines_that_cannot_be(membership: Membership) -> None:
    known = await settle(membership)
    mill, shop = known["mill"], known["shop"]
    on = {"effective_on": "2005-01-01"}
    cases: list[tuple[str, Body, Refusal]] = [
        (f"{mill}/move", {"parent": UNKNOWN, **on}, (404, "union-unknown", "parent")),
        (f"{UNKNOWN}/move", {"parent": TOWN, **on}, (404, "union-unknown", "union")),
        (f"{mill}/move", {"parent": mill, **on}, (409, "tree-cycle", "parent")),
        (f"{mill}/move", {"parent": shop, **on}, (409, "tree-cycle", "parent")),
        (f"{VILLAGE}/move", {"parent": mill, **on}, (409, "tree-cycle", "parent")),
        (f"{mill}/move", {"parent": known["forge"], **on}, (409, "tree-upside-down", "parent")),
        (f"{mill}/move", {"parent": VILLAGE, **on}, (409, "nothing-changes", "parent")),
        (f"{shop}/move", {"parent": TOWN, **on}, (409, "outside-grassroots-union", "parent")),
        (
            f"{mill}/move",
            {"parent": TOWN, "effective_on": "2016-01-01"},
            (409, "date-too-far-ahead", "effective_on"),
        ),
        (
            f"{mill}/move",
            {"parent": TOWN, "effective_on": "1980-01-01"},
            (409, "before-establishment", "effective_on"),
        ),
        (f"{mill}/join-line", {"line": "x", "parent": COUNTY, **on}, (422, "not-in-catalogue", "line")),
        (
            f"{mill}/join-line",
            {"line": "health", "parent": VILLAGE, **on},
            (409, "parent-not-on-line", "parent"),
        ),
        (
            f"{shop}/join-line",
            {"line": "health", "parent": COUNTY, **on},
            (409, "outside-grassroots-union", "line"),
        ),
        (f"{mill}/leave-line", {"line": "health", **on}, (409, "not-on-line", "line")),
        (f"{mill}/change-type", {"form": "committee", **on}, (409, "nothing-changes", "form")),
        (f"{mill}/rename", {"name": "mill", **on}, (409, "nothing-changes", "name")),
        (f"{TOWN}/rename", {"division": NEIGHBOUR, **on}, (409, "division-taken", "division")),
    ]
    before = await _everything(membership)
    for path, body, expected in cases:
        assert await membership.refused(f"unions/{path}", body) == expected, (path, body)
    assert await _everything(membership) == before


async def test_endings_that_cannot_be(membership: Membership) -> None:
    known = await settle(membership)
    mill, forge = known["mill"], known["forge"]
    on = {"on": "2013-05-01"}
    merge = {"successor": NEIGHBOUR, **on}
    assert await membership.refused(f"unions/{TOWN}/merge", merge) == (409, "living-sub-unions", "union")
    gone = {"reason": "employer_ended", **on}
    assert await membership.refused(f"unions/{mill}/dissolve", gone) == (409, "living-sub-unions", "union")
    assert await membership.refused(f"unions/{forge}/dissolve", {"reason": "x", **on}) == (
        422,
        "not-in-catalogue",
        "reason",
    )
    assert await membership.refused(f"unions/{forge}/merge", {"successor": TOWN, **on}) == (
        409,
        "successor-of-other-level",
        "successor",
    )
    assert await membership.refused(f"unions/{forge}/merge", {"successor": forge, **on}) == (
        409,
        "own-successor",
        "successor",
    )
    await membership.done(f"unions/{forge}/merge", {"successor": mill, **on})
    assert await membership.refused(f"unions/{forge}/dissolve", gone) == (409, "union-ended", "on")
    late = member(2, forge, joined_on="2013-05-01")
    assert await membership.refused("members", late) == (409, "union-ended", "joined_on")
    child = union("x", 7, forge, approved_on="2013-06-01")
    assert await membership.refused("unions", child) == (409, "union-ended", "approved_on")


async def test_employers_that_cannot_be(membership: Membership) -> None:
    known = await settle(membership)
    id_ = await membership.done("employers", employer(1))
    cover = {"employer": str(id_), "on": "2000-01-01"}
    count = {"workers": 10, "women": 11, "migrants": 0, "reported_on": "2001-01-01"}
    cases: list[tuple[str, Body, Refusal]] = [
        ("employers", employer(2, UNKNOWN), (404, "union-unknown", "unit")),
        ("employers", employer(2, kind="x"), (422, "not-in-catalogue", "kind")),
        ("employers", employer(2, registered_on=TOMORROW), (409, "date-in-future", "registered_on")),
        (
            f"unions/{known['mill']}/cover",
            cover | {"employer": UNKNOWN},
            (404, "employer-unknown", "employer"),
        ),
        (f"unions/{known['mill']}/cover", cover | {"on": TOMORROW}, (409, "date-in-future", "on")),
        (f"unions/{known['mill']}/uncover", cover, (409, "employer-not-covered", "employer")),
        (f"employers/{id_}/workforce", count, (422, "headcount-unclear", "workers")),
        (f"employers/{id_}/workforce", count | {"workers": -1}, (422, "greater-than-equal", "workers")),
        (f"employers/{id_}/workforce", count | {"workers": 1.5}, (422, "int-type", "workers")),
        (
            f"employers/{id_}/scale",
            {"sales_fen": -1, "assessed_on": "2006-01-05"},
            (422, "greater-than-equal", "sales_fen"),
        ),
        (
            f"employers/{id_}/scale",
            {"sales_fen": 1, "assessed_on": "1999-01-05"},
            (409, "before-latest-fact", "assessed_on"),
        ),
    ]
    before = await _everything(membership)
    for path, body, expected in cases:
        assert await membership.refused(path, body) == expected, (path, body)
    assert await _everything(membership) == before
    await membership.done(f"unions/{known['mill']}/cover", cover)
    assert await membership.refused(f"unions/{known['forge']}/cover", cover) == (
        409,
        "employer-covered-already",
        "employer",
    )


def joining(**changes: Any) -> Body:
    return member(2, VILLAGE, **changes)


JOININGS: list[tuple[Body, Refusal]] = [
    (joining(union=UNKNOWN), (404, "union-unknown", "union")),
    (joining(joined_on=TOMORROW), (409, "date-in-future", "joined_on")),
    (joining(joined_on="1979-01-01"), (409, "before-birth", "joined_on")),
    (joining(joined_on="1985-01-01"), (409, "before-establishment", "joined_on")),
    (joining(joined_on="2013-02-29"), (422, "date-impossible", "joined_on")),
    (joining(document_number=person(2)[:-1]), (422, "citizen-number-malformed", "document_number")),
    (
        joining(document_number="999999199002290013"),
        (422, "citizen-number-impossible-day", "document_number"),
    ),
    (joining(document_number="110105491231002"), (422, "citizen-number-of-old-card", "document_number")),
    (joining(document_kind="x"), (422, "document-kind-unknown", "document_kind")),
    (joining(document_kind="passport", document_number="E12345678"), (422, "sex-missing", "sex")),
    (joining(sex="x"), (422, "not-in-catalogue", "sex")),
    (joining(worker_kind="x"), (422, "not-in-catalogue", "worker_kind")),
    (joining(employer=UNKNOWN), (404, "employer-unknown", "employer")),
    (joining(name=""), (422, "text-unprintable", "name")),
    (joining() | {"name": None}, (422, "string-type", "name")),
]


async def test_people_who_cannot_join(membership: Membership) -> None:
    await settle(membership)
    wrong = person(2)[:-1] + ("1" if person(2)[-1] != "1" else "2")
    check = (joining(document_number=wrong), (422, "citizen-number-check-digit", "document_number"))
    await _untouched(membership, "members", [*JOININGS, check])


async def test_no_refusal_repeats_personal_data(membership: Membership) -> None:
    await settle(membership)
    for body, _ in JOININGS:
        answer = await membership.post("members", body | {"phone": "19900000000"})
        assert answer.status_code >= 400
        hidden = [body["document_number"], "19900000000", *([body["name"]] if body["name"] else [])]
        assert not [each for each in hidden if each in answer.text], answer.text
    nested = await membership.post("members", joining(name={"of": "示例会员2"}))
    assert "示例会员2" not in nested.text


async def test_facts_of_a_membership_that_cannot_be(membership: Membership) -> None:
    known = await settle(membership)
    ada = await membership.done("members", member(2, known["mill"]))
    assert await membership.refused("members", member(2, known["forge"])) == (
        409,
        "already-member",
        "document_number",
    )
    cases: list[tuple[str, Body, Refusal]] = [
        (f"{UNKNOWN}/retire", {"retired_on": "2010-01-01"}, (404, "member-unknown", "member")),
        ("x/retire", {"retired_on": "2010-01-01"}, (422, "uuid-parsing", "member")),
        (f"{known['mill']}/retire", {"retired_on": "2010-01-01"}, (404, "member-unknown", "member")),
        (f"{ada}/retire", {"retired_on": "2006-01-01"}, (409, "before-joining", "retired_on")),
        (f"{ada}/retire", {"retired_on": TOMORROW}, (409, "date-in-future", "retired_on")),
        (f"{ada}/resume", {"resumed_on": "2010-01-01"}, (409, "not-retained", "member")),
        (f"{ada}/transfer", {"to": known["mill"], "transferred_on": "2010-01-01"}, (409, "same-union", "to")),
        (f"{ada}/transfer", {"to": UNKNOWN, "transferred_on": "2010-01-01"}, (404, "union-unknown", "to")),
        (
            f"{ada}/transfer",
            {"to": known["forge"], "transferred_on": "2005-01-01"},
            (409, "before-joining", "transferred_on"),
        ),
        (f"{ada}/leave", {"reason": "x", "left_on": "2010-01-01"}, (422, "not-in-catalogue", "reason")),
        (f"{ada}/correct", {"worker_kind": "general"}, (409, "nothing-changes", "member")),
        (f"{ada}/correct", {"worker_kind": "x"}, (422, "not-in-catalogue", "worker_kind")),
    ]
    before = await _everything(membership)
    for path, body, expected in cases:
        assert await membership.refused(f"members/{path}", body) == expected, (path, body)
    assert await _everything(membership) == before
    await membership.done(f"members/{ada}/retire", {"retired_on": "2010-01-01"})
    assert await membership.refused(f"members/{ada}/retain", {"retained_on": "2010-01-01"}) == (
        409,
        "not-in-service",
        "member",
    )
    assert await membership.refused(
        f"members/{ada}/leave", {"reason": "resigned", "left_on": "2009-01-01"}
    ) == (
        409,
        "before-latest-fact",
        "left_on",
    )
    await membership.done(f"members/{ada}/leave", {"reason": "resigned", "left_on": "2010-01-01"})
    assert await membership.refused(f"members/{ada}/retire", {"retired_on": "2011-01-01"}) == (
        409,
        "no-living-membership",
        "member",
    )
    again = member(2, known["forge"], joined_on="2009-12-31")
    assert await membership.refused("members", again) == (409, "before-latest-fact", "joined_on")


RAW: list[tuple[bytes, int, str]] = [
    (b'{"name": "\xff"}', 422, "malformed"),
    (rb'{"name": "\ud800"}', 422, "malformed"),
    (rb'{"name": "a\u0000b"}', 422, "malformed"),
    (b"[" * 100_000, 422, "body-too-large"),
    (b"[" * 60_000, 422, "malformed"),
    (b"[]", 422, "malformed"),
    (b'{"name": "' + b"x" * 70_000 + b'"}', 422, "body-too-large"),
]


@pytest.mark.parametrize(("raw", "status", "code"), RAW, ids=range(len(RAW)))
async def test_bodies_that_cannot_be_read(membership: Membership, raw: bytes, status: int, code: str) -> None:
    answer = await membership.http.post("/v1/unions", content=raw, headers={"Idempotency-Key": "k"})
    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_fifty_megabytes_are_refused_before_they_are_read(membership: Membership) -> None:
    read = 0

    async def endless() -> Any:
        nonlocal read
        for _ in range(800):
            read += 65_536
            yield b" " * 65_536

    answer = await membership.http.post(
        "/v1/members/bulk", content=endless(), headers={"Idempotency-Key": "k"}
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "body-too-large")
    assert read < 50_000_000


async def test_questions_after_what_is_not_there(membership: Membership) -> None:
    known = await settle(membership)
    cases = {
        f"unions/{UNKNOWN}": (404, "union-unknown"),
        "unions/339999999000": (404, "union-unknown"),
        f"unions/{PROVINCE}": (200, None),
        f"members/{UNKNOWN}": (404, "member-unknown"),
        f"members/{known['mill']}/person": (404, "member-unknown"),
        f"employers/{known['mill']}": (404, "employer-unknown"),
        f"members?union={UNKNOWN}": (404, "union-unknown"),
        f"members?union={VILLAGE}&limit=201": (422, "malformed"),
        f"events/{UNKNOWN}": (404, "event-unknown"),
    }
    for path, expected in cases.items():
        answer = await membership.http.get(f"/v1/{path}")
        assert (answer.status_code, answer.json().get("code")) == expected, path
