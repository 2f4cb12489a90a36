"""A year's evaluation of middle managers: everybody votes, and nothing tells who gave which score."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID, uuid4

import asyncpg
import pytest

from services.rights.domain.evaluations import dimensions
from tests.support.field import Field
from tests.support.stacks import running_stack
from unionstream.embedded.stack import Stack

TABLES = """
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'm') AND n.nspname = 'public'"""
VIRTUE = (93, 82, 71, 65, 59)


def ballot(voter: UUID, virtue: int) -> dict[str, object]:
    scores = dict.fromkeys(dimensions(), 80) | {"virtue": virtue}
    return {"voter": voter, "scores": [scores], "salt": uuid4().hex, "given_on": "2013-12-10"}


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    """A system of its own, because this test reads its tables."""
    with running_stack("evaluations") as running:
        yield running


@pytest.fixture(scope="module")
def urls(stack: Stack) -> dict[str, str]:
    """Where each service answers."""
    return {name: stack.url(name) for name in stack.services}


async def _results(field: Field, evaluation: UUID) -> dict[str, object]:
    answer = await field.http.get(f"{field.urls['rights']}/v1/evaluations/{evaluation}/results")
    shown: dict[str, object] = answer.json()
    return shown


async def rows(stack: Stack) -> list[tuple[str, str]]:
    """Every row of every table of the service as text; bytes of the event log as what they say."""
    connection = await asyncpg.connect(stack.database_url("rights"))
    try:
        found: list[tuple[str, str]] = []
        for (table,) in await connection.fetch(TABLES):
            for row in await connection.fetch(f'SELECT * FROM "{table}"'):
                values = [v.decode("utf-8", "replace") if isinstance(v, bytes) else str(v) for v in row]
                found.append((table, " ".join(values)))
        return found
    finally:
        await connection.close()


@pytest.mark.capability("CAP-039")
async def test_scores_without_anybody_who_gave_them(field: Field, stack: Stack) -> None:
    manager = await field.member(field.union)
    voters = [await field.member(field.union) for _ in VIRTUE]
    stranger = await field.member(field.other)
    round_ = {
        "union": field.union,
        "kind": "middle_managers",
        "candidates": [manager],
        "invited": 8,
        "opened_on": "2013-12-01",
    }
    id_ = await field.tell("rights", "evaluations", round_)
    path, closing = f"evaluations/{id_}", {"document": "评1号", "closed_on": "2013-12-20"}
    for number, (voter, virtue) in enumerate(zip(voters, VIRTUE, strict=True)):
        assert await field.refused("rights", f"{path}/close", closing) == (409, "too-few-ballots")
        actor = f"voter-{number}"
        await field.tell("rights", f"{path}/ballots", ballot(voter, virtue), actor=actor)
        again = await field.refused("rights", f"{path}/ballots", ballot(voter, 100), actor=actor)
        assert again == (409, "ballot-given-already")
        assert str(virtue) not in {str(v) for v in (await field.get("rights", path)).values()}
    wrong = ballot(stranger, 100)
    assert await field.refused("rights", f"{path}/ballots", wrong) == (409, "voter-not-of-unit")

    everything = await rows(stack)
    of_voters = [
        (table, text)
        for table, text in everything
        for voter in voters
        if str(voter) in text and str(id_) in text
    ]
    assert {table for table, _ in of_voters} == {"claim"}  # that they took part, and nothing else
    assert len(of_voters) == len(voters)
    of_actors = {table.split("_2")[0] for table, text in everything if "voter-" in text}
    assert of_actors <= {"command_key"}, "no event of a ballot, and no state, names an actor"
    assert not any("virtue" in text for _, text in everything), "the sums of open rounds are sealed"
    boxes = [text for table, text in everything if table == "aggregate" and "wrapped_key" in text]
    assert len(boxes) == 1
    assert not any(str(voter) in boxes[0] for voter in voters)
    assert (await _results(field, id_))["code"] == "evaluation-not-closed"
    log = [text for table, text in everything if table.startswith("event_log") and str(id_) in text]
    assert len(log) == 1, "only the opening is an event so far"

    await field.tell("rights", f"{path}/close", closing)
    assert await field.refused("rights", f"{path}/ballots", ballot(manager, 1)) == (409, "evaluation-over")
    assert await _results(field, id_) == {
        "ballots": 5,
        "candidates": [
            {"person": str(manager), "means": dict.fromkeys(dimensions(), "80.00") | {"virtue": "74.00"}}
        ],
    }
    figures = {
        "evaluation_rounds_opened": 1,
        "evaluation_rounds_closed": 1,
        "cadres_evaluated": 1,
        "middle_managers_evaluated": 1,
        "evaluation_ballots": 5,
        "evaluation_turnout_percent": 62.5,
        "evaluation_dimensions": 5,
        "evaluation_mean_virtue": 74.0,
        "evaluation_mean_ability": 80.0,
        "evaluation_mean_diligence": 80.0,
        "evaluation_mean_achievement": 80.0,
        "evaluation_mean_integrity": 80.0,
    }
    await field.agree(figures, field.union, field.town, field.county)


@pytest.mark.capability("CAP-040")
async def test_ethics_of_a_semester(field: Field) -> None:
    review = {
        "union": field.union,
        "semester": "autumn",
        "reviewed": 60,
        "bands": [{"band": "excellent", "people": 20}, {"band": "good", "people": 39}],
        "document": "师1号",
        "reviewed_on": "2013-12-28",
    }
    assert await field.refused("rights", "ethics-reviews", review) == (409, "bands-beside-reviewed")
    bands = [{"band": "excellent", "people": 20}, {"band": "unqualified", "people": 40}]
    await field.tell("rights", "ethics-reviews", review | {"bands": bands})
    again = await field.refused("rights", "ethics-reviews", review | {"bands": bands})
    assert again == (409, "ethics-reviewed-already")
    figures = {
        "ethics_reviews": 1,
        "staff_reviewed_on_ethics": 60,
        "staff_excellent_in_ethics": 20,
        "staff_unqualified_in_ethics": 40,
    }
    await field.agree(figures, field.union, field.town, field.county)
