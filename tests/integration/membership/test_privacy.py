"""Personal data are in the vault, sealed, and nowhere else."""

import structlog
from prometheus_client import generate_latest
from structlog.testing import capture_logs

from tests.integration.membership.conftest import Membership
from tests.integration.membership.province import VILLAGE, member, person, settle

MARKED = ["示例马可会员", "19912345678", person(2), person(4), "E87654321", "示例外籍会员", person(8)]


async def _write(membership: Membership) -> None:
    """Every command that takes personal data, done, refused and repeated."""
    known = await settle(membership)
    ada = await membership.done("members", member(2, VILLAGE, name=MARKED[0], phone=MARKED[1]))
    await membership.post("members", member(2, known["mill"], name=MARKED[0], phone=MARKED[1]))
    foreign = member(6, VILLAGE, document_kind="passport", document_number=MARKED[4], sex="female")
    rows = [foreign | {"name": MARKED[5], "phone": MARKED[1], "reference": "1"}]
    await membership.bulk("members", rows)
    await membership.bulk("members", rows)
    corrected = {"document_number": person(4), "old_document_number": person(2), "name": MARKED[0]}
    await membership.done(f"members/{ada}/person", corrected | {"phone": MARKED[1]})
    helped = {"unit": VILLAGE, "document_number": person(8), "name": MARKED[0], "phone": MARKED[1]}
    await membership.done("people", helped)
    await membership.done("people", helped)
    moved = {
        "document_number": person(4),
        "to": known["mill"],
        "transferred_on": "2008-01-01",
        "reference": "2",
    }
    assert (await membership.bulk("members/transfer", [moved]))[0]["status"] == "created"
    gone = {"document_number": person(4), "reason": "x", "left_on": "2008-01-01", "reference": "3"}
    assert (await membership.bulk("members/leave", [gone]))[0]["status"] == "refused"


async def test_no_table_holds_personal_data_in_the_clear(membership: Membership) -> None:
    await _write(membership)
    tables = [
        row["tablename"]
        for row in await membership.pool.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    ]
    assert {"event_log", "aggregate", "claim", "command_key", "person_vault"} <= set(tables)
    for table in tables:
        columns = await membership.pool.fetch(
            "SELECT attname, atttypid = 'bytea'::regtype AS raw FROM pg_attribute"
            " WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped",
            table,
        )
        for column in columns:
            await _search(membership, table, column["attname"], raw=column["raw"])


async def _search(membership: Membership, table: str, column: str, *, raw: bool) -> None:
    for row in await membership.pool.fetch(f'SELECT "{column}" AS value FROM "{table}"'):
        value = row["value"] if raw else str(row["value"]).encode()
        for mark in MARKED:
            assert mark.encode() not in (value or b""), (table, column)


async def test_the_search_finds_what_is_there(membership: Membership) -> None:
    await settle(membership)
    events = await membership.pool.fetch("SELECT value FROM event_log")
    assert any(VILLAGE.encode() in row["value"] for row in events)


async def test_no_log_line_holds_personal_data(membership: Membership) -> None:
    structlog.reset_defaults()
    with capture_logs() as lines:
        await _write(membership)
    assert not [mark for mark in MARKED if mark in str(lines)]


async def test_no_metric_holds_personal_data(membership: Membership) -> None:
    await _write(membership)
    shown = generate_latest().decode()
    assert "JoinUnion" in shown
    assert not [mark for mark in MARKED if mark in shown]
