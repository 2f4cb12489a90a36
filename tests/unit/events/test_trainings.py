"""Training: stages, what completes, and groups that overlap."""

from __future__ import annotations

from datetime import date
from functools import reduce
from uuid import UUID

import pytest

from services.events.domain import trainings as rules
from services.events.domain.trainings import Training, evolve, evolve_target
from shared.contracts.events import TraineeGroup, TrainingPlanned, TrainingTargetSet
from shared.stages import StepOutOfTurn

DAY, LATER = date(2013, 3, 1), date(2013, 6, 1)


def planned() -> Training:
    said = TrainingPlanned(occurredon=DAY, union=UUID(int=1), programme="migrant_guidance", planned=12)
    return evolve(None, said)


def held(trainees: int = 10) -> Training:
    return reduce(evolve, rules.decide_hold(planned(), 1, trainees, DAY), planned())


def group(attribute: str, people: int) -> TraineeGroup:
    return TraineeGroup(attribute=attribute, people=people)


def test_groups_may_together_be_more_than_all() -> None:
    (event,) = rules.decide_complete(held(), 10, [group("women", 9), group("migrant", 10)], LATER)
    assert event.people == 10


def test_no_group_is_larger_than_all() -> None:
    with pytest.raises(rules.GroupBeyondCompleted):
        rules.decide_complete(held(), 8, [group("women", 9)], LATER)
    with pytest.raises(rules.GroupTwice):
        rules.decide_complete(held(), 8, [group("women", 3), group("women", 4)], LATER)
    with pytest.raises(rules.CompletedBeyondTrainees):
        rules.decide_complete(held(), 11, [], LATER)


def test_a_class_is_held_before_it_is_completed() -> None:
    with pytest.raises(StepOutOfTurn):
        rules.decide_complete(planned(), 1, [], LATER)
    with pytest.raises(StepOutOfTurn):
        rules.decide_hold(held(), 1, 1, LATER)


def test_a_target_names_the_one_before() -> None:
    said = TrainingTargetSet(
        occurredon=DAY,
        union=UUID(int=1),
        programme="migrant_guidance",
        year=2013,
        old_people=None,
        people=1400,
        document="工〔2013〕2号",
    )
    state = evolve_target(None, said)
    assert rules.decide_target(state, said) == ()
    (event,) = rules.decide_target(state, said.model_copy(update={"people": 1500}))
    assert (event.old_people, event.people) == (1400, 1500)
