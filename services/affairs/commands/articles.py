"""Articles from submission to their outlets, and quotas of them."""

from uuid import UUID

from pydantic import BaseModel

from services.affairs.commands.steps import Some, Year, begun, refuse_outside, stepped, union_of
from services.affairs.domain import publicity as rules
from services.affairs.domain.publicity import Article, InfoQuota, outlets
from shared.catalogues import catalogue
from shared.contracts.affairs import ArticleSubmitted, InfoQuotaAssigned
from shared.errors import Refused
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import BusinessDate, CatalogueId, Command, Count, Fen, UnionText
from shared.http.listing import Listing
from shared.referring import find_union, need_of_union
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.kinds import Claim, Kind
from shared.work.work import Work

HELD = "info-quota"


class QuotaExists(Refused):
    """One quota per union and year."""

    code = "info-quota-exists"


ARTICLE: Kind[Article] = Kind("article", Article, rules.evolve_article, lambda article: article.union)
QUOTA: Kind[InfoQuota] = Kind(
    "info-quota",
    InfoQuota,
    rules.evolve_quota,
    lambda quota: quota.union,
    lambda quota: frozenset({Claim(HELD, f"{quota.union}/{quota.year}")}),
)


class SubmitArticle(Command):
    """A union offers an article; its text stays outside."""

    union: UnionText
    kind: CatalogueId = "information"
    submitted_on: BusinessDate


class AdoptArticle(Command):
    """An outlet took it."""

    article: UUID
    outlet: CatalogueId
    adopted_on: BusinessDate


class RejectArticle(Command):
    """Nobody took it."""

    article: UUID
    rejected_on: BusinessDate


class AssignInfoQuota(Command):
    """A union sets another under it a number of articles for a year."""

    issuer: UnionText
    union: UnionText
    year: Year
    quota: Count
    assigned_on: BusinessDate


class CountInfoQuota(Command):
    """So many were adopted up to that day; a later count replaces it."""

    quota: UUID
    done: Some
    counted_on: BusinessDate


class RewardInfoQuota(Command):
    """A reward for what was done."""

    quota: UUID
    fen: Fen
    rewarded_on: BusinessDate


def submit_article(work: Work, command: SubmitArticle) -> Answer:
    """The id answered is the article's."""
    id_ = work.new_id()
    union = union_of(work, command.union, command.submitted_on, "submitted_on")
    kind = catalogue("article_kinds").checked(command.kind, "kind").id
    submitted = ArticleSubmitted(occurredon=command.submitted_on, union=union, kind=kind)
    return begun(work, ARTICLE, id_, [submitted], union)


def adopt_article(work: Work, command: AdoptArticle) -> Answer:
    """Counts once among articles, and once per outlet among adoptions."""
    outlet, day = outlets().checked(command.outlet, "outlet").id, command.adopted_on
    return stepped(
        work,
        ARTICLE,
        command.article,
        (day, "adopted_on"),
        lambda article: rules.decide_adopt(article, outlet, day),
    )


def reject_article(work: Work, command: RejectArticle) -> Answer:
    """For good."""
    day = command.rejected_on
    return stepped(
        work,
        ARTICLE,
        command.article,
        (day, "rejected_on"),
        lambda article: rules.decide_reject(article, day),
    )


def assign_info_quota(work: Work, command: AssignInfoQuota) -> Answer:
    """The id answered is the quota's."""
    id_ = work.new_id()
    work.want(need_of_union(command.issuer), need_of_union(command.union))
    issuer = find_union(work, command.issuer, "issuer")
    union = union_of(work, command.union, command.assigned_on, "assigned_on")
    refuse_outside(work, issuer, union, "union")
    if present := work.owner(HELD, f"{union}/{command.year}"):
        raise QuotaExists("the union has one", "year", str(command.year), f"continue with {present}")
    assigned = InfoQuotaAssigned(
        occurredon=command.assigned_on, issuer=issuer, union=union, year=command.year, quota=command.quota
    )
    return begun(work, QUOTA, id_, [assigned], union)


def count_info_quota(work: Work, command: CountInfoQuota) -> Answer:
    """Done against the quota."""
    day = command.counted_on
    return stepped(
        work,
        QUOTA,
        command.quota,
        (day, "counted_on"),
        lambda quota: rules.decide_count(quota, command.done, day),
    )


def reward_info_quota(work: Work, command: RewardInfoQuota) -> Answer:
    """Once."""
    day = command.rewarded_on
    return stepped(
        work,
        QUOTA,
        command.quota,
        (day, "rewarded_on"),
        lambda quota: rules.decide_reward(quota, command.fen, day),
    )


USE_CASES: dict[type[BaseModel], UseCase] = {
    SubmitArticle: submit_article,
    AdoptArticle: adopt_article,
    RejectArticle: reject_article,
    AssignInfoQuota: assign_info_quota,
    CountInfoQuota: count_info_quota,
    RewardInfoQuota: reward_info_quota,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/articles", SubmitArticle, "Submit an article", creates=True),
    BulkRoute("/articles/bulk", SubmitArticle, "Submit articles, many at once"),
    CommandRoute("/articles/{article}/adopt", AdoptArticle, "Say that an outlet took an article"),
    BulkRoute("/articles/adopt/bulk", AdoptArticle, "Say which outlets took articles, many at once"),
    CommandRoute("/articles/{article}/reject", RejectArticle, "Say that nobody took an article"),
    CommandRoute("/info-quotas", AssignInfoQuota, "Set a quota of articles", creates=True),
    CommandRoute("/info-quotas/{quota}/count", CountInfoQuota, "Count what was adopted"),
    CommandRoute("/info-quotas/{quota}/reward", RewardInfoQuota, "Reward a union for its articles"),
)
LISTINGS: tuple[Listing, ...] = (
    Listing("/articles", ARTICLE, "Articles of the union"),
    Listing("/info-quotas", QUOTA, "Quotas of articles"),
)
