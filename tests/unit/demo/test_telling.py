"""Chapters told to services that take everything: what is sent, once, and again where it must be."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from itertools import count
from typing import Any
from uuid import UUID

import httpx
import pytest

from unionstream.demo.drawing import drawn, shipped
from unionstream.demo.expanding import Batch, Item, Telling, expand
from unionstream.demo.expressions import BadExpression
from unionstream.demo.posting import Advanced, Poster, StoryRefused
from unionstream.demo.story import Course, Step, Use, chapters, scenario
from unionstream.demo.telling import Story, tell

SERVICES = ("membership", "finance", "welfare", "events", "rights", "affairs")
URLS = {name: f"http://{name}" for name in SERVICES}
Answering = Callable[[httpx.Request], httpx.Response]


class Services:
    """The far end of the wire: takes every row and command, and remembers the requests."""

    def __init__(self) -> None:
        self.requests: list[httpx.Request] = []
        self._ids = count(1)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        body = json.loads(request.content)
        if not request.url.path.endswith("/bulk"):
            return httpx.Response(200, json={"id": self.next()})
        rows = [{"row": n, "id": self.next(), "problem": None} for n in range(len(body["rows"]))]
        return httpx.Response(200, json={"results": rows})

    def next(self) -> str:
        return str(UUID(int=next(self._ids)))


def poster(answering: Answering) -> Poster:
    return Poster(httpx.AsyncClient(transport=httpx.MockTransport(answering)), URLS)


def uncounted(_batch: Batch) -> Advanced:
    return lambda _done: None


def batch(*bodies: dict[str, Any], bulk: bool = False) -> Batch:
    items = tuple(Item("/v1/things/bulk" if bulk else "/v1/things", body) for body in bodies)
    return Batch("things", "membership", "things", items, "demo:recording", bulk, many=True, in_order=False)


@pytest.mark.parametrize("chapter", chapters())
@pytest.mark.parametrize("seed", [None, 3])
async def test_every_step_of_a_chapter_is_sent_once(chapter: int, seed: int | None) -> None:
    whole, services = scenario(chapter), Services()
    values = shipped(whole) if seed is None else drawn(whole, seed)
    await tell(Story(whole, values, fresh=1), poster(services), {}, uncounted)
    keys = Counter(request.headers["Idempotency-Key"] for request in services.requests)
    assert max(keys.values()) == 1
    rows = Counter(
        (request.url.path, row["reference"])
        for request in services.requests
        if request.url.path.endswith("/bulk")
        for row in json.loads(request.content)["rows"]
    )
    assert max(rows.values()) == 1
    assert not [request.url for request in services.requests if "{" in str(request.url)]
    assert b"None" not in b"".join(request.content for request in services.requests)


async def test_what_waits_for_another_service_is_sent_again_under_the_same_key() -> None:
    services = Services()

    def late(request: httpx.Request) -> httpx.Response:
        answer = services(request)
        if len(services.requests) == 1:
            return httpx.Response(409, headers={"Retry-After": "0"}, json={"code": "not-yet-known"})
        if len(services.requests) == 2:
            raise httpx.RemoteProtocolError("closed")
        return answer

    (id_,) = await poster(late).send(batch({"a": 1}), "story", lambda _done: None)
    assert id_ == str(UUID(id_))
    assert [request.headers["Idempotency-Key"] for request in services.requests] == ["story/things/0"] * 3


async def test_of_a_list_only_the_rows_that_wait_are_sent_again() -> None:
    services, done = Services(), Counter[str]()

    def late(request: httpx.Request) -> httpx.Response:
        answer = services(request).json()
        if len(services.requests) == 1:
            answer["results"][1] |= {"id": None, "problem": {"code": "not-yet-known"}}
        return httpx.Response(200, json=answer)

    ids = await poster(late).send(
        batch({"a": 1}, {"a": 2}, bulk=True), "story", lambda n: done.update({"rows": n})
    )
    assert len(set(ids)) == 2
    assert done["rows"] == 2
    sent = [[row["a"] for row in json.loads(request.content)["rows"]] for request in services.requests]
    assert sent == [[1, 2], [2]]


async def test_a_refusal_names_the_step_and_what_was_sent() -> None:
    def refusing(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(422, json={"code": "malformed", "remedy": "give a date"})

    with pytest.raises(ExceptionGroup) as refused:
        await poster(refusing).send(batch({"a": 1}), "story", lambda _done: None)
    (cause,) = refused.value.exceptions
    assert isinstance(cause, StoryRefused)
    assert "things" in str(cause)
    assert "give a date" in str(cause)


def test_a_course_has_its_own_names_and_gives_its_ids_to_the_story() -> None:
    made_twice = {"as": "made", "to": "events things/{kind}", "repeat": "2", "row": {"on": "=on"}}
    said = {
        "about": "",
        "needs": ["on"],
        "defaults": {"kind": "walk"},
        "steps": [{"set": {"x": 1}}, made_twice],
    }
    course = Course.model_validate(said)
    telling = Telling({"kind": "story"}, 1, {"gift": course})
    use = Use.model_validate({"use": "gift", "as": "first", "with": {"on": "2006-01-01"}})
    ((told, scope, name),) = telling.steps((use,))
    made = expand(told, scope, name)
    assert [item.path for item in made.items] == ["/v1/things/walk"] * 2
    telling.keep(told, scope, name, ["a", "b"])
    assert (telling.names["first_made"], telling.names["kind"]) == (["a", "b"], "story")
    lacking = Use.model_validate({"use": "gift", "as": "second", "with": {"off": "1"}})
    with pytest.raises(BadExpression, match=r"second.*lacks .'on'., does not know .'off'."):
        list(telling.steps((lacking,)))
    unknown = Use.model_validate({"use": "none", "as": "third"})
    with pytest.raises(BadExpression, match=r"third: there is no course"):
        list(telling.steps((unknown,)))


def test_lists_of_different_lengths_are_a_mistake_of_the_step() -> None:
    step = Step.model_validate({"to": "events things", "over": {"a": "[1, 2]", "b": "[1]"}})
    with pytest.raises(BadExpression, match="step gifts: the lists have different lengths"):
        expand(step, Telling({}, 1, {}).names, "gifts")
