"""A donation drive, in integer fen: nothing is spent that has not come in (DOMAIN WEL-15)."""

from collections.abc import Mapping
from datetime import date
from typing import Literal, assert_never
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.welfare.domain.dated import available, changed
from services.welfare.domain.entries import refuse_earlier
from services.welfare.domain.funding import PaymentBeyondBalance
from shared.catalogues import Catalogue, Entry, catalogue_of
from shared.contracts.money import moved
from shared.contracts.welfare import (
    DonationDriveOpened,
    DonationDrivePublished,
    DonationDriveSettled,
    DonationReceived,
    DonationSpent,
)
from shared.errors import Refused

DriveEvent = (
    DonationDriveOpened | DonationReceived | DonationSpent | DonationDriveSettled | DonationDrivePublished
)


class CertificateMissing(Refused):
    """Public fund-raising needs a certificate."""

    code = "certificate-missing"


class DriveElsewhere(Refused):
    """The drive is not at the stage that this needs."""

    code = "drive-not-at-this-stage"


class DriveMoneyLeft(Refused):
    """A drive is settled when everything has gone out."""

    code = "drive-money-left"


class DriveKind(Entry):
    """A kind of drive; see the head of the catalogue."""

    certificate: bool = False


class Drive(BaseModel):
    """`days` has the net change of every business date on which money moved."""

    model_config = ConfigDict(frozen=True)

    union: UUID
    drive_kind: str
    drive_purpose: str
    last_on: date
    opened_on: date
    status: Literal["open", "settled", "published"] = "open"
    received_fen: int = 0
    spent_fen: int = 0
    days: Mapping[date, int] = {}

    @property
    def left_fen(self) -> int:
        """Come in and not gone out."""
        return self.received_fen - self.spent_fen


def kinds() -> Catalogue[DriveKind]:
    """Kinds of drives."""
    return catalogue_of("drive_kinds", DriveKind)


def evolve(drive: Drive | None, event: DriveEvent) -> Drive:
    """The drive after the event."""
    if isinstance(event, DonationDriveOpened):
        return Drive(
            union=event.union,
            drive_kind=event.drive_kind,
            drive_purpose=event.drive_purpose,
            last_on=event.occurredon,
            opened_on=event.occurredon,
        )
    assert drive is not None, "a drive is opened first"
    now = drive.model_copy(update={"last_on": max(drive.last_on, event.occurredon)})
    match event:
        case DonationReceived(fen=fen):
            return _with(now, event.occurredon, fen, received_fen=now.received_fen + fen)
        case DonationSpent(fen=fen):
            return _with(now, event.occurredon, -fen, spent_fen=now.spent_fen + fen)
        case DonationDriveSettled():
            return now.model_copy(update={"status": "settled"})
        case DonationDrivePublished():
            return now.model_copy(update={"status": "published"})
        case _:
            assert_never(event)


def decide_open(opening: DonationDriveOpened) -> tuple[DonationDriveOpened]:
    """Collecting in public only with a certificate."""
    if kinds()[opening.drive_kind].certificate and not opening.certificate:
        raise CertificateMissing(
            "collecting in public needs a certificate (Charity Law 22)",
            field="certificate",
            value=opening.drive_kind,
            remedy="give its number, or collect among the union's own people",
        )
    return (opening,)


def decide_receive(
    drive: Drive, donor_group: str, fen: int, donors: int, on: date
) -> tuple[DonationReceived]:
    """Money in."""
    _refuse_unless(drive, "open")
    refuse_earlier(drive.opened_on, on)
    return (
        DonationReceived(
            occurredon=on,
            drive_kind=drive.drive_kind,
            drive_purpose=drive.drive_purpose,
            donor_group=donor_group,
            fen=fen,
            donors=donors,
            postings=moved(fen, to="drive", out_of="drive_received", source="donated"),
        ),
    )


def decide_spend(drive: Drive, spending: DonationSpent) -> tuple[DonationSpent]:
    """Money out; never more than has come in by that day."""
    _refuse_unless(drive, "open")
    left = available(drive.days, spending.occurredon)
    if spending.fen > left:
        raise PaymentBeyondBalance(
            f"{left} fen can be spent on that day",
            field="fen",
            value=str(spending.fen),
            remedy="spend less, or record what came in first",
        )
    money = moved(spending.fen, to="drive_spent", out_of="drive", source="donated")
    return (spending.model_copy(update={"postings": money}),)


def decide_settle(drive: Drive, on: date) -> tuple[DonationDriveSettled]:
    """The account of what came in and what went out."""
    _refuse_unless(drive, "open")
    refuse_earlier(drive.last_on, on)
    if drive.left_fen:
        raise DriveMoneyLeft(
            f"{drive.left_fen} fen have not gone out",
            field="drive",
            value=str(drive.left_fen),
            remedy="spend them on what they were collected for",
        )
    return (
        DonationDriveSettled(
            occurredon=on,
            drive_kind=drive.drive_kind,
            received_fen=drive.received_fen,
            spent_fen=drive.spent_fen,
        ),
    )


def decide_publish(drive: Drive, document: str, on: date) -> tuple[DonationDrivePublished]:
    """Once it is settled."""
    _refuse_unless(drive, "settled")
    refuse_earlier(drive.last_on, on)
    return (DonationDrivePublished(occurredon=on, drive_kind=drive.drive_kind, document=document),)


def _with(drive: Drive, on: date, net: int, **sums: int) -> Drive:
    return drive.model_copy(update={**sums, "days": changed(drive.days, on, net)})


def _refuse_unless(drive: Drive, status: str) -> None:
    if drive.status != status:
        raise DriveElsewhere(
            f"the drive is {drive.status}",
            field="drive",
            value=drive.status,
            remedy=f"it would have to be {status}",
        )
