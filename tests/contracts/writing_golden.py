"""Golden records for types that have none yet: `python -m tests.contracts.writing_golden`.

Look at them before you commit. Existing files are never touched.
"""

from __future__ import annotations

import json
import types
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin
from uuid import UUID

from pydantic import BaseModel
from pydantic_core import from_json

from shared.contracts import RELEASED, Event
from shared.contracts.money import Posted, moved
from shared.envelope import Place, Provenance, Recorded, encode

GOLDEN = Path(__file__).parent / "golden"
PLAIN: dict[Any, Any] = {str: "word", int: 7, bool: True, date: date(2013, 7, 31), float: 0.5}


def main() -> None:
    for name, event in RELEASED.items():
        path = GOLDEN / f"{name}.json"
        if not path.exists():
            record = from_json(encode(_recorded(event)))
            path.write_text(json.dumps(record, indent=2, ensure_ascii=False) + "\n", "utf-8")
            print(path.name)  # noqa: T201  the list of what was written


def _recorded(event: type[Event]) -> Recorded:
    body = _example(event)
    if issubclass(event, Posted):
        body = body.model_copy(update={"postings": moved(700, to="bank", out_of="dues")})
    union, town = _id(2), _id(3)
    why = Provenance("demo:sample", _id(0x12), _id(0x13))
    now = datetime(2013, 8, 1, 1, 2, 3, 456789, UTC)
    return Recorded(_id(1), _id(4), 3, now, Place(union, (town, union), ("education",), union), why, body)


def _example(model: type[Any]) -> Any:
    values = {
        name: _value(info.annotation) for name, info in model.model_fields.items() if name != "postings"
    }
    return model.model_validate(values)


def _value(kind: Any) -> Any:  # noqa: PLR0911  a list of kinds
    origin, inner = get_origin(kind), get_args(kind)
    if origin in {Union, types.UnionType}:
        return _value(next(each for each in inner if each is not type(None)))
    if origin is Literal:
        return inner[0]
    if origin is tuple:
        return (_value(inner[0]),)
    if origin is dict:
        return {_value(inner[0]): _value(inner[1])}
    if kind is UUID:
        return _id(7)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return _example(kind)
    return PLAIN[kind]


def _id(number: int) -> UUID:
    return UUID(int=0x01900000_0000_7000_8000_000000000000 + number)


if __name__ == "__main__":
    main()
