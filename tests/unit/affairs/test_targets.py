"""Targets: their year, their parts, and when they are met or missed."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from services.affairs.domain import targets as rules
from services.affairs.domain.calendars import year_of
from services.affairs.domain.targets import Done, Target
from services.projection import catalogue as figures
from shared.catalogues import catalogue
from shared.contracts.affairs import TargetDrafted, TargetMet, TargetMissed
from shared.errors import Problem
from shared.stages import BeforeLastStep, StepOutOfTurn

COUNTY, TOWN, UNION, PART = (UUID(int=0x0196F000_0000_7000_8000_0000000000A0 + n) for n in range(4))
DAY, LAST, AFTER = date(2013, 2, 1), date(2013, 12, 31), date(2014, 1, 5)


def drafted(**but: Any) -> TargetDrafted:
    usual: dict[str, Any] = {
        "occurredon": DAY,
        "issuer": COUNTY,
        "union": TOWN,
        "calendar": "calendar",
        "year": 2013,
        "first_day": date(2013, 1, 1),
        "last_day": LAST,
        "measure": "migrants_trained",
        "population": "migrant_workers",
        "number": 1500,
    }
    return TargetDrafted(**(usual | but))


def accepted(**but: Any) -> Target:
    target = rules.evolve(None, drafted(**but))
    target = rules.evolve(target, *rules.decide_assign(target, "责1号", DAY))
    return rules.evolve(target, *rules.decide_accept(target, DAY))


def test_every_measure_is_read_from_a_figure_among_known_populations() -> None:
    for measure in rules.measures().values():
        assert measure.figure in figures.load().figures, measure.id
        assert set(measure.populations) <= set(catalogue("target_populations")), measure.id


def test_a_statistics_year_begins_in_the_october_before() -> None:
    assert year_of("statistics", 2014) == (date(2013, 10, 1), date(2014, 9, 30))
    assert year_of("calendar", 2014) == (date(2014, 1, 1), date(2014, 12, 31))
    assert year_of("school", 2013) == (date(2013, 9, 1), date(2014, 8, 31))


def test_more_than_asked_is_said_as_what_is_beyond() -> None:
    (event,) = rules.decide_close(accepted(), Done(1817, 1, date(2013, 10, 31)), date(2013, 11, 1))
    assert isinstance(event, TargetMet)
    assert (event.done, event.over, event.over_fulfilled) == (1817, 317, True)


def test_exactly_the_number_is_met_and_not_over_fulfilled() -> None:
    (event,) = rules.decide_close(accepted(), Done(1500, 1, DAY), DAY)
    assert isinstance(event, TargetMet)
    assert (event.over, event.over_fulfilled) == (0, False)


def test_a_target_is_missed_by_what_is_lacking() -> None:
    (event,) = rules.decide_close(accepted(), Done(1499, 1, LAST), AFTER)
    assert isinstance(event, TargetMissed)
    assert event.remaining == 1


def test_a_rate_is_not_rounded_up_to_its_target() -> None:
    target = accepted(measure="audit_coverage", population="all", number=95)
    (missed,) = rules.decide_close(target, Done(199, 210, LAST), AFTER)
    (met,) = rules.decide_close(target, Done(200, 210, LAST), AFTER)
    assert isinstance(missed, TargetMissed)
    assert (missed.done, missed.remaining, missed.done_denominator) == (94, 1, 210)
    assert isinstance(met, TargetMet)


def test_parts_that_differ_from_the_whole_are_warned_of() -> None:
    target = accepted()
    part = {"issuer": TOWN, "union": UNION, "part_of": PART}
    (first,) = rules.decide_decompose(target, PART, drafted(**part, number=900))
    assert (first.parts, first.warnings) == (900, ("parts-differ-from-the-whole",))
    target = rules.evolve(target, first)
    (second,) = rules.decide_decompose(target, UNION, drafted(**part, number=600))
    assert (second.parts, second.warnings) == (1500, ())
    assert rules.evolve(target, second).parts_number == 1500


RATE = {"measure": "audit_coverage", "population": "all", "number": 95}


@pytest.mark.parametrize(
    ("decide", "refusal"),
    [
        (lambda: rules.decide_draft(drafted(population="women")), rules.PopulationDoesNotFit),
        (lambda: rules.decide_close(accepted(), Done(1, 2, LAST), AFTER), rules.SumHasNoDenominator),
        (lambda: rules.decide_close(accepted(), Done(1, 1, AFTER), AFTER), rules.CutOutsideYear),
        (lambda: rules.decide_progress(accepted(), Done(1, 1, LAST), DAY), rules.CutOutsideYear),
        (lambda: rules.decide_close(accepted(), Done(1, 1, DAY), DAY), rules.YearNotOver),
        (lambda: rules.decide_decompose(accepted(**RATE), PART, drafted()), rules.RateNotDivisible),
        (lambda: rules.decide_accept(accepted(), DAY), StepOutOfTurn),
        (lambda: rules.decide_close(accepted(), Done(1, 1, DAY), date(2013, 1, 31)), BeforeLastStep),
    ],
)
def test_a_target_refuses(decide: Any, refusal: type[Problem]) -> None:
    with pytest.raises(refusal):
        decide()
