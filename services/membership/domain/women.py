"""Who speaks for the women of a union: a committee, or a commissioner where they are few (DOMAIN ORG-18)."""

from datetime import date
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict

from services.membership.domain.dates import NothingChanges, check_happened, check_not_before
from services.membership.domain.unions import Union, check_living
from shared.catalogues import catalogue
from shared.contracts.membership import WomenCommitteeEnded, WomenCommitteeFormed
from shared.rules import rule_or_none

THRESHOLD = "women.committee_threshold"
COUNTS_WORKERS = "women.committee_counts_workers"
COMMITTEE = "committee"


class Counted(NamedTuple):
    """So many women, counted among members or workers as the area has it; None: not known."""

    what: str
    women: int
    threshold: int | None


class WomenBody(BaseModel):
    """State of the body of women workers of a union."""

    model_config = ConfigDict(frozen=True)

    body: str | None = None
    since: date | None = None


def counted_among(on: date, area: str) -> str:
    """Whether the threshold is about members or workers there."""
    return "workers" if rule_or_none(COUNTS_WORKERS, on, area) else "members"


def threshold(on: date, area: str) -> int | None:
    """From so many women on a committee is formed; None where no rule is known for the day."""
    return rule_or_none(THRESHOLD, on, area)


def decide_form(
    state: WomenBody | None, union: Union, body: str, counted: Counted, at: tuple[date, date]
) -> tuple[WomenCommitteeFormed, ...]:
    """A committee or a commissioner, with a warning where the number asks for the other. `at`: on, today."""
    on, today = at
    catalogue("women_bodies").checked(body, "body")
    check_happened(on, today)
    check_living(union, on)
    known = state or WomenBody()
    check_not_before(known.since, on)
    if known.body == body:
        raise NothingChanges("the union has this body already", "body", body, "nothing to do")
    return (
        WomenCommitteeFormed(
            occurredon=on,
            old_body=known.body,
            body=body,
            counted=counted.what,
            women=counted.women,
            threshold=counted.threshold,
            warnings=_doubts(body, counted),
        ),
    )


def decide_end(state: WomenBody, on: date) -> tuple[WomenCommitteeEnded, ...]:
    """With its union; nothing to say where there is none."""
    return (WomenCommitteeEnded(occurredon=on, body=state.body),) if state.body else ()


def evolve(_state: WomenBody | None, event: Any) -> WomenBody:
    """The next state."""
    match event:
        case WomenCommitteeFormed():
            return WomenBody(body=event.body, since=event.occurredon)
        case WomenCommitteeEnded():
            return WomenBody(since=event.occurredon)
        case _:
            raise TypeError(f"{type(event).__name__} does not happen to a body of women workers")


def _doubts(body: str, counted: Counted) -> tuple[str, ...]:
    if counted.threshold is None:
        return ()
    enough = counted.women >= counted.threshold
    if enough and body != COMMITTEE:
        return ("women-enough-for-a-committee",)
    return ("women-too-few-for-a-committee",) if body == COMMITTEE and not enough else ()
