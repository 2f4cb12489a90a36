"""Donation drives, and children who left school for poverty."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from services.welfare.commands.relief import Year
from services.welfare.domain import drives as rules
from services.welfare.domain import dropouts
from services.welfare.domain.drives import Drive, evolve
from services.welfare.domain.dropouts import Dropouts, dropouts_id
from shared.catalogues import catalogue
from shared.contracts import Event
from shared.contracts.welfare import DonationDriveOpened, DonationSpent
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import BusinessDate, CatalogueId, Command, DocumentNumber, Edition, Fen, UnionText
from shared.http.listing import Listing
from shared.referring import find_union, need_of_union, refuse_bad_date
from shared.standing import refuse_future
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.finding import find
from shared.work.kinds import Kind
from shared.work.needs import Own
from shared.work.work import Work

DRIVE: Kind[Drive] = Kind("drive", Drive, evolve, lambda drive: drive.union)
DROPOUTS: Kind[Dropouts] = Kind("dropouts", Dropouts, dropouts.evolve, lambda _state: None)
Some = Annotated[int, Field(strict=True, ge=0, le=10_000_000, description="A whole number from 0 on.")]


class OpenDrive(Command):
    """Collecting begins; in public only with a certificate."""

    union: UnionText
    drive_kind: CatalogueId
    drive_purpose: CatalogueId
    certificate: DocumentNumber | None = None
    edition: Edition | None = None
    opened_on: BusinessDate


class ReceiveDonation(Command):
    """Money of one group of donors."""

    drive: UUID
    donor_group: CatalogueId
    fen: Fen
    donors: Some = 0
    received_on: BusinessDate


class SpendDonation(Command):
    """Money for those for whom it was collected."""

    drive: UUID
    fen: Fen
    people: Some = 0
    households: Some = 0
    document: DocumentNumber
    spent_on: BusinessDate


class SettleDrive(Command):
    """Everything that came in has gone out."""

    drive: UUID
    settled_on: BusinessDate


class PublishDrive(Command):
    """The account of a settled drive is shown to everybody."""

    drive: UUID
    document: DocumentNumber
    published_on: BusinessDate


class ReportDropouts(Command):
    """So many children left school for poverty in the school year that began in `year`."""

    union: UnionText
    year: Year
    children: Some
    reported_on: BusinessDate


def open_drive(work: Work, command: OpenDrive) -> Answer:
    """The id answered is the drive's."""
    work.want(need_of_union(command.union))
    rules.kinds().checked(command.drive_kind, "drive_kind")
    catalogue("drive_purposes").checked(command.drive_purpose, "drive_purpose")
    union = find_union(work, command.union)
    refuse_bad_date(work, union, command.opened_on, "opened_on")
    opening = DonationDriveOpened(
        occurredon=command.opened_on,
        union=union,
        drive_kind=command.drive_kind,
        drive_purpose=command.drive_purpose,
        certificate=command.certificate or "",
        edition=command.edition,
    )
    return work.record(DRIVE, work.new_id(), rules.decide_open(opening), union)


def receive_donation(work: Work, command: ReceiveDonation) -> Answer:
    """A part of the total, by its group."""
    catalogue("donor_groups").checked(command.donor_group, "donor_group")
    drive = _found(work, command.drive, command.received_on, "received_on")
    events = rules.decide_receive(
        drive, command.donor_group, command.fen, command.donors, command.received_on
    )
    return _answer(work, command.drive, drive, events)


def spend_donation(work: Work, command: SpendDonation) -> Answer:
    """Never more than there is."""
    drive = _found(work, command.drive, command.spent_on, "spent_on")
    spending = DonationSpent(
        occurredon=command.spent_on,
        drive_kind=drive.drive_kind,
        drive_purpose=drive.drive_purpose,
        fen=command.fen,
        people=command.people,
        households=command.households,
        document=command.document,
    )
    return _answer(work, command.drive, drive, rules.decide_spend(drive, spending))


def settle_drive(work: Work, command: SettleDrive) -> Answer:
    """Nothing may be left."""
    drive = _found(work, command.drive, command.settled_on, "settled_on")
    return _answer(work, command.drive, drive, rules.decide_settle(drive, command.settled_on))


def publish_drive(work: Work, command: PublishDrive) -> Answer:
    """After it was settled."""
    drive = _found(work, command.drive, command.published_on, "published_on")
    events = rules.decide_publish(drive, command.document, command.published_on)
    return _answer(work, command.drive, drive, events)


def report_dropouts(work: Work, command: ReportDropouts) -> Answer:
    """Zero is told, too."""
    work.want(need_of_union(command.union))
    union = find_union(work, command.union)
    refuse_bad_date(work, union, command.reported_on, "reported_on")
    id_ = dropouts_id(union, command.year)
    events = dropouts.decide_report(
        work.get(DROPOUTS, id_), command.year, command.children, command.reported_on
    )
    return work.record(DROPOUTS, id_, events, union)


def _found(work: Work, drive: UUID, on: BusinessDate, field: str) -> Drive:
    work.want(Own(drive))
    refuse_future(on, work.today, field)
    return find(work, DRIVE, drive)


def _answer(work: Work, id_: UUID, drive: Drive, events: tuple[Event, ...]) -> Answer:
    return work.record(DRIVE, id_, events, drive.union)


USE_CASES: dict[type[BaseModel], UseCase] = {
    OpenDrive: open_drive,
    ReceiveDonation: receive_donation,
    SpendDonation: spend_donation,
    SettleDrive: settle_drive,
    PublishDrive: publish_drive,
    ReportDropouts: report_dropouts,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/drives", OpenDrive, "Open a donation drive", creates=True),
    CommandRoute("/drives/{drive}/receive", ReceiveDonation, "Donations of one group came in"),
    BulkRoute("/drives/receive/bulk", ReceiveDonation, "Donations of a list came in"),
    CommandRoute("/drives/{drive}/spend", SpendDonation, "Donations went out"),
    CommandRoute("/drives/{drive}/settle", SettleDrive, "Settle a drive"),
    CommandRoute("/drives/{drive}/publish", PublishDrive, "Publish the account of a drive"),
    CommandRoute("/dropouts", ReportDropouts, "Report children who left school for poverty", creates=True),
)
LISTINGS: tuple[Listing, ...] = (Listing("/drives", DRIVE, "Donation drives"),)
