"""Grants: what leaves the one union comes to the other, and all of it is accounted for."""

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.finance.domain import grants
from services.finance.domain.grants import Accounting, Application, Grant
from shared.approval import ApproverIsRecorder
from shared.contracts.finance import GrantApplied, GrantReceived, GrantReturned
from shared.contracts.money import Posted, moved
from shared.stages import StepOutOfTurn
from tests.support.scenario import Scenario

COUNTY, TOWN, UNION = (UUID(int=0x0196F000_0000_7000_8000_0000000000C0 + n) for n in range(3))
GRANT = UUID(int=0x0196F000_0000_7000_8000_0000000000CF)
DAY = date(2013, 5, 1)


def application(granter: UUID = COUNTY) -> Application:
    return Application(granter, UNION, "sports", 10_000, DAY, (COUNTY, TOWN))


APPLIED = grants.decide_apply(application(), "ada")


def grant(*decisions: object) -> Scenario[Grant]:
    return Scenario(grants.evolve).given(*APPLIED, *decisions)


def told(held: Grant | None, *events: grants.GrantEvent) -> Grant:
    for event in events:
        held = grants.evolve(held, event)
    assert held is not None
    return held


def state(*stages: str) -> Grant:
    held = told(None, *APPLIED)
    if "approved" in stages:
        held = told(held, *grants.decide_approve(held, 10_000, DAY, "bo"))
    if "paid" in stages:
        held = told(held, *grants.decide_pay(GRANT, held, "汇1号", DAY))
    return held


def test_a_grant_is_asked_of_a_union_above() -> None:
    event = GrantApplied(
        occurredon=DAY, granter=COUNTY, receiver=UNION, purpose="sports", amount_fen=10_000, recorder="ada"
    )
    scenario = Scenario(grants.evolve)
    scenario.when(lambda _: grants.decide_apply(application(), "ada")).then(event)
    scenario.when(lambda _: grants.decide_apply(application(UNION), "ada")).then_refused(
        grants.GranterNotAbove
    )


def test_part_of_what_was_asked_may_be_granted_and_never_more() -> None:
    approved = grant().when(lambda g: grants.decide_approve(g, 8_000, DAY, "bo"))
    assert approved.then(*grants.decide_approve(state(), 8_000, DAY, "bo")).amount_fen == 8_000
    grant().when(lambda g: grants.decide_approve(g, 10_001, DAY, "bo")).then_refused(
        grants.GrantBeyondApplication
    )


def test_who_recorded_the_application_does_not_approve_it() -> None:
    grant().when(lambda g: grants.decide_approve(g, 1, DAY, "ada")).then_refused(ApproverIsRecorder)


@pytest.mark.parametrize("held", [state(), state("approved", "paid")])
def test_a_grant_is_paid_after_its_approval_and_once(held: Grant) -> None:
    with pytest.raises(StepOutOfTurn):
        grants.decide_pay(GRANT, held, "汇1号", DAY)


def test_both_sides_are_posted() -> None:
    paid, received = grants.decide_pay(GRANT, state("approved"), "汇1号", DAY)
    assert paid.postings == moved(10_000, to="grants_out", out_of="bank")
    assert received.postings == moved(10_000, to="bank", out_of="grants_in")


def test_spent_and_returned_are_the_whole() -> None:
    short = Accounting(6_000, 3_999, "报1号", DAY)
    Scenario(grants.evolve).when(
        lambda _: grants.decide_account(state("approved", "paid"), short)
    ).then_refused(grants.GrantNotAccountedWhole)
    whole = Accounting(10_000, 0, "报1号", DAY)
    assert grants.returns(GRANT, state("approved", "paid"), whole) is None


@given(
    st.lists(st.tuples(st.integers(1, 10**9), st.integers(0, 10**9), st.booleans()), min_size=1, max_size=20)
)
def test_over_the_tree_grants_out_equal_grants_in(histories: list[tuple[int, int, bool]]) -> None:
    """Every grant is paid, and some are accounted for with a rest."""
    accounts: dict[str, int] = {}
    for fen, spent, accounted in histories:
        held = Grant(
            granter=COUNTY,
            receiver=UNION,
            purpose="sports",
            amount_fen=fen,
            recorder="ada",
            stage="approved",
            since=DAY,
        )
        events: list[Posted] = [*grants.decide_pay(GRANT, held, "汇1号", DAY)]
        kept = min(spent, fen)
        events += (
            (grants.returns(GRANT, held, Accounting(kept, fen - kept, "报1号", DAY)) or ())
            if accounted
            else ()
        )
        at_receiver = [event for event in events if isinstance(event, GrantReceived | GrantReturned)]
        for event in events:
            side = "receiver" if event in at_receiver else "granter"
            for posting in event.postings:
                name = f"{side}/{posting.account}"
                accounts[name] = accounts.get(name, 0) + posting.fen
    assert accounts["granter/grants_out"] == -accounts["receiver/grants_in"]
    assert accounts["granter/grants_out"] == -accounts["granter/bank"] == accounts["receiver/bank"] >= 0
