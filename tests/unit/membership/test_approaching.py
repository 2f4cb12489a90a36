"""Employers without a union: targeted, refusing, noticed (DOMAIN ORG-03, FIN-08)."""

from datetime import date, timedelta
from typing import Any

import pytest

from services.membership.domain import approaching, covering, employers
from services.membership.domain.dates import BeforeLatestFact, DateInFuture, NothingChanges
from services.membership.domain.employers import EmployerCoveredAlready
from services.membership.domain.placed import At
from shared.contracts import membership as m
from tests.support.builders import (
    FOUNDED,
    TODAY,
    a_union,
    employer_covered,
    employer_registered,
    named,
)
from tests.support.scenario import Scenario

ON = date(2006, 3, 1)
ABOUT: dict[str, Any] = {"employer": named("employer"), "employer_kind": "private_enterprise"}


def employer() -> Scenario[employers.Employer]:
    return Scenario(employers.evolve).given(employer_registered())


def at_village(event: m.MembershipEvent) -> At:
    return At(named("village"), event)


def targeted(on: date = ON) -> At:
    return at_village(m.EstablishmentTargeted(occurredon=on, **ABOUT))


def refused(on: date = ON) -> At:
    return at_village(m.EmployerRefusalRecorded(occurredon=on, **ABOUT))


def overcome(on: date = ON) -> At:
    return at_village(m.EmployerRefusalOvercome(occurredon=on, **ABOUT))


def target(on: date = ON) -> Any:
    return lambda state: approaching.decide_target((named("employer"), state), on, TODAY)


def refuse(on: date = ON) -> Any:
    return lambda state: approaching.decide_record_refusal((named("employer"), state), on, TODAY)


def no_longer(on: date = ON) -> Any:
    return lambda state: approaching.decide_overcome((named("employer"), state), on, TODAY)


def notice(on: date = ON) -> Any:
    paper = "镇工〔2006〕3号"
    return lambda state: approaching.decide_give_notice((named("employer"), state), paper, on, TODAY)


def test_an_employer_is_targeted_once() -> None:
    employer().when(target()).then(targeted())
    employer().given(targeted()).when(target()).then_refused(NothingChanges, "employer")


def test_a_refusal_is_recorded_once_and_overcome() -> None:
    employer().when(refuse()).then(refused())
    employer().given(refused()).when(refuse()).then_refused(NothingChanges, "employer")
    after = employer().given(refused()).when(no_longer()).then(overcome())
    assert after.refusing_on is None


def test_what_was_never_refused_is_not_overcome() -> None:
    employer().when(no_longer()).then_refused(approaching.EmployerNotRefusing, "employer")


def test_a_refusal_is_not_overcome_before_it_was_recorded() -> None:
    employer().given(refused()).when(no_longer(ON - timedelta(days=1))).then_refused(BeforeLatestFact)


def test_a_union_that_covers_the_employer_overcomes_its_refusal() -> None:
    union = (named("union"), a_union())
    after = (
        employer()
        .given(targeted(), refused())
        .when(lambda state: covering.decide_cover((named("employer"), state), union, ON, TODAY))
        .then(overcome(), employer_covered(on=ON))
    )
    assert (after.targeted_on, after.refusing_on) == (None, None)


def test_notice_is_given_in_writing_as_often_as_needed() -> None:
    given = at_village(m.NoticeGiven(occurredon=ON, employer=named("employer"), document="镇工〔2006〕3号"))
    after = employer().given(given).when(notice()).then(given)
    assert after.noticed_on == ON


@pytest.mark.parametrize("decide", [target(), refuse(), notice()])
def test_an_employer_with_a_union_is_not_approached(decide: Any) -> None:
    employer().given(employer_covered()).when(decide).then_refused(EmployerCoveredAlready, "employer")


@pytest.mark.parametrize("decide", [target, refuse, notice])
def test_nothing_happens_tomorrow_or_before_the_employer_was_known(decide: Any) -> None:
    employer().when(decide(TODAY + timedelta(days=1))).then_refused(DateInFuture)
    employer().when(decide(FOUNDED - timedelta(days=1))).then_refused(BeforeLatestFact)
