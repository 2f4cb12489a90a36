"""Record sign rates of contracts."""

from pydantic import BaseModel

from services.rights.domain import sign_rates
from services.rights.domain.agreements import agreement_kinds
from services.rights.domain.sign_rates import SignRate, decide_record, sign_rate_id
from shared.catalogues import catalogue
from shared.contracts.rights import SignRateRecorded
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import (
    BusinessDate,
    CatalogueId,
    Command,
    Count,
    CountOrZero,
    DocumentNumber,
    UnionText,
)
from shared.http.listing import Listing
from shared.referring import find_union, need_of_union, refuse_bad_date
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.kinds import Kind
from shared.work.work import Work

SIGN_RATE: Kind[SignRate] = Kind("sign-rate", SignRate, sign_rates.evolve, lambda state: state.union)


class RecordSignRate(Command):
    """So many of so many on that day; `basis` says what is counted."""

    union: UnionText
    kind: CatalogueId
    basis: CatalogueId
    numerator: CountOrZero
    denominator: Count
    document: DocumentNumber
    on: BusinessDate


def record_sign_rate(work: Work, command: RecordSignRate) -> Answer:
    """It replaces the union's earlier one of the same kind and basis."""
    work.want(need_of_union(command.union))
    union = find_union(work, command.union)
    refuse_bad_date(work, union, command.on, "on")
    recorded = SignRateRecorded(
        occurredon=command.on,
        union=union,
        kind=agreement_kinds().checked(command.kind, "kind").id,
        basis=catalogue("sign_rate_bases").checked(command.basis, "basis").id,
        numerator=command.numerator,
        denominator=command.denominator,
        old_numerator=0,
        old_denominator=0,
        document=command.document,
    )
    id_ = sign_rate_id(union, recorded.kind, recorded.basis)
    return work.record(SIGN_RATE, id_, decide_record(work.get(SIGN_RATE, id_), recorded), union)


USE_CASES: dict[type[BaseModel], UseCase] = {RecordSignRate: record_sign_rate}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/sign-rates", RecordSignRate, "Record a sign rate", creates=True),
    BulkRoute("/sign-rates/bulk", RecordSignRate, "Record many sign rates"),
)
LISTINGS: tuple[Listing, ...] = (Listing("/sign-rates", SIGN_RATE, "Sign rates"),)
