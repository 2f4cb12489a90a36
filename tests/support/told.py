"""Facts of a summary as the projection would answer them, stated figure by figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from services.projection import catalogue
from services.projection.catalogue.model import Figure
from services.projection.queries import display, rounding
from services.projection.queries.catalogue import shown
from unionstream.summary import asking, templates
from unionstream.summary.building import Asked, build
from unionstream.summary.facts import Child, Entry, Facts, Period, wanted
from unionstream.summary.located import Located
from unionstream.summary.model import Summary
from unionstream.summary.templates import Book, SectionWanted

UNIT = "01920000-0000-7000-8000-000000000001"
COUNTY, GRASSROOTS = 3, 6
YEAR = Period(date(2018, 1, 1), date(2018, 12, 31))
TO_OCTOBER = Period(date(2018, 1, 1), date(2018, 10, 31))
BEGINNING = "1900-01-01"
Values = Mapping[str, int | str | None]
Parts = Mapping[tuple[str, str], Mapping[str, int]]


@cache
def entries() -> dict[str, Entry]:
    """The real catalogue, as its endpoint shows it."""
    answer = shown(catalogue.load()).model_dump(mode="json")
    return {each["id"]: asking.entry(each) for each in answer["figures"]}


def facts(
    book: Book,
    now: Values,
    *,
    before: Values | None = None,
    parts: Parts | None = None,
    level: int = COUNTY,
    name: str = "盈江县总工会",
    period: Period = YEAR,
    children: tuple[Child, ...] = (),
) -> Facts:
    """Everything that is not stated is zero where none recorded means none, and no data elsewhere."""
    known = Facts(
        cut="c1test",
        lanes={"union.membership/0": 7, "union.finance/3": 5},
        heads={"union.membership/0": "ab" * 32, "union.finance/3": "cd" * 32},
        provisional=False,
        line="territorial",
        basis="as-was",
        union={"id": UNIT, "name": name, "level": level, "division": "533123000000"},
        catalogue=entries(),
        children=children,
    )
    for each in wanted(book, known, dict.fromkeys(book.sections, period)):
        stated = now if each.period == period else (before or {})
        figure = catalogue.load().figures[each.figure]
        value = stated.get(each.figure, _unstated(figure))
        answer = _answer(figure, value, each.period, stated)
        if each.round:
            answer["rounded"] = _rounded(figure, value, each.round)
        if each.by:
            answer["by"] = _broken(figure, each.by, (parts or {}).get((each.figure, each.by), {}))
        known.answers[each] = answer
    return known


def told(book: Book, known: Facts, period: Period = YEAR) -> Summary:
    """The summary of these facts."""
    return build(book, known, Asked(period.first.year, period, "https://figures.example"))


def sentence(raw: Any, now: Values, **more: Any) -> str:
    """What a section of this one sentence says, without its heading."""
    book = book_of({"heading": "节", "parts": [{"say": [raw]}]})
    summary = told(book, facts(book, now, **more), more.get("period", YEAR))
    (block,) = summary.sections[0].parts[0].blocks
    assert block.block == "paragraph"
    return block.text


def book_of(section: Any) -> Book:
    """The shipped frame around one section."""
    shipped = templates.load()
    wanted_section = SectionWanted.model_validate(located(section))
    return replace(shipped, sections={"one": wanted_section})


def located(raw: Any) -> Any:
    """The same data with every text located, as if it had been read from a file."""
    if isinstance(raw, dict):
        return {key: located(value) for key, value in raw.items()}
    if isinstance(raw, list | tuple):
        return [located(each) for each in raw]
    return Located(raw, "sections/one.yaml", 1) if isinstance(raw, str) else raw


def _unstated(figure: Figure) -> int | str | None:
    if figure.metric is None:
        return None
    return 0 if catalogue.load().metrics[figure.metric].zero == "exact" else None


def _answer(figure: Figure, value: int | str | None, period: Period, stated: Values) -> dict[str, Any]:
    exact = Decimal(value) if isinstance(value, str) else value
    return {
        "id": figure.id,
        "label": figure.zh,
        "kind": figure.kind,
        "unit": figure.unit,
        "print": figure.print,
        "population": figure.population,
        "value": value,
        "display": display.printed(figure, exact),
        "state": "no-data" if value is None else "exact",
        "from": _first(figure, period),
        "to": period.last.isoformat(),
        "numerator": _term(figure.numerator, period, stated),
        "denominator": _term(figure.denominator, period, stated),
        "by": None,
    }


def _term(name: str | None, period: Period, stated: Values) -> dict[str, Any] | None:
    if name is None:
        return None
    figure = catalogue.load().figures[name]
    return {"figure": name, "value": stated.get(name), "from": _first(figure, period)}


def _first(figure: Figure, period: Period) -> str:
    return BEGINNING if figure.kind == "stock" else period.first.isoformat()


def _rounded(figure: Figure, value: int | str | None, chosen: str) -> dict[str, Any] | None:
    found = rounding.rounded(figure, int(value or 0), rounding.parse(chosen))
    if found is None:
        return None
    return {"value": found.value, "qualifier": found.qualifier, "display": found.display}


def _broken(figure: Figure, by: str, amounts: Mapping[str, int]) -> dict[str, Any]:
    how = catalogue.load().metric(figure.metric or "").dims[by]
    return {
        "dimension": by,
        "how": how,
        "unit": figure.unit,
        "parts": [{"value": label, "label": label, "amount": amount} for label, amount in amounts.items()],
    }
