"""Facilities and what they are given."""

from __future__ import annotations

from datetime import date
from functools import reduce
from typing import Any
from uuid import UUID

import pytest

from services.welfare.domain import equipment
from services.welfare.domain import facilities as rules
from services.welfare.domain.equipment import EquipmentIssue, HandOver
from services.welfare.domain.facilities import Accreditation, Facility, evolve
from shared.catalogues import NotInCatalogue
from shared.errors import Problem

UNION, POINT, ISSUE = UUID(int=1), UUID(int=2), UUID(int=3)
DAY, LATER, BEFORE = date(2013, 6, 1), date(2013, 7, 1), date(2013, 5, 1)
HAVES = ("sign", "layout", "equipment", "functions", "rules", "on_map")


def told(*steps: Any) -> Facility:
    (first,) = rules.decide_plan(UNION, "outdoor_station", DAY)
    return reduce(lambda state, step: reduce(evolve, step(state), state), steps, evolve(None, first))


def opened(state: Facility) -> Any:
    return rules.decide_open(state, DAY)


def inspected(*haves: str) -> Any:
    return lambda state: rules.decide_inspect(state, haves, DAY)


def accredited(until: date, on: date = DAY, scheme: str = "star_station") -> Any:
    return lambda state: rules.decide_accredit(state, Accreditation(scheme, until, "1号", on))


def closed(on: date = LATER) -> Any:
    return lambda state: rules.decide_close(state, on)


def refused(reason: type[Problem], step: Any, *given: Any) -> None:
    state = told(*given)
    with pytest.raises(Problem) as caught:
        step(state)
    assert type(caught.value) is reason
    assert caught.value.field
    assert caught.value.remedy


def test_a_station_is_complete_with_all_six() -> None:
    assert told(opened, inspected(*HAVES)).complete
    (event,) = inspected(*HAVES[:5])(told(opened, inspected(*HAVES)))
    assert (event.old_complete, event.complete) == (True, False)


def test_a_renewed_accreditation_counts_from_the_day_after_the_old_one() -> None:
    (renewed,) = accredited(date(2015, 1, 1), LATER)(told(opened, accredited(date(2014, 1, 1))))
    assert renewed.counts_from == date(2014, 1, 2)
    (lapsed,) = accredited(date(2016, 1, 1), date(2015, 1, 1))(told(opened, accredited(date(2014, 1, 1))))
    assert lapsed.counts_from == date(2015, 1, 1)


def test_closing_tells_what_falls_with_it() -> None:
    (event,) = closed()(told(opened, inspected(*HAVES), accredited(date(2014, 1, 1))))
    assert (event.complete, event.scheme) == (True, "star_station")
    assert (event.falls_on, event.accredited_until) == (LATER, date(2014, 1, 1))
    (late,) = closed(date(2014, 1, 2))(told(opened, accredited(date(2014, 1, 1))))
    assert (late.falls_on, late.scheme, late.accredited_until) == (None, None, None)


def test_what_a_rule_forbids() -> None:
    refused(rules.FacilityStageWrong, closed())
    refused(rules.FacilityStageWrong, opened, opened)
    refused(rules.FacilityStageWrong, lambda s: rules.decide_build(s, DAY), opened)
    refused(rules.FacilityStageWrong, inspected("sign"))
    refused(rules.BeforeFacilityStep, closed(BEFORE), opened)
    refused(rules.NobodyVisited, lambda s: rules.decide_visit(s, 0, 0, DAY), opened)
    refused(NotInCatalogue, inspected("music"), opened)
    refused(rules.AccreditationNotLonger, accredited(BEFORE), opened)
    year = accredited(date(2014, 1, 1))
    refused(rules.AccreditationNotLonger, accredited(date(2014, 1, 1), LATER), opened, year)
    other = accredited(date(2015, 1, 1), LATER, "best_outdoor_station")
    refused(rules.OtherSchemeInForce, other, opened, year)
    with pytest.raises(NotInCatalogue):
        rules.decide_plan(UNION, "castle", DAY)


def handed_over() -> EquipmentIssue:
    given = HandOver("medical_box", 50, 1_000_000, POINT, DAY)
    return equipment.evolve(None, equipment.decide_issue(UNION, given)[0])


def test_what_was_given_may_be_reversed_once() -> None:
    (event,) = equipment.decide_reverse(handed_over(), ISSUE, LATER)
    assert (event.quantity, event.value_fen) == (50, 1_000_000)
    after = equipment.evolve(handed_over(), event)
    with pytest.raises(equipment.IssueReversed):
        equipment.decide_reverse(after, ISSUE, LATER)
    with pytest.raises(equipment.BeforeIssue):
        equipment.decide_reverse(handed_over(), ISSUE, BEFORE)
    with pytest.raises(NotInCatalogue):
        equipment.decide_issue(UNION, HandOver("gold", 1, 1, POINT, DAY))
