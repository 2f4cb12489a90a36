"""Each chapter told through the public interfaces: its figures come out, as printed and for other numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import httpx
import pytest

from tests.e2e.settling import caught_up
from tests.support.signing import signing_client
from unionstream.demo.asking import Answer, Asker
from unionstream.demo.drawing import drawn, shipped
from unionstream.demo.expanding import Batch
from unionstream.demo.expressions import compute, names_in, scope_of
from unionstream.demo.functions import FUNCTIONS
from unionstream.demo.posting import Advanced, Poster
from unionstream.demo.story import Expected, chapters, expected, relations, scenario
from unionstream.demo.telling import Story, tell

PRINTED, SEEDS = 1, (1, 2)
pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


def uncounted(_batch: Batch) -> Advanced:
    return lambda _done: None


async def told(story: Story, urls: Mapping[str, str]) -> list[Answer]:
    """Everything asked about a story once it is told and the figures have seen it."""
    async with signing_client(timeout=120) as http:
        asker = await asking(story, urls, http)
        return await asker.all()


async def asking(story: Story, urls: Mapping[str, str], http: httpx.AsyncClient) -> Asker:
    names = await tell(story, Poster(http, dict(urls)), {}, uncounted)
    await caught_up(http, urls)
    return Asker(story, names, urls["projection"], http)


def wrong(answers: list[Answer]) -> list[tuple[str, str, str, Any, Any]]:
    return [(a.id, a.ask.figure, a.ask.at, a.wanted, a.value) for a in answers if not a.right]


@pytest.mark.parametrize("chapter", chapters())
async def test_a_chapter_comes_out_as_printed(chapter: int, urls: dict[str, str]) -> None:
    whole = scenario(chapter)
    answers = await told(Story(whole, shipped(whole), PRINTED), urls)
    assert wrong(answers) == []
    printed = {id_: each for id_, each in expected().items() if each.chapter == chapter and each.is_}
    assert {each.id for each in answers if each.id} == set(printed)
    assert untrue(answers) == []


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("chapter", chapters())
async def test_other_numbers_give_another_summary(chapter: int, seed: int, urls: dict[str, str]) -> None:
    whole = scenario(chapter)
    assert wrong(await told(Story(whole, drawn(whole, seed), PRINTED + seed), urls)) == []


async def test_a_wrong_number_and_a_question_that_is_refused_are_reported(urls: dict[str, str]) -> None:
    whole = scenario(1)
    story = Story(whole, drawn(whole, 9), PRINTED + max(SEEDS) + 1)
    async with signing_client(timeout=120) as http:
        asker = await asking(story, urls, http)
        planted = story.values | {"three_star": story.values["three_star"] + 1}
        answers = await replace(asker, story=replace(story, values=planted)).all()
        assert {each[:3] for each in wrong(answers)} == {
            ("F005", "unions_accredited_three_star", "town"),
            ("F005", "unions_accredited_three_star", "county"),
        }
        nothing = expected()["F005"].ask.model_copy(update={"figure": "no_such_figure"})
        answer = await asker.one("F005", nothing)
        assert (answer.right, str(answer.value)[:3]) == (False, "404")


def untrue(answers: list[Answer]) -> list[str]:
    """Relations that hold on paper and do not among the answers."""
    printed = expected()
    values = {
        a.ask.metric: _as_printed(a, printed.get(a.id)) for a in answers if a.ask.metric and not _above(a)
    }
    faults = []
    for id_, relation in relations().items():
        if relation.chapter == answers[0].chapter and relation.verdict == "holds":
            known = names_in(relation.expression) | names_in(relation.compare_to)
            if lacking := known - set(values):
                assert not lacking & {e.metric for e in printed.values() if e.is_}, id_
                continue
            left, right = (_computed(each, values) for each in (relation.expression, relation.compare_to))
            if left != right:
                faults.append(f"{id_}: {relation.expression} is {left}, {relation.compare_to} is {right}")
    return faults


def _computed(expression: str, values: Mapping[str, float]) -> float:
    return float(compute(expression, scope_of(FUNCTIONS, values)))


def _above(answer: Answer) -> bool:
    of = expected().get(answer.id)
    return of is not None and answer.ask.at != of.at


def _as_printed(answer: Answer, of: Expected | None) -> float:
    return float(of.as_printed(answer.value) if of else answer.value)
