"""Sample points report by the calendar; groups warn of risks."""

from __future__ import annotations

from datetime import date
from functools import reduce
from uuid import UUID

import pytest

from services.rights.domain import early_warning as warning
from services.rights.domain import sample_points as rules
from services.rights.domain.early_warning import Group
from services.rights.domain.sample_points import Report, SamplePoint, evolve
from shared.catalogues import NotInCatalogue
from shared.contracts.rights import EarlyWarningGroupFormed, LabourRiskWarned
from shared.stages import StepOutOfTurn
from tests.support.refusing import refused

UNION, EMPLOYER, GROUP = UUID(int=1), UUID(int=2), UUID(int=3)
DAY, NEXT = date(2013, 2, 1), date(2013, 5, 1)


def point(until: date = date(2013, 12, 31)) -> SamplePoint:
    (event,) = rules.decide_establish(UNION, EMPLOYER, until, DAY, "")
    return evolve(None, event)


def test_quarters_that_end_in_the_term_are_due_after_their_end() -> None:
    assert [(each.quarter, each.due_on) for each in point().due] == [
        (1, date(2013, 4, 15)),
        (2, date(2013, 7, 15)),
        (3, date(2013, 10, 15)),
        (4, date(2014, 1, 15)),
    ]
    assert len(point(date(2013, 12, 30)).due) == 3


@pytest.mark.parametrize("until", [date(2013, 3, 30), date(2012, 1, 1), date(2019, 1, 1)])
def test_terms_without_a_quarter_or_too_long(until: date) -> None:
    refused(rules.TermOdd, lambda: point(until))


def test_a_report_is_in_time_until_its_day() -> None:
    days = (date(2013, 4, 15), date(2013, 4, 16))
    events = [rules.decide_report(point(), Report(2013, 1, 50, on))[0] for on in days]
    assert [event.in_time for event in events] == [True, False]
    assert {event.due_on for event in events} == {date(2013, 4, 15)}


def test_a_quarter_is_reported_once() -> None:
    report = Report(2013, 1, 50, date(2013, 4, 16))
    (event,) = rules.decide_report(point(), report)
    reported = evolve(point(), event)
    refused(rules.QuarterNotDue, lambda: rules.decide_report(reported, report))


def test_reports_come_after_the_quarter() -> None:
    early = Report(2013, 1, 50, date(2013, 3, 31))
    refused(rules.QuarterNotOver, lambda: rules.decide_report(point(), early))
    refused(rules.QuarterNotDue, lambda: rules.decide_report(point(), Report(2012, 4, 50, DAY)))


def test_what_is_due_later_is_due_no_more_after_a_lapse() -> None:
    (event,) = rules.decide_lapse(point(), date(2013, 7, 16))
    assert [each.quarter for each in event.released] == [3, 4]
    lapsed = evolve(point(), event)
    refused(StepOutOfTurn, lambda: rules.decide_lapse(lapsed, date(2013, 8, 1)))
    refused(rules.TermOver, lambda: rules.decide_lapse(point(), date(2014, 1, 1)))


def formed() -> EarlyWarningGroupFormed:
    return EarlyWarningGroupFormed(occurredon=DAY, union=UNION, document="预1号", members=5, required=False)


def group(*, required: bool = True) -> Group:
    state = None
    if required:
        (asked,) = warning.decide_require(None, UNION, "预1号", DAY)
        state = warning.evolve(None, asked)
    (event,) = warning.decide_form(state, formed())
    return warning.evolve(state, event)


def risk(kind: str = "wage_arrears") -> LabourRiskWarned:
    return LabourRiskWarned(occurredon=DAY, kind=kind, workers=40, union=UNION, group=GROUP)


def test_a_group_is_required_once_and_formed_once() -> None:
    assert (group().required, group(required=False).required) == (True, False)
    refused(warning.RequiredAlready, lambda: warning.decide_require(group(), UNION, "预2号", NEXT))
    refused(warning.GroupFormedAlready, lambda: warning.decide_form(group(), formed()))
    (late,) = warning.decide_require(group(required=False), UNION, "预2号", NEXT)
    assert late.formed


def test_only_a_group_that_is_there_warns() -> None:
    (gone,) = warning.decide_dissolve(group(), NEXT)
    dissolved = warning.evolve(group(), gone)
    refused(warning.GroupNotFormed, lambda: warning.decide_warn(dissolved, risk()))
    refused(warning.GroupNotFormed, lambda: warning.decide_dissolve(dissolved, NEXT))
    refused(NotInCatalogue, lambda: warning.decide_warn(group(), risk("rain")))


def test_a_risk_is_resolved_once() -> None:
    state = reduce(warning.evolve_risk, warning.decide_warn(group(), risk()), None)
    assert state is not None
    (event,) = warning.decide_resolve(state, "talks", NEXT)
    resolved = warning.evolve_risk(state, event)
    refused(StepOutOfTurn, lambda: warning.decide_resolve(resolved, "talks", NEXT))
    refused(NotInCatalogue, lambda: warning.decide_resolve(state, "luck", NEXT))
