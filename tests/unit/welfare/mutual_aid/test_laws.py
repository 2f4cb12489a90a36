"""Laws of mutual aid after any history: who is insured, what came in, what went out, what is held.

Each is compared with a count on paper: a list of what was accepted, and a table of prices.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from services.projection import catalogue
from services.projection.fold import moves_of
from services.welfare.domain.mutual_aid import claiming, enrolling, offering
from services.welfare.domain.mutual_aid.cover import CoverEvent, MutualAidCover, cover_id, evolve
from services.welfare.domain.numbering import entry_id
from shared.contracts.welfare import (
    MutualAidClaimFiled,
    MutualAidClaimPaid,
    MutualAidClaimRejected,
    MutualAidClaimReviewed,
    MutualAidEnrolled,
    MutualAidEnrolmentCancelled,
    MutualAidFeeCollected,
)
from shared.envelope import Place, Provenance, Recorded
from shared.errors import Problem
from tests.unit.welfare.mutual_aid.covers import UNION, period

PEOPLE = {
    UUID(int=1): ("female", "in_service"),
    UUID(int=2): ("male", "in_service"),
    UUID(int=3): ("female", "retired"),
}
YUAN = {
    ("in_service", 1): 60,
    ("retired", 1): 130,
    ("special", 1): 20,
    ("special", 3): 60,
    ("ankang", 1): 15,
    ("ankang", 4): 50,
}
KINDS = {"in_service": "hospital", "retired": "hospital", "special": "severe", "ankang": "women_illness"}


@dataclass
class Village:
    """All covers, and what was accepted, in order."""

    covers: dict[tuple[UUID, str], MutualAidCover] = field(default_factory=dict)
    accepted: list[tuple[tuple[UUID, str], CoverEvent]] = field(default_factory=list)

    def of(self, sort: type[Any]) -> list[Any]:
        return [event for _, event in self.accepted if isinstance(event, sort)]


Decide = Callable[[MutualAidCover | None], tuple[CoverEvent, ...]]
Step = tuple[tuple[UUID, str], Decide]

key = st.tuples(st.sampled_from(sorted(PEOPLE)), st.sampled_from(sorted(KINDS)))
day = st.integers(0, 1700).map(lambda days: date(2011, 12, 1) + timedelta(days))
number = st.integers(1, 9)


@st.composite
def enrolments(draw: st.DrawFn) -> Step:
    """Mostly what the rules allow, sometimes what they do not."""
    person = draw(st.sampled_from(sorted(PEOPLE)))
    sex, standing = PEOPLE[person]
    odd = draw(st.integers(0, 7)) == 0
    fitting = ["special", standing, *(["ankang"] if sex == "female" else [])]
    product = draw(st.sampled_from(sorted(KINDS) if odd else fitting))
    years = sorted(years for name, years in YUAN if name == product)
    offer = period(draw(st.integers(13, 16)))
    wish = offering.Wish(
        product=product,
        shares=draw(st.integers(1, 4 if odd or product in {"special", "ankang"} else 1)),
        years=draw(st.sampled_from([1, 3, 4] if odd else years)),
        payer="union",
        continues=draw(st.booleans()),
        on=offer.period.enrol_from + timedelta(draw(st.integers(0, 60))),
        area="",
    )
    insured = offering.Insured(person, sex, standing, UNION, UNION)
    return (person, product), lambda state: enrolling.decide_enrol(state, offer, insured, wish)


@st.composite
def later(draw: st.DrawFn) -> Step:
    """Something about an entry of a cover, which may or may not be there."""
    whose = draw(key)
    id_, on = entry_id(cover_id(*whose), draw(number)), draw(day)
    bill = claiming.Bill(
        kind=KINDS[draw(key)[1]] if draw(st.integers(0, 9)) == 0 else KINDS[whose[1]],
        own_costs_fen=draw(st.integers(1, 900_000)),
        asked_fen=None,
        incurred_on=on,
        on=on,
        area="",
    )
    decide: Callable[[MutualAidCover], tuple[CoverEvent, ...]] = draw(
        st.sampled_from(
            [
                lambda state: enrolling.decide_collect(state, id_, on),
                lambda state: enrolling.decide_cancel(state, id_, on),
                lambda state: claiming.decide_file(state, id_, bill, "ada"),
                lambda state: claiming.decide_review(state, id_, on, "", "bo"),
                lambda state: claiming.decide_pay(state, id_, on),
                lambda state: claiming.decide_reject(state, id_, "withdrawn", on, "bo"),
            ]
        )
    )
    return whose, lambda state: decide(state) if state else ()


@st.composite
def courses(draw: st.DrawFn) -> list[Step]:
    """An enrolment, its fee, and some bills that are paid: so that histories reach that far."""
    whose, enrol = draw(enrolments())
    on, paid_on = date(2016, 1, 1), date(2018, 1, 1)
    first: list[Step] = [(whose, enrol)]

    def latest(decide: Callable[[MutualAidCover, UUID], tuple[CoverEvent, ...]]) -> Step:
        def of_latest(state: MutualAidCover | None) -> tuple[CoverEvent, ...]:
            return decide(state, entry_id(cover_id(*whose), state.entries)) if state else ()

        return whose, of_latest

    collected = latest(lambda state, id_: enrolling.decide_collect(state, id_, on))
    for days in draw(st.lists(st.integers(0, 600), max_size=3)):
        costs = draw(st.integers(1, 900_000))

        def filed(
            state: MutualAidCover, _id: UUID, days: int = days, costs: int = costs
        ) -> tuple[CoverEvent, ...]:
            enrolment, its = max(state.enrolments.items(), key=lambda each: each[0])
            incurred = its.cover_from + timedelta(days)
            bill = claiming.Bill(KINDS[state.product], costs, None, incurred, max(incurred, on), "")
            return claiming.decide_file(state, enrolment, bill, "ada")

        first += [
            collected,
            latest(filed),
            latest(lambda state, id_: claiming.decide_review(state, id_, paid_on, "", "bo")),
            latest(lambda state, id_: claiming.decide_pay(state, id_, paid_on)),
        ]
        if draw(st.integers(0, 2)) == 0:
            first[-1] = latest(
                lambda state, id_: claiming.decide_reject(state, id_, "withdrawn", paid_on, "bo")
            )
    if draw(st.integers(0, 3)) == 0:
        first += [collected, latest(lambda state, id_: enrolling.decide_cancel(state, id_, paid_on))]
    return first


histories = st.lists(
    st.one_of(courses(), enrolments().map(lambda one: [one]), later().map(lambda one: [one]))
)


def lived(history: list[list[Step]]) -> Village:
    village = Village()
    for whose, decide in (step for steps in history for step in steps):
        try:
            events = decide(village.covers.get(whose))
        except Problem:
            continue
        for event in events:
            village.covers[whose] = evolve(village.covers.get(whose), event)
            village.accepted.append((whose, event))
    return village


def moved(village: Village, metric: str, until: date) -> Counter[UUID | None]:
    """What the projection adds up, by subject."""
    wanted = catalogue.metric(metric).number
    why = Provenance("user:1", UUID(int=9), UUID(int=9))
    place = Place(UNION, (UNION,), (), UNION)
    sums: Counter[UUID | None] = Counter()
    for whose, event in village.accepted:
        recorded = Recorded(UUID(int=8), cover_id(*whose), 1, datetime.now(UTC), place, why, event)
        for move in moves_of(recorded):
            if move.metric == wanted and move.day <= until:
                sums[move.subject] += move.amount
    return sums


@given(histories, day)
def test_the_calendar_knows_who_is_insured(history: list[list[Step]], on: date) -> None:
    village = lived(history)
    cancelled = {event.enrolment for event in village.of(MutualAidEnrolmentCancelled)}
    on_paper = {
        event.person
        for event in village.of(MutualAidEnrolled)
        if event.enrolment not in cancelled and event.cover_from <= on <= event.cover_until
    }
    assert {
        person for person, covers in moved(village, "medical_covers", on).items() if covers > 0
    } == on_paper


@given(histories)
def test_nobody_holds_a_product_twice_on_a_day(history: list[list[Step]]) -> None:
    for cover in lived(history).covers.values():
        held = sorted(
            (each.cover_from, each.cover_until) for each in cover.enrolments.values() if not each.cancelled
        )
        assert all(one[1] < next_[0] for one, next_ in pairwise(held))


@given(histories)
def test_premiums_are_those_of_the_price_list(history: list[list[Step]]) -> None:
    village = lived(history)
    for event in village.of(MutualAidEnrolled):
        assert event.premium_fen == event.shares * YUAN[event.product, event.years] * 100
    came = sum(event.amount_fen for event in village.of(MutualAidFeeCollected))
    back = sum(event.refund_fen for event in village.of(MutualAidEnrolmentCancelled))
    assert came - back == sum(cover.premiums_fen for cover in village.covers.values())


@given(histories)
def test_the_pool_is_premiums_less_benefits(history: list[list[Step]]) -> None:
    village = lived(history)
    postings = [each for _, event in village.accepted for each in getattr(event, "postings", ())]
    pool = sum(each.fen for each in postings if each.account == "mutual_pool")
    premiums = sum(cover.premiums_fen for cover in village.covers.values())
    benefits = sum(event.amount_fen for event in village.of(MutualAidClaimPaid))
    assert pool == premiums - benefits
    assert benefits == sum(cover.benefits_fen for cover in village.covers.values())
    assert sum(each.fen for each in postings) == 0
    assert sum(moved(village, "money", date.max).values()) == 0


@given(histories)
def test_benefits_stay_within_what_all_bills_of_an_enrolment_give(history: list[list[Step]]) -> None:
    village = lived(history)
    enrolled = {event.enrolment: event for event in village.of(MutualAidEnrolled)}
    rejected = {event.claim for event in village.of(MutualAidClaimRejected)}
    costs: Counter[UUID] = Counter()
    for event in village.of(MutualAidClaimFiled):
        costs[event.enrolment] += event.own_costs_fen if event.claim not in rejected else 0
    given_: Counter[UUID] = Counter()
    for event in village.of(MutualAidClaimReviewed):
        given_[event.enrolment] += event.benefit_fen if event.claim not in rejected else 0
    for id_, fen in given_.items():
        assert fen <= _limit(enrolled[id_], costs[id_])


@given(histories)
def test_nothing_is_paid_within_the_waiting_time_or_without_a_premium(history: list[list[Step]]) -> None:
    village = lived(history)
    enrolled = {event.enrolment: event for event in village.of(MutualAidEnrolled)}
    premiums = {event.enrolment for event in village.of(MutualAidFeeCollected)}
    filed = {event.claim: event for event in village.of(MutualAidClaimFiled)}
    for event in village.of(MutualAidClaimPaid):
        cover, incurred = enrolled[event.enrolment], filed[event.claim].incurred_on
        waiting = cover.waiting_until or cover.cover_from - timedelta(1)
        assert waiting < incurred <= cover.cover_until
        assert event.enrolment in premiums


@given(histories)
def test_a_state_survives_being_stored(history: list[list[Step]]) -> None:
    for cover in lived(history).covers.values():
        assert MutualAidCover.model_validate_json(cover.model_dump_json()) == cover


def _limit(enrolment: MutualAidEnrolled, costs_fen: int) -> int:
    """In fen and whole units rounded up: yuan on paper need no exact half."""
    if enrolment.product in {"special", "ankang"}:
        return enrolment.shares * 1_000_000
    below, above = (0.8, 0.1) if enrolment.product == "in_service" else (0.5, 0.4)
    small = min(costs_fen, 300_000)
    return int(below * small + above * (costs_fen - small)) + 2
