"""Donation drives: stories and laws."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import reduce
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.welfare.domain import drives as rules
from services.welfare.domain import dropouts
from services.welfare.domain.drives import Drive, evolve
from services.welfare.domain.entries import BeforeLastEntry
from services.welfare.domain.funding import PaymentBeyondBalance
from shared.contracts.welfare import DonationDriveOpened, DonationSpent
from shared.errors import Problem

UNION = UUID("0196f000-0000-7000-8000-000000000001")
BEGUN = date(2013, 10, 1)
Step = Callable[[Drive], tuple[Any, ...]]


def opening(kind: str = "internal", certificate: str = "") -> DonationDriveOpened:
    return DonationDriveOpened(
        occurredon=BEGUN,
        union=UNION,
        drive_kind=kind,
        drive_purpose="poverty_relief",
        certificate=certificate,
    )


def received(fen: int, on: date = date(2013, 10, 17)) -> Step:
    return lambda drive: rules.decide_receive(drive, "teachers", fen, 3, on)


def spent(fen: int, on: date = date(2013, 11, 1)) -> Step:
    said = DonationSpent(
        occurredon=on,
        drive_kind="internal",
        drive_purpose="poverty_relief",
        fen=fen,
        people=1,
        households=0,
        document="镇工〔2013〕9号",
    )
    return lambda drive: rules.decide_spend(drive, said)


def settled(on: date = date(2013, 12, 1)) -> Step:
    return lambda drive: rules.decide_settle(drive, on)


def published(on: date = date(2013, 12, 2)) -> Step:
    return lambda drive: rules.decide_publish(drive, "镇工〔2013〕10号", on)


def after(*steps: Step) -> Drive:
    drive = evolve(None, opening())
    for step in steps:
        drive = reduce(evolve, step(drive), drive)
    return drive


def test_collecting_in_public_needs_a_certificate() -> None:
    with pytest.raises(rules.CertificateMissing):
        rules.decide_open(opening("public"))
    assert rules.decide_open(opening("public", "53-2013-1"))
    assert rules.decide_open(opening())


def test_nothing_goes_out_that_has_not_come_in() -> None:
    with pytest.raises(PaymentBeyondBalance):
        spent(101)(after(received(100)))
    with pytest.raises(PaymentBeyondBalance):
        spent(1, date(2013, 10, 16))(after(received(100)))


def test_a_drive_is_settled_when_all_has_gone_out_and_published_then() -> None:
    with pytest.raises(rules.DriveMoneyLeft):
        settled()(after(received(100)))
    drive = after(received(100), spent(100), settled())
    with pytest.raises(rules.DriveElsewhere):
        received(1)(drive)
    assert after(received(100), spent(100), settled(), published()).status == "published"
    with pytest.raises(rules.DriveElsewhere):
        published()(after())


def test_nothing_comes_in_before_the_drive_was_opened() -> None:
    with pytest.raises(BeforeLastEntry):
        received(1, date(2013, 9, 30))(after())
    with pytest.raises(BeforeLastEntry):
        settled(date(2013, 10, 31))(after(received(5), spent(5)))


def test_no_child_is_told_as_a_fact_and_corrected_with_the_old_number() -> None:
    (none,) = dropouts.decide_report(None, 2013, 0, BEGUN)
    assert (none.old_children, none.children) == (None, 0)
    known = dropouts.evolve(None, none)
    (one,) = dropouts.decide_report(known, 2013, 1, BEGUN)
    assert (one.old_children, one.children) == (0, 1)
    with pytest.raises(dropouts.DropoutsUnchanged):
        dropouts.decide_report(known, 2013, 0, BEGUN)


fen = st.integers(1, 100)
days = st.integers(0, 60).map(lambda n: BEGUN + timedelta(n))


@given(st.lists(st.one_of(st.builds(received, fen, days), st.builds(spent, fen, days)), max_size=30))
def test_what_came_in_has_gone_out_or_is_left_as_the_postings_say(steps: list[Step]) -> None:
    drive, history = after(), list[Any]()
    for step in steps:
        try:
            events = step(drive)
        except Problem:
            continue
        history += events
        drive = reduce(evolve, events, drive)
    held = [(e.occurredon, p.fen) for e in history for p in e.postings if p.account == "drive"]
    assert drive.received_fen == drive.spent_fen + drive.left_fen
    assert drive.left_fen == sum(much for _, much in held)
    assert all(sum(much for on, much in held if on <= day) >= 0 for day, _ in held)
    assert Drive.model_validate_json(drive.model_dump_json()) == drive
