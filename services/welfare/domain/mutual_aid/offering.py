"""Who may hold what: by the period, the catalogue and the rules of the area (DOMAIN WEL-09, WEL-10)."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from services.welfare.domain.mutual_aid.period import MutualAidPeriod, refuse_stage
from services.welfare.domain.mutual_aid.products import Product, Terms
from shared.errors import Refused


class ProductNotOffered(Refused):
    """The period does not offer this product, or not for this term."""

    code = "product-not-offered"


class ProductNeedsStanding(Refused):
    """The product is for people of another standing."""

    code = "product-needs-standing"


class ProductNeedsSex(Refused):
    """The product is for people of the other sex."""

    code = "product-needs-sex"


class TooManyShares(Refused):
    """More shares than the rule allows."""

    code = "too-many-shares"


class EnrolmentNotOpen(Refused):
    """The day lies outside the period."""

    code = "enrolment-not-open"


class Insured(NamedTuple):
    """Who shall be insured, as membership knows the person, and where it counts."""

    person: UUID
    sex: str
    standing: str | None
    union: UUID
    unit: UUID


class Wish(NamedTuple):
    """What is asked for; `continues`: earlier periods that are not recorded here ran on without a break."""

    product: str
    shares: int
    years: int
    payer: str
    continues: bool
    on: date
    area: str


class Offer(NamedTuple):
    """The period that somebody enrols in."""

    id: UUID
    period: MutualAidPeriod


def refuse_not_offered(period: MutualAidPeriod, product: Product, wish: Wish) -> None:
    """Raises PeriodStageWrong, EnrolmentNotOpen, ProductNotOffered."""
    refuse_stage(period, "collecting", "in_force")
    if not period.enrol_from <= wish.on <= period.ends_on:
        raise EnrolmentNotOpen(
            f"enrolment is from {period.enrol_from}, and the period ends on {period.ends_on}",
            field="enrolled_on",
            value=str(wish.on),
            remedy="check the date and the period",
        )
    if product.id not in period.products:
        raise ProductNotOffered(
            f"period {period.number} offers {', '.join(period.products)}",
            field="product",
            value=product.id,
            remedy="take one of these",
        )
    if wish.years not in product.years:
        raise ProductNotOffered(
            f"{product.id} runs {' or '.join(map(str, product.years))} years",
            field="years",
            value=str(wish.years),
            remedy="take one of these terms",
        )


def refuse_person(product: Product, insured: Insured) -> None:
    """Raises ProductNeedsStanding, ProductNeedsSex; the catalogue says whom a product is for."""
    if product.standing and insured.standing != product.standing:
        raise ProductNeedsStanding(
            f"the product {product.id} is for people who are {product.standing}",
            field="product",
            value=product.id,
            remedy=f"see mutual_aid_products.{product.id}.standing, or take another product",
        )
    if product.sex and insured.sex != product.sex:
        raise ProductNeedsSex(
            f"the product {product.id} is for people who are {product.sex}",
            field="product",
            value=product.id,
            remedy=f"see mutual_aid_products.{product.id}.sex, or take another product",
        )


def premium_of(terms: Terms, wish: Wish) -> int:
    """In fen; raises TooManyShares, or ProductNotOffered where a local rule leaves the area out."""
    if wish.shares > terms.value("shares"):
        raise TooManyShares(
            f"rule {terms.key('shares')} allows {terms.value('shares')}",
            field="shares",
            value=str(wish.shares),
            remedy=f"take at most {terms.value('shares')}",
        )
    premium = terms.premium_fen(wish.shares, wish.years)
    if not premium:
        raise ProductNotOffered(
            f"rule {terms.key(f'premium_{wish.years}y_fen')} leaves this area out",
            field="product",
            value=terms.product.id,
            remedy="take another product",
        )
    return premium
