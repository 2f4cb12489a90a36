"""Aggregates that a command names by id: found, or refused with a code of their own."""

from functools import cache
from uuid import UUID

from shared.errors import NotFound
from shared.work.kinds import Kind, S
from shared.work.work import Work


@cache
def unknown(kind: str) -> type[NotFound]:
    """The refusal for an aggregate of this kind that does not exist; its code is `<kind>-unknown`."""
    return type("Unknown", (NotFound,), {"code": f"{kind}-unknown", "__doc__": f"There is no such {kind}."})


def find(work: Work, kind: Kind[S], id_: UUID, field: str = "") -> S:
    """The present state; raises `unknown(kind.name)`. `field` is by default the kind's name."""
    state = work.get(kind, id_)
    if state is None:
        raise not_there(kind, id_, field)
    return state


def not_there(kind: Kind[S], id_: UUID, field: str = "") -> NotFound:
    """The refusal that names the id."""
    name = kind.name.replace("-", " ")
    return unknown(kind.name)(
        f"there is no such {name}",
        field=field or kind.name.replace("-", "_"),
        value=str(id_),
        remedy="check the id",
    )
