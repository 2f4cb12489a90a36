"""A hardship archive: one for each holder and household, opened and closed as often as need be."""

from datetime import date
from typing import Any, Literal, NamedTuple, assert_never
from uuid import UUID, uuid5

from pydantic import BaseModel, ConfigDict

from shared.contracts.welfare import (
    HardshipCancelled,
    HardshipExited,
    HardshipFiled,
    HardshipSurveyed,
    HardshipUpdated,
    HardshipVerified,
)

HardshipEvent = (
    HardshipSurveyed | HardshipFiled | HardshipVerified | HardshipUpdated | HardshipExited | HardshipCancelled
)

_NAMESPACE = UUID("0d3f9e0a-53c6-5e1c-8a77-7b9c0f2f4e02")


class Span(NamedTuple):
    """Open from its first day on; no longer on the day it ended."""

    since: date
    ended_on: date | None = None


class HardshipArchive(BaseModel):
    """`filed` is the open state; `dependants` are those of the household who are on the register.

    `spans` are the times it was open: relief that is recorded late is judged by the day it was given.
    """

    model_config = ConfigDict(frozen=True)

    union: UUID
    holder: UUID
    status: Literal["surveyed", "filed", "exited", "cancelled"]
    household_size: int
    recorder: str
    last_on: date
    sex: str = ""
    hardship_class: str = ""
    dependants: tuple[UUID, ...] = ()
    due_on: date | None = None
    spans: tuple[Span, ...] = ()

    @property
    def filings(self) -> int:
        """How often it was opened."""
        return len(self.spans)

    def open_on(self, day: date) -> bool:
        """Whether the household counted as one in hardship on that day."""
        return any(since <= day and (ended_on is None or day < ended_on) for since, ended_on in self.spans)

    @property
    def open(self) -> bool:
        """Whether the household counts as one in hardship now."""
        return self.status == "filed"


def archive_id(holder: UUID) -> UUID:
    """The archive of a holder, wherever it is kept: so there is one across all unions."""
    return uuid5(_NAMESPACE, f"hardship/{holder}")


def evolve(archive: HardshipArchive | None, event: HardshipEvent) -> HardshipArchive:
    """The archive after the event."""
    match event:
        case HardshipSurveyed():
            return _begun(archive, event, status="surveyed")
        case HardshipFiled():
            spans = (*(archive.spans if archive else ()), Span(event.occurredon))
            return _begun(
                archive,
                event,
                status="filed",
                sex=event.sex,
                hardship_class=event.hardship_class,
                dependants=event.dependants,
                due_on=event.due_on,
                spans=spans,
            )
        case HardshipVerified():
            return _changed(archive, event, due_on=event.due_on)
        case HardshipUpdated():
            return _changed(
                archive,
                event,
                hardship_class=event.hardship_class,
                household_size=event.household_size,
                dependants=event.dependants,
                recorder=event.recorder,
            )
        case HardshipExited():
            return _closed(archive, event, status="exited")
        case HardshipCancelled():
            return _closed(archive, event, status="cancelled")
        case _:
            assert_never(event)


def _begun(
    archive: HardshipArchive | None, event: HardshipSurveyed | HardshipFiled, **more: Any
) -> HardshipArchive:
    first = HardshipArchive(
        union=event.union,
        holder=event.holder,
        status="surveyed",
        household_size=event.household_size,
        recorder=event.recorder,
        last_on=event.occurredon,
        spans=archive.spans if archive else (),
    )
    return first.model_copy(update=more)


def _closed(archive: HardshipArchive | None, event: HardshipEvent, status: str) -> HardshipArchive:
    assert archive is not None, "an archive begins with a survey or a filing"
    *before, last = archive.spans
    spans = (*before, last._replace(ended_on=event.occurredon))
    return _changed(archive, event, status=status, due_on=None, spans=spans)


def _changed(archive: HardshipArchive | None, event: HardshipEvent, **more: Any) -> HardshipArchive:
    assert archive is not None, "an archive begins with a survey or a filing"
    return archive.model_copy(update={"last_on": event.occurredon, **more})
