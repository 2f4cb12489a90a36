"""An honour of one recipient: recommended, reviewed, awarded or not, perhaps revoked (DOMAIN ACT-01).

A candidate has been awarded nothing: figures tell both apart.
"""

from datetime import date
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.membership.domain.placed import At
from shared.catalogues import Catalogue, Entry, catalogue_of
from shared.contracts.membership import (
    HonourAwarded,
    HonourEvent,
    HonourNotAwarded,
    HonourRecommended,
    HonourReviewed,
    HonourRevoked,
)
from shared.work.kinds import Claim

Stage = Literal["recommended", "reviewed", "awarded", "not_awarded", "revoked"]
TEAM = "team"


class Series(Entry):
    """One line of the catalogue; its file says what the fields mean."""

    recipients: tuple[str, ...]
    granted_by: tuple[str, ...] = ()
    review: bool = False


class Honour(BaseModel):
    """State; `unit` recommended, `passed` is what the review said."""

    model_config = ConfigDict(frozen=True)

    series: str
    level: str
    year: int
    recipient_kind: str
    recipient: UUID
    unit: UUID
    stage: Stage
    latest_on: date
    recorder: str
    passed: bool | None = None
    awarded_on: date | None = None


def series() -> Catalogue[Series]:
    """All of them."""
    return catalogue_of("honours", Series)


def claim_of(series: str, level: str, year: int, recipient: UUID) -> Claim:
    """One recipient gets an honour of a level once in a year."""
    return Claim("honour", f"{series}/{level}/{year}/{recipient}")


def claims(honour: Honour) -> frozenset[Claim]:
    """While it may still be awarded, or is; an organisation may have several teams with the same honour."""
    if honour.recipient_kind == TEAM or honour.stage in {"not_awarded", "revoked"}:
        return frozenset()
    return frozenset({claim_of(honour.series, honour.level, honour.year, honour.recipient)})


def about(honour: Honour) -> dict[str, Any]:
    """The fields of `HonourEvent`, but for the date."""
    return honour.model_dump(include=set(HonourEvent.model_fields) - {"occurredon"})


def evolve(honour: Honour | None, placed: At) -> Honour:
    """The next state; the unit counts, for it is not in the event's body."""
    unit, event = placed
    if isinstance(event, HonourRecommended):
        return Honour(
            **event.model_dump(include=set(HonourEvent.model_fields) - {"occurredon"}),
            unit=unit,
            stage="recommended",
            latest_on=event.occurredon,
            recorder=event.recorder,
        )
    if honour is None:
        raise TypeError(f"{type(event).__name__} before anybody was recommended")
    return honour.model_copy(update={"latest_on": event.occurredon, **_change(event)})


def _change(event: Any) -> dict[str, Any]:
    match event:
        case HonourReviewed():
            return {"stage": "reviewed", "passed": event.passed}
        case HonourAwarded():
            return {"stage": "awarded", "level": event.level, "awarded_on": event.occurredon}
        case HonourNotAwarded():
            return {"stage": "not_awarded"}
        case HonourRevoked():
            return {"stage": "revoked"}
        case _:
            raise TypeError(f"{type(event).__name__} does not happen to an honour")
