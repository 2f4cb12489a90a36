"""Articles and their outlets, quotas, scripts, followers, trainees."""

from collections.abc import Mapping
from datetime import date
from typing import assert_never
from uuid import UUID

from shared.catalogues import Catalogue, Entry, catalogue_of
from shared.contracts.affairs import (
    ArticleAdopted,
    ArticleNotAdopted,
    ArticleSubmitted,
    BroadcastScriptRead,
    BroadcastScriptWritten,
    InfoQuotaAssigned,
    InfoQuotaCounted,
    InfoQuotaRewarded,
    PlatformFollowed,
    PlatformInvited,
    PlatformLeft,
    PublicityTraineeSelected,
    PublicityTraineeSent,
    PublicityTraineeTrained,
)
from shared.errors import Refused
from shared.frozen import Frozen
from shared.rules import rule
from shared.stages import refuse_step

ArticleEvent = ArticleSubmitted | ArticleAdopted | ArticleNotAdopted
QuotaEvent = InfoQuotaAssigned | InfoQuotaCounted | InfoQuotaRewarded
ScriptEvent = BroadcastScriptWritten | BroadcastScriptRead
PlatformEvent = PlatformInvited | PlatformFollowed | PlatformLeft
TraineeEvent = PublicityTraineeSelected | PublicityTraineeSent | PublicityTraineeTrained
BELOW_QUOTA = "reward-below-quota"
FOLLOWED_UNINVITED = "more-follow-than-invited"
PERCENT = 100


class OutletHasIt(Refused):
    """An outlet takes an article once."""

    code = "article-outlet-has-it"


class NothingToReward(Refused):
    """A reward is for articles that were adopted."""

    code = "info-quota-nothing-to-reward"


class MoreReadThanWritten(Refused):
    """Only what was written goes on air, once."""

    code = "script-more-read-than-written"


class MoreLeftThanFollow(Refused):
    """No more can leave than follow."""

    code = "platform-more-left-than-follow"


class Outlet(Entry):
    """Whose outlet it is, and of which sort."""

    level: str
    medium: str


class Article(Frozen):
    """`outlets` took it, with the days."""

    union: UUID
    kind: str
    outlets: Mapping[str, date] = {}
    stage: str = "submitted"
    since: date


class InfoQuota(Frozen):
    """Of one union and year."""

    issuer: UUID
    union: UUID
    year: int
    quota: int
    done: int = 0
    rewarded_fen: int = 0
    stage: str = "assigned"
    since: date


class Scripts(Frozen):
    """Scripts written together."""

    union: UUID
    scripts: int
    read: int = 0
    stage: str = "written"
    since: date


class Platform(Frozen):
    """Followers of one platform at one union."""

    union: UUID
    platform: str
    invited: int = 0
    followed: int = 0
    left: int = 0


class Trainee(Frozen):
    """Somebody on the way through the training."""

    union: UUID
    person: UUID
    sex: str
    stage: str = "selected"
    since: date


def outlets() -> Catalogue[Outlet]:
    """All outlets by id."""
    return catalogue_of("outlets", Outlet)


def decide_adopt(article: Article, outlet: str, on: date) -> tuple[ArticleAdopted]:
    """By one more outlet."""
    if outlet in article.outlets:
        raise OutletHasIt("this outlet took it", "outlet", outlet, "name another outlet")
    refuse_step(article, ("submitted", "adopted"), on, "adopted_on")
    entry = outlets()[outlet]
    adopted = ArticleAdopted(
        occurredon=on, kind=article.kind, outlet=outlet, outlet_level=entry.level, medium=entry.medium
    )
    return (adopted,)


def decide_reject(article: Article, on: date) -> tuple[ArticleNotAdopted]:
    """While nobody has taken it."""
    refuse_step(article, ("submitted",), on, "rejected_on")
    return (ArticleNotAdopted(occurredon=on, kind=article.kind),)


def evolve_article(article: Article | None, event: ArticleEvent) -> Article:
    """The article after the event."""
    if isinstance(event, ArticleSubmitted):
        return Article(union=event.union, kind=event.kind, since=event.occurredon)
    assert article is not None
    if isinstance(event, ArticleNotAdopted):
        return article.model_copy(update={"stage": "not adopted", "since": event.occurredon})
    took = {**article.outlets, event.outlet: event.occurredon}
    return article.model_copy(update={"outlets": took, "stage": "adopted"})


def decide_count(quota: InfoQuota, done: int, on: date) -> tuple[InfoQuotaCounted]:
    """What was adopted by that day; a later count replaces it."""
    refuse_step(quota, ("assigned", "counted"), on, "counted_on")
    met = done >= quota.quota
    counted = InfoQuotaCounted(
        occurredon=on,
        year=quota.year,
        quota=quota.quota,
        done=done,
        old_done=quota.done,
        met=met,
        newly_met=met and quota.done < quota.quota,
    )
    return (counted,)


def decide_reward(quota: InfoQuota, fen: int, on: date) -> tuple[InfoQuotaRewarded]:
    """Once; warns where less was done than the rule asks for."""
    refuse_step(quota, ("counted",), on, "rewarded_on")
    if not quota.done:
        raise NothingToReward("no article was adopted", "quota", str(quota.done), "count them first")
    least = rule("information.reward_from_percent", on)
    short = quota.done * PERCENT < quota.quota * least
    rewarded = InfoQuotaRewarded(
        occurredon=on,
        year=quota.year,
        quota=quota.quota,
        done=quota.done,
        fen=fen,
        warnings=(BELOW_QUOTA,) if short else (),
    )
    return (rewarded,)


def evolve_quota(quota: InfoQuota | None, event: QuotaEvent) -> InfoQuota:
    """The quota after the event."""
    if isinstance(event, InfoQuotaAssigned):
        return InfoQuota(**event.model_dump(exclude={"occurredon"}), since=event.occurredon)
    assert quota is not None
    change: dict[str, object] = {"since": event.occurredon}
    match event:
        case InfoQuotaCounted():
            change |= {"stage": "counted", "done": event.done}
        case InfoQuotaRewarded():
            change |= {"stage": "rewarded", "rewarded_fen": event.fen}
        case _:
            assert_never(event)
    return quota.model_copy(update=change)


def decide_read(scripts: Scripts, count: int, on: date) -> tuple[BroadcastScriptRead]:
    """No more than are left."""
    refuse_step(scripts, ("written",), on, "read_on")
    if count > scripts.scripts - scripts.read:
        raise MoreReadThanWritten(
            f"{scripts.scripts - scripts.read} are left", "scripts", str(count), "give at most as many"
        )
    return (BroadcastScriptRead(occurredon=on, scripts=count),)


def evolve_scripts(scripts: Scripts | None, event: ScriptEvent) -> Scripts:
    """The scripts after the event."""
    if isinstance(event, BroadcastScriptWritten):
        return Scripts(union=event.union, scripts=event.scripts, since=event.occurredon)
    assert scripts is not None
    return scripts.model_copy(update={"read": scripts.read + event.scripts})


def decide_leave(platform: Platform | None, left: PlatformLeft) -> tuple[PlatformLeft]:
    """No more than follow."""
    follow = platform.followed - platform.left if platform else 0
    if left.people > follow:
        raise MoreLeftThanFollow(f"{follow} follow it", "people", str(left.people), "give at most as many")
    return (left,)


def doubts_of_following(platform: Platform | None, people: int) -> tuple[str, ...]:
    """A warning where more follow than were ever invited."""
    invited = platform.invited if platform else 0
    followed = platform.followed if platform else 0
    return (FOLLOWED_UNINVITED,) if followed + people > invited else ()


def evolve_platform(platform: Platform | None, event: PlatformEvent) -> Platform:
    """The followers after the event."""
    now = platform or Platform(union=event.union, platform=event.platform)
    match event:
        case PlatformInvited():
            return now.model_copy(update={"invited": now.invited + event.people})
        case PlatformFollowed():
            return now.model_copy(update={"followed": now.followed + event.people})
        case PlatformLeft():
            return now.model_copy(update={"left": now.left + event.people})
        case _:
            assert_never(event)


def decide_send(trainee: Trainee, on: date) -> tuple[PublicityTraineeSent]:
    """To the training for which they were chosen."""
    refuse_step(trainee, ("selected",), on, "sent_on")
    return (PublicityTraineeSent(occurredon=on, person=trainee.person, sex=trainee.sex),)


def decide_train(trainee: Trainee, on: date) -> tuple[PublicityTraineeTrained]:
    """They were there to its end."""
    refuse_step(trainee, ("sent",), on, "trained_on")
    return (PublicityTraineeTrained(occurredon=on, person=trainee.person, sex=trainee.sex),)


def evolve_trainee(trainee: Trainee | None, event: TraineeEvent) -> Trainee:
    """The trainee after the event."""
    if isinstance(event, PublicityTraineeSelected):
        return Trainee(union=event.union, person=event.person, sex=event.sex, since=event.occurredon)
    assert trainee is not None
    stage = "sent" if isinstance(event, PublicityTraineeSent) else "trained"
    return trainee.model_copy(update={"stage": stage, "since": event.occurredon})
