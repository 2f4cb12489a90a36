"""Finding the row of headings and what each column means, by the catalogue `headings.yaml`."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

from shared.catalogues import Entry, catalogue
from shared.codes import documents
from unionstream.imports.cells import Cell, is_blank
from unionstream.imports.money import UNITS, YUAN
from unionstream.imports.problems import CellInvalid, FileUnusable

Subject = Literal["members", "dues"]

_REQUIRED: dict[Subject, tuple[str, ...]] = {
    "members": ("name", "document_number", "joined_on"),
    "dues": ("amount", "received_on"),
}
_SEARCHED_ROWS = 20  # titles and notes stand above the headings, never this many
_NOISE = re.compile(r"[\s*:：＊]+")
_BRACKETS = re.compile(r"\(([^()]*)\)$")


@dataclass(frozen=True)
class Columns:
    """Where the headings stand (rows count from 1), which column holds which field, the unit of money."""

    row: int
    titles: tuple[str, ...]
    places: Mapping[str, int]
    amount_unit: int
    ignored: tuple[str, ...]


def find(subject: Subject, rows: Iterable[Sequence[Cell]]) -> Columns | None:
    """The first row that names two or more fields; None if none near the top does. Raises FileUnusable."""
    for number, cells in enumerate(rows, start=1):
        if number > _SEARCHED_ROWS:
            return None
        fields = [_field(subject, str(cell)) for cell in cells]
        if len({field for field in fields if field}) > 1:
            return _columns(number, cells, fields)
    return None


def require(subject: Subject, columns: Columns, *, union_given: bool) -> None:
    """Every heading that this subject cannot do without; raises FileUnusable naming the missing ones."""
    missing = [_names(subject, field) for field in _REQUIRED[subject] if field not in columns.places]
    if not union_given and not {"union", "payer_credit_code"} & columns.places.keys():
        missing.append(_names(subject, "union") + ", or the option --to")
    if missing:
        raise FileUnusable(
            "heading-missing",
            "columns are missing",
            f"add a column for each: {'; '.join(missing)}",
            "; ".join(missing),
        )


def value(field: str, words: str) -> str:
    """The catalogue id behind a word such as 女 or 税务代征; raises CellInvalid naming what is understood."""
    known = _values()[field]
    found = known.get(_plain(words))
    if found is None:
        raise CellInvalid(
            f"{field.replace('_', '-')}-unknown", words[:30], f"write one of {', '.join(known)}"
        )
    return found


def is_total(cells: Sequence[Cell]) -> bool:
    """True for a row whose first word is 合计 or the like."""
    first = next((cell for cell in cells if not is_blank(cell)), "")
    return isinstance(first, str) and _plain(first) in _totals()


def _columns(number: int, cells: Sequence[Cell], fields: Sequence[str | None]) -> Columns:
    titles = tuple(str(cell).strip() for cell in cells)
    places: dict[str, list[int]] = defaultdict(list)
    for place, field in enumerate(fields):
        if field:
            places[field].append(place)
    doubled = [titles[place] for found in places.values() if len(found) > 1 for place in found]
    if doubled:
        raise FileUnusable(
            "heading-twice", "columns mean the same", "keep one column of each", ", ".join(doubled)
        )
    unknown = [title for title, field in zip(titles, fields, strict=True) if title and not field]
    amount = places.get("amount")
    return Columns(
        row=number,
        titles=titles,
        places={field: found[0] for field, found in places.items()},
        amount_unit=_unit(titles[amount[0]]) if amount else YUAN,
        ignored=tuple(title for title in unknown if _plain(title) not in _silent()),
    )


def _unit(title: str) -> int:
    brackets = _BRACKETS.search(unicodedata.normalize("NFKC", title).strip().lower())
    if not brackets:
        return YUAN
    unit = UNITS.get(brackets[1].strip().removeprefix("单位:").strip())
    if unit is None:
        raise FileUnusable(
            "amount-unit-unknown",
            "the heading's unit is not understood",
            f"use one of {', '.join(UNITS)}",
            title,
        )
    return unit


def _field(subject: Subject, title: str) -> str | None:
    plain = _plain(title)
    names = _fields(subject)
    return names.get(plain) or names.get(_BRACKETS.sub("", plain))


def _plain(title: str) -> str:
    return _NOISE.sub("", unicodedata.normalize("NFKC", title)).lower()


def _names(subject: Subject, field: str) -> str:
    names = _catalogue()[subject][field]
    return f"{names[0]} ({names[-1] if names[-1].isascii() else field})"


@cache
def _catalogue() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("headings.yaml").read_text("utf-8"))
    return read


@cache
def _fields(subject: Subject) -> dict[str, str]:
    return {_plain(name): field for field, names in _catalogue()[subject].items() for name in names}


@cache
def _values() -> dict[str, dict[str, str]]:
    read = {
        field: {_plain(word): known for known, words in ids.items() for word in words}
        for field, ids in _catalogue()["values"].items()
    }
    labels: dict[str, Iterable[documents.DocumentKind | Entry]] = {
        "document_kind": documents.DOCUMENT_KINDS.values(),
        "worker_kind": catalogue("worker_kinds").values(),
    }
    for field, entries in labels.items():
        read[field] |= {_plain(word): each.id for each in entries for word in (each.id, each.zh, each.en)}
    return read


@cache
def _totals() -> frozenset[str]:
    return frozenset(_plain(word) for word in _catalogue()["totals"])


@cache
def _silent() -> frozenset[str]:
    return frozenset(_plain(word) for word in _catalogue()["silent"])
