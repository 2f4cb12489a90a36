"""The register of people: an id for everybody, member or not."""

from datetime import date, timedelta
from typing import Any

import pytest

from services.membership.domain import people
from services.membership.domain.dates import BeforeEstablishment, DateInFuture
from services.membership.domain.placed import At
from shared.catalogues import NotInCatalogue
from shared.contracts import membership as m
from shared.errors import Problem
from tests.support.builders import FOUNDED, JOINED, TODAY, a_union, member_joined, named
from tests.support.scenario import Scenario


def register(on: date = JOINED, sex: str = "female") -> Any:
    unit = (named("union"), a_union())
    return lambda _: people.decide_register_person(named("ada"), sex, unit, on, TODAY)


def registered() -> At:
    return At(named("union"), m.PersonRegistered(occurredon=JOINED, person=named("ada"), sex="female"))


def test_a_person_is_registered_without_joining() -> None:
    state = Scenario(people.evolve).when(register()).then(registered())
    assert (state.unit, state.sex, state.registered_on) == (named("union"), "female", JOINED)


@pytest.mark.parametrize(
    ("decide", "why"),
    [
        (register(TODAY + timedelta(days=1)), DateInFuture),
        (register(FOUNDED - timedelta(days=1)), BeforeEstablishment),
        (register(sex="robot"), NotInCatalogue),
    ],
)
def test_a_person_is_refused_on_a_bad_day_or_of_an_unknown_sex(decide: Any, why: type[Problem]) -> None:
    Scenario(people.evolve).when(decide).then_refused(why)


def test_events_of_members_do_not_happen_to_a_person_of_the_register() -> None:
    with pytest.raises(TypeError):
        people.evolve(None, member_joined())
