"""Events whose defaults are valid: a test states only what matters to it."""

from datetime import date
from typing import Any
from uuid import UUID, uuid5

from services.membership.domain import employers, unions
from services.membership.domain.placed import At
from shared.contracts import membership as m

_NAMES = UUID("6e1f3f44-1b2c-4c7e-8b1e-0d6a3a1f0c55")

TODAY = date(2014, 2, 1)
FOUNDED = date(1990, 1, 1)
JOINED = date(2006, 3, 1)
LEVELS = {"province": 1, "prefecture": 2, "county": 3, "town": 4, "village": 5, "sub_union": 7, "group": 8}


def named(name: str) -> UUID:
    """The id of something that a test calls by name; the same every time."""
    return uuid5(_NAMES, name)


def union_established(name: str = "union", **changes: Any) -> m.UnionEstablished:
    """A grassroots enterprise union, or the body of a place where the name says so (town, county/2 …)."""
    level = LEVELS.get(name.split("/", maxsplit=1)[0], 6)
    kind = {5: "village", 6: "enterprise", 7: "sub_union", 8: "group"}.get(level, "general")
    defaults: dict[str, Any] = {
        "occurredon": FOUNDED,
        "name": name,
        "level": level,
        "kind": kind,
        "form": "committee",
        "parent": None if level == 1 else named("province"),
    }
    return m.UnionEstablished(**(defaults | changes))


def a_union(name: str = "union", *later: m.MembershipEvent, **changes: Any) -> unions.Union:
    """The state of a union after its establishment and what came later."""
    state = unions.evolve(None, union_established(name, **changes))
    for event in later:
        state = unions.evolve(state, event)
    return state


def employer_registered(**changes: Any) -> At:
    """A private enterprise, registered at the village."""
    defaults: dict[str, Any] = {
        "occurredon": FOUNDED,
        "name": "示例企业",
        "kind": "private_enterprise",
        "credit_code": None,
    }
    return At(named("village"), m.EmployerRegistered(**(defaults | changes)))


def employer_covered(union: str = "union", on: date = date(2000, 1, 1)) -> At:
    event = m.EmployerCovered(
        occurredon=on, employer=named("employer"), employer_kind="private_enterprise", form="committee"
    )
    return At(named(union), event)


def workforce_reported(place: str, on: date, *, old: int | None, new: int) -> At:
    """So many workers, half of them women, no migrant workers; at the village no union covers it."""
    half = None if old is None else old // 2
    event = m.WorkforceReported(
        occurredon=on,
        employer=named("employer"),
        old_workers=old,
        workers=new,
        old_women=half,
        women=new // 2,
        old_migrants=None if old is None else 0,
        migrants=0,
        covered=place != "village",
    )
    return At(named(place), event)


def headcount(workers: int) -> employers.Headcount:
    return employers.Headcount(workers=workers, women=workers // 2, migrants=0)


def about(**changes: Any) -> dict[str, Any]:
    """What every event of a member carries."""
    defaults: dict[str, Any] = {
        "occurredon": JOINED,
        "person": named("ada"),
        "sex": "female",
        "worker_kind": "general",
    }
    return defaults | changes


def member_joined(union: str = "union", **changes: Any) -> At:
    return At(named(union), m.MemberJoined(**about(**changes)))


def member_left(union: str = "union", **changes: Any) -> At:
    return At(
        named(union), m.MemberLeft(**about(**({"standing": "in_service", "reason": "resigned"} | changes)))
    )
