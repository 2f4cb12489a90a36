"""An agreement in force, and events as they come off a topic."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from pydantic_core import from_json

from services.exchange.domain.agreements import Agreement, decide_approve, decide_propose, evolve
from shared.contracts.exchange import AgencyAgreementProposed, SharedTable, SharedType
from shared.contracts.membership import MemberJoined
from shared.envelope import Place, Provenance, Recorded, encode

PROVINCE, COUNTY, UNION = (UUID(int=0x0190_0000_0000_7000_8000_0000_0000_0000 + n) for n in (1, 2, 3))
PERSON = UUID("01900000-0000-7000-8000-00000000abcd")
JOINED = "union.membership.MemberJoined.v1"
TODAY = date(2026, 6, 1)


def proposed(**more: Any) -> AgencyAgreementProposed:
    said: dict[str, Any] = {
        "occurredon": TODAY,
        "union": PROVINCE,
        "name": "tax-2026",
        "agency": "tax",
        "reader": "agency:tax",
        "purpose": "statistics",
        "basis": "legal_duty",
        "assessment": "评估1号",
        "scope": COUNTY,
        "line": None,
        "shares": (SharedType(type=JOINED, fields=("person", "sex", "subject")),),
        "tables": (),
        "first_day": date(2026, 1, 1),
        "last_day": date(2026, 12, 31),
        "threshold": 5,
        "recorder": "ada",
    }
    return AgencyAgreementProposed.model_validate(said | more)


def in_force(**more: Any) -> Agreement:
    agreement = evolve(None, *decide_propose(proposed(**more), TODAY))
    return evolve(agreement, *decide_approve(agreement, "ben", TODAY))


def table(**more: Any) -> SharedTable:
    return SharedTable.model_validate({"type": JOINED, "rows": "sex", "columns": "worker_kind"} | more)


def recorded(
    number: int = 1,
    on: date = date(2026, 6, 1),
    time: datetime = datetime(2026, 6, 1, 4, tzinfo=UTC),
    place: Place | None = None,
    **more: Any,
) -> bytes:
    """One member who joined."""
    event = MemberJoined.model_validate(
        {"occurredon": on, "person": PERSON, "sex": "female", "worker_kind": "regular"} | more
    )
    where = place or Place(UNION, (PROVINCE, COUNTY, UNION), ("education",), UNION)
    id_ = UUID(int=0x0190_0000_0000_7000_8000_0001_0000_0000 + number)
    why = Provenance("ada", UUID(int=7), UUID(int=8), "00-trace")
    return encode(Recorded(id_, UUID(int=9), 3, time, where, why, event))


def raw(**more: Any) -> Any:
    return from_json(recorded(**more))
