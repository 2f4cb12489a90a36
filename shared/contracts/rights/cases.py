"""Cases that unions take up for workers: rights cases, labour disputes, petitions, legal aid, women's cases.

One course for all, with a catalogue of series, topics, ways, bodies, referrals and results. A case counts
once, however many workers it concerns (DOMAIN RIG-17); amounts claimed, agreed and paid are three amounts
(RIG-16). No names, no texts, no data on health: of women's four periods the case does not say which (RIG-19).
"""

from datetime import date
from uuid import UUID

from shared.contracts.base import released
from shared.contracts.rights.base import RightsEvent


class OfCase(RightsEvent):
    """Something about one case; `workers` are those concerned."""

    series: str
    topic: str
    workers: int


class OfMediation(OfCase):
    """What ends a mediation, if one is going on.

    Ended within its term, `in_time_due` is the last day of the term; ended later, `overdue_to` is the day on
    which it is no longer overdue.
    """

    in_mediation: bool = False
    in_time_due: date | None = None
    overdue_to: date | None = None


@released
class CaseReceived(OfCase):
    """Reported to the union."""

    union: UUID
    employer: UUID | None
    collective: bool
    claimed_fen: int


@released
class CaseAccepted(OfCase):
    """The union takes it on."""


@released
class CaseHandled(OfCase):
    """Somebody works on it in a way of the catalogue: assigned, advised, represented."""

    way: str
    handler: UUID | None


@released
class CaseMediationStarted(OfCase):
    """Taken up by a body of mediation; without a settlement by `due_on` it counts as not settled in time."""

    body: str
    organisation: UUID | None
    mediator: UUID | None
    applied_on: date
    due_on: date | None
    warnings: tuple[str, ...] = ()


@released
class CaseSettled(OfMediation):
    """The parties agree; `mediated`: in a mediation, in time or not."""

    mediated: bool
    agreed_fen: int
    document: str
    warnings: tuple[str, ...] = ()


@released
class CaseMediationFailed(OfMediation):
    """Mediation is over without a settlement; one may still come."""


@released
class CaseReferred(OfMediation):
    """To arbitration, court or another body; `after_settlement`: only to have the agreement paid."""

    referral: str
    after_settlement: bool
    document: str


@released
class CaseAnswered(OfCase):
    """The petitioner has an answer."""

    document: str


@released
class CaseClaimChanged(OfCase):
    """The amount in dispute is another one."""

    claimed_fen: int
    old_fen: int


@released
class CaseAmountPaid(OfCase):
    """Money reached the workers; at the employer's cost, so nothing is posted."""

    fen: int
    paid_fen: int
    warnings: tuple[str, ...] = ()


@released
class CaseClosed(OfCase):
    """With a result of the catalogue."""

    result: str


@released
class CaseWithdrawn(OfMediation):
    """By those who brought it."""
