"""Summaries frozen as they are: published, and superseded by a later one of the same period; never changed.

The document lies sealed beside the state, as narratives do; events have its hash.
"""

from datetime import date
from typing import assert_never
from uuid import UUID

from services.affairs.domain.reports import Report, refuse_unreported
from shared.contracts.affairs import SummaryErased, SummaryFrozen, SummaryPublished, SummarySuperseded
from shared.errors import Gone, Refused
from shared.stages import refuse_step

SummaryEvent = SummaryFrozen | SummaryPublished | SummarySuperseded | SummaryErased
STANDING = "summary-standing"


class SummaryStanding(Refused):
    """Another summary of this period stands."""

    code = "summary-frozen-already"


class ReplacesAnother(Refused):
    """A summary replaces the one that stands for the same union, days and line."""

    code = "summary-replaces-another"


class WordsErased(Gone):
    """The words of this summary were erased."""

    code = "summary-erased"


class WordsErasedBefore(Refused):
    """They are erased once."""

    code = "summary-erased-already"


class Summary(Report):
    """What is known of a frozen summary without its text; `by` is the one that superseded it."""

    cut: str
    template: str
    sha256: str
    size: int
    stage: str
    since: date
    replaces: UUID | None = None
    by: UUID | None = None
    erased: bool = False


def decide_freeze(
    frozen: SummaryFrozen, report: Report, standing: tuple[UUID, Summary] | None, id_: UUID
) -> tuple[tuple[SummaryFrozen], tuple[SummarySuperseded, ...]]:
    """The new one, and the end of the one that stands, which must be named."""
    refuse_unreported(report, frozen.occurredon)
    named = frozen.replaces
    if standing is None:
        if named is not None:
            raise ReplacesAnother(
                "nothing stands for this period", "replaces", str(named), "leave the field out"
            )
        return (frozen,), ()
    old_id, old = standing
    if named is None:
        raise SummaryStanding(
            f"one was frozen on {old.since}", "replaces", str(old_id), "name it, if this one takes its place"
        )
    if named != old_id:
        raise ReplacesAnother("another one stands for this period", "replaces", str(named), f"name {old_id}")
    refuse_step(old, ("frozen", "published"), frozen.occurredon, "frozen_on")
    ended = SummarySuperseded(occurredon=frozen.occurredon, **old.about, sha256=old.sha256, by=id_)
    return (frozen,), (ended,)


def decide_publish(summary: Summary, on: date) -> tuple[SummaryPublished]:
    """Once."""
    refuse_step(summary, ("frozen",), on, "published_on")
    return (SummaryPublished(occurredon=on, **summary.about, sha256=summary.sha256),)


def decide_erase(summary: Summary, approver: str, reason: str, on: date) -> tuple[SummaryErased]:
    """Whatever its stage, once."""
    if summary.erased:
        raise WordsErasedBefore("its words were erased before", "summary", "", "nothing is left to be done")
    refuse_step(summary, ("frozen", "published", "superseded"), on, "erased_on")
    erased = SummaryErased(
        occurredon=on, **summary.about, sha256=summary.sha256, reason=reason, approver=approver
    )
    return (erased,)


def evolve(summary: Summary | None, event: SummaryEvent) -> Summary:
    """The summary after the event."""
    if isinstance(event, SummaryFrozen):
        said = event.model_dump(exclude={"occurredon"})
        return Summary(**said, stage="frozen", since=event.occurredon)
    assert summary is not None, "a summary is frozen first"
    match event:
        case SummaryErased():
            return summary.model_copy(update={"erased": True})
        case SummaryPublished():
            change: dict[str, object] = {"stage": "published"}
        case SummarySuperseded(by=by):
            change = {"stage": "superseded", "by": by}
        case _:
            assert_never(event)
    return summary.model_copy(update={**change, "since": event.occurredon})
