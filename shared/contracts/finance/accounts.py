"""Accounts of a union's own at a bank, and its financial rules (DOMAIN FIN-13). No account numbers."""

from datetime import date

from shared.contracts.base import released
from shared.contracts.finance.base import FinanceEvent


@released
class UnionAccountOpened(FinanceEvent):
    """The union has an account apart from the employer's; `document` is the number of the bank's permit."""

    document: str
    recorder: str


@released
class UnionAccountVerified(FinanceEvent):
    """Another than the recorder saw that it is the union's own, a union of this level; rebates may flow."""

    recorder: str
    approver: str
    level: int
    rules_adopted: bool


@released
class UnionAccountClosed(FinanceEvent):
    """The account exists no more; `verified` says whether it had been verified, and since when."""

    level: int
    verified: bool
    verified_on: date | None
    rules_adopted: bool


@released
class FinancialRulesAdopted(FinanceEvent):
    """The union has financial rules of its own; `first` the first time."""

    old_document: str | None
    document: str
    first: bool
    level: int
    account_verified: bool
