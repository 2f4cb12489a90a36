"""In which order, and how often, a story is told: the figures are the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from random import Random

import httpx
import pytest

from tests.summaries.test_chapters import PRINTED, SEEDS, asking, wrong
from tests.support.signing import signing_client
from unionstream.demo.drawing import drawn
from unionstream.demo.story import Names, Scenario, Step, Use, scenario
from unionstream.demo.telling import Story

CHAPTER, NUMBERS = 8, 5
TWICE = PRINTED + max(SEEDS) + 2
WRITING = ("membership", "finance", "welfare", "events", "rights", "affairs")
BEFORE = {"relief": "archives", "finance facilities": "budget"}
Told = Step | Use
pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


async def test_a_story_that_is_told_twice_counts_once(urls: dict[str, str]) -> None:
    whole = scenario(CHAPTER)
    story = Story(whole, drawn(whole, NUMBERS), TWICE)
    async with signing_client(timeout=120) as http:
        assert wrong(await (await asking(story, urls, http)).all()) == []
        before = await logged(urls, http)
        assert wrong(await (await asking(story, urls, http)).all()) == []
        assert await logged(urls, http) == before


@pytest.mark.parametrize("seed", [1, 2])
async def test_another_order_gives_the_same_summary(seed: int, urls: dict[str, str]) -> None:
    whole = scenario(CHAPTER)
    other = reordered(whole, Random(seed))
    assert len(other.steps) == len(whole.steps)
    assert other.steps != whole.steps
    story = Story(other, drawn(whole, NUMBERS), TWICE + seed)
    async with signing_client(timeout=120) as http:
        assert wrong(await (await asking(story, urls, http)).all()) == []


async def logged(urls: Mapping[str, str], http: httpx.AsyncClient) -> int:
    """How many events the services have in their logs."""
    answers = [await http.get(f"{urls[service]}/v1/streams") for service in WRITING]
    return sum(answer.raise_for_status().json()["logged"] for answer in answers)


def reordered(whole: Scenario, random: Random) -> Scenario:
    """Units and people first; then every course goes its own way, and the courses mingle at random.

    Only relief stays behind the hardship archives and spending behind the budget: what is given to a
    household before its archive is entered, or spent before there is a budget, is told without one.
    """
    ground = [step for step in whole.steps if _of_the_register(step)]
    courses = _courses(
        step for step in whole.steps if not isinstance(step, Names) and not _of_the_register(step)
    )
    mingled = []
    while courses:
        course = random.choice(courses)
        mingled.append(course.pop(0))
        courses = [each for each in courses if each]
    return whole.model_copy(update={"steps": (*ground, *mingled)})


def _of_the_register(step: Told | Names) -> bool:
    return isinstance(step, Names) or (isinstance(step, Step) and step.to.startswith("membership "))


def _courses(steps: Iterable[Told]) -> list[list[Told]]:
    """Steps that use one another's ids, in their order."""
    courses: list[tuple[set[str], list[Told]]] = []
    for step in steps:
        joined = [each for each in courses if each[0] & _words(step)]
        courses = [each for each in courses if each not in joined]
        names = {step.as_} | {name for each in joined for name in each[0]}
        courses.append((names - {""}, [*(one for each in joined for one in each[1]), step]))
    return [course for _names, course in courses]


def _words(step: Told) -> set[str]:
    """What it names, and what has to be there before it although it does not name it."""
    told = step.model_dump_json(exclude={"as_", "title"})
    return set(re.findall(r"[a-z_]+", told)) | {
        name for of, name in BEFORE.items() if told.startswith((f'{{"use":"{of}"', f'{{"to":"{of}'))
    }
