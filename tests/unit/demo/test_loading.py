"""All chapters told at once in the real places of a province: none founds what another has founded."""

from __future__ import annotations

import json
from itertools import count
from typing import Any
from uuid import UUID

import httpx

from unionstream.demo.asking import wanted_names
from unionstream.demo.drawing import drawn
from unionstream.demo.land import Province, read
from unionstream.demo.loading import load
from unionstream.demo.story import chapters, scenario
from unionstream.demo.telling import Story

SERVICES = ("membership", "finance", "welfare", "events", "rights", "affairs", "projection")
URLS = {name: f"http://{name}" for name in SERVICES}
LITTLE = (
    Province(province="33", whole=False, whole_prefecture="330282"),
    Province(province="52", whole=False, whole_prefecture="5205", deepest=4),
)


class Country:
    """The far end of the wire: gives an id to everything, and a division to one union only."""

    def __init__(self) -> None:
        self.ids: dict[str, str] = {}
        self.divisions: dict[str, str] = {}
        self._next = count(1)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.method == "GET":
            topic = f"union.{request.url.host}"
            return httpx.Response(200, json={"lanes": {}, "logged": 0, "topic": topic, "streams": []})
        body, key = json.loads(request.content), request.headers["Idempotency-Key"]
        if not request.url.path.endswith("/bulk"):
            return httpx.Response(200, json={"id": self._taken(f"{request.url}/{key}", body)})
        source = f"{request.url}/{body['source']}"
        rows = [
            {"row": n, "problem": None, "id": self._taken(f"{source}/{row['reference']}", row)}
            for n, row in enumerate(body["rows"])
        ]
        return httpx.Response(200, json={"results": rows})

    def _taken(self, key: str, body: dict[str, Any]) -> str:
        id_ = self.ids.setdefault(key, str(UUID(int=next(self._next))))
        if "level" in body and (division := body.get("division")):
            assert self.divisions.setdefault(division, id_) == id_, f"{division} is taken: {body}"
            parent = body.get("parent")
            assert parent is None or parent in self.divisions or parent in self.ids.values(), body
        return id_


async def test_chapters_share_the_places_above_them_and_loading_again_finds_the_same() -> None:
    land, country = read().model_copy(update={"provinces": LITTLE}), Country()
    told = [Story(scenario(each), drawn(scenario(each), 1)) for each in chapters()]
    async with httpx.AsyncClient(transport=httpx.MockTransport(country)) as client:
        places = await load(land, told, URLS, client)
        sent = len(country.ids)
        assert await load(land, told, URLS, client) == places
    assert len(country.ids) == sent
    assert places.keys() == {story.scenario.chapter for story in told}
    for story in told:
        assert places[story.scenario.chapter].keys() >= wanted_names(story)
        assert story.scenario.writer in {*places[story.scenario.chapter], ""}
