"""Post a row of the tax agency to dues or levy, or say why that cannot be done yet."""

from datetime import date
from uuid import UUID

from services.finance.commands.levy import take_levy
from services.finance.commands.receipts import take_in
from services.finance.domain.collections import Posting, TaxCollection
from services.finance.domain.levy import LevyPayment
from services.finance.domain.receiving import Payment
from shared.catalogues import catalogue
from shared.errors import NotYetKnown, Refused
from shared.units import covering_union
from shared.work.work import Work

CHANNEL = "tax"


class Unpostable(Exception):
    """Why a row waits: a reason of the catalogue unmatched_reasons."""

    def __init__(self, reason: str) -> None:
        """Anything the catalogue does not name is `other`."""
        known = reason.replace("-", "_")
        self.reason = known if known in catalogue("unmatched_reasons") else "other"
        super().__init__(self.reason)


def post(work: Work, row: TaxCollection, id_: UUID, on: date, payer: UUID | None = None) -> Posting:
    """Record the receipt of a row, dated `on`; raises Unpostable before anything is recorded."""
    employer = payer or _known(work, row)
    try:
        if row.stream == "levy":
            payment = LevyPayment(row.period, CHANNEL, row.amount_fen, on, id_)
            take_levy(work, row.unit, employer, payment)
            return Posting(employer, row.unit, id_)
        return _dues(work, row, employer, on)
    except NotYetKnown:
        raise
    except Refused as reason:
        raise Unpostable(reason.code) from None


def _dues(work: Work, row: TaxCollection, employer: UUID, on: date) -> Posting:
    union = covering_union(work, employer)
    if union is None:
        raise Unpostable("no_covering_union")
    payment = Payment(CHANNEL, row.period, row.amount_fen, on, employer, None, payer_size=row.payer_size)
    answer, _ = take_in(work, union, payment)
    return Posting(employer, union, answer.id)


def _known(work: Work, row: TaxCollection) -> UUID:
    found = work.named("credit-code", row.payer_credit_code)
    if len(found) == 1:
        return found[0]
    raise Unpostable("payer_ambiguous" if found else "payer_unknown")
