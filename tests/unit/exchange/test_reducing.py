"""What an agency gets of an event: agreed fields, other ids, and nothing that two agencies have in common."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import from_json

from services.exchange.domain.agreeable import OWN, form_of
from services.exchange.domain.reducing import Counted, Rekeying, concerns, counted, reduced
from shared.contracts import RELEASED
from shared.contracts.exchange import SharedType
from shared.envelope import Place
from tests.unit.exchange.agreed import COUNTY, PERSON, PROVINCE, UNION, in_force, raw, table

GOLDEN = Path(__file__).parents[2] / "contracts/golden"
ONE, OTHER = Rekeying(bytes(32)), Rekeying(bytes(range(32)))


def got(rekeying: Rekeying = ONE, **more: Any) -> dict[str, Any]:
    made = reduced(in_force(), raw(**more), rekeying)
    assert made is not None
    value: dict[str, Any] = from_json(made.value)
    return value


def test_only_agreed_fields_are_delivered() -> None:
    record = got(employer=UNION)
    assert set(record["data"]) == {"occurredon", "person", "sex"}
    assert set(record) == {
        "specversion",
        "id",
        "source",
        "type",
        "datacontenttype",
        "unionkey",
        "unit",
        "lineage",
        "recordedon",
        "subject",
        "data",
    }
    assert record["recordedon"] == "2026-06-01"


def test_ids_have_other_names_under_every_agreement_and_the_same_under_one() -> None:
    mine, again, theirs = got(ONE), got(ONE), got(OTHER)
    assert mine == again
    assert mine["data"]["person"] not in {str(PERSON), theirs["data"]["person"]}
    assert mine["unit"] != theirs["unit"]
    assert UUID(mine["id"]).version == 8
    assert str(PERSON) not in str(mine)


def test_what_lies_above_the_scope_is_not_told() -> None:
    record = got()
    assert record["lineage"] == f"{ONE.id(str(COUNTY))}/{ONE.id(str(UNION))}"
    assert str(ONE.id(str(PROVINCE))) not in str(record)


@given(ids=st.lists(st.uuids(), min_size=2, max_size=50, unique=True))
def test_different_ids_stay_different(ids: list[UUID]) -> None:
    assert len({ONE.id(str(each)) for each in ids}) == len(ids)


@pytest.mark.parametrize(
    ("more", "within"),
    [
        ({}, True),
        ({"place": Place(UNION, (PROVINCE, UNION), (), UNION)}, False),
        ({"on": date(2025, 12, 31)}, False),
        ({"on": date(2026, 1, 1)}, True),
        ({"on": date(2026, 12, 31)}, True),
        ({"on": date(2027, 1, 1)}, False),
        # The last moment of the last day in Shanghai, and the next.
        ({"time": datetime(2026, 12, 31, 15, 59, 59, 999999, UTC)}, True),
        ({"time": datetime(2026, 12, 31, 16, 0, 0, 0, UTC)}, False),
    ],
)
def test_an_event_falls_under_an_agreement_by_place_and_days(more: dict[str, Any], within: bool) -> None:
    assert concerns(in_force(), raw(**more)) is within


def test_of_an_industry_line_only_its_own_unions_are_told_of() -> None:
    assert concerns(in_force(line="education"), raw())
    assert not concerns(in_force(line="health"), raw())


def test_a_type_that_is_only_counted_is_not_delivered() -> None:
    agreement = in_force(shares=(), tables=(table(),))
    assert reduced(agreement, raw(), ONE) is None
    assert counted(agreement, raw()) == [Counted(0, "female", "regular", 1)]
    assert counted(in_force(), raw()) == []


def test_every_released_type_can_be_reduced_to_whatever_may_be_agreed_of_it() -> None:
    for name, event in RELEASED.items():
        if event.service == OWN:
            continue
        fields = tuple(each for each in event.model_fields if form_of(event, each))
        record = from_json((GOLDEN / f"{name}.json").read_bytes())
        agreement = in_force().model_copy(
            update={
                "shares": (SharedType(type=name, fields=fields),),
                "scope": UUID(record["lineage"].split("/")[0]),
            }
        )
        made = reduced(agreement, record, ONE)
        assert made is not None
        text = made.value.decode()
        for id_ in {record["id"], record["unit"], record["subject"], "01900000-0000-7000-8000-000000000007"}:
            assert id_ not in text, name
        assert "demo:sample" not in text
