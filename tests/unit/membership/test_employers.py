"""Employers: covering, headcount, scale (DOMAIN STA-03, STA-04, MEM-10)."""

from datetime import date, timedelta
from typing import Any

import pytest

from services.membership.domain import covering, employers
from services.membership.domain.dates import (
    BeforeEstablishment,
    BeforeLatestFact,
    DateInFuture,
    NothingChanges,
)
from services.membership.domain.placed import At
from shared.catalogues import NotInCatalogue
from shared.contracts import membership as m
from shared.rules import NoRuleInForce
from tests.support.builders import (
    TODAY,
    a_union,
    employer_covered,
    employer_registered,
    headcount,
    named,
    workforce_reported,
)
from tests.support.scenario import Scenario

ON = date(2006, 3, 1)
MILLION = 100_000_000  # fen


def employer() -> Scenario[employers.Employer]:
    return Scenario(employers.evolve).given(employer_registered())


def cover(union: str = "union", on: date = ON, **changes: Any) -> Any:
    target = (named(union), a_union(union, **changes))
    return lambda state: covering.decide_cover((named("employer"), state), target, on, TODAY)


def uncover(union: str = "union", on: date = ON) -> Any:
    return lambda state: covering.decide_uncover(
        (named("employer"), state), (named(union), a_union(union)), on, TODAY
    )


def uncovered(union: str = "union", on: date = ON) -> At:
    event = m.EmployerUncovered(
        occurredon=on, employer=named("employer"), employer_kind="private_enterprise", form="committee"
    )
    return At(named(union), event)


def report(workers: int, on: date = ON) -> Any:
    return lambda state: employers.decide_workforce((named("employer"), state), headcount(workers), on, TODAY)


def assess(sales_fen: int, on: date) -> Any:
    return lambda state: employers.decide_scale(state, sales_fen, on, TODAY)


def assessed(sales_fen: int, threshold_fen: int, on: date, *, old: bool | None, now: bool) -> At:
    event = m.EmployerScaleAssessed(
        occurredon=on,
        sales_fen=sales_fen,
        threshold_fen=threshold_fen,
        old_above_scale=old,
        above_scale=now,
    )
    return At(named("village"), event)


def register(**changes: Any) -> Any:
    unit, event = employer_registered(**changes)
    assert isinstance(event, m.EmployerRegistered)
    return lambda _: [At(unit, each) for each in employers.decide_register(event, a_union("village"), TODAY)]


def test_an_employer_is_registered_at_a_unit() -> None:
    Scenario(employers.evolve).when(register()).then(employer_registered())


def test_an_employer_of_an_unknown_kind_is_refused() -> None:
    Scenario(employers.evolve).when(register(kind="club")).then_refused(NotInCatalogue, "kind")


def test_an_employer_is_not_registered_tomorrow() -> None:
    Scenario(employers.evolve).when(register(occurredon=TODAY + timedelta(days=1))).then_refused(DateInFuture)


def test_a_union_covers_an_employer() -> None:
    after = employer().when(cover()).then(employer_covered(on=ON))
    assert after.place == named("union")


def test_an_employer_is_covered_by_one_union_at_a_time() -> None:
    employer().given(employer_covered()).when(cover("union/2")).then_refused(
        employers.EmployerCoveredAlready, "employer"
    )


def test_an_employer_cannot_be_covered_before_the_union_existed() -> None:
    employer().when(cover(occurredon=ON + timedelta(days=1))).then_refused(BeforeEstablishment)


def test_an_employer_cannot_be_covered_tomorrow() -> None:
    employer().when(cover(on=TODAY + timedelta(days=1))).then_refused(DateInFuture)


def test_an_employer_cannot_be_covered_before_it_was_registered() -> None:
    Scenario(employers.evolve).given(employer_registered(occurredon=ON)).when(
        cover(on=ON - timedelta(days=1))
    ).then_refused(BeforeLatestFact)


def test_a_covered_employer_may_be_released() -> None:
    after = employer().given(employer_covered()).when(uncover()).then(uncovered())
    assert after.place == named("village")


def test_only_the_covering_union_releases_an_employer() -> None:
    employer().given(employer_covered()).when(uncover("union/2")).then_refused(
        covering.EmployerNotCovered, "employer"
    )


def test_the_headcount_moves_along_to_the_covering_union() -> None:
    employer().given(workforce_reported("village", date(2005, 1, 1), old=None, new=40)).when(cover()).then(
        employer_covered(on=ON),
        workforce_reported("village", ON, old=40, new=0),
        workforce_reported("union", ON, old=None, new=40),
    )


def test_the_headcount_moves_back_to_the_unit_that_registered_the_employer() -> None:
    counted = workforce_reported("union", date(2005, 1, 1), old=None, new=40)
    employer().given(employer_covered(), counted).when(uncover()).then(
        uncovered(),
        workforce_reported("union", ON, old=40, new=0),
        workforce_reported("village", ON, old=None, new=40),
    )


def test_a_headcount_reported_after_the_day_of_covering_moves_on_its_own_day() -> None:
    reported = date(2007, 1, 1)
    employer().given(workforce_reported("village", reported, old=None, new=40)).when(cover()).then(
        employer_covered(on=ON),
        workforce_reported("village", reported, old=40, new=0),
        workforce_reported("union", reported, old=None, new=40),
    )


def test_a_headcount_at_the_covering_unit_itself_is_counted_among_the_unionised() -> None:
    """The unit that registered the employer covers it: all workers stay there, but in another part."""
    counted = workforce_reported("village", date(2005, 1, 1), old=None, new=40)
    gone = workforce_reported("village", ON, old=40, new=0)
    there = workforce_reported("union", ON, old=None, new=40)
    employer().given(counted).when(cover("village")).then(
        At(named("village"), employer_covered(on=ON).event), gone, At(named("village"), there.event)
    )


def carried(place: str, on: date, *, here: bool) -> At:
    event = m.EmployerScaleCarried(
        occurredon=on, employer=named("employer"), old_above_scale=not here, above_scale=here
    )
    return At(named(place), event)


def test_the_scale_moves_along_to_the_covering_union_and_back() -> None:
    above = assessed(6 * MILLION, 5 * MILLION, date(2005, 1, 5), old=None, now=True)
    employer().given(above).when(cover()).then(
        employer_covered(on=ON), carried("village", ON, here=False), carried("union", ON, here=True)
    )
    employer().given(above, employer_covered()).when(uncover()).then(
        uncovered(), carried("union", ON, here=False), carried("village", ON, here=True)
    )


def test_a_scale_assessed_after_the_day_of_covering_moves_on_its_own_day() -> None:
    on = date(2007, 1, 1)
    above = assessed(6 * MILLION, 5 * MILLION, on, old=None, now=True)
    employer().given(above).when(cover()).then(
        employer_covered(on=ON), carried("village", on, here=False), carried("union", on, here=True)
    )


def test_an_employer_below_scale_takes_nothing_along() -> None:
    below = assessed(4 * MILLION, 5 * MILLION, date(2005, 1, 5), old=None, now=False)
    employer().given(below).when(cover()).then(employer_covered(on=ON))


def test_a_headcount_tells_the_one_before() -> None:
    employer().given(workforce_reported("village", date(2005, 1, 1), old=None, new=40)).when(report(50)).then(
        workforce_reported("village", ON, old=40, new=50)
    )


def test_the_same_headcount_twice_is_refused() -> None:
    employer().given(workforce_reported("village", date(2005, 1, 1), old=None, new=40)).when(
        report(40)
    ).then_refused(NothingChanges)


def test_a_headcount_of_an_earlier_day_is_refused() -> None:
    employer().given(workforce_reported("village", ON, old=None, new=40)).when(
        report(50, ON - timedelta(days=1))
    ).then_refused(BeforeLatestFact)


@pytest.mark.parametrize("part", [{"women": 11}, {"migrants": 11}])
def test_women_and_migrant_workers_are_among_the_workers(part: dict[str, int]) -> None:
    count = employers.Headcount(**({"workers": 10, "women": 0, "migrants": 0} | part))
    employer().when(
        lambda state: employers.decide_workforce((named("employer"), state), count, ON, TODAY)
    ).then_refused(employers.HeadcountUnclear, "workers")


def test_sales_of_2010_are_judged_by_five_million() -> None:
    on = date(2010, 12, 31)
    employer().when(assess(5 * MILLION, on)).then(assessed(5 * MILLION, 5 * MILLION, on, old=None, now=True))


def test_sales_of_2011_are_judged_by_twenty_million_and_the_past_stays_as_it_was() -> None:
    before, on = date(2010, 1, 5), date(2011, 1, 1)
    first = assessed(6 * MILLION, 5 * MILLION, before, old=None, now=True)
    employer().given(first).when(assess(6 * MILLION, on)).then(
        assessed(6 * MILLION, 20 * MILLION, on, old=True, now=False)
    )


def test_sales_of_a_year_without_a_known_threshold_are_refused() -> None:
    employer().when(assess(6 * MILLION, date(1995, 1, 1))).then_refused(NoRuleInForce)


def test_a_union_is_above_scale_if_one_of_its_employers_is() -> None:
    def judged(*, above: bool | None) -> employers.Employer:
        state = employers.evolve(None, employer_registered())
        return state.model_copy(update={"above_scale": above})

    assert employers.above_scale(()) is None
    assert employers.above_scale((judged(above=None),)) is None
    assert employers.above_scale((judged(above=False), judged(above=None))) is False
    assert employers.above_scale((judged(above=False), judged(above=True))) is True
