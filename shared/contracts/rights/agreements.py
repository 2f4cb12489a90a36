"""Collective contracts and wage agreements (DOMAIN RIG-01 to RIG-08).

In force and expiry are days of the calendar: `in_force_on` is known once the authority has received the
contract, the end since the signing; objection, ending and changed coverage carry what they take back.
"""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.contracts.base import released
from shared.contracts.rights.base import RightsEvent


class CoveredEmployer(BaseModel):
    """An employer under a contract: workers covered, and its size class by the workers employed there."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    employer: UUID
    workers: int
    size: str


class OfAgreement(RightsEvent):
    """Something about one contract; `level` is enterprise, industry or regional."""

    kind: str
    level: str


@released
class NegotiationOffered(OfAgreement):
    """One side asked the other to negotiate; `renews` names the contract that shall be renewed."""

    union: UUID
    renews: UUID | None
    warnings: tuple[str, ...]


@released
class NegotiationAnswered(OfAgreement):
    """The other side answered; `late` when after `due_on` (DOMAIN RIG-05)."""

    due_on: date
    late: bool
    agreed: bool


@released
class DraftVoted(OfAgreement):
    """The workers' congress voted on the draft; `passed` by more than half of all `delegates`."""

    delegates: int
    present: int
    in_favour: int
    against: int
    abstained: int
    passed: bool
    warnings: tuple[str, ...]


class Signing(OfAgreement):
    """Both chief negotiators signed. `root` is the first contract in an unbroken chain of renewals.

    `size` is the class of the enterprise's contract, None for those of an industry or region; `workers` are
    those covered, summed over the employers.
    """

    root: UUID
    covered: tuple[CoveredEmployer, ...]
    workers: int
    size: str | None
    valid_from: date
    valid_until: date
    document: str
    warnings: tuple[str, ...]


@released
class CollectiveContractSigned(Signing):
    """A first contract, or one after an earlier one had expired."""


@released
class CollectiveContractRenewed(Signing):
    """It follows `renews`, which was still valid that day."""

    renews: UUID


@released
class ContractFiled(OfAgreement):
    """The labour authority received it; in force from `in_force_on` unless it objects (DOMAIN RIG-02)."""

    root: UUID
    covered: tuple[CoveredEmployer, ...]
    due_on: date
    late: bool
    in_force_on: date
    valid_until: date
    document: str


@released
class ContractObjected(OfAgreement):
    """The authority objected in time: what filing had set for `in_force_on` does not come about."""

    root: UUID
    covered: tuple[CoveredEmployer, ...]
    in_force_on: date
    valid_until: date
    document: str


@released
class ContractCoverageRecorded(OfAgreement):
    """From `counts_from` on an employer has so many workers covered; 0: it is no longer covered.

    `joined` is 1 for an employer that comes under the contract, -1 for one that leaves, else 0.
    """

    employer: UUID
    workers: int
    old_workers: int
    size: str
    joined: int
    counts_from: date
    valid_until: date
    warnings: tuple[str, ...]


@released
class CollectiveContractEnded(OfAgreement):
    """Over before its time, or never signed. `lapsed_from`: not in force since; None if filing never was."""

    root: UUID | None
    covered: tuple[CoveredEmployer, ...]
    reason: str
    lapsed_from: date | None
    valid_until: date | None
    document: str


@released
class SignRateRecorded(RightsEvent):
    """A union's sign rate as numerator and denominator by a named basis, with those it replaces (RIG-08)."""

    union: UUID
    kind: str
    basis: str
    numerator: int
    denominator: int
    old_numerator: int
    old_denominator: int
    document: str
