"""A row of cells as the service takes it, by the data of its sheet."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from shared.codes import documents, identity
from shared.codes.documents import Document
from shared.codes.refusal import InvalidCode
from unionstream.imports import headings, money
from unionstream.imports.cells import Cell, code
from unionstream.imports.fields import RowInvalid, missing, taken
from unionstream.imports.kinds import READERS
from unionstream.imports.listed import Listed, Wanted
from unionstream.imports.people import People, Person
from unionstream.imports.personal import refuse_identity_number
from unionstream.imports.problems import CellInvalid
from unionstream.imports.sent import sent
from unionstream.imports.sheets import Column, Find, Sheet

_OLD_CARD_DIGITS = 15


@dataclass(frozen=True)
class Given:
    """What holds for every row of one import.

    `union` stands in where a row names none; `units` are fen in one unit of the heading, by field; old files
    may hold numbers of 15 digits (DOMAIN COD-02), converted only on request.
    """

    today: date
    union: str | None = None
    units: Mapping[str, int] = field(default_factory=dict)
    old_cards: bool = False
    people: People = field(default_factory=People)
    listed: Listed = field(default_factory=Listed)


@dataclass(frozen=True)
class ReadRow:
    """`sent` goes to the service; `key` is what of it makes the row the same row again."""

    sent: dict[str, Any] = field(repr=False)
    key: dict[str, Any] = field(repr=False)


@dataclass
class _Row:
    cells: Mapping[str, Cell]
    values: dict[str, Any] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)


class SheetRows:
    """Reads the rows of one import; `doubts` counts by code what was accepted but looks odd."""

    def __init__(self, sheet: Sheet, given: Given) -> None:
        """Nothing is read yet."""
        self.doubts: Counter[str] = Counter()
        self._sheet = sheet
        self._given = given
        self._guarded = not sheet.personal
        self._people = sheet.of_kind("person")
        self._ids = (*sheet.of_kind("union_id"), *sheet.of_kind("employer_id"))
        self._found = sheet.of_kind("found")
        self._groups = sheet.groups
        self._by_option = [column for column in sheet.columns if column.option]
        self._turning = [column for column in sheet.columns if column.when_yes]

    def read(self, cells: Mapping[str, Cell]) -> ReadRow:
        """The row; raises RowInvalid at the first cell that cannot be read."""
        row = _Row(cells)
        for column in self._sheet.columns:
            row.values[column.field] = self._value(column, row)
        self._stand_in_by_option(row)
        self._refuse_wrong_groups(row)
        for column in self._people:
            row.values[column.field] = self._identified(column, row)
        for column in self._ids:
            row.values[column.field] = self._id_of(column, row)
        for column in self._found:
            row.values[column.field] = self._item(column, row)
        self._turn(row)
        fields = sent(self._sheet, row.values)
        return ReadRow(fields, {name: row.values[name] for name in self._sheet.key} or fields)

    def _value(self, column: Column, row: _Row) -> Any:
        value = taken(row.cells, column.field, partial(self._read, column, row))
        if column.kind == "sex":
            value = self._sex(column, value, row)
        if value is None and column.default_from in row.values:
            value = self._from_other(column, row.values[column.default_from])
        if value is None:
            value = column.default
        if value is None and column.required and column.option is None and column.find is None:
            raise missing(column.field)
        return value

    def _read(self, column: Column, row: _Row, cell: Cell) -> Any:
        if column.kind == "money":
            unit = self._given.units.get(column.field, money.YUAN)
            return money.fen(cell, unit, 1 if column.least is None else column.least)
        if column.kind in {"document", "person"}:
            kind = row.values.get(column.person.get("document_kind", "document_kind")) or documents.CITIZEN
            document = row.documents[column.field] = self._document(kind, code(cell))
            return document.number
        value = READERS[column.kind](column, cell)
        if self._guarded and column.sent and isinstance(value, str):
            refuse_identity_number(value)
        return value

    def _document(self, kind: str, words: str) -> Document:
        try:
            if self._given.old_cards and kind == documents.CITIZEN and len(words) == _OLD_CARD_DIGITS:
                old = identity.convert(words, self._given.today)
                self.doubts["old-card-converted"] += 1
                return Document(kind, old.number, old.born, old.sex, converted=True)
            return documents.checked(kind, words, self._given.today)
        except InvalidCode as refusal:
            raise CellInvalid(refusal.code, refusal.shown, refusal.remedy) from refusal

    def _sex(self, column: Column, written: str | None, row: _Row) -> str | None:
        """As written, else as the document's number tells it."""
        document = row.documents.get(column.default_from or "")
        by_number = document.sex if document else None
        if written and by_number and written != by_number:
            self.doubts["sex-differs-from-number"] += 1
        return written or by_number

    def _from_other(self, column: Column, other: Any) -> Any:
        if column.kind == "period" and other:
            self.doubts["period-taken-from-date"] += 1
            return other[: len("2006-03")]
        if column.kind == "year" and other:
            return int(other[: len("2006")])
        return None if column.kind == "sex" else other

    def _stand_in_by_option(self, row: _Row) -> None:
        for column in self._by_option:
            if row.values[column.field] is None:
                groups = [group for group in self._groups if column.field in group]
                if not any(row.values[other] for group in groups for other in group):
                    row.values[column.field] = self._given.union
                if column.required and row.values[column.field] is None:
                    raise missing(column.field)

    def _refuse_wrong_groups(self, row: _Row) -> None:
        for group in self._groups:
            filled = [name for name in group if row.values[name] is not None]
            if not filled:
                raise missing(group[0], f"fill in {' or '.join(map(self._told, group))}")
            if len(filled) > 1 and group in self._sheet.one_of:
                remedy = f"leave {self._told(filled[0])} or this cell empty"
                raise RowInvalid(filled[1], CellInvalid("value-too-many", "", remedy))

    def _told(self, name: str) -> str:
        return headings.told(self._sheet.by_field[name])

    def _identified(self, column: Column, row: _Row) -> str | None:
        document = row.documents.get(column.field)
        if document is None:
            return None
        told = {name: row.values[other] for name, other in column.person.items()}
        told |= {"document_kind": document.kind, "document_number": document.number}
        return _or_invalid(column, lambda: self._given.people.id_of(Person.of(told)))

    def _id_of(self, column: Column, row: _Row) -> str | None:
        code = row.values[column.field]
        ask = self._given.listed.union if column.kind == "union_id" else self._given.listed.employer
        return None if code is None else _or_invalid(column, lambda: ask(code))

    def _item(self, column: Column, row: _Row) -> str | None:
        """Nothing where the row does not say enough and the service can do without."""
        find = column.find
        assert find is not None
        if not column.required and any(row.values[name] is None for name in find.needs):
            return None
        wanted = Wanted(
            {name: _wanted(find, name, row.values) for name in find.where},
            {days: str(row.values[name]) for name, days in find.during.items()},
        )
        return _or_invalid(column, lambda: self._given.listed.item(find, row.values[find.unit], wanted))

    def _turn(self, row: _Row) -> None:
        for column in self._turning:
            for name, turned in column.when_yes.items() if row.values[column.field] else ():
                row.values[name] = turned.get(row.values[name], row.values[name])


def _wanted(find: Find, name: str, values: Mapping[str, Any]) -> Any:
    """What a field of an item must be: as another of the row, or a constant."""
    other = find.where[name]
    if isinstance(other, bool):
        return other
    return other[1:] if other.startswith("=") else values[other]


def _or_invalid(column: Column, known: Callable[[], str]) -> str:
    try:
        return known()
    except CellInvalid as invalid:
        raise RowInvalid(column.field, invalid) from invalid
