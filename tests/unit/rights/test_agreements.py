"""A collective contract's course, and what a rule forbids on it or tells about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import reduce
from typing import Any
from uuid import UUID

import pytest

from services.rights.domain import agreements, contracting, negotiating, signing, voting
from services.rights.domain.agreements import Agreement, size_of
from services.rights.domain.deadlines import answer_due
from services.rights.domain.negotiating import Offer, decide_answer, decide_offer, decide_vote
from services.rights.domain.signing import Coverage, Sides, Terms, decide_sign
from services.rights.domain.voting import Vote
from shared.errors import Problem

UNION, OTHER, MILL, SHOP = UUID(int=1), UUID(int=2), UUID(int=3), UUID(int=4)
FIRST, SECOND = UUID(int=8), UUID(int=9)
DAY = date(2013, 6, 3)
CARRIED = Vote(delegates=90, present=60, in_favour=46, against=10, abstained=4)
Step = Callable[[Agreement], tuple[Any, ...]]


def wish(**but: Any) -> Offer:
    usual: dict[str, Any] = {"kind": "comprehensive", "level": "enterprise", "union_level": 6}
    return Offer(**usual | {"renews": None, "on": DAY} | but)


def terms(**but: Any) -> Terms:
    usual: dict[str, Any] = {
        "sides": Sides(3, 3, 0),
        "covered": (Coverage(MILL, 60, 60),),
        "valid_from": DAY,
        "valid_until": None,
        "women_topics": True,
        "document": "1号",
    }
    return Terms(**usual | but)


def offered(**but: Any) -> Agreement:
    return agreements.evolve(None, *decide_offer(UNION, wish(**but), None))


def told(state: Agreement, *steps: Step) -> Agreement:
    for step in steps:
        state = reduce(agreements.evolve, step(state), state)
    return state


def voted(vote: Vote = CARRIED) -> Step:
    return lambda state: decide_vote(state, vote, DAY)


def signed(on: date = DAY, earlier: Agreement | None = None, **but: Any) -> Step:
    return lambda state: decide_sign(FIRST, state, terms(**but), on, earlier)


def filed(on: date = DAY, area: str = "") -> Step:
    return lambda state: contracting.decide_file(state, area, "2号", on)


def ended(on: date = DAY) -> Step:
    return lambda state: contracting.decide_end(state, "by_agreement", "3号", on)


def covered(employer: UUID, workers: int, on: date = DAY) -> Step:
    return lambda state: contracting.decide_cover(state, Coverage(employer, workers, 100), on)


def refused(reason: type[Problem], step: Callable[[], Any]) -> None:
    with pytest.raises(Problem) as caught:
        step()
    assert type(caught.value) is reason
    assert caught.value.field
    assert caught.value.remedy


def test_in_force_fifteen_days_after_receipt_and_over_by_the_calendar() -> None:
    contract = told(offered(), voted(), signed(), filed(date(2013, 6, 10)))
    assert (contract.in_force_on, contract.valid_until) == (date(2013, 6, 25), date(2016, 6, 2))
    wage = told(offered(kind="wage"), voted(), signed(), filed())
    assert wage.valid_until == date(2014, 6, 2)


def test_the_draft_needs_more_than_half_of_all_delegates() -> None:
    half = told(offered(), voted(CARRIED._replace(in_favour=45)))
    assert half.stage == "negotiating"
    refused(agreements.AgreementStageWrong, lambda: signed()(half))
    assert told(half, voted()).stage == "draft_passed"


@pytest.mark.parametrize(
    ("vote", "reason"),
    [
        (CARRIED._replace(present=59, in_favour=59, against=0, abstained=0), voting.CongressWithoutQuorum),
        (CARRIED._replace(present=91), voting.MoreVotesThanDelegates),
        (CARRIED._replace(in_favour=47), voting.MoreVotesThanDelegates),
    ],
)
def test_votes_that_cannot_be(vote: Vote, reason: type[Problem]) -> None:
    refused(reason, lambda: voted(vote)(offered()))


@pytest.mark.parametrize(
    ("area", "due"),
    [("", date(2013, 6, 23)), ("310000", date(2013, 6, 18)), ("330000", date(2013, 6, 17))],
)
def test_an_answer_is_due_by_the_rule_of_the_area(area: str, due: date) -> None:
    assert answer_due(DAY, area) == due
    (late,) = decide_answer(offered(), area, date(2013, 6, 24), agreed=True)
    (in_time,) = decide_answer(offered(), area, due, agreed=True)
    assert (late.late, in_time.late) == (True, False)


@pytest.mark.parametrize(
    ("kind", "area", "late"),
    [("comprehensive", "", False), ("wage", "", True), ("wage", "330200", False)],
)
def test_wage_agreements_are_filed_sooner(kind: str, area: str, late: bool) -> None:
    (event,) = filed(date(2013, 6, 13), area)(told(offered(kind=kind), voted(), signed()))
    assert event.late is late


def test_regional_contracts_are_made_in_a_county_and_below() -> None:
    refused(
        negotiating.ContractAreaTooWide,
        lambda: decide_offer(UNION, wish(level="regional", union_level=2), None),
    )
    (at_county,) = decide_offer(UNION, wish(level="industry", union_level=3), None)
    (in_town,) = decide_offer(UNION, wish(level="industry", union_level=4), None)
    assert (at_county.warnings, in_town.warnings) == (("at-county-level",), ())


def test_a_renewal_follows_what_still_lasts() -> None:
    old = told(offered(kind="wage"), voted(), signed(), filed())
    again = wish(kind="wage", renews=FIRST, on=date(2014, 5, 1))
    (event,) = decide_offer(UNION, again, old)
    assert event.warnings == ()
    (early,) = decide_offer(UNION, again._replace(on=date(2014, 1, 1)), old)
    assert early.warnings == ("renewal-asked-early",)
    new = told(
        agreements.evolve(None, event),
        lambda state: decide_vote(state, CARRIED, date(2014, 5, 2)),
    )
    later = {"valid_from": date(2014, 6, 3)}
    (renewed,) = decide_sign(SECOND, new, terms(**later), date(2014, 6, 2), old)
    assert (type(renewed).__name__, renewed.root) == ("CollectiveContractRenewed", FIRST)
    (first,) = decide_sign(SECOND, new, terms(**later), date(2014, 6, 3), old)
    assert (type(first).__name__, first.root) == ("CollectiveContractSigned", SECOND)
    assert "renewal-of-expired" in first.warnings


def test_a_renewal_of_nothing_is_refused() -> None:
    for old in (offered(), told(offered(), ended()), told(offered(kind="wage"), voted(), signed())):
        refused(
            negotiating.RenewalOfNothing,
            lambda old=old: decide_offer(UNION, wish(renews=FIRST), old),  # type: ignore[misc]
        )


def test_what_is_told_of_a_signing() -> None:
    odd: dict[str, Any] = {
        "sides": Sides(2, 3, 2),
        "covered": (Coverage(MILL, 61, 60),),
        "valid_until": date(2013, 12, 31),
        "women_topics": False,
    }
    (event,) = signed(**odd)(told(offered(), voted()))
    assert set(event.warnings) == {
        "term-outside-rule",
        "too-few-negotiators",
        "employer-side-larger",
        "too-many-experts",
        "covers-more-than-employed",
    }
    new = date(2023, 2, 1)
    (event,) = signed(new, women_topics=False, valid_from=new)(told(offered(), voted()))
    assert event.warnings == ("women-topics-missing",)


def test_what_a_signing_is_refused_for() -> None:
    ready = told(offered(), voted())
    two = (Coverage(MILL, 1, 1), Coverage(SHOP, 1, 1))
    refused(signing.OneEnterpriseOnly, lambda: signed(covered=two)(ready))
    refused(signing.EmployerTwice, lambda: signed(covered=two[:1] * 2)(ready))
    refused(signing.TermBackwards, lambda: signed(valid_until=date(2013, 6, 2))(ready))
    refused(agreements.BeforeAgreementStep, lambda: signed(date(2013, 6, 2))(ready))
    refused(agreements.AgreementStageWrong, lambda: signed()(offered()))


def test_an_objection_comes_in_time_and_the_contract_is_filed_anew() -> None:
    contract = told(offered(), voted(), signed(), filed())
    refused(
        contracting.ObjectionTooLate,
        lambda: contracting.decide_object(contract, "4号", date(2013, 6, 19)),
    )
    objected = told(contract, lambda state: contracting.decide_object(state, "4号", date(2013, 6, 18)))
    assert (objected.stage, objected.in_force_on) == ("objected", None)
    assert told(objected, filed(date(2013, 7, 1))).in_force_on == date(2013, 7, 16)


def test_what_is_over_is_over() -> None:
    contract = told(offered(kind="wage"), voted(), signed(), filed())
    refused(contracting.AgreementOver, lambda: ended(date(2014, 6, 3))(contract))
    refused(contracting.AgreementOver, lambda: covered(MILL, 1, date(2014, 6, 3))(contract))
    unfiled = told(offered(kind="wage"), voted(), signed())
    refused(contracting.AgreementOver, lambda: filed(date(2014, 5, 25))(unfiled))
    (early,) = ended(date(2013, 6, 5))(contract)
    assert early.lapsed_from == date(2013, 6, 18)
    (never,) = ended()(offered())
    assert (never.lapsed_from, never.valid_until) == (None, None)


def test_employers_join_and_leave_a_contract_of_many() -> None:
    contract = told(offered(level="industry", union_level=4), voted(), signed(), filed())
    (joined,) = covered(SHOP, 101, date(2013, 7, 1))(contract)
    assert (joined.joined, joined.counts_from) == (1, date(2013, 7, 1))
    assert joined.warnings == ("covers-more-than-employed",)
    contract = agreements.evolve(contract, joined)
    (left,) = covered(MILL, 0, date(2013, 7, 2))(contract)
    assert (left.joined, left.old_workers) == (-1, 60)
    contract = agreements.evolve(contract, left)
    assert {each.employer for each in contract.covered} == {SHOP}
    refused(contracting.NotCovered, lambda: covered(MILL, 0, date(2013, 7, 2))(contract))


@pytest.mark.parametrize(
    ("employed", "size"), [(24, "under_25"), (25, "from_25"), (99, "from_25"), (100, "from_100")]
)
def test_size_classes(employed: int, size: str) -> None:
    assert size_of(employed, DAY) == size
