"""What events of money move. Pure: one event in, moves out; all amounts in fen."""

from datetime import date

from services.projection import catalogue
from services.projection.fold.said import Move
from shared.contracts import finance as f
from shared.envelope import Recorded

ASSESSED = catalogue.metric("dues_assessed").number
RECEIVED = catalogue.metric("dues_received").number
REFUNDED = catalogue.metric("dues_refunded").number
OVERDUE = catalogue.metric("dues_overdue").number
WRITTEN_OFF = catalogue.metric("dues_written_off").number
TARGET = catalogue.metric("dues_target").number

Moves = tuple[Move, ...]


def dues_assessed(_: Recorded, e: f.DuesAssessed) -> Moves:
    return (Move(ASSESSED, e.occurredon, e.amount_fen, (), e.employer),)


def dues_received(_: Recorded, e: f.DuesReceived) -> Moves:
    return (Move(RECEIVED, e.occurredon, e.amount_fen, (("channel", e.channel),), e.employer),)


def dues_refunded(_: Recorded, e: f.DuesRefunded) -> Moves:
    return (Move(REFUNDED, e.occurredon, e.amount_fen, (("channel", e.channel),)),)


def dues_overdue_flagged(_: Recorded, e: f.DuesOverdueFlagged) -> Moves:
    return (Move(OVERDUE, e.occurredon, e.amount_fen),)


def dues_written_off(_: Recorded, e: f.DuesWrittenOff) -> Moves:
    return (Move(WRITTEN_OFF, e.occurredon, e.amount_fen),)


def dues_target_set(_: Recorded, e: f.DuesTargetSet) -> Moves:
    # A target belongs to its year, whenever it was set or changed (DOMAIN STA-07).
    return (Move(TARGET, date(e.year, 1, 1), e.amount_fen - (e.old_fen or 0)),)
