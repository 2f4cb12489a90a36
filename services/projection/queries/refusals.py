"""Why a question has no answer: each with a stable code, the field, the value and what to do about it."""

from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches

from services.projection.catalogue import UnknownFigure
from shared.errors import Malformed, NotFound, NotYetKnown, Refused


class UnknownUnit(NotFound):
    """No union has this id or division code."""

    code = "unknown-unit"

    def __init__(self, unit: str) -> None:
        """`unit` as it was asked for."""
        super().__init__(
            "no union has this id or division code",
            "unit",
            unit,
            "look it up by a part of its name: /v1/units?name=…",
        )


class AmbiguousUnit(Malformed):
    """A division code that several living unions carry."""

    code = "ambiguous-unit"

    def __init__(self, unit: str, ids: Iterable[object]) -> None:
        """`ids` are those of the unions in question."""
        super().__init__(
            "several unions carry this division code", "unit", unit, f"ask by id: {', '.join(map(str, ids))}"
        )


def unknown_figure(figure: str, known: Iterable[str]) -> UnknownFigure:
    """The catalogue's refusal, with the nearest ids in its remedy."""
    near = get_close_matches(figure, list(known), n=4, cutoff=0.5)
    remedy = f"did you mean {', '.join(near)}?" if near else "see /v1/catalogue"
    return UnknownFigure("the catalogue has no such figure", "figure", figure, remedy)


class UnknownLine(NotFound):
    """No such line of unions."""

    code = "unknown-line"

    def __init__(self, line: str, known: Iterable[str]) -> None:
        """`known` are the ids of the lines."""
        super().__init__("no such line", "line", line, f"one of: {', '.join(known)}")


class UnknownDimension(Malformed):
    """A figure cannot be broken down like that."""

    code = "unknown-dimension"

    def __init__(self, dimension: str, figure: str, known: Iterable[str]) -> None:
        """`known` are the breakdowns that the figure has."""
        names = ", ".join(known)
        remedy = f"one of: {names}" if names else "ask for this figure without a breakdown"
        super().__init__(f"{figure} has no such breakdown", "by", dimension, remedy)


class UnknownReport(NotFound):
    """No such closed period."""

    code = "unknown-report"

    def __init__(self, report: str) -> None:
        """`report` as it was asked for."""
        super().__init__("no period was closed under this id", "report", report, "see /v1/closings?unit=…")


class BadPeriod(Malformed):
    """The first day lies after the last."""

    code = "from-after-to"

    def __init__(self, first: date, last: date) -> None:
        """Both days as asked for."""
        super().__init__(
            f"the period begins on {first} after it ends on {last}", "from", str(first), "swap the two days"
        )


class NotBegun(Refused):
    """The period lies wholly in the future."""

    code = "period-not-begun"

    def __init__(self, first: date, today: date) -> None:
        """`today` is the date in Shanghai."""
        super().__init__(f"the period begins after today, {today}", "from", str(first), f"ask up to {today}")


class NotYetEstablished(Refused):
    """The period ends before the union existed; as-was there is nothing to count."""

    code = "unit-not-yet-established"

    def __init__(self, last: date, established: date) -> None:
        """`established` is the day of its approval."""
        super().__init__(
            f"the union was established on {established}, after the period ends",
            "to",
            str(last),
            "ask for a later day, or with basis=as-is for the units that are under it today",
        )


class BadCut(Malformed):
    """A text that is no cut: mistyped or cut off."""

    code = "malformed-cut"

    def __init__(self, text: str, why: str) -> None:
        """`why` tells what is wrong with it."""
        super().__init__(
            f"this is no cut: {why}", "cut", text[:60], "copy the whole text of an answer's `cut`, from c1 on"
        )


class CutAhead(NotYetKnown):
    """The cut lies beyond what this projection has added up so far."""

    code = "cut-ahead"

    def __init__(self, lane: str) -> None:
        """`lane` names the first stream that is behind."""
        super().__init__(
            f"the projection has not reached this cut in stream {lane}", "cut", "", "ask again in a moment"
        )


class TwoCuts(Malformed):
    """Both ways of naming a state of knowledge at once."""

    code = "two-cuts"

    def __init__(self) -> None:
        """Takes nothing."""
        super().__init__("both `cut` and `known_at` are given", "cut", "", "give one of the two")


class BadCursor(Malformed):
    """A cursor that was not given out for this question."""

    code = "malformed-cursor"

    def __init__(self, why: str) -> None:
        """`why` tells what is wrong with it."""
        super().__init__(
            why,
            "cursor",
            "",
            "take `next` of the page before, with the same question, or begin without a cursor",
        )


class NaiveMoment(Malformed):
    """A moment without its offset from UTC."""

    code = "moment-without-offset"

    def __init__(self, text: str) -> None:
        """`text` as given."""
        super().__init__(
            "a moment needs its offset from UTC", "known_at", text, "for example 2026-08-31T16:00:00Z"
        )


class NotTraceable(Malformed):
    """A figure that has no such part."""

    code = "no-such-part"

    def __init__(self, figure: str, part: str, known: Iterable[str]) -> None:
        """`known` are the parts it has."""
        super().__init__(f"{figure} has no such part", "part", part, f"one of: {', '.join(known)}")
