"""Import what the tax agency collected, row by row, and match what could not be matched at once."""

from dataclasses import replace
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from services.finance.commands.fields import (
    BusinessDate,
    Command,
    CreditCode,
    Fen,
    FirmSize,
    PeriodText,
    UnionText,
)
from services.finance.commands.posting import Unpostable, post
from services.finance.domain import collections
from services.finance.domain.collections import StillUnmatched, TaxCollection, refuse_unless_waiting
from shared.contracts.finance import TaxCollectionImported, TaxCollectionMatched, TaxCollectionUnmatched
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import DocumentNumber, EmployerText
from shared.http.listing import Listing
from shared.referring import (
    area_of,
    find_employer,
    find_union,
    need_of_employer,
    need_of_union,
    refuse_bad_date,
)
from shared.standing import refuse_future
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.finding import find
from shared.work.kinds import Kind
from shared.work.needs import Named
from shared.work.work import Work


class ImportTaxCollection(Command):
    """One row of the agency's file; `unit` is the union that the agency pays, `batch` the file's number."""

    unit: UnionText
    batch: DocumentNumber
    payer_credit_code: CreditCode
    tax_item: Annotated[str, Field(pattern=r"^[0-9]{6,12}$", examples=["399001010"])]
    period: PeriodText
    amount_fen: Fen
    collected_on: BusinessDate
    payer_size: FirmSize | None = None


class MatchTaxCollection(Command):
    """Try again, with the payer named by hand or, without one, by the credit code of the row."""

    collection: UUID
    employer: EmployerText | None = None
    matched_on: BusinessDate


def _never_first(_state: TaxCollection | None, _event: object) -> TaxCollection:
    msg = "events do not name their unit: use `collection_kind`"
    raise TypeError(msg)


COLLECTION: Kind[TaxCollection] = Kind(
    "tax-collection", TaxCollection, _never_first, lambda state: state.unit
)


def collection_kind(unit: UUID) -> Kind[TaxCollection]:
    """Rows that this unit imports."""
    first = TaxCollection(unit=unit)
    return replace(COLLECTION, evolve=lambda state, event: collections.evolve(state or first, event))


def import_tax_collection(work: Work, command: ImportTaxCollection) -> Answer:
    """Never refused because the payer is unknown: such rows wait. The id answered is the row's."""
    work.want(need_of_union(command.unit), Named("credit-code", command.payer_credit_code))
    unit = find_union(work, command.unit, "unit")
    refuse_bad_date(work, unit, command.collected_on, "collected_on")
    imported = TaxCollectionImported(
        occurredon=command.collected_on,
        item=command.tax_item,
        stream=collections.stream_of(command.tax_item, area_of(work, unit)),
        **command.model_dump(include={"batch", "payer_credit_code", "period", "amount_fen", "payer_size"}),
    )
    row = collections.evolve(TaxCollection(unit=unit), imported)
    id_ = work.new_id()
    told: TaxCollectionMatched | TaxCollectionUnmatched
    try:
        where = post(work, row, id_, row.collected_on)
        told = collections.matched(row, where, row.collected_on, by_hand=False, waited=False)
    except Unpostable as reason:
        told = collections.unmatched(row, reason.reason)
    answer = work.record(collection_kind(unit), id_, [imported, told], unit)
    unknown = (told.reason.replace("_", "-"),) if isinstance(told, TaxCollectionUnmatched) else ()
    return Answer(answer.id, answer.version, unknown)


def match_tax_collection(work: Work, command: MatchTaxCollection) -> Answer:
    """The receipt is dated on the day of matching, when the money is no longer owed to a stranger."""
    row = find(work, COLLECTION, command.collection, "collection")
    refuse_future(command.matched_on, work.today, "matched_on")
    refuse_unless_waiting(row, command.collection, command.matched_on)
    payer: UUID | None = None
    if command.employer:
        work.want(need_of_employer(command.employer))
        payer = find_employer(work, command.employer)
    try:
        where = post(work, row, command.collection, command.matched_on, payer)
    except Unpostable as reason:
        raise StillUnmatched(
            f"it cannot be posted: {reason.reason}",
            field="collection",
            value=str(command.collection),
            remedy="register the payer, or say which union covers it",
        ) from None
    told = collections.matched(row, where, command.matched_on, by_hand=payer is not None, waited=True)
    return work.record(collection_kind(row.unit), command.collection, [told], row.unit)


USE_CASES: dict[type[BaseModel], UseCase] = {
    ImportTaxCollection: import_tax_collection,
    MatchTaxCollection: match_tax_collection,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/tax-collections", ImportTaxCollection, "Import a row of the tax agency", creates=True),
    BulkRoute("/tax-collections/bulk", ImportTaxCollection, "Import a file of the tax agency"),
    CommandRoute("/tax-collections/{collection}/match", MatchTaxCollection, "Match a row that waits"),
    BulkRoute("/tax-collections/match/bulk", MatchTaxCollection, "Match rows that wait, many at once"),
)
LISTINGS: tuple[Listing, ...] = (Listing("/tax-collections", COLLECTION, "Rows of the tax agency"),)
