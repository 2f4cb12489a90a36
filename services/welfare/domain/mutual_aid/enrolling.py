"""Enrol a person in a product for a period, collect the fee, cancel (DOMAIN WEL-09 to WEL-11)."""

from datetime import date, timedelta
from uuid import UUID

from services.welfare.domain.mutual_aid.cover import Enrolment, MutualAidCover, cover_id
from services.welfare.domain.mutual_aid.offering import (
    Insured,
    Offer,
    Wish,
    premium_of,
    refuse_not_offered,
    refuse_person,
)
from services.welfare.domain.mutual_aid.period import MutualAidPeriod
from services.welfare.domain.mutual_aid.products import Terms, products
from services.welfare.domain.numbering import entry_id
from shared.contracts.money import moved
from shared.contracts.welfare import (
    MutualAidEnrolled,
    MutualAidEnrolmentCancelled,
    MutualAidFeeCollected,
)
from shared.errors import NotFound, Refused

CONTINUATION_DECLARED = "continuation-declared"
ENROLLED_LATE = "enrolled-late"


class EnrolmentUnknown(NotFound):
    """There is no such enrolment."""

    code = "enrolment-unknown"


class AlreadyInsured(Refused):
    """The person holds this product for some of the same days."""

    code = "already-insured"


class FeeAlreadyCollected(Refused):
    """The premium came in before."""

    code = "fee-already-collected"


class EnrolmentCancelled(Refused):
    """The enrolment was cancelled."""

    code = "enrolment-cancelled"


class BeforeEnrolment(Refused):
    """The date lies before the enrolment."""

    code = "before-enrolment"


class EnrolmentHasClaims(Refused):
    """There are claims on it that were not rejected."""

    code = "enrolment-has-claims"


def decide_enrol(
    state: MutualAidCover | None, offer: Offer, insured: Insured, wish: Wish
) -> tuple[MutualAidEnrolled]:
    """Within the window or, with waiting time, until the period ends."""
    product = products().checked(wish.product, "product")
    terms = Terms(product, wish.on, wish.area)
    refuse_not_offered(offer.period, product, wish)
    refuse_person(product, insured)
    premium = premium_of(terms, wish)
    first, last = _days(offer.period, wish)
    _refuse_insured(state, first, last)
    on_time = wish.on <= offer.period.enrol_until
    renewed = wish.continues or _ran_on(state, first)
    waiting = 0 if renewed and on_time else terms.value("waiting_days")
    number = state.entries + 1 if state else 1
    return (
        MutualAidEnrolled(
            occurredon=wish.on,
            enrolment=entry_id(cover_id(insured.person, product.id), number),
            period=offer.id,
            period_number=offer.period.number,
            product=product.id,
            person=insured.person,
            union=insured.union,
            insured_unit=insured.unit,
            sex=insured.sex,
            standing=insured.standing,
            shares=wish.shares,
            years=wish.years,
            premium_fen=premium,
            payer=wish.payer,
            on_time=on_time,
            renewed=renewed,
            cover_from=first,
            cover_until=last,
            waiting_until=first + timedelta(waiting - 1) if waiting else None,
            warnings=_warnings(wish, on_time=on_time),
        ),
    )


def decide_collect(state: MutualAidCover, id_: UUID, on: date) -> tuple[MutualAidFeeCollected]:
    """The whole premium at once, into the pool."""
    enrolment = living(state, id_)
    if enrolment.collected_on:
        raise FeeAlreadyCollected(
            f"it came in on {enrolment.collected_on}",
            field="enrolment",
            value=str(id_),
            remedy="nothing is left to collect",
        )
    _refuse_before(enrolment, on, "collected_on")
    return (
        MutualAidFeeCollected(
            occurredon=on,
            enrolment=id_,
            period_number=enrolment.period_number,
            product=state.product,
            payer=enrolment.payer,
            amount_fen=enrolment.premium_fen,
            postings=moved(enrolment.premium_fen, to="mutual_pool", out_of="mutual_premiums"),
        ),
    )


def decide_cancel(state: MutualAidCover, id_: UUID, on: date) -> tuple[MutualAidEnrolmentCancelled]:
    """As if it had never been; the premium goes back if it had come in."""
    enrolment = living(state, id_)
    _refuse_before(enrolment, on, "cancelled_on")
    if state.on(id_):
        raise EnrolmentHasClaims(
            "there are claims on it", field="enrolment", value=str(id_), remedy="reject them first"
        )
    refund = enrolment.premium_fen if enrolment.collected_on else 0
    return (
        MutualAidEnrolmentCancelled(
            occurredon=on,
            enrolment=id_,
            period_number=enrolment.period_number,
            product=state.product,
            person=state.person,
            insured_unit=enrolment.insured_unit,
            sex=enrolment.sex,
            payer=enrolment.payer,
            premium_fen=enrolment.premium_fen,
            refund_fen=refund,
            cover_from=enrolment.cover_from,
            cover_until=enrolment.cover_until,
            postings=moved(refund, to="mutual_refunded", out_of="mutual_pool"),
        ),
    )


def enrolment_in(state: MutualAidCover | None, id_: UUID) -> Enrolment:
    """An enrolment of this cover; raises EnrolmentUnknown."""
    if state is None or id_ not in state.enrolments:
        raise EnrolmentUnknown(
            "there is no such enrolment",
            field="enrolment",
            value=str(id_),
            remedy="look at GET /v1/mutual-aid/covers",
        )
    return state.enrolments[id_]


def living(state: MutualAidCover, id_: UUID) -> Enrolment:
    """The same, refused with EnrolmentCancelled when it was cancelled."""
    enrolment = enrolment_in(state, id_)
    if enrolment.cancelled:
        raise EnrolmentCancelled(
            "it was cancelled", field="enrolment", value=str(id_), remedy="enrol the person again"
        )
    return enrolment


def _days(period: MutualAidPeriod, wish: Wish) -> tuple[date, date]:
    first = max(period.starts_on, wish.on)
    return first, _years_later(period.ends_on, wish.years - 1)


def _years_later(day: date, years: int) -> date:
    if (day.month, day.day) == (2, 29) and years % 4:
        return date(day.year + years, 2, 28)
    return day.replace(year=day.year + years)


def _ran_on(state: MutualAidCover | None, first: date) -> bool:
    earlier = state.enrolments.values() if state else ()
    return any(each.covers(first - timedelta(1)) for each in earlier)


def _warnings(wish: Wish, *, on_time: bool) -> tuple[str, ...]:
    said = {CONTINUATION_DECLARED: wish.continues, ENROLLED_LATE: not on_time}
    return tuple(warning for warning, applies in said.items() if applies)


def _refuse_insured(state: MutualAidCover | None, first: date, last: date) -> None:
    for id_, each in state.enrolments.items() if state else ():
        if not each.cancelled and each.cover_from <= last and first <= each.cover_until:
            raise AlreadyInsured(
                f"enrolment {id_} covers {each.cover_from} to {each.cover_until}",
                field="product",
                value=state.product if state else "",
                remedy="renew it for a period that begins later",
            )


def _refuse_before(enrolment: Enrolment, on: date, field: str) -> None:
    if on < enrolment.enrolled_on:
        raise BeforeEnrolment(
            f"the enrolment is of {enrolment.enrolled_on}",
            field=field,
            value=str(on),
            remedy="give that day or a later one",
        )
