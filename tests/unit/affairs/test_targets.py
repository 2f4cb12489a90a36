"""Targets: their year, their parts, and when they are met or missed."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from services.affairs.domain import target_closing as closing
from services.affairs.domain import target_setting as setting
from services.affairs.domain import targets as rules
from services.affairs.domain.calendars import year_of
from services.affairs.domain.target_closing import Done
from services.affairs.domain.targets import Target
from services.projection import catalogue as figures
from shared.catalogues import catalogue
from shared.contracts.affairs import TargetDrafted, TargetMet, TargetMissed
from shared.errors import Problem
from shared.measures import measures
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
    target = rules.evolve(target, *setting.decide_assign(target, "责1号", DAY))
    return rules.evolve(target, *setting.decide_accept(target, DAY))


def test_every_measure_is_read_from_a_figure_among_known_populations() -> None:
    book = figures.load()
    for measure in measures().values():
        assert set(measure.populations) <= set(catalogue("target_populations")), measure.id
        for figure in measure.populations.values():
            assert (book.figure(figure).kind == "ratio") == (measure.form == "rate"), figure


def test_a_statistics_year_begins_in_the_october_before() -> None:
    assert year_of("statistics", 2014) == (date(2013, 10, 1), date(2014, 9, 30))
    assert year_of("calendar", 2014) == (date(2014, 1, 1), date(2014, 12, 31))
    assert year_of("school", 2013) == (date(2013, 9, 1), date(2014, 8, 31))


def test_more_than_asked_is_said_as_what_is_beyond() -> None:
    (event,) = closing.decide_close(accepted(), Done(1817, 1, date(2013, 10, 31)), date(2013, 11, 1))
    assert isinstance(event, TargetMet)
    assert (event.done, event.over, event.over_fulfilled) == (1817, 317, True)


def test_exactly_the_number_is_met_and_not_over_fulfilled() -> None:
    (event,) = closing.decide_close(accepted(), Done(1500, 1, DAY), DAY)
    assert isinstance(event, TargetMet)
    assert (event.over, event.over_fulfilled) == (0, False)


def test_a_target_is_missed_by_what_is_lacking() -> None:
    (event,) = closing.decide_close(accepted(), Done(1499, 1, LAST), AFTER)
    assert isinstance(event, TargetMissed)
    assert event.remaining == 1


def test_a_rate_is_not_rounded_up_to_its_target() -> None:
    target = accepted(measure="audit_coverage", population="all", number=95)
    (missed,) = closing.decide_close(target, Done(199, 210, LAST), AFTER)
    (met,) = closing.decide_close(target, Done(200, 210, LAST), AFTER)
    assert isinstance(missed, TargetMissed)
    assert (missed.done, missed.remaining, missed.done_denominator) == (94, 1, 210)
    assert isinstance(met, TargetMet)


def test_parts_that_differ_from_the_whole_are_warned_of() -> None:
    target = accepted()
    part = {"issuer": TOWN, "union": UNION, "part_of": PART}
    (first,) = setting.decide_decompose(target, PART, drafted(**part, number=900))
    assert (first.parts, first.warnings) == (900, ("parts-differ-from-the-whole",))
    target = rules.evolve(target, first)
    (second,) = setting.decide_decompose(target, UNION, drafted(**part, number=600))
    assert (second.parts, second.warnings) == (1500, ())
    assert rules.evolve(target, second).parts_number == 1500


def test_another_number_replaces_the_one_before() -> None:
    (event,) = setting.decide_revise(accepted(), 1200, "责3号", DAY)
    assert (event.old_number, event.number, event.assigned) == (1500, 1200, True)
    target = rules.evolve(accepted(), event)
    (met,) = closing.decide_close(target, Done(1300, 1, DAY), DAY)
    assert isinstance(met, TargetMet)
    assert met.over == 100


def test_a_draft_that_was_never_handed_down_is_revised_and_withdrawn_as_one() -> None:
    draft = rules.evolve(None, drafted())
    (revised,) = setting.decide_revise(draft, 1200, "责3号", DAY)
    (withdrawn,) = setting.decide_withdraw(draft, "责3号", DAY)
    assert (revised.assigned, withdrawn.assigned) == (False, False)


def handed_on() -> Target:
    target = accepted()
    part = drafted(issuer=TOWN, union=UNION, part_of=PART, number=1500)
    return rules.evolve(target, *setting.decide_decompose(target, PART, part))


def test_a_revised_part_changes_what_the_parts_come_to() -> None:
    part = rules.evolve(None, drafted(issuer=TOWN, union=UNION, part_of=PART, number=1500))
    (revised,) = setting.decide_revise(part, 1000, "责3号", DAY)
    (told,) = setting.decide_part(handed_on(), PART, revised, UNION)
    assert (told.old_part_number, told.part_number, told.parts) == (1500, 1000, 1000)
    assert told.warnings == ("parts-differ-from-the-whole",)
    assert rules.evolve(handed_on(), told).parts_number == 1000


def test_a_withdrawn_part_counts_nothing() -> None:
    part = rules.evolve(None, drafted(issuer=TOWN, union=UNION, part_of=PART, number=1500))
    (told,) = setting.decide_part(handed_on(), PART, *setting.decide_withdraw(part, "责3号", DAY), UNION)
    assert (told.part_number, rules.evolve(handed_on(), told).parts_number) == (0, 0)


def test_a_whole_that_is_withdrawn_warns_of_parts_that_remain() -> None:
    (event,) = setting.decide_withdraw(handed_on(), "责3号", DAY)
    assert event.warnings == ("parts-remain",)
    assert rules.evolve(handed_on(), event).stage == "withdrawn"


def test_a_whole_whose_number_is_revised_away_from_its_parts_warns() -> None:
    (event,) = setting.decide_revise(handed_on(), 1600, "责3号", DAY)
    assert event.warnings == ("parts-differ-from-the-whole",)


def withdrawn() -> Target:
    return rules.evolve(accepted(), *setting.decide_withdraw(accepted(), "责3号", DAY))


RATE = {"measure": "audit_coverage", "population": "all", "number": 95}


@pytest.mark.parametrize(
    ("decide", "refusal"),
    [
        (lambda: setting.decide_draft(drafted(population="women")), setting.PopulationDoesNotFit),
        (lambda: closing.decide_close(accepted(), Done(1, 2, LAST), AFTER), closing.SumHasNoDenominator),
        (lambda: closing.decide_close(accepted(), Done(1, 1, AFTER), AFTER), closing.CutOutsideYear),
        (lambda: closing.decide_progress(accepted(), Done(1, 1, LAST), DAY), closing.CutOutsideYear),
        (lambda: closing.decide_close(accepted(), Done(1, 1, DAY), DAY), closing.YearNotOver),
        (lambda: setting.decide_decompose(accepted(**RATE), PART, drafted()), setting.RateNotDivisible),
        (lambda: setting.decide_accept(accepted(), DAY), StepOutOfTurn),
        (lambda: setting.decide_revise(accepted(), 1500, "责3号", DAY), setting.NumberUnchanged),
        (lambda: setting.decide_revise(withdrawn(), 1, "责3号", DAY), StepOutOfTurn),
        (lambda: setting.decide_withdraw(withdrawn(), "责3号", DAY), StepOutOfTurn),
        (lambda: setting.decide_withdraw(accepted(), "责3号", date(2013, 1, 31)), BeforeLastStep),
        (lambda: closing.decide_close(withdrawn(), Done(1, 1, LAST), AFTER), StepOutOfTurn),
        (lambda: closing.decide_close(accepted(), Done(1, 1, DAY), date(2013, 1, 31)), BeforeLastStep),
    ],
)
def test_a_target_refuses(decide: Any, refusal: type[Problem]) -> None:
    with pytest.raises(refusal):
        decide()
