"""Donation drives: what came in, by group of donors, and what went out; and children who left school."""

from uuid import UUID

from shared.contracts.base import released
from shared.contracts.money import Posted
from shared.contracts.welfare.base import WelfareEvent


@released
class DonationDriveOpened(WelfareEvent):
    """Collecting begins; `certificate` is the number of the one that public fund-raising needs."""

    union: UUID
    drive_kind: str
    drive_purpose: str
    certificate: str = ""
    edition: int | None = None


@released
class DonationReceived(Posted, WelfareEvent):
    """Money from one group of donors; so many people or bodies gave it (0: not counted)."""

    drive_kind: str
    drive_purpose: str
    donor_group: str
    fen: int
    donors: int


@released
class DonationSpent(Posted, WelfareEvent):
    """Money went to those for whom it was collected; people and households apart."""

    drive_kind: str
    drive_purpose: str
    fen: int
    people: int
    households: int
    document: str


@released
class DonationDriveSettled(WelfareEvent):
    """Everything that came in has gone out; nothing more is taken or given."""

    drive_kind: str
    received_fen: int
    spent_fen: int


@released
class DonationDrivePublished(WelfareEvent):
    """The account of a settled drive was shown to everybody."""

    drive_kind: str
    document: str


@released
class DropoutsReported(WelfareEvent):
    """So many children left school for poverty in a school year (named by its first year); 0 is a fact."""

    year: int
    old_children: int | None
    children: int
