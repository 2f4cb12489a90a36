"""Offer, answer and vote: what comes before the signing (DOMAIN RIG-01, RIG-03, RIG-05, RIG-06)."""

from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from services.rights.domain.agreements import (
    ENTERPRISE,
    Agreement,
    agreement_kinds,
    refuse_step,
)
from services.rights.domain.deadlines import answer_due
from services.rights.domain.voting import Vote, carried, refuse_unsound
from shared.catalogues import catalogue
from shared.contracts.rights import DraftVoted, NegotiationAnswered, NegotiationOffered
from shared.errors import Refused
from shared.rules import rule, rule_or_none


class ContractAreaTooWide(Refused):
    """Regional and industry contracts are made in a county and below (DOMAIN RIG-06)."""

    code = "contract-area-too-wide"


class RenewalOfNothing(Refused):
    """What is to be renewed was never signed, is over, or is another kind of contract."""

    code = "renewal-of-nothing"


class AlreadyRenewed(Refused):
    """Another negotiation renews it."""

    code = "already-renewed"


class Offer(NamedTuple):
    """What is offered by a union of a level, and which contract it renews."""

    kind: str
    level: str
    union_level: int
    renews: UUID | None
    on: date


def decide_offer(union: UUID, offer: Offer, earlier: Agreement | None) -> tuple[NegotiationOffered]:
    """`earlier` is the contract that `offer.renews` names."""
    kind = agreement_kinds().checked(offer.kind, "kind").id
    level = catalogue("agreement_levels").checked(offer.level, "level").id
    warnings = _area_warnings(offer)
    if earlier is not None:
        _refuse_no_renewal(union, offer, earlier)
        warnings += _early(earlier, offer.on)
    return (
        NegotiationOffered(
            occurredon=offer.on, union=union, kind=kind, level=level, renews=offer.renews, warnings=warnings
        ),
    )


def decide_answer(state: Agreement, area: str, on: date, *, agreed: bool) -> tuple[NegotiationAnswered]:
    """A late answer is a fact for supervision, not refused (DOMAIN RIG-05)."""
    refuse_step(state, on, "answered_on", "offered")
    due_on = answer_due(state.offered_on, area)
    return (
        NegotiationAnswered(
            occurredon=on,
            kind=state.kind,
            level=state.level,
            due_on=due_on,
            late=on > due_on,
            agreed=agreed,
        ),
    )


def decide_vote(state: Agreement, vote: Vote, on: date) -> tuple[DraftVoted]:
    """A draft that fails is negotiated again."""
    refuse_step(state, on, "voted_on", "offered", "answered", "negotiating")
    refuse_unsound(vote, on)
    return (
        DraftVoted(
            occurredon=on,
            kind=state.kind,
            level=state.level,
            **vote._asdict(),
            passed=carried(vote, on),
            warnings=("offer-not-answered",) if state.stage == "offered" else (),
        ),
    )


def _area_warnings(offer: Offer) -> tuple[str, ...]:
    widest = rule_or_none("agreement.widest_level", offer.on)
    if offer.level == ENTERPRISE or widest is None or offer.union_level > widest:
        return ()
    if offer.union_level < widest:
        raise ContractAreaTooWide(
            "it is made in a county or below",
            field="level",
            value=offer.level,
            remedy="let the unions of the counties or towns negotiate",
        )
    return ("at-county-level",)


def _refuse_no_renewal(union: UUID, offer: Offer, earlier: Agreement) -> None:
    same = (earlier.union, earlier.kind, earlier.level) == (union, offer.kind, offer.level)
    if same and earlier.stage in {"signed", "filed", "objected"}:
        return
    raise RenewalOfNothing(
        f"it is a {earlier.level} {earlier.kind} contract, {earlier.stage}",
        field="renews",
        value=str(offer.renews),
        remedy="name a signed contract of the same union, kind and level, or offer a first one",
    )


def _early(earlier: Agreement, on: date) -> tuple[str, ...]:
    assert earlier.valid_until is not None
    window = timedelta(rule("agreement.renewal_window_days", on))
    return ("renewal-asked-early",) if on < earlier.valid_until - window else ()
