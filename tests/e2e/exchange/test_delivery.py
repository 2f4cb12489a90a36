"""An agency gets what was agreed and nothing else, in order, once, and can prove that it missed nothing."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from datetime import datetime, time
from pathlib import Path
from typing import Any

from shared.clock import SHANGHAI
from tests.e2e.exchange.agreeing import JOINED, READER, concluded, event_at, feed, on_topic, records, sent
from tests.support.codes import person_number
from tests.support.field import Field
from tests.support.signing import ISSUING
from unionstream.embedded.stack import Stack

DELIVERED = "union.exchange.EventsDelivered.v1"
CLIENT = Path(__file__).parents[3] / "examples/agency/follow.py"


def follow(stack: Stack, name: str, folder: Path, key: str = "") -> subprocess.CompletedProcess[str]:
    """The example client, in a process that has nothing of this project on its path."""
    keys = (stack.data / "checkpoint.keys").read_text().splitlines()
    key = key or next(line for line in keys if line.startswith("union.exchange+"))
    words = ["--url", stack.url("exchange"), "--feed", name, "--key", key, "--folder", str(folder)]
    return subprocess.run(
        [
            sys.executable,
            "-I",
            str(CLIENT),
            *words,
            "--header",
            f"Authorization: Bearer {ISSUING.token(READER)}",
        ],
        cwd=folder.parent,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def values(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [json.loads(each["value"]) for each in found]


async def test_an_agency_gets_the_agreed_fields_of_the_agreed_subtree(field: Field, stack: Stack) -> None:
    before = await field.member(field.union)
    _, name = await concluded(field, scope=field.county)
    after = await field.member(field.other)
    await field.employer(field.union)  # no such type was agreed
    first, second = values(await records(field, name, 2))
    assert [set(each["data"]) for each in (first, second)] == 2 * [
        {"occurredon", "person", "sex", "worker_kind"}
    ]
    assert not {"actor", "time", "correlationid", "causationid", "subject", "lines"} & set(first)
    text = json.dumps([first, second])
    for ours in (before, after, *field.units.values()):
        assert str(ours) not in text
    assert len(first["lineage"].split("/")) == 3  # county, town, union: what lies above is not theirs
    on_kafka = await on_topic(stack.broker.bootstrap, f"agency.{name}", 2)
    assert [each.value.decode() for each in on_kafka] == [each["value"] for each in await feed(field, name)]


async def test_what_lies_outside_the_subtree_is_not_delivered(field: Field) -> None:
    _, name = await concluded(field, scope=field.union)
    await field.member(field.other)
    await field.member(field.union)
    found = await records(field, name, 1)
    assert len(found) == 1


async def test_two_agencies_cannot_join_their_data(field: Field, stack: Stack) -> None:
    await field.member(field.union)
    _, one = await concluded(field)
    _, other = await concluded(field)
    (mine,), (theirs,) = values(await records(field, one, 1)), values(await records(field, other, 1))

    def ids(record: dict[str, Any]) -> set[str]:
        said = {record["id"], record["unit"], record["unionkey"], record["data"]["person"]}
        return said | set(record["lineage"].split("/"))

    assert not ids(mine) & ids(theirs)
    for name in (one, other):  # nor does a moment tell which belong together
        (record,) = await on_topic(stack.broker.bootstrap, f"agency.{name}", 1)
        numbered = datetime.fromisoformat(dict(record.headers)["sequenced"].decode())
        assert numbered.astimezone(SHANGHAI).time() == time()
        assert record.timestamp == int(numbered.timestamp() * 1000)
    assert (mine["data"]["sex"], mine["recordedon"]) == (theirs["data"]["sex"], theirs["recordedon"])


async def test_the_example_client_checks_numbers_chain_and_signature(
    field: Field, stack: Stack, tmp_path: Path
) -> None:
    _, name = await concluded(field)
    for _ in range(3):
        await field.member(field.union)
    await records(field, name, 3)
    (signed,) = await on_topic(stack.broker.bootstrap, f"agency.{name}.checkpoints", 1)
    assert datetime.fromtimestamp(signed.timestamp / 1000, SHANGHAI).time() == time()
    async for event in sent(field, name, last=3):  # what was signed while nobody read comes, too
        assert (event["event"], json.loads(event["data"])["sequence"]) == ("checkpoint", 3)
        break
    done = await asyncio.to_thread(follow, stack, name, tmp_path / "data")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("3 records in order, signed up to")
    await field.member(field.union)
    await records(field, name, 4)
    done = await asyncio.to_thread(follow, stack, name, tmp_path / "data")
    assert done.stdout.startswith("4 records in order"), done.stderr
    kept = (tmp_path / "data/records.ndjson").read_text().splitlines()
    assert [json.loads(line)["sequence"] for line in kept] == [1, 2, 3, 4]
    keys = (stack.data / "checkpoint.keys").read_text().splitlines()
    false = next(line for line in keys if line.startswith("union.finance+"))
    done = await asyncio.to_thread(follow, stack, name, tmp_path / "other", false)
    assert done.returncode == 1
    assert "signed by another key" in done.stderr


async def test_an_exchange_that_is_killed_delivers_everything_once(field: Field, stack: Stack) -> None:
    _, name = await concluded(field)
    await field.member(field.union)
    await records(field, name, 1)
    rows = [roster_row(field, n) for n in range(200)]
    await field.bulk("membership", "members/bulk", rows[:100])
    stack.services["exchange"].kill()
    await field.bulk("membership", "members/bulk", rows[100:])
    stack.services["exchange"].start()
    await asyncio.to_thread(stack.services["exchange"].wait_ready)
    found = await records(field, name, 201)
    assert [each["sequence"] for each in found] == list(range(1, 202))
    assert len({each["data"]["person"] for each in values(found)}) == 201


def roster_row(field: Field, number: int) -> dict[str, Any]:
    return {
        "reference": str(number),
        "union": str(field.union),
        "document_number": person_number(700_000 + number),
        "name": "示例会员",
        "joined_on": "2010-01-01",
    }


async def test_who_got_an_event_of_ours_can_be_asked_and_is_on_the_trail(field: Field, stack: Stack) -> None:
    id_, name = await concluded(field)
    await field.member(field.union)
    (record,) = await records(field, name, 1)
    source = await event_at(stack.broker.bootstrap, "union.membership", (JOINED, field.union))
    answer = await field.get("exchange", f"deliveries/{source}")
    mine = [each for each in answer["deliveries"] if each["agreement"] == str(id_)]
    (got,) = values([record])
    assert mine == [
        {
            "agreement": str(id_),
            "agency": name,
            "topic": f"agency.{name}",
            "event": got["id"],
            "sequence": 1,
        }
    ]
    told = await event_at(stack.broker.bootstrap, "union.exchange", (DELIVERED, field.province), subject=id_)
    assert (await field.get("exchange", f"agreements/{id_}"))["delivered"] == 1
    assert (await field.get("exchange", f"events/{told}"))["data"]["last"] == 1
