"""Master keys are changed while everything runs: nothing sealed is lost, no command waits, no id changes."""

from __future__ import annotations

import asyncio
import json
import os
import time
from uuid import UUID

import pytest
from typer.testing import CliRunner

from tests.e2e.exchange.agreeing import concluded, records
from tests.support.field import Field
from unionstream.cli.main import app
from unionstream.embedded.keys import Keys
from unionstream.embedded.stack import Stack

HELD = ("membership", "exchange")


def rotate(stack: Stack, service: str, *more: str) -> str:
    done = CliRunner().invoke(app, ["rotate-keys", service, "--data", str(stack.data), *more])
    assert done.exit_code == 0, done.output
    return done.output


async def person_of(field: Field, member: UUID) -> str:
    return str((await field.get("membership", f"members/{member}/person"))["name"])


@pytest.mark.slow
async def test_keys_change_under_load(field: Field, stack: Stack) -> None:
    _, name = await concluded(field)
    first = await field.member(field.union)
    (before,) = await records(field, name, 1)
    joining = True

    async def join() -> list[UUID]:
        joined = []
        while joining:
            joined.append(await field.member(field.union))
        return joined

    load = asyncio.create_task(join())
    for service in HELD:
        assert "wrapped anew" in await asyncio.to_thread(rotate, stack, service)
    joining = False
    joined = await load
    assert joined
    for service in HELD:
        file = Keys(stack.data).master_key_file(service)
        assert len(file.read_text().split()) == 4  # two keys, and the one of the index
        settled = time.time() - 120
        os.utime(file, (settled, settled))
        assert "1 earlier keys are gone" in await asyncio.to_thread(rotate, stack, service, "--finish")
        stack.services[service].stop()
        stack.services[service].start()
        await asyncio.to_thread(stack.services[service].wait_ready)
    known = {each["person"]: each["id"] for each in await members(field)}
    for person in (first, *joined):
        assert await person_of(field, UUID(known[str(person)])) == "示例会员"
    last = await field.member(field.union)
    found = await records(field, name, len(joined) + 2)
    assert found[0] == before
    assert len({json.loads(each["value"])["unit"] for each in found}) == 1  # the same key of the agreement
    assert last not in {first, *joined}


async def members(field: Field) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    after: dict[str, str] = {}
    while True:
        page = await field.get("membership", "members", union=field.union, limit=200, **after)
        found += page["members"]
        if page["cursor"] is None:
            return found
        after = {"cursor": page["cursor"]}


async def test_keys_are_not_taken_away_while_commands_may_be_under_way(stack: Stack) -> None:
    os.utime(Keys(stack.data).master_key_file("membership"))
    done = CliRunner().invoke(app, ["rotate-keys", "membership", "--data", str(stack.data), "--finish"])
    assert done.exit_code != 0
    assert "try again in" in done.output + (done.stderr or "")
