"""Help for assigned villages."""

from datetime import date
from functools import reduce
from typing import Any
from uuid import UUID

import pytest

from services.welfare.domain import helping_villages as rules
from services.welfare.domain.entries import BeforeLastEntry
from services.welfare.domain.paying import SourcesDoNotAddUp
from services.welfare.domain.villages import Village, evolve, village_id
from shared.approval import ApproverIsRecorder
from shared.contracts.welfare import (
    FieldWorkerAppraised,
    InKindDonated,
    Portion,
    VillageAssigned,
    VillageProjectAgreed,
)

UNION = UUID("0196f000-0000-7000-8000-000000000001")
ROAD = UUID("0196f000-0000-7000-8000-0000000000c1")
DIVISION = "533123999999"
BEGUN, SPRING, AUTUMN = date(2013, 1, 1), date(2013, 3, 1), date(2013, 9, 1)


def assigned() -> Village:
    return evolve(None, VillageAssigned(occurredon=BEGUN, union=UNION, division=DIVISION))


def told(village: Village, events: tuple[Any, ...]) -> Village:
    return reduce(evolve, events, village)


def agreed(on: date = SPRING) -> Village:
    said = VillageProjectAgreed(
        occurredon=on, project=ROAD, project_kind="infrastructure", planned_fen=1000, recorder="ada"
    )
    village = assigned()
    return told(village, rules.decide_agree(village, said))


def money(fen: int, origin: str = "coordinated") -> rules.Means:
    return rules.Means(origin, fen, (Portion(source="county", fen=fen),))


def funded() -> Village:
    village = agreed()
    return told(village, rules.decide_fund(village, ROAD, money(1000), SPRING))


def implemented() -> Village:
    village = funded()
    return told(village, rules.decide_implement(village, ROAD, "ada", AUTUMN))


def test_a_union_has_a_village_once() -> None:
    with pytest.raises(rules.VillageAssignedAlready):
        rules.decide_assign(assigned(), UNION, DIVISION, SPRING)
    assert village_id(UNION, DIVISION) != village_id(UNION, "533123999998")


def test_own_money_and_money_of_others_are_kept_apart() -> None:
    village = funded()
    (again,) = rules.decide_fund(village, ROAD, money(300), SPRING)
    (own,) = rules.decide_fund(village, ROAD, money(300, "own"), SPRING)
    assert (again.first, own.first) == (False, True)
    project = told(village, (again, own)).projects[ROAD]
    assert (project.coordinated_fen, project.own_fen) == (1300, 300)


def test_more_than_was_planned_is_warned_of() -> None:
    assert rules.warnings_on(agreed(), ROAD, money(1000)) == ()
    assert rules.warnings_on(funded(), ROAD, money(1)) == ("beyond-plan",)


def test_the_sources_add_up() -> None:
    short = rules.Means("own", 5, (Portion(source="county", fen=4),))
    with pytest.raises(SourcesDoNotAddUp):
        rules.decide_fund(agreed(), ROAD, short, SPRING)
    with pytest.raises(SourcesDoNotAddUp):
        rules.decide_grant(assigned(), "industry", 1, short, SPRING)


def test_a_project_goes_from_agreed_to_accepted() -> None:
    with pytest.raises(rules.ProjectElsewhere):
        rules.decide_implement(agreed(), ROAD, "ada", AUTUMN)
    with pytest.raises(rules.ProjectElsewhere):
        rules.decide_fund(implemented(), ROAD, money(1), AUTUMN)
    (event,) = rules.decide_accept(implemented(), ROAD, "bo", "镇工〔2013〕5号", AUTUMN)
    assert (event.recorder, event.approver) == ("ada", "bo")


def test_who_said_it_was_done_does_not_accept_it() -> None:
    with pytest.raises(ApproverIsRecorder):
        rules.decide_accept(implemented(), ROAD, "ada", "镇工〔2013〕5号", AUTUMN)


def test_a_project_must_exist() -> None:
    with pytest.raises(rules.ProjectUnknown):
        rules.decide_implement(assigned(), ROAD, "ada", AUTUMN)


def test_everything_comes_after_the_village_was_assigned() -> None:
    gift = InKindDonated(
        occurredon=date(2012, 12, 31), item="desks", quantity=25, value_fen=0, origin="coordinated"
    )
    with pytest.raises(BeforeLastEntry):
        rules.decide_donate(assigned(), gift)
    with pytest.raises(BeforeLastEntry):
        agreed(date(2012, 12, 31))
    with pytest.raises(BeforeLastEntry):
        rules.decide_implement(funded(), ROAD, "ada", BEGUN)


def test_field_work_is_appraised_once_a_year() -> None:
    grades = FieldWorkerAppraised(occurredon=AUTUMN, year=2013, worker_grade="good", unit_grade="excellent")
    early = grades.model_copy(update={"occurredon": date(2012, 12, 31)})
    with pytest.raises(BeforeLastEntry):
        rules.decide_appraise(assigned(), early)
    village = told(assigned(), rules.decide_appraise(assigned(), grades))
    with pytest.raises(rules.AppraisedAlready):
        rules.decide_appraise(village, grades)
    assert Village.model_validate_json(village.model_dump_json()) == village
