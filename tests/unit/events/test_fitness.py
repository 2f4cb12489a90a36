"""Daily exercise against its schedule; research papers against their plan."""

from datetime import date
from uuid import UUID

import pytest

from services.events.domain import fitness, papers
from services.events.domain.fitness import FitnessProgramme
from services.events.domain.papers import Paper, PaperPlan
from shared.contracts.events import FitnessScheduled, FitnessSession, PaperSubmitted

UNION, TOWN = (UUID(f"0196f000-0000-7000-8000-00000000000{n}") for n in (1, 2))
MONDAY, FRIDAY, SATURDAY = date(2013, 9, 2), date(2013, 9, 6), date(2013, 9, 7)


def programme() -> FitnessProgramme:
    days = fitness.days_of(MONDAY, SATURDAY, {1, 2, 3, 4, 5}, {FRIDAY})
    scheduled = FitnessScheduled(
        occurredon=MONDAY,
        union=UNION,
        fitness_kind="daily_exercise",
        minutes=30,
        sessions=tuple(FitnessSession(on=day) for day in days),
    )
    return fitness.evolve(None, scheduled)


def test_the_schedule_has_its_weekdays_without_those_left_out() -> None:
    assert [day.isoweekday() for day in programme().days] == [1, 2, 3, 4]
    with pytest.raises(fitness.ScheduleEmpty):
        fitness.days_of(SATURDAY, SATURDAY, {1}, ())
    with pytest.raises(fitness.ScheduleTooLong):
        fitness.days_of(MONDAY, date(2015, 9, 2), {1}, ())


def test_a_session_is_told_once_on_its_day() -> None:
    for day in (FRIDAY, SATURDAY):
        with pytest.raises(fitness.SessionNotScheduled):
            fitness.decide_record(programme(), 20, day)
    told = fitness.evolve(programme(), *fitness.decide_record(programme(), 20, MONDAY))
    with pytest.raises(fitness.SessionRecordedTwice):
        fitness.decide_record(told, 20, MONDAY)


def test_a_session_is_corrected_with_the_old_number() -> None:
    told = fitness.evolve(programme(), *fitness.decide_record(programme(), 20, MONDAY))
    (event,) = fitness.decide_correct(told, MONDAY, 25, FRIDAY)
    assert (event.old_person_times, event.person_times) == (20, 25)
    assert fitness.evolve(told, event).held == {MONDAY: 25}
    with pytest.raises(fitness.AttendanceUnchanged):
        fitness.decide_correct(told, MONDAY, 20, FRIDAY)
    with pytest.raises(fitness.SessionNotRecorded):
        fitness.decide_correct(programme(), MONDAY, 20, FRIDAY)


def planned(at_least: int, at_most: int) -> PaperPlan:
    return PaperPlan(union=UNION, year=2013, at_least=at_least, at_most=at_most)


def test_a_plan_of_papers_changes_with_the_old_numbers() -> None:
    (first,) = papers.decide_plan(None, planned(2, 3), MONDAY)
    plan = papers.evolve_plan(None, first)
    (second,) = papers.decide_plan(plan, planned(3, 4), MONDAY)
    assert (first.old_at_least, second.old_at_least, second.at_least) == (None, 2, 3)
    with pytest.raises(papers.PlanUnchanged):
        papers.decide_plan(plan, planned(2, 3), MONDAY)
    with pytest.raises(papers.MostBelowLeast):
        papers.decide_plan(plan, planned(2, 1), MONDAY)


def test_a_paper_has_one_prize_after_it_was_handed_in() -> None:
    submitted = PaperSubmitted(occurredon=FRIDAY, union=UNION, receiver=TOWN, author=None)
    paper: Paper = papers.evolve(None, submitted)
    with pytest.raises(papers.AwardBeforeSubmission):
        papers.decide_award(paper, "first_prize", MONDAY)
    (event,) = papers.decide_award(paper, "first_prize", SATURDAY)
    with pytest.raises(papers.PaperAwardedTwice):
        papers.decide_award(papers.evolve(paper, event), "merit_prize", SATURDAY)
