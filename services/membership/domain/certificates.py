"""When a union holds every certificate it needs, by the definition of each day (DOMAIN ORG-10).

Computed anew whenever one of its certificates changes, for the past and the future that are known.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal
from uuid import UUID, uuid5

from pydantic import BaseModel, ConfigDict, Field

from shared.catalogues import Catalogue, Entry, catalogue_of
from shared.contracts.membership import CertificateSetChanged, Span

Spans = tuple[Span, ...]
DAY = timedelta(days=1)


class Definition(Entry):
    """Which certificates make up the set from `valid_from` to the day before `valid_to`, in an area."""

    valid_from: date
    valid_to: date | None = None
    area: str = Field(default="", pattern=r"^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})?$")
    certificates: tuple[str, ...] = Field(min_length=1)
    certainty: Literal["checked", "second-hand", "unchecked"]

    def holds(self, on: date) -> bool:
        """Whether it is in force on a date."""
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


class CertificateSet(BaseModel):
    """State: what the union holds under each scheme, and when it has the whole set."""

    model_config = ConfigDict(frozen=True)

    union: UUID
    spans: Spans = ()


def set_of(union: UUID) -> UUID:
    """The id of a union's set of certificates."""
    return uuid5(union, "certificates")


def certificates() -> frozenset[str]:
    """Every scheme that any definition names."""
    return frozenset(each for line in _known().values() for each in line.certificates)


def complete(papers: Mapping[str, Spans], area: str) -> Spans:
    """The days on which all certificates of the definition in force are held, joined and in order."""
    lines = [line for line in _known().values() if area.startswith(line.area)]
    first = min(line.valid_from for line in lines)
    held = [span for spans in papers.values() for span in spans]
    edges = {first, *(line.valid_from for line in lines), *(line.valid_to for line in lines if line.valid_to)}
    edges |= {span.first for span in held} | {span.last + DAY for span in held if span.last}
    days = sorted(edges)
    pieces = [Span(first=a, last=b - DAY) for a, b in pairwise(days)] + [Span(first=days[-1], last=None)]
    return tuple(_joined(piece for piece in pieces if _all_held(papers, piece.first, lines)))


def decide_change(before: CertificateSet | None, spans: Spans, on: date) -> tuple[CertificateSetChanged, ...]:
    """One event where the days have changed, none where they have not."""
    old = before.spans if before else ()
    return (CertificateSetChanged(occurredon=on, old_spans=old, spans=spans),) if old != spans else ()


def evolve(before: CertificateSet, event: CertificateSetChanged) -> CertificateSet:
    """The set after the event."""
    return before.model_copy(update={"spans": event.spans})


def _known() -> Catalogue[Definition]:
    return catalogue_of("certificate_definitions", Definition)


def _all_held(papers: Mapping[str, Spans], on: date, lines: Iterable[Definition]) -> bool:
    holding = [line for line in lines if line.holds(on)]
    if not holding:
        return False
    wanted = max(holding, key=lambda line: len(line.area)).certificates
    return all(any(_covers(span, on) for span in papers.get(each, ())) for each in wanted)


def _covers(span: Span, on: date) -> bool:
    return span.first <= on and (span.last is None or on <= span.last)


def _joined(pieces: Iterable[Span]) -> Iterator[Span]:
    last: Span | None = None
    for piece in pieces:
        if last is not None and last.last is not None and last.last + DAY == piece.first:
            last = Span(first=last.first, last=piece.last)
            continue
        if last is not None:
            yield last
        last = piece
    if last is not None:
        yield last
