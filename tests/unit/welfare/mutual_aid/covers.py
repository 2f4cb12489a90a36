"""One person's cover by a product, told as the business would: given these, when that, then exactly this."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from services.welfare.domain.mutual_aid import claiming, enrolling, offering
from services.welfare.domain.mutual_aid.cover import CoverEvent, MutualAidCover, cover_id, evolve
from services.welfare.domain.mutual_aid.period import MutualAidPeriod
from services.welfare.domain.numbering import entry_id

PERSON = UUID("0196f000-0000-7000-8000-0000000000a1")
UNION = UUID("0196f000-0000-7000-8000-000000000001")
ORGANISER = UUID("0196f000-0000-7000-8000-000000000002")

Decision = Callable[[MutualAidCover | None], tuple[CoverEvent, ...]]


def period(number: int = 14, **but: Any) -> offering.Offer:
    """Period 14 runs through 2013, people enrol in December before; period 15 a year later, and so on."""
    year = 2013 + number - 14
    usual: dict[str, Any] = {
        "organiser": ORGANISER,
        "number": number,
        "products": ("in_service", "retired", "special", "ankang"),
        "enrol_from": date(year - 1, 12, 1),
        "enrol_until": date(year - 1, 12, 31),
        "starts_on": date(year, 1, 1),
        "ends_on": date(year, 12, 31),
        "stage": "in_force",
    }
    return offering.Offer(UUID(int=number), MutualAidPeriod(**usual | but))


def enrolled(product: str = "in_service", offer: offering.Offer | None = None, **but: Any) -> Decision:
    """One share for one year, paid by the union, in time for period 14, unless said otherwise."""
    chosen = offer or period()
    person = {"sex": "female", "standing": "in_service"} | {
        name: but.pop(name) for name in ("sex", "standing") if name in but
    }
    insured = offering.Insured(person=PERSON, union=UNION, unit=UNION, **person)
    usual = {"shares": 1, "years": 1, "payer": "union", "continues": False, "area": ""}
    wish = offering.Wish(**{"product": product, "on": chosen.period.enrol_from, **usual, **but})
    return lambda state: enrolling.decide_enrol(state, chosen, insured, wish)


def collected(number: int = 1, product: str = "in_service", on: date = date(2012, 12, 20)) -> Decision:
    return lambda state: enrolling.decide_collect(known(state), entry(number, product), on)


def cancelled(number: int = 1, product: str = "in_service", on: date = date(2012, 12, 25)) -> Decision:
    return lambda state: enrolling.decide_cancel(known(state), entry(number, product), on)


def filed(number: int = 1, product: str = "in_service", **but: Any) -> Decision:
    """A hospital bill of 1,000 yuan of May, filed in June by `ada`, unless said otherwise."""
    recorder = but.pop("recorder", "ada")
    usual: dict[str, Any] = {"kind": "hospital", "own_costs_fen": 100_000, "asked_fen": None, "area": ""}
    days = {"incurred_on": date(2013, 5, 2), "on": date(2013, 6, 1)}
    bill = claiming.Bill(**usual | days | but)
    return lambda state: claiming.decide_file(known(state), entry(number, product), bill, recorder)


def reviewed(
    number: int, product: str = "in_service", reviewer: str = "bo", on: date = date(2013, 6, 10)
) -> Decision:
    return lambda state: claiming.decide_review(known(state), entry(number, product), on, "", reviewer)


def paid(number: int, product: str = "in_service", on: date = date(2013, 6, 20)) -> Decision:
    return lambda state: claiming.decide_pay(known(state), entry(number, product), on)


def rejected(
    number: int, product: str = "in_service", reviewer: str = "bo", on: date = date(2013, 6, 20)
) -> Decision:
    return lambda state: claiming.decide_reject(
        known(state), entry(number, product), "not_covered", on, reviewer
    )


def entry(number: int, product: str = "in_service") -> UUID:
    return entry_id(cover_id(PERSON, product), number)


def known(state: MutualAidCover | None) -> MutualAidCover:
    assert state is not None
    return state


def after(*decisions: Decision) -> MutualAidCover | None:
    """The cover after these were carried out."""
    state: MutualAidCover | None = None
    for decide in decisions:
        for event in decide(state):
            state = evolve(state, event)
    return state
