"""Every chapter can be told for other numbers: its steps are expanded with ids that nobody answered."""

from __future__ import annotations

import pytest

from shared.codes import credit
from unionstream.demo.drawing import drawn, shipped
from unionstream.demo.expanding import Telling, expand
from unionstream.demo.functions import generated
from unionstream.demo.ground import UNUSED
from unionstream.demo.story import chapters, courses, scenario
from unionstream.demo.telling import Story, places_of

SEEDS = range(1, 31)


def sent(story: Story) -> int:
    """How many rows and commands a story has."""
    known: dict[str, str] = {}
    for keys, _batch in story.ground.founded(known):
        known.update({key: f"id of {key}" for key in keys})
    telling = Telling(story.values | places_of(story, known), story.block, courses())
    total = 0
    for step, scope, name in telling.steps(story.scenario.steps):
        batch = expand(step, scope, name)
        ids = [f"{name} {n}" for n in range(len(batch.items))]
        telling.keep(step, scope, name, ids if batch.many else ids[0])
        total += len(ids)
    return total


@pytest.mark.parametrize("chapter", chapters())
def test_every_step_can_be_told_for_other_numbers(chapter: int) -> None:
    whole = scenario(chapter)
    assert sent(Story(whole, shipped(whole))) > 0
    for seed in SEEDS:
        assert sent(Story(whole, drawn(whole, seed), seed)) > 0, seed


def test_the_last_story_has_employers_too() -> None:
    last = Story(scenario(1), {}, UNUSED - 1)
    code = generated(last.block)["company"](9_999)
    assert credit.checked(code).code == code
