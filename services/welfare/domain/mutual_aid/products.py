"""Products: lines of the catalogue, and the rules that go by their names."""

from datetime import date
from typing import Literal, NamedTuple

from shared.catalogues import Catalogue, Entry, catalogue_of
from shared.rules import rule
from shared.shares import part_of


class Product(Entry):
    """What may be held: by whom, for which claims, for how many years, paid by brackets or by the share."""

    standing: str | None = None
    sex: str | None = None
    claim: str
    years: tuple[int, ...]
    benefit: Literal["brackets", "per_share"]
    once_only: bool = False


def products() -> Catalogue[Product]:
    """All that are known; a period offers some of them."""
    return catalogue_of("mutual_aid_products", Product)


class Terms(NamedTuple):
    """The rules of one product on a business date in an area (a division code)."""

    product: Product
    on: date
    area: str

    def key(self, what: str) -> str:
        """The name of a rule of this product, as refusals tell it."""
        return f"mutual_aid.{self.product.id}.{what}"

    def value(self, what: str) -> int:
        """The rule in force; raises NoRuleInForce."""
        return rule(self.key(what), self.on, self.area)

    def premium_fen(self, shares: int, years: int) -> int:
        """By product, shares and term, never by dividing a sum (DOMAIN WEL-11).

        0 where a local rule of 0 fen says that the product is not for this area.
        """
        return shares * self.value(f"premium_{years}y_fen")

    def benefit_fen(self, shares: int, costs_fen: int) -> int:
        """What own costs of one enrolment, all claims together, give."""
        if self.product.benefit == "per_share":
            return shares * self.value("per_share_fen")
        below = min(costs_fen, self.value("bracket_fen"))
        return part_of(below, self.value("below_bp")) + part_of(costs_fen - below, self.value("above_bp"))

    @property
    def benefit_rule(self) -> str:
        """The rule that decides the benefit."""
        return self.key("per_share_fen" if self.product.benefit == "per_share" else "bracket_fen")
