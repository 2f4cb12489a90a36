"""Rows of the tax agency's files: each is posted to dues or levy, or waits until its payer is known."""

from datetime import date
from typing import Literal, NamedTuple
from uuid import UUID

from shared.catalogues import Catalogue, Entry, catalogue_of
from shared.contracts.finance import TaxCollectionImported, TaxCollectionMatched, TaxCollectionUnmatched
from shared.contracts.money import moved
from shared.errors import Refused
from shared.frozen import Frozen

Stream = Literal["dues", "levy"]
CollectionEvent = TaxCollectionImported | TaxCollectionMatched | TaxCollectionUnmatched


class TaxItemUnknown(Refused):
    """The area has no such tax item for dues or levy."""

    code = "tax-item-unknown"


class AlreadyMatched(Refused):
    """The row has been posted."""

    code = "collection-already-matched"


class StillUnmatched(Refused):
    """The payer is no better known than before."""

    code = "collection-still-unmatched"


class BeforeCollection(Refused):
    """It was collected on a later day."""

    code = "before-collection"


class TaxItem(Entry):
    """What a code in the agency's file stands for, in the areas that use it."""

    code: str
    stream: Stream
    area: str = ""


class TaxCollection(Frozen):
    """One row, posted or waiting."""

    unit: UUID
    batch: str = ""
    payer_credit_code: str = ""
    item: str = ""
    stream: Stream = "dues"
    period: str = ""
    amount_fen: int = 0
    collected_on: date = date.min
    payer_size: str | None = None
    status: Literal["unmatched", "matched"] = "unmatched"
    reason: str | None = None
    employer: UUID | None = None
    union: UUID | None = None
    receipt: UUID | None = None


class Posting(NamedTuple):
    """Where a row was posted."""

    employer: UUID
    union: UUID
    receipt: UUID


def stream_of(item: str, area: str) -> Stream:
    """What the tax item is for in an area; raises TaxItemUnknown."""
    known: Catalogue[TaxItem] = catalogue_of("tax_items", TaxItem)
    holding = [each for each in known.values() if each.code == item and area.startswith(each.area)]
    if not holding:
        raise TaxItemUnknown(
            "no tax item of this code is for dues or levy",
            field="tax_item",
            value=item,
            remedy="add it to the catalogue tax_items",
        )
    return max(holding, key=lambda each: len(each.area)).stream


def matched(
    row: TaxCollection, where: Posting, on: date, *, by_hand: bool, waited: bool
) -> TaxCollectionMatched:
    """Money that had waited is no longer owed to a stranger."""
    return TaxCollectionMatched(
        occurredon=on,
        stream=row.stream,
        **where._asdict(),
        amount_fen=row.amount_fen,
        by_hand=by_hand,
        waited=waited,
        postings=moved(row.amount_fen, to="unmatched_collections", out_of="bank") if waited else (),
    )


def unmatched(row: TaxCollection, reason: str) -> TaxCollectionUnmatched:
    """The money is with the unit that imported the row, and not its own."""
    return TaxCollectionUnmatched(
        occurredon=row.collected_on,
        stream=row.stream,
        amount_fen=row.amount_fen,
        reason=reason,
        postings=moved(row.amount_fen, to="bank", out_of="unmatched_collections"),
    )


def refuse_unless_waiting(row: TaxCollection, id_: UUID, on: date) -> None:
    """Raises AlreadyMatched, BeforeCollection."""
    if row.status == "matched":
        raise AlreadyMatched(
            f"it was posted as receipt {row.receipt}",
            field="collection",
            value=str(id_),
            remedy="refund that receipt if it is wrong",
        )
    if on < row.collected_on:
        raise BeforeCollection(
            f"it was collected on {row.collected_on}",
            field="matched_on",
            value=str(on),
            remedy="give that day or a later one",
        )


def evolve(row: TaxCollection, event: CollectionEvent) -> TaxCollection:
    """The row after the event."""
    match event:
        case TaxCollectionImported(occurredon=on):
            said = event.model_dump(exclude={"occurredon"})
            return row.model_copy(update=said | {"collected_on": on})
        case TaxCollectionUnmatched(reason=reason):
            return row.model_copy(update={"status": "unmatched", "reason": reason})
        case TaxCollectionMatched(employer=employer, union=union, receipt=receipt):
            posted = {"status": "matched", "reason": None, "employer": employer}
            return row.model_copy(update=posted | {"union": union, "receipt": receipt})
