"""What `unionstream` prints of a real stack: as tables for people, as JSON for scripts, as exit codes."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import asyncpg
import httpx
import pytest

from tests.e2e.conftest import CommandLine
from tests.e2e.settling import caught_up
from unionstream.embedded.stack import Stack

TOWN = "330282119000"
YEAR = ("--from", "2006-01-01", "--to", "2006-08-31")


def test_figures(known: dict[str, UUID], cli: CommandLine) -> None:
    answer = cli(
        "figures", TOWN, *YEAR, "-f", "members_joined", "-f", "dues_target_completion_percent", "--json"
    ).json
    joined, completion = answer["figures"]
    assert (joined["value"], joined["state"]) == (376, "exact")
    assert completion["numerator"]["value"] == 100_780_000
    table = cli("figures", TOWN, *YEAR)
    assert (table.code, "新发展会员" in table.out, "376人" in table.out) == (0, True, True)


def test_figures_with_a_breakdown_that_adds_up(known: dict[str, UUID], cli: CommandLine) -> None:
    (figure,) = cli("figures", "330282", *YEAR, "-f", "members_joined", "--by", "sex", "--json").json[
        "figures"
    ]
    assert figure["by"]["how"] == "partition"
    assert sum(part["amount"] for part in figure["by"]["parts"]) == figure["value"] == 376


@pytest.mark.parametrize("figure", ["members_joined", "dues_received", "members_total", "unions_established"])
def test_the_events_behind_a_number_add_up_to_it(
    known: dict[str, UUID], cli: CommandLine, figure: str
) -> None:
    traced = cli("trace", TOWN, figure, *YEAR, "--all", "--json").json
    (asked,) = cli("figures", TOWN, *YEAR, "-f", figure, "--json").json["figures"]
    assert traced["adds_up"] is True
    assert sum(fact["amount"] for fact in traced["facts"]) == traced["value"] == asked["value"] != 0
    places = [(fact["topic"], fact["stream"], fact["sequence"]) for fact in traced["facts"]]
    assert len(set(places)) == len(places) or figure == "members_total"


def test_the_trail_pages_through_every_event_once(known: dict[str, UUID], cli: CommandLine) -> None:
    whole = cli("trail", TOWN, "--limit", "500", "--json").json
    first = cli("trail", TOWN, "--limit", "7", "--json").json
    second = cli("trail", TOWN, "--limit", "7", "--cursor", first["next"], "--json").json
    assert [*first["events"], *second["events"]] == whole["events"][:14]
    assert {event["actor"].split(":")[0] for event in whole["events"]} == {"demo"}


async def test_the_trail_names_the_record_and_its_service_shows_the_bytes(
    known: dict[str, UUID], cli: CommandLine, urls: dict[str, str], http: httpx.AsyncClient
) -> None:
    event = cli("trail", TOWN, "--limit", "1", "--json").json["events"][0]
    logged = (await http.get(f"{urls['membership']}/v1/events/{event['id']}")).raise_for_status().json()
    assert (logged["type"], logged["unit"], logged["subject"]) == (
        event["type"],
        event["unit"],
        event["subject"],
    )


def test_units_are_found_by_code_and_by_name(known: dict[str, UUID], cli: CommandLine) -> None:
    (found,) = cli("units", "--name", "天元镇", "--json").json["units"]
    assert (found["id"], found["status"]) == (str(known[f"division/{TOWN}"]), "merged")
    below = cli("units", "330282", "--limit", "200", "--json").json["units"]
    assert {unit["level"] for unit in below} >= {4}


def test_an_unknown_union_or_figure_is_told_with_a_way_out(known: dict[str, UUID], cli: CommandLine) -> None:
    for words in (
        ("figures", "999999"),
        ("figures", TOWN, "-f", "nothing_known"),
        ("trace", "没有这个工会", "x"),
    ):
        ended = cli(*words)
        assert ended.code in {1, 2}, words
        assert "What to do:" in ended.err
        assert "Traceback" not in ended.err


async def test_verify_agrees_and_finds_one_changed_byte(
    known: dict[str, UUID], stack: Stack, cli: CommandLine, urls: dict[str, str], http: httpx.AsyncClient
) -> None:
    await caught_up(http, urls)
    verdicts = cli("verify", "--json").json
    assert {each["topic"]: each["differences"] for each in verdicts} == {
        "union.membership": [],
        "union.finance": [],
        "union.welfare": [],
        "union.events": [],
        "union.rights": [],
        "union.affairs": [],
        "union.exchange": [],
        "union.projection": [],
    }
    assert all(each["events"] == each["logged"] == each["trailed"] for each in verdicts)
    assert {each["topic"] for each in verdicts if each["events"]} >= {"union.membership", "union.finance"}

    place = await change_a_byte(stack, lambda chain: bytes([chain[0] ^ 1, *chain[1:]]))
    changed = cli("verify")
    await change_a_byte(stack, lambda chain: bytes([chain[0] ^ 1, *chain[1:]]))
    assert changed.code == 1
    assert place in changed.out
    assert cli("verify").code == 0


async def change_a_byte(stack: Stack, changed: Callable[[bytes], bytes]) -> str:
    """As somebody could who has the whole database in hand; answers the place of the changed link."""
    connection = await asyncpg.connect(stack.postgres.url("projection"))
    try:
        await connection.execute("SET session_replication_role = replica")  # past the triggers that refuse it
        row = await connection.fetchrow("SELECT * FROM trail WHERE lane < 24 ORDER BY lane, sequence LIMIT 1")
        assert row is not None
        at = (row["lane"], row["sequence"])
        await connection.execute(
            "UPDATE trail SET chain = $3 WHERE lane = $1 AND sequence = $2", *at, changed(row["chain"])
        )
    finally:
        await connection.close()
    return f"union.membership stream {at[0]}, number {at[1]}"
