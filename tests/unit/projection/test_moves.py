"""What each event moves, by example; the list is complete."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from services.projection import catalogue
from services.projection.fold import moves_of
from shared.contracts import Event
from shared.contracts import finance as f
from shared.contracts import membership as m
from shared.contracts.money import moved as moved_between
from shared.envelope import Place, Provenance, Recorded

DAY = date(2024, 5, 17)
UNIT, SUBJECT, PERSON, OTHER = (UUID(int=n) for n in range(1, 5))
BOOK = catalogue.load()

Moved = tuple[str, date, int, dict[str, str], UUID | None]


def moved(event: Event) -> list[Moved]:
    provenance = Provenance("user:999999", UUID(int=9), UUID(int=9))
    recorded = Recorded(
        UUID(int=8), SUBJECT, 1, datetime.now(UTC), Place(UNIT, (UNIT,), (), UNIT), provenance, event
    )
    names = {each.number: each.id for each in BOOK.metrics.values()}
    return [(names[n], day, amount, dict(dims), who) for n, day, amount, dims, who in moves_of(recorded)]


def established(level: int, *, above: bool | None = None) -> m.UnionEstablished:
    return m.UnionEstablished(
        occurredon=DAY, name="N", level=level, kind="k", form="joint", parent=OTHER, above_scale=above
    )


ABOUT = {"occurredon": DAY, "person": PERSON, "sex": "female", "worker_kind": "migrant"}
MEMBER = {"sex": "female", "worker_kind": "migrant"}
SERVING, RETAINED, RETIRED = (MEMBER | {"standing": each} for each in ("in_service", "retained", "retired"))
UNION = {"form": "joint", "kind": "k"}

EXAMPLES: list[tuple[Event, list[Moved]]] = [
    (
        established(6, above=True),
        [
            ("unions_established", DAY, 1, UNION | {"above_scale": "yes"}, SUBJECT),
            ("unions", DAY, 1, UNION, SUBJECT),
        ],
    ),
    (
        established(6, above=False),
        [
            ("unions_established", DAY, 1, UNION | {"above_scale": "no"}, SUBJECT),
            ("unions", DAY, 1, UNION, SUBJECT),
        ],
    ),
    (established(4), [("bodies", DAY, 1, {"kind": "k", "level": "4"}, SUBJECT)]),
    (established(8), [("inner_units", DAY, 1, {"level": "8"}, SUBJECT)]),
    (
        m.UnionTypeChanged(occurredon=DAY, kind="k", level=6, old_form="committee", form="joint"),
        [
            ("unions", DAY, -1, {"form": "committee", "kind": "k"}, SUBJECT),
            ("unions", DAY, 1, {"form": "joint", "kind": "k"}, SUBJECT),
        ],
    ),
    (m.UnionTypeChanged(occurredon=DAY, kind="k", level=4, old_form="committee", form="joint"), []),
    (m.UnionRenamed(occurredon=DAY, old_name="A", name="B", old_division=None, division=None), []),
    (m.UnionMoved(occurredon=DAY, old_parent=None, parent=OTHER), []),
    (m.UnionJoinedLine(occurredon=DAY, line="education", old_parent=None, parent=OTHER), []),
    (m.UnionLeftLine(occurredon=DAY, line="education", old_parent=OTHER), []),
    (
        m.UnionMerged(occurredon=DAY, successor=OTHER, kind="k", form="joint", level=6),
        [
            ("unions_ended", DAY, 1, UNION | {"above_scale": "unknown", "ending": "merged"}, SUBJECT),
            ("unions", DAY, -1, UNION, SUBJECT),
        ],
    ),
    (
        m.UnionMerged(occurredon=DAY, successor=OTHER, kind="k", form="joint", level=4),
        [("bodies", DAY, -1, {"kind": "k", "level": "4"}, SUBJECT)],
    ),
    (
        m.UnionDissolved(occurredon=DAY, reason="closed", kind="k", form="joint", level=6, above_scale=True),
        [
            ("unions_ended", DAY, 1, UNION | {"above_scale": "yes", "ending": "dissolved"}, SUBJECT),
            ("unions", DAY, -1, UNION, SUBJECT),
        ],
    ),
    (
        m.UnionMerged(occurredon=DAY, successor=OTHER, kind="k", form="joint", level=7),
        [("inner_units", DAY, -1, {"level": "7"}, SUBJECT)],
    ),
    (
        m.UnionDissolved(occurredon=DAY, reason="closed", kind="k", form="joint", level=5),
        [("bodies", DAY, -1, {"kind": "k", "level": "5"}, SUBJECT)],
    ),
    (
        m.UnionDissolved(occurredon=DAY, reason="closed", kind="k", form="joint", level=7),
        [("inner_units", DAY, -1, {"level": "7"}, SUBJECT)],
    ),
    (
        m.EmployerRegistered(occurredon=DAY, name="N", kind="private", credit_code=None),
        [("employers", DAY, 1, {"employer_kind": "private"}, SUBJECT)],
    ),
    (
        m.EmployerCovered(occurredon=DAY, employer=OTHER, employer_kind="private"),
        [("employers_covered", DAY, 1, {"employer_kind": "private"}, OTHER)],
    ),
    (
        m.EmployerUncovered(occurredon=DAY, employer=OTHER, employer_kind="private"),
        [("employers_covered", DAY, -1, {"employer_kind": "private"}, OTHER)],
    ),
    (
        m.EmployerScaleAssessed(
            occurredon=DAY, sales_fen=2, threshold_fen=1, old_above_scale=None, above_scale=True
        ),
        [("employers_above_scale", DAY, 1, {}, SUBJECT)],
    ),
    (
        m.EmployerScaleAssessed(
            occurredon=DAY, sales_fen=1, threshold_fen=2, old_above_scale=True, above_scale=False
        ),
        [("employers_above_scale", DAY, -1, {}, SUBJECT)],
    ),
    (
        m.EmployerScaleAssessed(
            occurredon=DAY, sales_fen=1, threshold_fen=2, old_above_scale=None, above_scale=False
        ),
        [],
    ),
    (
        m.WorkforceReported(
            occurredon=DAY,
            employer=OTHER,
            old_workers=10,
            workers=12,
            old_women=None,
            women=5,
            old_migrants=0,
            migrants=0,
        ),
        [
            ("workers", DAY, 2, {}, OTHER),
            ("women_workers", DAY, 5, {}, OTHER),
            ("migrant_workers", DAY, 0, {}, OTHER),
        ],
    ),
    (
        m.MemberJoined.model_validate(ABOUT),
        [("members_joined", DAY, 1, MEMBER, PERSON), ("members", DAY, 1, SERVING, PERSON)],
    ),
    (
        m.MemberTransferredOut.model_validate(ABOUT | {"standing": "retained", "destination": OTHER}),
        [("members_transferred_out", DAY, 1, RETAINED, PERSON), ("members", DAY, -1, RETAINED, PERSON)],
    ),
    (
        m.MemberTransferredIn.model_validate(ABOUT | {"standing": "retained", "origin": OTHER}),
        [("members_transferred_in", DAY, 1, RETAINED, PERSON), ("members", DAY, 1, RETAINED, PERSON)],
    ),
    (
        m.MemberLeft.model_validate(ABOUT | {"standing": "in_service", "reason": "resigned"}),
        [
            ("members_left", DAY, 1, SERVING | {"reason": "resigned"}, PERSON),
            ("members", DAY, -1, SERVING, PERSON),
        ],
    ),
    (
        m.MemberRetired.model_validate(ABOUT | {"old_standing": "retained"}),
        [("members", DAY, -1, RETAINED, PERSON), ("members", DAY, 1, RETIRED, PERSON)],
    ),
    (
        m.MemberRetained.model_validate(ABOUT | {"old_standing": "in_service"}),
        [("members", DAY, -1, SERVING, PERSON), ("members", DAY, 1, RETAINED, PERSON)],
    ),
    (
        m.MemberResumed.model_validate(ABOUT | {"old_standing": "retained"}),
        [("members", DAY, -1, RETAINED, PERSON), ("members", DAY, 1, SERVING, PERSON)],
    ),
    (
        m.MemberCorrected(
            occurredon=DAY,
            person=PERSON,
            standing="in_service",
            old_sex="male",
            sex="female",
            old_worker_kind="migrant",
            worker_kind="migrant",
        ),
        [("members", DAY, -1, SERVING | {"sex": "male"}, PERSON), ("members", DAY, 1, SERVING, PERSON)],
    ),
    (
        m.EstablishmentTargetSet(
            occurredon=DAY, year=2025, population="enterprise", old_unions=6, unions=8, issuer=OTHER
        ),
        [("unions_target", date(2025, 1, 1), 2, {"population": "enterprise"}, None)],
    ),
    (
        f.DuesAssessed(
            occurredon=DAY,
            assessment=SUBJECT,
            employer=OTHER,
            period="2024-04",
            payroll_fen=100,
            rate_bp=200,
            amount_fen=2,
            due_on=DAY,
        ),
        [("dues_assessed", DAY, 2, {}, OTHER)],
    ),
    (
        f.DuesReceived(
            occurredon=DAY, receipt=SUBJECT, channel="tax", period="2024-04", amount_fen=7, employer=OTHER
        ),
        [("dues_received", DAY, 7, {"channel": "tax"}, OTHER)],
    ),
    (
        f.DuesReceived(
            occurredon=DAY,
            receipt=SUBJECT,
            channel="own",
            period="2024-04",
            amount_fen=7,
            postings=moved_between(7, to="bank", out_of="dues"),
        ),
        [
            ("dues_received", DAY, 7, {"channel": "own"}, None),
            ("money", DAY, 7, {"account": "bank", "side": "held", "source": "none"}, None),
            ("money", DAY, -7, {"account": "dues", "side": "received", "source": "none"}, None),
        ],
    ),
    (
        f.DuesRefunded(
            occurredon=DAY,
            receipt=SUBJECT,
            channel="tax",
            period="2024-04",
            amount_fen=3,
            postings=moved_between(3, to="dues_refunded", out_of="bank"),
        ),
        [
            ("dues_refunded", DAY, 3, {"channel": "tax"}, None),
            ("money", DAY, 3, {"account": "dues_refunded", "side": "passed_on", "source": "none"}, None),
            ("money", DAY, -3, {"account": "bank", "side": "held", "source": "none"}, None),
        ],
    ),
    (
        f.DuesOverdueFlagged(occurredon=DAY, assessment=SUBJECT, amount_fen=5),
        [("dues_overdue", DAY, 5, {}, None)],
    ),
    (
        f.DuesWrittenOff(occurredon=DAY, assessment=SUBJECT, amount_fen=5),
        [("dues_written_off", DAY, 5, {}, None)],
    ),
    (
        f.DuesTargetSet(occurredon=DAY, year=2024, old_fen=None, amount_fen=9, issuer=OTHER),
        [("dues_target", date(2024, 1, 1), 9, {}, None)],
    ),
]


@pytest.mark.parametrize(("event", "moves"), EXAMPLES, ids=lambda each: type(each).__name__)
def test_an_event_moves_these_metrics(event: Event, moves: list[Moved]) -> None:
    assert moved(event) == moves


def coded() -> dict[str, set[str]]:
    """The metrics that functions move, by event type; `test_declared` looks at those that are data."""
    declared = {name: {each.metric for each in moves} for name, moves in BOOK.declared.items()}
    made = {name: set(moves) - declared.get(name, set()) for name, moves in BOOK.moves.items()}
    return {name: metrics for name, metrics in made.items() if metrics}


def test_no_function_is_left_out() -> None:
    assert coded().keys() <= {event.wire_type() for event, _ in EXAMPLES}


@pytest.mark.parametrize(("event", "moves"), EXAMPLES, ids=lambda each: type(each).__name__)
def test_moves_stay_within_the_catalogue(event: Event, moves: list[Moved]) -> None:
    for metric, _, _, dims, _ in moves:
        assert metric in BOOK.moves[event.wire_type()]
        assert set(dims) == set(BOOK.metric(metric).dims)


def test_what_an_event_may_move_is_what_some_example_of_it_moves() -> None:
    seen: dict[str, set[str]] = {}
    for event, moves in EXAMPLES:
        seen.setdefault(event.wire_type(), set()).update(metric for metric, *_ in moves)
    for name, metrics in seen.items():
        assert coded().get(name, set()) <= metrics <= set(BOOK.moves[name]), name


def test_an_event_of_another_kind_moves_nothing() -> None:
    class Unheard(Event):
        service = "test"

    assert moved(Unheard(occurredon=DAY)) == []
