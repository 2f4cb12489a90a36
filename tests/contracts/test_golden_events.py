"""Every released event type has a golden record, kept for good: what was once written can always be read.

A new type gets a file of its own. An existing file is never edited: a change that fails here needs a new
version and an upcaster.
"""

from pathlib import Path
from typing import Any

import pytest
from pydantic_core import from_json, to_json

from shared.contracts import RELEASED
from shared.envelope import decode, encode

GOLDEN = Path(__file__).parent / "golden"
KEPT = sorted(path.stem for path in GOLDEN.glob("*.json"))


def golden(name: str) -> dict[str, Any]:
    record: dict[str, Any] = from_json((GOLDEN / f"{name}.json").read_bytes())
    return record


def test_every_released_type_has_a_golden_record_and_none_is_withdrawn() -> None:
    assert sorted(RELEASED) == KEPT


@pytest.mark.parametrize("name", KEPT)
def test_a_golden_record_tells_every_field_of_its_day(name: str) -> None:
    """Optional fields that came later may be missing; whatever must be there is there."""
    required = {field for field, info in RELEASED[name].model_fields.items() if info.is_required()}
    assert required <= golden(name)["data"].keys()


@pytest.mark.parametrize("name", KEPT)
def test_a_golden_record_is_read_and_written_again_as_it_was(name: str) -> None:
    record = golden(name)
    read = decode(to_json(record))
    assert type(read.event) is RELEASED[name]
    written = from_json(encode(read))
    later = written["data"].keys() - record["data"].keys()
    assert {field for field in later if RELEASED[name].model_fields[field].is_required()} == set()
    written["data"] = {field: value for field, value in written["data"].items() if field not in later}
    assert written == record
    assert list(written) == list(record)


@pytest.mark.parametrize("name", KEPT)
def test_fields_and_attributes_of_later_releases_are_ignored(name: str) -> None:
    record = golden(name)
    later = record | {"later": 1, "data": record["data"] | {"later": {"a": [1]}}}
    assert decode(to_json(later)) == decode(to_json(record))


@pytest.mark.parametrize("name", KEPT)
def test_a_record_without_one_of_its_required_fields_is_not_read(name: str) -> None:
    record = golden(name)
    for field, info in RELEASED[name].model_fields.items():
        if info.is_required():
            without = {key: value for key, value in record["data"].items() if key != field}
            with pytest.raises(ValueError, match="not an event of ours"):
                decode(to_json(record | {"data": without}))


@pytest.mark.parametrize("name", KEPT)
def test_every_type_is_named_after_its_service_and_what_happened(name: str) -> None:
    event = RELEASED[name]
    assert name == f"union.{event.service}.{event.__name__}.v{event.version}"
    assert golden(name)["source"] == f"/union/{event.service}"
