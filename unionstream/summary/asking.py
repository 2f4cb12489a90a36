"""Questions to the projection and to affairs over HTTP; a refusal becomes a fault with its remedy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import httpx

from unionstream.signing import asking_as
from unionstream.summary.facts import Answer, Child, Entry, Facts, Period, Wanted
from unionstream.summary.faults import Refused, Unreachable

AT_ONCE = 50
CHILDREN = 500
DEEPEST_LISTED = 5
NOT_THERE_YET = "unit-not-yet-established"
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class View:
    """By which line and tree figures are read, and as they were known when (now, if empty)."""

    line: str = "territorial"
    basis: str = "as-was"
    known_at: str = ""


@dataclass(frozen=True)
class Service:
    """One service over HTTP. Raises Refused with its code, Unreachable when it does not answer."""

    name: str
    http: httpx.Client

    def get(self, path: str, **query: Any) -> Answer:
        """One answer; empty parameters are left out, a trailing underscore of a name is dropped."""
        asked = {name.rstrip("_"): value for name, value in query.items() if value not in (None, "", [])}
        body: Answer = self.fetched(path, asked).json()
        return body

    def fetched(self, path: str, asked: Answer | None = None) -> httpx.Response:
        """The answer as it came."""
        return self._answered(self.http.build_request("GET", path, params=asked))

    def post(self, path: str, body: Answer, key: str, actor: str) -> Answer:
        """The answer to one command, under a key and in the name of `actor`."""
        headers = {"Idempotency-Key": key}
        request = self.http.build_request(
            "POST", path, json=body, headers=headers, extensions=asking_as(actor)
        )
        answer: Answer = self._answered(request).json()
        return answer

    def _answered(self, request: httpx.Request) -> httpx.Response:
        try:
            answer = self.http.send(request)
            problem: Answer = answer.json() if answer.is_error else {}
        except (httpx.HTTPError, ValueError) as error:
            raise Unreachable(
                f"The service {self.name} does not answer at {self.http.base_url}: {type(error).__name__}.",
                f"Is the stack up? See `unionstream status`, or name another place with --{self.name}-url.",
            ) from error
        if answer.is_error:
            raise _refused(problem, answer.status_code)
        return answer

    def pages(self, path: str, items: str, **query: Any) -> Iterator[Answer]:
        """The items of all pages, whose next is named `next` or `cursor`."""
        cursor = ""
        while True:
            page = self.get(path, cursor=cursor, **query)
            yield from page[items]
            cursor = page.get("next") or page.get("cursor") or ""
            if not cursor:
                return


def _refused(problem: Answer, status: int) -> Refused:
    value = f" ({problem['field']}: {problem['value']})" if problem.get("value") else ""
    faults = "; ".join(f"{each['field']}: {each['remedy']}" for each in problem.get("errors") or [])
    message = f"{problem.get('detail') or f'HTTP {status}'}{value}"
    remedy = faults or problem.get("remedy") or "See the log of the service."
    return Refused(str(problem.get("code", "refused")), message, str(remedy))


def begun(projection: Service, unit: str, view: View) -> Facts:
    """The unit, the catalogue and the cut at which everything else will be asked."""
    place = projection.get(f"/v1/units/{unit}")
    cut = projection.get("/v1/cut", known_at=view.known_at, heads=True)
    return Facts(
        cut=cut["cut"],
        lanes=cut["lanes"],
        heads=cut["heads"],
        provisional=cut["provisional"],
        line=view.line,
        basis=view.basis,
        union=place["unit"],
        catalogue=catalogue_of(projection),
        children=tuple(_children(projection, place["unit"], view.line)),
    )


def catalogue_of(projection: Service) -> dict[str, Entry]:
    """Every figure by its id."""
    return {each["id"]: entry(each) for each in projection.get("/v1/catalogue")["figures"]}


def existing(projection: Service, facts: Facts, period: Period) -> None:
    """Raises Refused where the unit was not there yet, or the period lies ahead."""
    projection.get(
        "/v1/figures",
        unit=facts.union["id"],
        figure=[next(iter(facts.catalogue))],
        from_=period.first.isoformat(),
        to=period.last.isoformat(),
        line=facts.line,
        basis=facts.basis,
        cut=facts.cut,
    )


def answered(projection: Service, facts: Facts, asked: list[Wanted], progress: Progress) -> None:
    """Puts the answers into `facts`, all at its cut; `progress` is told how many are done of how many."""
    done = 0
    for (unit, period, by, rounding), several in groupby(sorted(asked, key=_request), _request):
        names = [each.figure for each in several]
        for start in range(0, len(names), AT_ONCE):
            chunk = names[start : start + AT_ONCE]
            for figure in _figures(projection, facts, Wanted(unit, period, by, "", rounding), chunk):
                facts.answers[Wanted(unit, period, by, figure["id"], rounding)] = figure
            done += len(chunk)
            progress(done, len(asked))


def narratives_of(affairs: Service, unit: str, year: int) -> tuple[Answer, ...]:
    """Problems and next steps of that year, with the texts that affairs opens for this reader.

    Items whose text was erased have nothing to say.
    """
    of_year = [each for each in affairs.pages("/v1/narratives", "items", unit=unit) if each["year"] == year]
    items = (item for each in of_year for item in affairs.get(f"/v1/narratives/{each['id']}/texts")["items"])
    return tuple(item for item in items if not item["erased"])


def _request(wanted: Wanted) -> tuple[str, Period, str, str]:
    """What one request has in common."""
    return wanted.unit, wanted.period, wanted.by, wanted.round


def _figures(projection: Service, facts: Facts, asked: Wanted, names: list[str]) -> list[Answer]:
    try:
        answer = projection.get(
            "/v1/figures",
            unit=asked.unit,
            figure=names,
            from_=asked.period.first.isoformat(),
            to=asked.period.last.isoformat(),
            by=asked.by,
            round=asked.round,
            line=facts.line,
            basis=facts.basis,
            cut=facts.cut,
        )
    except Refused as refused:
        if refused.code == NOT_THERE_YET:
            return []
        raise
    figures: list[Answer] = answer["figures"]
    return figures


def _children(projection: Service, union: Answer, line: str) -> Iterator[Child]:
    for each in projection.pages("/v1/units", "units", under=union["id"], line=line, limit=CHILDREN):
        if (each["level"] or DEEPEST_LISTED) > DEEPEST_LISTED:
            return  # they come in the order of their levels
        if each["status"] == "living":
            yield Child(each["id"], each["name"] or each["id"])


def entry(figure: Answer) -> Entry:
    """A figure of /v1/catalogue."""
    return Entry(
        id=figure["id"],
        label=figure["label"],
        kind=figure["kind"],
        counted=figure["unit"],
        style=figure["print"],
        population=figure["population"],
        dims=tuple(dim["id"] for dim in figure["by"]),
        zero=figure["zero"],
    )
