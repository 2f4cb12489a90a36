"""Which union, which payer: from what the caller knows to ids, by this service's copies."""

from typing import NamedTuple
from uuid import UUID

from services.finance.domain.money import money_id
from services.finance.domain.numbering import account_id
from shared.errors import Malformed, NotYetKnown, Refused
from shared.referring import NAMES, find_union
from shared.units import EMPLOYER, UNIT, covering_union
from shared.work.needs import Copied, Named, Need, Own
from shared.work.work import Work

NOT_COVERED_HERE = "payer-not-covered-by-this-union"


class PayerUnmatched(NotYetKnown):
    """No employer with this code, or none that a living union covers, has arrived here."""

    code = "payer-unmatched"


class PayerAmbiguous(Refused):
    """Several employers go by this code."""

    code = "payer-ambiguous"


class Parties(NamedTuple):
    """The union the money is for, the employer it is from (None: the union as a whole), and doubts."""

    union: UUID
    employer: UUID | None
    warnings: tuple[str, ...] = ()


class Said(NamedTuple):
    """What the caller says: a union, an employer by id, an employer by credit code."""

    union: str | None
    employer: UUID | None
    credit_code: str | None


def needs_of(said: Said, year: int) -> tuple[Need, ...]:
    """Everything that can be fetched before anything is known."""
    needs: list[Need] = []
    if said.union:
        name = NAMES.get(len(said.union))
        needs += [Named(name, said.union)] if name else _union_and_account(UUID(said.union), year)
    if said.employer:
        needs.append(Copied(EMPLOYER.name, said.employer))
    if said.credit_code:
        needs.append(Named("credit-code", said.credit_code))
    return tuple(needs)


def _union_and_account(union: UUID, year: int) -> list[Need]:
    return [Copied(UNIT.name, union), Own(account_id(union, year)), Own(money_id(union))]


def parties(work: Work, said: Said) -> Parties:
    """The union named, else the living union that covers the payer (DOMAIN FIN-06).

    Refuses with PayerUnmatched, PayerAmbiguous, UnionUnmatched, UnionAmbiguous, NotYetKnown, Malformed.
    """
    if said.employer and said.credit_code:
        raise Malformed(
            "the payer is named twice", field="payer_credit_code", remedy="give its id or its code"
        )
    employer = _by_code(work, said.credit_code) if said.credit_code else said.employer
    if said.union is None:
        if employer is None:
            raise Malformed(
                "nobody is named", field="union", remedy="give the union, or the payer's credit code"
            )
        return Parties(_covering(work, employer, said), employer)
    union = find_union(work, said.union)
    if employer is not None and covering_union(work, employer) != union:
        return Parties(union, employer, (NOT_COVERED_HERE,))
    return Parties(union, employer)


def _by_code(work: Work, code: str) -> UUID:
    found = work.named("credit-code", code)
    if not found:
        raise PayerUnmatched(
            "no employer with this credit code is known",
            field="payer_credit_code",
            value=code,
            remedy="register the employer, then send the row again",
        )
    if len(found) > 1:
        raise PayerAmbiguous(
            f"{len(found)} employers go by this code",
            field="payer_credit_code",
            value=code,
            remedy="name the employer by its id",
        )
    return found[0]


def _covering(work: Work, employer: UUID, said: Said) -> UUID:
    union = covering_union(work, employer)
    if union is None:
        raise PayerUnmatched(
            "no living union covers this employer; without one it pays a levy, not dues (DOMAIN FIN-10)",
            field="payer_credit_code" if said.credit_code else "employer",
            value=said.credit_code or str(employer),
            remedy="record which union covers it, then send the row again",
        )
    return union
