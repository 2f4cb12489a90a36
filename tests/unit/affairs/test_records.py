"""Archives, talks, partners and contracts of performance: what is refused."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from services.affairs.domain import performance, records
from services.affairs.domain.performance import Contract
from services.affairs.domain.records import Archive, Partnership, Talk
from shared.contracts.affairs import ContractItem, PerformanceContractSigned
from shared.errors import Problem
from shared.stages import StepOutOfTurn

COUNTY, UNION, PEER = (UUID(int=0x0196F000_0000_7000_8000_0000000000E0 + n) for n in range(3))
DAY = date(2013, 11, 1)
FILED = Archive(union=UNION, year=2013, since=DAY)
PLANNED = Talk(union=UNION, kind="routine", since=DAY)
PROPOSED = Partnership(union=UNION, partner="youth_league", since=DAY)
SIGNED = Contract(issuer=COUNTY, union=UNION, year=2013, maximum={"union_work": 60, "safety": 40}, since=DAY)


def inspected(gaps: int) -> Archive:
    return records.evolve_archive(FILED, *records.decide_inspect(FILED, PEER, gaps, DAY, peer=True))


def held(issues: int) -> Talk:
    return records.evolve_talk(PLANNED, *records.decide_hold(PLANNED, 1, issues, DAY))


def scored(**points: int) -> Contract:
    contract = SIGNED
    for item, given in points.items():
        contract = performance.evolve(contract, *performance.decide_score(contract, item, given, DAY))
    return contract


def signed(*items: str) -> PerformanceContractSigned:
    return PerformanceContractSigned(
        occurredon=DAY,
        issuer=COUNTY,
        union=UNION,
        year=2013,
        items=tuple(ContractItem(item=item, points=50) for item in items),
        document="责1号",
    )


def test_an_archive_is_in_order_once_no_gap_is_open() -> None:
    assert inspected(0).stage == "in order"
    archive = records.evolve_archive(inspected(3), *records.decide_correct(inspected(3), 2, DAY))
    assert (archive.stage, archive.gaps) == ("inspected", 1)
    assert records.evolve_archive(archive, *records.decide_correct(archive, 1, DAY)).stage == "in order"


def test_a_talk_is_followed_up_once_no_issue_is_open() -> None:
    talk = records.evolve_talk(held(2), *records.decide_follow_up(held(2), 2, DAY))
    assert talk.stage == "followed up"


def test_a_later_score_replaces_the_one_before() -> None:
    contract = scored(union_work=50)
    (again,) = performance.decide_score(contract, "union_work", 60, DAY)
    assert (again.points, again.old_points) == (60, 50)
    contract = performance.evolve(contract, again)
    (assessed,) = performance.decide_assess(
        performance.evolve(contract, *performance.decide_score(contract, "safety", 35, DAY)), DAY
    )
    assert (assessed.points, assessed.maximum) == (95, 100)


@pytest.mark.parametrize(
    ("decide", "refusal"),
    [
        (lambda: records.decide_inspect(FILED, COUNTY, 1, DAY, peer=False), records.InspectorIsNoPeer),
        (lambda: records.decide_inspect(FILED, UNION, 1, DAY, peer=True), records.InspectorIsNoPeer),
        (lambda: records.decide_correct(inspected(1), 2, DAY), records.MoreCorrectedThanFound),
        (lambda: records.decide_correct(FILED, 1, DAY), StepOutOfTurn),
        (lambda: records.decide_follow_up(held(1), 2, DAY), records.MoreFollowedUpThanRaised),
        (lambda: records.decide_act(PROPOSED, 1, None, DAY), StepOutOfTurn),
        (lambda: records.decide_conclude(PROPOSED, DAY), StepOutOfTurn),
        (lambda: performance.decide_sign(signed("safety", "safety")), performance.ItemTwice),
        (lambda: performance.decide_score(SIGNED, "finance", 1, DAY), performance.ItemNotInContract),
        (lambda: performance.decide_score(SIGNED, "safety", 41, DAY), performance.PointsBeyondMaximum),
        (lambda: performance.decide_assess(scored(safety=40), DAY), performance.ItemsNotScored),
    ],
)
def test_records_refuse(decide: Any, refusal: type[Problem]) -> None:
    with pytest.raises(refusal):
        decide()
