"""Papers and rules that a union issues, under numbers of its own."""

from uuid import UUID

from shared.contracts.affairs.base import AffairsEvent
from shared.contracts.base import released


@released
class DocumentDrafted(AffairsEvent):
    """A paper was drafted; only another than `recorder` may approve it."""

    union: UUID
    kind: str
    recorder: str


@released
class DocumentApproved(AffairsEvent):
    """Somebody else approved it."""

    kind: str
    approver: str


@released
class DocumentIssued(AffairsEvent):
    """It went out under a number, unique to the issuer and year."""

    kind: str
    number: str
    year: int


@released
class RuleAdopted(AffairsEvent):
    """With the paper a rule is in force."""

    kind: str
    number: str


@released
class DocumentSuperseded(AffairsEvent):
    """A later paper took its place; `rule` says whether a rule ended with it."""

    kind: str
    by: UUID
    rule: bool
