"""Heads of a budget and purposes of spending, as the catalogues have them (DOMAIN FIN-14, FIN-18)."""

from typing import Literal

from shared.catalogues import Catalogue, Entry, catalogue_of


class Head(Entry):
    """A head; `account` is what its execution is posted to, None where receipts of dues post it."""

    side: Literal["income", "expense"]
    account: str | None = None


class Purpose(Entry):
    """What money is spent on, under which head; some of it is not for the union's money (DOMAIN FIN-19).

    `per_person` is the key of the rule that says how much may be spent on one person.
    """

    head: str
    union_money: bool = True
    per_person: str | None = None


def heads() -> Catalogue[Head]:
    """All heads by id."""
    return catalogue_of("budget_heads", Head)


def purposes() -> Catalogue[Purpose]:
    """All purposes by id."""
    return catalogue_of("spending_purposes", Purpose)


def account_of_head(head: str) -> str:
    """The account of an expense head; every one has its own."""
    account = heads()[head].account
    assert account is not None
    return account
