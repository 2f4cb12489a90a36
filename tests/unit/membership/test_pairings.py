"""Paired unions: one excellent, one or more ordinary."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from services.membership.domain import pairings
from services.membership.domain.applying import Deed
from services.membership.domain.dates import BeforeLatestFact, DateInFuture
from services.membership.domain.pairings import Pairing, Proposal
from services.membership.domain.placed import At
from shared.catalogues import NotInCatalogue
from shared.contracts import membership as m
from tests.support.builders import TODAY, named
from tests.support.scenario import Scenario

ON = date(2013, 6, 1)
DAY = timedelta(days=1)
ID, BEST, PLAIN, SMALL = (named(each) for each in ("agreement", "best", "plain", "small"))
Decide = Callable[[Any], tuple[At, ...]]


def evolve(state: Pairing | None, placed: At) -> Pairing:
    return pairings.evolve(state, placed.event)


def pairing(*events: At) -> Scenario[Pairing]:
    return Scenario(evolve).given(*events)


def proposed(until: date | None = None) -> At:
    said: dict[str, Any] = {"excellent": BEST, "ordinary": (PLAIN, SMALL), "until": until, "recorder": "ada"}
    return At(BEST, m.PairingProposed(occurredon=ON, agreement=ID, role="excellent", **said))


def told(event: type[m.PairingEvent], **more: Any) -> list[At]:
    """The same at the three unions."""
    roles = {BEST: "excellent", PLAIN: "ordinary", SMALL: "ordinary"}
    fields = {"occurredon": ON, "agreement": ID} | more
    return [At(unit, event.model_validate(fields | {"role": role})) for unit, role in roles.items()]


def signed() -> list[At]:
    return told(m.PairingAgreementSigned, document=None)


def held(activity: str = "visit/1") -> list[At]:
    return told(m.PairingActivityHeld, activity=named(activity), kind="visit")


def concluded(*, was_signed: bool = True) -> list[At]:
    return told(m.PairingConcluded, signed=was_signed, outcome="fulfilled")


def propose(until: date | None = None, *ordinary: str, on: date = ON) -> Decide:
    proposal = Proposal(BEST, tuple(named(each) for each in ordinary or ("plain", "small")), until)
    return lambda _: pairings.decide_propose(ID, proposal, Deed(on, TODAY, "ada"))


def sign(on: date = ON) -> Decide:
    return lambda state: pairings.decide_sign(ID, state, None, Deed(on, TODAY, "ada"))


def hold(activity: str = "visit/1", kind: str = "visit") -> Decide:
    return lambda state: pairings.decide_hold(ID, state, (named(activity), kind), Deed(ON, TODAY, "ada"))


def conclude(outcome: str = "fulfilled") -> Decide:
    return lambda state: pairings.decide_conclude(ID, state, outcome, Deed(ON, TODAY, "ada"))


def test_an_agreement_is_told_at_every_union_it_binds() -> None:
    pairing().when(propose()).then(proposed())
    after = pairing(proposed()).when(sign()).then(*signed())
    assert after.partners == {BEST: "excellent", PLAIN: "ordinary", SMALL: "ordinary"}


def test_no_union_is_paired_with_itself() -> None:
    pairing().when(propose(None, "best")).then_refused(pairings.PairedWithItself, "ordinary")
    pairing().when(propose(None, "plain", "plain")).then_refused(pairings.PairedWithItself, "ordinary")


def test_dates_are_in_order() -> None:
    pairing().when(propose(ON - DAY)).then_refused(pairings.PairingEndsEarly, "until")
    pairing().when(propose(on=TODAY + DAY)).then_refused(DateInFuture)
    pairing(proposed()).when(sign(ON - DAY)).then_refused(BeforeLatestFact)


def test_an_agreement_is_signed_once() -> None:
    pairing(proposed(), *signed()).when(sign()).then_refused(pairings.PairingSigned)


def test_activities_are_held_while_it_is_in_force_and_counted_once() -> None:
    pairing(proposed()).when(hold()).then_refused(pairings.PairingNotInForce)
    after = pairing(proposed(), *signed(), *held()).when(hold("visit/2")).then(*held("visit/2"))
    assert after.activities == 2
    pairing(proposed(), *signed()).when(hold(kind="whim")).then_refused(NotInCatalogue, "kind")


def test_what_is_concluded_frees_the_unions() -> None:
    assert len(pairings.claims(pairing(proposed()).when(sign()).then(*signed()))) == 2
    after = pairing(proposed(), *signed()).when(conclude()).then(*concluded())
    assert pairings.claims(after) == frozenset()
    pairing(proposed()).when(conclude()).then(*concluded(was_signed=False))
    pairing(proposed(), *concluded(was_signed=False)).when(conclude()).then_refused(pairings.PairingOver)
    pairing(proposed()).when(conclude("whim")).then_refused(NotInCatalogue, "outcome")
