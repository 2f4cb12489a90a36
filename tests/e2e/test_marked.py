"""Marked personal data, planted wherever something can be entered, are found in no place but the vaults.

Every text of every command gets marks, and every parameter of every question. Where a text is sealed they are
accepted, and nowhere in the clear; where it is not, the number of a citizen is refused, and no answer, table,
topic, trace, metric or line of a log repeats it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import httpx
import pytest

from tests.conformance.known import Known, seeded
from tests.e2e.conftest import CommandLine
from tests.e2e.exchange.agreeing import concluded, records
from tests.e2e.settling import caught_up
from tests.support.collecting import Collector
from tests.support.field import Field
from tests.support.planting import (
    DAY,
    LISTED,
    MARKS,
    NAME,
    NUMBER,
    OLD_NUMBER,
    PHONE,
    TEXT,
    WALKED,
    Planting,
    marks_in,
)
from tests.support.rosters import MEMBER_TITLES, write
from tests.support.searching import in_tables, in_topics
from tests.support.signing import ISSUING, signing_client
from unionstream.embedded.deadline import run_aside
from unionstream.embedded.stack import Stack

FEWEST, JOINED = 30, 7
STRANGER = "stranger"
NUMBERS = [mark for mark in MARKS if mark.isascii()]
PERSON = {"document_number": NUMBER, "name": NAME, "phone": PHONE}

Answers = Sequence[tuple[str, str, httpx.Response]]
"""Of all that was asked: service, address, answer."""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def seeds(urls: dict[str, str]) -> Known:
    """Values of what there is, by the names of the fields that take them."""

    async def made() -> Known:
        async with signing_client() as http:
            return await seeded(http, urls)

    return run_aside(made)


@pytest.fixture(scope="module")
def answers(urls: dict[str, str], seeds: Known) -> Answers:
    """The marks are planted everywhere, and all that was recorded has reached everybody."""

    async def made() -> Answers:
        async with signing_client() as http:
            land = Field(http, urls, {"province": UUID(str(seeds["union"][0]))})
            _, feed = await concluded(land)
            found = [(name, *each) for name in urls for each in await planted(http, urls[name], name, seeds)]
            await caught_up(http, urls)
            await records(land, feed, JOINED)  # what an agency gets is looked through, too
            return found

    return run_aside(made)


async def planted(
    http: httpx.AsyncClient, url: str, name: str, seeds: Known
) -> list[tuple[str, httpx.Response]]:
    document = (await http.get(f"{url}/v1/openapi.json")).raise_for_status().json()
    planting = Planting(http, url, seeds)
    assert await planting.everywhere(document) > FEWEST, name
    if name == "membership":
        await accepted_in_membership(planting, seeds)
    if name == "affairs":
        await accepted_in_affairs(planting, seeds)
    return planting.answers


async def accepted_in_membership(planting: Planting, known: Known) -> None:
    """Everything sealed there is taken, not only refused."""
    union = known["union"][0]
    joined = await planting.post("/v1/members", PERSON | {"union": union, "joined_on": DAY})
    assert joined.status_code == 201, joined.text
    corrected = PERSON | {"document_number": OLD_NUMBER, "old_document_number": NUMBER}
    done = await planting.post(f"/v1/members/{joined.json()['id']}/person", corrected)
    assert done.status_code == 200, done.text
    await in_rows(planting, union)
    await in_headers(planting, joined.json()["id"])
    await by_strangers(planting, union)


async def in_rows(planting: Planting, union: Any) -> None:
    row = {"reference": "1", "unit": union} | PERSON | {"document_number": WALKED}
    rows = await planting.post("/v1/people/bulk", {"source": "marked", "rows": [row]})
    assert rows.json()["results"][0]["status"] == "created", rows.text
    # What somebody may do by mistake: a number as the reference, a name as the number, telephones for ids.
    wrong = [row | {"reference": NUMBER}, row | {"reference": "2", "document_number": NAME}]
    rows = await planting.post("/v1/people/bulk", {"source": "marked", "rows": wrong})
    assert [each["status"] for each in rows.json()["results"]] == ["refused", "refused"]
    by_phone = [row | {"reference": f"{NAME}{PHONE}"}]
    rows = await planting.post("/v1/people/bulk", {"source": "marked", "rows": by_phone})
    assert rows.json()["results"][0]["status"] == "created", rows.text


async def in_headers(planting: Planting, member: str) -> None:
    """A number or a telephone where a key, a version or a trace should be, of commands that may be done."""
    for header in ("Idempotency-Key", "If-Match", "traceparent"):
        for mark in NUMBERS:
            kind = "migrant" if mark == PHONE else "general"
            changed = {"worker_kind": kind, "changed_on": DAY}
            await planting.post(f"/v1/members/{member}/change-kind", changed, **{header: mark})


async def by_strangers(planting: Planting, union: Any) -> None:
    """What they are refused stands in the access log."""
    signed = {"Authorization": f"Bearer {ISSUING.token(STRANGER)}"}
    joined = await planting.post("/v1/members", PERSON | {"union": union, "joined_on": DAY}, **signed)
    assert joined.status_code == 403, joined.text
    row = {"reference": f"{NAME}{PHONE}-2", "unit": union} | PERSON
    rows = await planting.post("/v1/people/bulk", {"source": "marked", "rows": [row]}, **signed)
    assert rows.json()["results"][0]["status"] == "refused", rows.text


async def accepted_in_affairs(planting: Planting, known: Known) -> None:
    """Texts, too."""
    said = {"union": known["union"][0], "year": 2012, "topic": "rights", "recorded_on": DAY, "text": TEXT}
    for path in ("/v1/narratives/problems", "/v1/narratives/next-steps"):
        done = await planting.post(path, said)
        assert done.status_code == 201, done.text


def test_no_answer_repeats_a_mark(answers: Answers) -> None:
    telling = [
        (name, path, answer.request.content.decode(), answer.text)
        for name, path, answer in answers
        if marks_in(answer.content) or marks_in(str(answer.headers.raw).encode())
    ]
    assert telling == []


def test_nothing_that_is_planted_meets_a_defect(answers: Answers) -> None:
    broken = [(name, path, answer.text) for name, path, answer in answers if answer.status_code == 500]
    assert broken == []


def test_a_sheet_is_taken_and_nothing_of_it_is_printed(
    answers: Answers, seeds: Known, cli: CommandLine, tmp_path: Path
) -> None:
    """As people keep lists, with rows that cannot be taken; what the command prints is an output, too."""
    assert answers
    taken = (1, NAME, "女", LISTED, "职工", DAY, seeds["union"][0], PHONE)
    wrong = [(2, *taken[1:3], NAME, *taken[4:]), (3, *taken[1:4], f"{NAME}{PHONE}", *taken[5:])]
    file = write(tmp_path / "名册.csv", MEMBER_TITLES, [taken, *wrong])
    for word in ("1 created", "1 there before"):
        done = cli("import", "members", file)
        assert word in done.out, done.out + done.err
        assert "2 refused" in done.out
        assert not marks_in((done.out + done.err).encode()), done.out + done.err


async def test_no_table_holds_a_mark(answers: Answers, stack: Stack) -> None:
    assert answers
    for name in stack.services:
        assert await in_tables(stack.database_url(name)) == [], name


async def test_the_access_log_holds_who_was_refused_and_none_of_what_was_asked(
    answers: Answers, stack: Stack
) -> None:
    assert answers
    connection = await asyncpg.connect(stack.database_url("membership"))
    try:
        rows = await connection.fetch("SELECT * FROM access_refused WHERE actor = $1", STRANGER)
    finally:
        await connection.close()
    assert {row["operation"] for row in rows} == {"JoinUnion", "RegisterPerson"}
    assert not marks_in(repr(rows).encode())


async def test_no_topic_holds_a_mark(answers: Answers, stack: Stack) -> None:
    assert answers
    assert await in_topics(stack.broker.bootstrap) == []


async def test_no_metric_holds_a_mark(answers: Answers, stack: Stack, http: httpx.AsyncClient) -> None:
    assert answers
    for service in stack.services.values():
        metrics = (await http.get(f"{service.operations_url}/metrics")).raise_for_status()
        assert not marks_in(metrics.content), service.name


def test_no_log_holds_a_mark(answers: Answers, stack: Stack) -> None:
    assert answers
    logs = list((stack.data / "logs").glob("*.log"))
    assert len(logs) >= len(stack.services)
    assert [log.name for log in logs if marks_in(log.read_bytes())] == []


def test_no_trace_holds_a_mark(answers: Answers, collector: Collector) -> None:
    assert len({each.service for each in collector.spans}) >= len({name for name, _, _ in answers})
    assert not marks_in(b"\n".join(collector.received))


async def test_the_search_finds_what_is_there(stack: Stack, seeds: Known, http: httpx.AsyncClient) -> None:
    """Name and id of a union are no secrets: the search that finds no person finds them."""
    union = (await http.get(f"{stack.url('membership')}/v1/unions/{seeds['union'][0]}")).json()
    assert await in_tables(stack.database_url("membership"), (union["name"],))
    assert await in_topics(stack.broker.bootstrap, (union["id"],))
