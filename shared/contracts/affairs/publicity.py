"""Publicity: articles and where they appeared, quotas of them, scripts, followers, trainees."""

from uuid import UUID

from shared.contracts.affairs.base import AffairsEvent
from shared.contracts.base import released


@released
class ArticleSubmitted(AffairsEvent):
    """A union has offered an article."""

    union: UUID
    kind: str


@released
class ArticleAdopted(AffairsEvent):
    """An outlet took it; one article may be taken by several."""

    kind: str
    outlet: str
    outlet_level: str
    medium: str


@released
class ArticleNotAdopted(AffairsEvent):
    """No outlet took it."""

    kind: str


@released
class InfoQuotaAssigned(AffairsEvent):
    """`union` shall have so many articles adopted in a year."""

    issuer: UUID
    union: UUID
    year: int
    quota: int


@released
class InfoQuotaCounted(AffairsEvent):
    """So many were adopted; `old_done` is what was counted before."""

    year: int
    quota: int
    done: int
    old_done: int
    met: bool
    newly_met: bool


@released
class InfoQuotaRewarded(AffairsEvent):
    """A reward for what was done."""

    year: int
    quota: int
    done: int
    fen: int
    warnings: tuple[str, ...] = ()


@released
class BroadcastScriptWritten(AffairsEvent):
    """Scripts for the broadcast were written, so many at once."""

    union: UUID
    scripts: int


@released
class BroadcastScriptRead(AffairsEvent):
    """So many of them went on air."""

    scripts: int


@released
class PlatformInvited(AffairsEvent):
    """So many people were invited to follow a platform of the union."""

    union: UUID
    platform: str
    people: int


@released
class PlatformFollowed(AffairsEvent):
    """So many people began to follow it."""

    union: UUID
    platform: str
    people: int


@released
class PlatformLeft(AffairsEvent):
    """So many people follow it no more."""

    union: UUID
    platform: str
    people: int


@released
class PublicityTraineeSelected(AffairsEvent):
    """Somebody was chosen for the training of those who write for the union."""

    union: UUID
    person: UUID
    sex: str


@released
class PublicityTraineeSent(AffairsEvent):
    """Sent to the training."""

    person: UUID
    sex: str


@released
class PublicityTraineeTrained(AffairsEvent):
    """The training is over."""

    person: UUID
    sex: str
