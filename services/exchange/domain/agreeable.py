"""What an agreement may name: a list of what is allowed, so that nothing new leaves the house by itself.

Ids leave it under other names, days, whole numbers, truth values and kinds as they are. Names, codes that
anybody else knows a body by, actors, and every text that is not an id of a catalogue can never be agreed.
"""

from collections.abc import Mapping
from datetime import date
from enum import Enum
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin
from uuid import UUID

from services.exchange.domain.faults import FieldNotAgreeable, TypeNotAgreeable
from shared.contracts import RELEASED, Event
from shared.contracts.exchange import SharedTable, SharedType
from shared.yamls import read_yaml

OWN = "exchange"
EVENTS = "events"
SUBJECT = "subject"


class Form(Enum):
    """How a field is delivered."""

    ID = "id"
    IDS = "ids"
    DAY = "day"
    NUMBER = "number"
    TRUTH = "truth"
    KIND = "kind"


_PLAIN: Mapping[Any, Form] = {
    UUID: Form.ID,
    tuple[UUID, ...]: Form.IDS,
    date: Form.DAY,
    int: Form.NUMBER,
    bool: Form.TRUTH,
}


@cache
def listed(part: str) -> frozenset[str]:
    """The names in one part of agreeable.yaml: `kinds`, `bodies` or `measures`."""
    raw = read_yaml(Path(__file__).with_name("agreeable.yaml").read_text("utf-8"))
    return frozenset(raw[part])


def form_of(event: type[Event], field: str) -> Form | None:
    """How the field of this type is delivered; None where it cannot be agreed."""
    if field == SUBJECT:
        return Form.ID
    info = event.model_fields.get(field)
    if info is None:
        return None
    plain = _without_none(info.annotation)
    if plain is str:
        return Form.KIND if field in listed("kinds") else None
    return _PLAIN.get(plain)


def names_people(event: type[Event], field: str) -> bool:
    """Whether the field may hold the id of a person."""
    return form_of(event, field) in {Form.ID, Form.IDS} and field not in listed("bodies")


def event_class(name: str, field: str) -> type[Event]:
    """The type of this name; raises TypeNotAgreeable if it is unknown, or tells of agreements itself."""
    event = RELEASED.get(name)
    if event is None or event.service == OWN:
        raise TypeNotAgreeable(
            "no such event can be delivered",
            field=field,
            value=name,
            remedy="use a type of docs/events.md, with its version",
        )
    return event


def check_type(shared: SharedType, field: str) -> None:
    """Raises TypeNotAgreeable, FieldNotAgreeable."""
    event = event_class(shared.type, f"{field}.type")
    for name in shared.fields:
        _check(form_of(event, name) is not None, event, name, f"{field}.fields")


def check_table(table: SharedTable, field: str) -> None:
    """Rows and columns are kinds or truth values, and differ; what is added up is a number."""
    event = event_class(table.type, f"{field}.type")
    for side, name in (("rows", table.rows), ("columns", table.columns)):
        _check(form_of(event, name) in {Form.KIND, Form.TRUTH}, event, name, f"{field}.{side}")
    _check(table.rows != table.columns, event, table.columns, f"{field}.columns")
    if table.counts != EVENTS:
        adds = form_of(event, table.counts) is Form.NUMBER and table.counts in listed("measures")
        _check(adds, event, table.counts, f"{field}.counts")


def _check(fits: bool, event: type[Event], name: str, field: str) -> None:  # noqa: FBT001  a result
    if not fits:
        raise FieldNotAgreeable(
            f"{event.wire_type()} has no such field that could be delivered so",
            field=field,
            value=name,
            remedy="name ids, days, numbers, truth values and kinds of the catalogue; never names or texts",
        )


def _without_none(annotation: Any) -> Any:
    if get_origin(annotation) in {Union, UnionType}:
        kinds = [each for each in get_args(annotation) if each is not type(None)]
        return kinds[0] if len(kinds) == 1 else None
    return annotation
