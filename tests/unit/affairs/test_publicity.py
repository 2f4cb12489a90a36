"""Articles, quotas, scripts, followers, trainees and papers: what is refused, what is warned of."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from services.affairs.domain import documents, publicity
from services.affairs.domain.documents import Document
from services.affairs.domain.publicity import Article, InfoQuota, Platform, Scripts, Trainee
from shared.approval import ApproverIsRecorder
from shared.contracts.affairs import DocumentSuperseded, PlatformLeft, RuleAdopted
from shared.errors import Problem
from shared.stages import StepOutOfTurn

UNION, OTHER, ID = (UUID(int=0x0196F000_0000_7000_8000_0000000000C0 + n) for n in range(3))
DAY = date(2013, 3, 1)
ARTICLE = Article(union=UNION, kind="news", since=DAY)
QUOTA = InfoQuota(issuer=OTHER, union=UNION, year=2013, quota=10, since=DAY)
SCRIPTS = Scripts(union=UNION, scripts=3, since=DAY)
TRAINEE = Trainee(union=UNION, person=ID, sex="female", since=DAY)


def paper(*stages: str, kind: str = "work_rule", union: UUID = UNION, number: str = "1号") -> Document:
    state = Document(union=union, kind=kind, recorder="ada", since=DAY)
    if "approved" in stages:
        state = documents.evolve(state, *documents.decide_approve(state, "bo", DAY))
    if "issued" in stages:
        for event in documents.decide_issue(state, number, DAY):
            state = documents.evolve(state, event)
    return state


def adopted() -> Article:
    return publicity.evolve_article(ARTICLE, *publicity.decide_adopt(ARTICLE, "city_portal", DAY))


def counted(done: int) -> InfoQuota:
    return publicity.evolve_quota(QUOTA, *publicity.decide_count(QUOTA, done, DAY))


def left(people: int) -> PlatformLeft:
    return PlatformLeft(occurredon=DAY, union=UNION, platform="wechat", people=people)


def test_an_article_may_be_taken_by_several_outlets() -> None:
    (event,) = publicity.decide_adopt(adopted(), "union_journal", DAY)
    assert (event.outlet_level, event.medium) == ("prefecture", "journal")


def test_a_quota_is_newly_met_once() -> None:
    (first,) = publicity.decide_count(QUOTA, 10, DAY)
    (second,) = publicity.decide_count(counted(10), 12, DAY)
    assert (first.newly_met, second.newly_met, second.old_done) == (True, False, 10)


def test_a_reward_below_the_quota_is_warned_of() -> None:
    (short,) = publicity.decide_reward(counted(9), 100, DAY)
    (full,) = publicity.decide_reward(counted(10), 100, DAY)
    assert (short.warnings, full.warnings) == (("reward-below-quota",), ())


def test_more_followers_than_invited_are_warned_of() -> None:
    invited = Platform(union=UNION, platform="wechat", invited=5)
    assert publicity.doubts_of_following(invited, 5) == ()
    assert publicity.doubts_of_following(invited, 6) == ("more-follow-than-invited",)


def test_a_paper_of_a_rule_adopts_it() -> None:
    assert isinstance(documents.decide_issue(paper("approved"), "1号", DAY)[-1], RuleAdopted)
    assert len(documents.decide_issue(paper("approved", kind="notice"), "1号", DAY)) == 1


def test_a_later_paper_takes_the_place_of_an_earlier_one() -> None:
    first, second = paper("approved", "issued"), paper("approved", "issued", number="2号")
    (event,) = documents.decide_supersede(first, (ID, second), DAY)
    assert event == DocumentSuperseded(occurredon=DAY, kind="work_rule", by=ID, rule=True)
    assert documents.evolve(first, event).stage == "superseded"


@pytest.mark.parametrize(
    ("decide", "refusal"),
    [
        (lambda: publicity.decide_adopt(adopted(), "city_portal", DAY), publicity.OutletHasIt),
        (lambda: publicity.decide_reject(adopted(), DAY), StepOutOfTurn),
        (lambda: publicity.decide_reward(counted(0), 100, DAY), publicity.NothingToReward),
        (lambda: publicity.decide_reward(QUOTA, 100, DAY), StepOutOfTurn),
        (lambda: publicity.decide_read(SCRIPTS, 4, DAY), publicity.MoreReadThanWritten),
        (lambda: publicity.decide_leave(None, left(1)), publicity.MoreLeftThanFollow),
        (lambda: publicity.decide_train(TRAINEE, DAY), StepOutOfTurn),
        (lambda: documents.decide_approve(paper(), "ada", DAY), ApproverIsRecorder),
        (lambda: documents.decide_issue(paper(), "1号", DAY), StepOutOfTurn),
        (
            lambda: documents.decide_supersede(paper("approved", "issued"), (ID, paper()), DAY),
            documents.SupersedesItself,
        ),
    ],
)
def test_publicity_and_papers_refuse(decide: Any, refusal: type[Problem]) -> None:
    with pytest.raises(refusal):
        decide()
