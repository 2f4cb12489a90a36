"""Closing periods, freezing summaries, declaring figures: once, when the period is over."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.affairs.domain import closings, declarations, summaries
from services.affairs.domain.closings import Closing
from services.affairs.domain.declarations import Declaration
from services.affairs.domain.reports import PeriodBackwards, PeriodNotBegun, PeriodNotOver, Report, report_id
from services.affairs.domain.summaries import Summary
from shared.contracts.affairs import (
    FigureDeclared,
    PeriodClosed,
    PeriodFiguresReported,
    ReportedFigure,
    SummaryFrozen,
    SummarySuperseded,
)
from shared.envelope import LARGEST_EVENT_BYTES
from shared.errors import Problem
from shared.stages import BeforeLastStep, StepOutOfTurn

UNION, OLD, NEW = (UUID(int=0x0196F000_0000_7000_8000_0000000000E0 + n) for n in range(3))
ON = date(2014, 1, 10)
YEAR = Report(union=UNION, first_day=date(2013, 1, 1), last_day=date(2013, 12, 31), line="territorial")
FIGURES = (
    ReportedFigure(figure="members_total", value="376"),
    ReportedFigure(figure="join_rate", value=None),
)


def closed(figures: tuple[ReportedFigure, ...] = FIGURES) -> tuple[Closing, list[PeriodFiguresReported]]:
    events = closings.decide_close(None, YEAR, "c1cut", figures, ON)
    state: Closing | None = None
    for event in events:
        state = closings.evolve(state, event)
    assert state is not None
    return state, [event for event in events if isinstance(event, PeriodFiguresReported)]


def test_what_was_reported_is_in_the_events() -> None:
    state, parts = closed()
    assert (state.figures, state.cut, state.closed_on) == (2, "c1cut", ON)
    assert parts[0].figures == FIGURES
    assert state.sha256 == closings.hash_of(tuple(reversed(FIGURES)))


@given(st.integers(1, 3000))
def test_however_many_figures_each_event_stays_small(count: int) -> None:
    figures = tuple(ReportedFigure(figure=f"f{n}" + "x" * 74, value="-" + "9" * 25) for n in range(count))
    _, parts = closed(figures)
    assert [each for part in parts for each in part.figures] == list(figures)
    assert [part.part for part in parts] == list(range(1, len(parts) + 1))
    assert all(len(part.model_dump_json()) < LARGEST_EVENT_BYTES - 8192 for part in parts)


@pytest.mark.parametrize(
    ("on", "days", "refusal"),
    [
        (date(2012, 12, 31), {}, PeriodNotBegun),
        (date(2013, 12, 30), {}, PeriodNotOver),
        (ON, {"first_day": date(2014, 1, 1)}, PeriodBackwards),
    ],
)
def test_a_period_is_closed_when_it_is_over(on: date, days: dict[str, date], refusal: type[Problem]) -> None:
    with pytest.raises(refusal):
        closings.decide_close(None, YEAR.model_copy(update=days), "c1cut", FIGURES, on)


@pytest.mark.parametrize(
    ("cut", "refusal"),
    [("c1cut", closings.PeriodClosedAlready), ("c1other", closings.PeriodClosedAtAnotherCut)],
)
def test_a_period_is_closed_once(cut: str, refusal: type[Problem]) -> None:
    state, _ = closed()
    with pytest.raises(refusal) as told:
        closings.decide_close(state, YEAR, cut, FIGURES, ON)
    assert "restatements" in told.value.remedy


def test_a_figure_is_reported_once() -> None:
    with pytest.raises(closings.FigureReportedTwice):
        closings.decide_close(None, YEAR, "c1cut", (*FIGURES, FIGURES[0]), ON)


def test_one_report_per_union_days_and_line() -> None:
    other = YEAR.model_copy(update={"line": "education"})
    assert report_id(YEAR, "closing") == report_id(YEAR, "closing") != report_id(other, "closing")


def frozen(replaces: UUID | None = None, on: date = ON) -> SummaryFrozen:
    return SummaryFrozen(
        occurredon=on,
        **YEAR.about,
        cut="c1cut",
        template="town@3",
        sha256="0" * 64,
        size=7,
        replaces=replaces,
    )


def standing() -> Summary:
    return summaries.evolve(None, frozen())


def test_a_summary_is_published_and_superseded_by_a_later_one() -> None:
    state = standing()
    published = summaries.evolve(state, *summaries.decide_publish(state, ON))
    assert published.stage == "published"
    new, (ended,) = summaries.decide_freeze(frozen(OLD), YEAR, (OLD, published), NEW)
    assert isinstance(ended, SummarySuperseded)
    assert (summaries.evolve(published, ended).stage, ended.by, new[0].replaces) == ("superseded", NEW, OLD)
    with pytest.raises(StepOutOfTurn):
        summaries.decide_publish(published, ON)


@pytest.mark.parametrize(
    ("event", "stands", "refusal"),
    [
        (frozen(), (OLD, standing()), summaries.SummaryStanding),
        (frozen(NEW), (OLD, standing()), summaries.ReplacesAnother),
        (frozen(OLD), None, summaries.ReplacesAnother),
        (frozen(OLD, date(2014, 1, 9)), (OLD, standing()), BeforeLastStep),
        (frozen(on=date(2013, 6, 1)), None, PeriodNotOver),
    ],
)
def test_one_summary_stands_for_a_period(
    event: SummaryFrozen, stands: tuple[UUID, Summary] | None, refusal: type[Problem]
) -> None:
    with pytest.raises(refusal):
        summaries.decide_freeze(event, YEAR, stands, NEW)


def declared(value: str = "10135", source: str = "镇工〔2014〕1号") -> FigureDeclared:
    said: dict[str, Any] = {"figure": "medical_people_insured", "old_value": None, "qualifier": "exact"}
    return FigureDeclared(occurredon=ON, **YEAR.about, **said, value=value, source=source)


def stated(event: FigureDeclared, before: Declaration | None = None) -> Declaration:
    return declarations.evolve(before, *declarations.decide_declare(before, YEAR, event))


def test_a_later_paper_takes_the_place_of_an_earlier_one() -> None:
    first = stated(declared())
    (again,) = declarations.decide_declare(first, YEAR, declared("10124"))
    assert (again.old_value, again.value) == ("10135", "10124")
    with pytest.raises(declarations.DeclaredAlready):
        declarations.decide_declare(first, YEAR, declared())


def test_a_withdrawn_figure_may_be_declared_anew() -> None:
    first = stated(declared())
    withdrawn = declarations.evolve(first, *declarations.decide_withdraw(first, ON))
    assert withdrawn.value is None
    with pytest.raises(declarations.DeclarationNotStanding):
        declarations.decide_withdraw(withdrawn, ON)
    assert stated(declared(), withdrawn).value == "10135"


def test_the_words_of_a_summary_are_erased_once_and_the_summary_stays() -> None:
    (event,) = summaries.decide_erase(standing(), "bo", "unlawful", ON)
    after = summaries.evolve(standing(), event)
    assert (after.erased, after.stage, after.sha256) == (True, standing().stage, standing().sha256)
    with pytest.raises(summaries.WordsErasedBefore):
        summaries.decide_erase(after, "bo", "unlawful", ON)
    assert summaries.decide_freeze(frozen(OLD), YEAR, (OLD, after), NEW)


def test_no_event_of_a_summary_has_its_text() -> None:
    assert not {"document", "content", "text"} & {*SummaryFrozen.model_fields, *PeriodClosed.model_fields}
