"""The town's new unions: asked for, approved, elected, reported, established by another hand."""

from collections.abc import Iterator
from datetime import timedelta

from unionstream.demo.scenario import Establishment, Town
from unionstream.demo.steps import APPROVER, Known, Row, Single, Step, Story
from unionstream.demo.tree import division

ASKED, STARTED, MET, TOLD = (timedelta(days=days) for days in (60, 50, 14, 10))
"""So long before the approval."""


def prepared(town: Town, known: Known) -> Story:
    """From the request to the establishment; whoever asks does not approve."""
    yield Single("unions asked for", "membership", list(_requests(town, known)))
    yield Single("their preparation approved", "membership", list(_approvals(town, known)), APPROVER)
    yield Single("their elections", "membership", list(_elections(town, known)))
    rows = [_row(n, each, town, known) for n, each in enumerate(town.established)]
    yield Step("unions established", "membership", "/v1/unions/bulk", rows, APPROVER)


def _requests(town: Town, known: Known) -> Iterator[tuple[str, Row, str]]:
    for n, each in enumerate(town.established):
        body = {
            "union": str(known[division(_village(n, town))]),
            "employers": [str(known[f"employer/{n}"])],
            "requested_on": _day(each, ASKED),
        }
        yield "/v1/preparations", body, f"preparation/{n}"


def _approvals(town: Town, known: Known) -> Iterator[tuple[str, Row, str]]:
    for n, each in enumerate(town.established):
        body = {"document": f"示例筹〔{town.year}〕{n + 1}号", "approved_on": _day(each, STARTED)}
        yield f"/v1/preparations/{known[f'preparation/{n}']}/approve", body, f"preparation/approved/{n}"


def _elections(town: Town, known: Known) -> Iterator[tuple[str, Row, str]]:
    for n, each in enumerate(town.established):
        body = {
            "held_on": _day(each, MET),
            "seats": 3,
            "candidates": 4,
            "document": f"示例选〔{town.year}〕{n + 1}号",
            "reported_on": _day(each, TOLD),
        }
        yield f"/v1/preparations/{known[f'preparation/{n}']}/election", body, f"preparation/elected/{n}"


def _row(n: int, each: Establishment, town: Town, known: Known) -> Row:
    return {
        "reference": f"union/new/{n}",
        "name": f"示例工会 new/{n}",
        "level": 6,
        "kind": "enterprise",
        "form": "committee",
        "parent": str(known[division(_village(n, town))]),
        "approved_on": each.approved_on.isoformat(),
        "preparation": str(known[f"preparation/{n}"]),
        "document": f"示例批〔{town.year}〕{n + 1}号",
    }


def _village(n: int, town: Town) -> str:
    return town.villages[n % len(town.villages)]


def _day(each: Establishment, before: timedelta) -> str:
    return (each.approved_on - before).isoformat()
