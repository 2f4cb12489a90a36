"""Ids that no spreadsheet holds: of unions and employers by code, of what a service lists under a union.

As with people, a file is read once to learn what it names, then again when all of it has been asked for.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx

from unionstream.imports.answers import problem_of
from unionstream.imports.asking import SendingStopped
from unionstream.imports.patience import Patience
from unionstream.imports.problems import CellInvalid
from unionstream.imports.sheets import Find

_TIMEOUT = httpx.Timeout(60, connect=5)
_TRY_AGAIN = frozenset({429, 502, 503, 504})
_PAGE = 200

Item = Mapping[str, Any]


@dataclass(frozen=True)
class Wanted:
    """What an item must say: values of fields, and a day that lies between two of them."""

    equal: Mapping[str, Any]
    during: Mapping[tuple[str, str], str]


@dataclass(frozen=True)
class Services:
    """Where membership and the sheet's own service answer, and how long to wait for them."""

    membership: str
    own: str
    auth: httpx.Auth | None = field(default=None, repr=False)
    patience_seconds: float = 300


@dataclass
class Listed:
    """Remembers what a file names, and knows the ids once `look_up` has asked for them."""

    _named: dict[tuple[str, str], str | None] = field(default_factory=dict)
    _items: dict[tuple[str, str], list[Item]] = field(default_factory=dict)
    _asked: bool = False

    @property
    def unknown(self) -> int:
        """How many questions there are to ask."""
        return 0 if self._asked else len(self._named) + len(self._items)

    def union(self, code: str) -> str:
        """The id of a union; nothing before it has been looked up. Raises CellInvalid."""
        return self._id("unions", code, "union-unknown", "check the code, or establish the union first")

    def employer(self, code: str) -> str:
        """The same for an employer."""
        return self._id(
            "employers", code, "employer-unknown", "check the code, or register the employer first"
        )

    def item(self, find: Find, code: str, wanted: Wanted) -> str:
        """The one item under the union that says all that is wanted; nothing before. Raises CellInvalid."""
        self.union(code)
        items = self._items.setdefault((find.listing, code), [])
        if not self._asked:
            return ""
        found = [each["id"] for each in _candidates(find, items) if _says(each, wanted)]
        if len(found) != 1:
            what = "not-listed" if not found else "ambiguous"
            raise CellInvalid(what, "", f"look at {find.listing} of this union, and record it there first")
        return str(found[0])

    async def look_up(self, services: Services, progress: Callable[[int], None]) -> None:
        """Asks about everything a file names; raises SendingStopped."""
        async with httpx.AsyncClient(auth=services.auth, timeout=_TIMEOUT, trust_env=False) as client:
            asking = _Asking(client, services.patience_seconds)
            for done, (path, code) in enumerate(self._named, start=1):
                self._named[path, code] = await asking.named(f"{services.membership}/v1/{path}/{code}")
                progress(done)
            for done, (listing, code) in enumerate(self._items, start=1 + len(self._named)):
                if (id_ := self._named["unions", code]) is not None:
                    self._items[listing, code] = await asking.items(f"{services.own}/v1{listing}", id_)
                progress(done)
        self._asked = True

    def _id(self, path: str, code: str, refusal: str, remedy: str) -> str:
        known = self._named.setdefault((path, code), None)
        if self._asked and known is None:
            raise CellInvalid(refusal, code, remedy)
        return known or ""


@dataclass(frozen=True)
class _Asking:
    client: httpx.AsyncClient
    seconds: float

    async def named(self, url: str) -> str | None:
        answer = await self._get(url, {})
        return str(answer["id"]) if answer else None

    async def items(self, url: str, unit: str) -> list[Item]:
        items: list[Item] = []
        query = {"unit": unit, "limit": str(_PAGE)}
        while page := await self._get(url, query):
            items += page["items"]
            if page["cursor"] is None:
                break
            query |= {"cursor": page["cursor"]}
        return items

    async def _get(self, url: str, query: Mapping[str, str]) -> dict[str, Any] | None:
        """The answer; None if there is no such thing."""
        patience = Patience(self.seconds)
        while True:
            response, fault = None, f"{url} does not answer"
            try:
                response = await self.client.get(url, params=query)
            except httpx.TransportError as error:
                fault = f"{fault} ({type(error).__name__})"
            if response is not None and response.status_code == 200:
                answer: dict[str, Any] = response.json()
                return answer
            if response is not None and response.status_code == 404:
                return None
            if response is not None and response.status_code not in _TRY_AGAIN:
                problem = problem_of(response)
                raise SendingStopped(problem.code, problem.detail, problem.remedy or "run it again")
            if not await patience.wait(response):
                raise SendingStopped("service-unreachable", fault, "start the service, then run it again")


def _candidates(find: Find, items: list[Item]) -> Iterator[Item]:
    """The items, or what stands in one of their fields by id."""
    for item in items:
        if find.inside is None:
            yield item
        else:
            for id_, inner in item[find.inside].items():
                yield {**item, **inner, "id": id_}


def _says(item: Item, wanted: Wanted) -> bool:
    def said(name: str) -> Any:
        return _inside(item, name.split("."))

    return all(said(name) == value for name, value in wanted.equal.items()) and all(
        str(said(first)) <= day <= str(said(last)) for (first, last), day in wanted.during.items()
    )


def _inside(item: Item, names: Sequence[str]) -> Any:
    value: Any = item
    for name in names:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value
