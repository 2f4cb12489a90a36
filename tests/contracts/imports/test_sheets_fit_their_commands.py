"""Every sheet goes to a bulk route that exists, and its columns are fields of that route's command."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from importlib import import_module
from itertools import combinations, product
from pathlib import Path
from typing import Any, get_args
from uuid import NAMESPACE_OID, uuid5

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from pydantic import BaseModel

from shared.http.commands import BulkRoute
from unionstream.imports import headings, sheets
from unionstream.imports.cells import Cell
from unionstream.imports.choices import allowed, choice, ids
from unionstream.imports.grid import Limits
from unionstream.imports.listed import Listed, Wanted
from unionstream.imports.notes import example
from unionstream.imports.people import ROUTE, People, Person
from unionstream.imports.plain import plain
from unionstream.imports.reading import open_source
from unionstream.imports.rows import Given, SheetRows
from unionstream.imports.sheets import Column, Find, Sheet
from unionstream.imports.template import HEADINGS_ROW, write_template

ROOT = Path(__file__).parents[3]
TODAY = date(2026, 1, 1)
BY_ITSELF = {"reference"}


class Everybody(People):
    """Knows each person at once."""

    def id_of(self, person: Person) -> str:
        return str(uuid5(NAMESPACE_OID, repr(person)))


class Everything(Listed):
    """Knows each union and finds each item at once."""

    def union(self, code: str) -> str:
        return str(uuid5(NAMESPACE_OID, code))

    def employer(self, code: str) -> str:
        return str(uuid5(NAMESPACE_OID, code))

    def item(self, find: Find, code: str, wanted: Wanted) -> str:
        return str(uuid5(NAMESPACE_OID, repr((find, code, wanted))))


def given(units: Mapping[str, int] | None = None) -> Given:
    return Given(TODAY, None, units or {}, people=Everybody(), listed=Everything())


def command_of(service: str, route: str) -> type[BaseModel]:
    routes: tuple[BulkRoute, ...] = import_module(f"services.{service}.commands").BULK_ROUTES
    found = [each.command for each in routes if each.path == route]
    assert len(found) == 1, f"{service} has no bulk route {route}"
    return found[0]


def every_sheet() -> Iterator[Sheet]:
    return map(sheets.sheet, sheets.names())


def of_sheet(name: str) -> tuple[Sheet, type[BaseModel]]:
    sheet = sheets.sheet(name)
    return sheet, command_of(sheet.service, sheet.route)


def target(column: Column) -> str:
    return (column.part.into if column.part else column.field).split(".")[0]


def read(sheet: Sheet, cells: dict[str, Cell]) -> dict[str, Any]:
    return SheetRows(sheet, given()).read(cells).sent


@pytest.mark.parametrize("name", sheets.names())
def test_every_column_is_a_field_of_the_command(name: str) -> None:
    sheet, command = of_sheet(name)
    assert {target(column) for column in sheet.columns if column.sent} <= set(command.model_fields)


@pytest.mark.parametrize("name", sheets.names())
def test_every_field_that_is_required_has_a_column_that_is(name: str) -> None:
    sheet, command = of_sheet(name)
    required = {field for field, info in command.model_fields.items() if info.is_required()}
    filled = {target(column) for column in sheet.columns if column.required or column.default is not None}
    in_parts = {target(column) for column in sheet.columns if column.part}
    assert required <= filled | in_parts


@pytest.mark.parametrize("name", sheets.names())
def test_a_row_of_examples_is_a_command(name: str) -> None:
    sheet, command = of_sheet(name)
    for cells in _filled(sheet):
        command.model_validate_json(_json(read(sheet, cells)))


@pytest.mark.parametrize("name", sheets.names())
def test_a_row_with_only_what_is_needed_is_a_command(name: str) -> None:
    sheet, command = of_sheet(name)
    grouped = {field for group in sheet.groups for field in group[:1]}
    parts = {column.field for column in sheet.columns if column.part}
    cells: dict[str, Cell] = {
        column.field: example(column)
        for column in sheet.in_file
        if column.needed or column.option or column.field in grouped | parts
    }
    command.model_validate_json(_json(read(sheet, cells)))


@pytest.mark.parametrize("name", sheets.names())
def test_every_word_of_a_choice_is_taken_by_the_command(name: str) -> None:
    sheet, command = of_sheet(name)
    for column in sheet.columns:
        if column.kind == "choice" and column.of != "document_kinds":  # a number fits one kind only
            assert ids(column), f"{column.field}: neither a catalogue nor words"
            for word in allowed(column):
                cells = next(iter(_filled(sheet))) | {column.field: word}
                command.model_validate_json(_json(read(sheet, cells)))


@pytest.mark.parametrize("name", sheets.names())
def test_a_word_means_one_thing(name: str) -> None:
    for column in sheets.sheet(name).columns:
        if column.by_word:
            assert {choice(column, id_) for id_ in ids(column)} == ids(column)
            assert len(set(map(plain, allowed(column)))) == len(ids(column))


@pytest.mark.parametrize("name", sheets.names())
def test_a_heading_means_one_column(name: str) -> None:
    sheet = sheets.sheet(name)
    lists = [[plain(each) for each in headings.of(column)] for column in sheet.in_file]
    lists.append([plain(each) for each in sheet.reference])
    assert all(lists[:-1]), "every column needs a heading"
    for some, others in combinations(lists, 2):
        assert not set(some) & set(others)


@pytest.mark.parametrize("name", sheets.names())
def test_a_template_filled_with_its_examples_is_read_back(name: str, tmp_path: Path) -> None:
    sheet, command = of_sheet(name)
    path = tmp_path / "template.xlsx"
    write_template(sheet, path)
    book = load_workbook(path)
    grid = book.active
    assert isinstance(grid, Worksheet)
    cells = next(iter(_filled(sheet)))
    for place, column in enumerate(sheet.in_file, start=1):
        grid.cell(HEADINGS_ROW + 1, place, str(cells.get(column.field, "")))
    book.save(path)
    source = open_source(path, sheet, Limits())
    assert source.notices == ()
    (row,) = source.rows(SheetRows(sheet, given(source.columns.units)).read)
    assert row.problem is None
    assert row.fields is not None
    command.model_validate_json(_json({name: row.fields[name] for name in row.fields.keys() - BY_ITSELF}))


@pytest.mark.parametrize("name", sheets.names())
def test_documents_and_telephones_go_to_membership_alone(name: str) -> None:
    sheet = sheets.sheet(name)
    if sheet.service != "membership":
        assert not sheet.of_kind("document")
        assert not [column for column in sheet.of_kind("phone") if column.sent]


@pytest.mark.parametrize("name", sheets.names())
def test_what_is_looked_for_is_listed_and_says_what_it_is_found_by(name: str) -> None:
    sheet = sheets.sheet(name)
    for column in sheet.of_kind("found"):
        assert column.find is not None
        listings = import_module(f"services.{sheet.service}.commands").LISTINGS
        (state,) = [each.kind.state for each in listings if each.path == column.find.listing]
        fields = dict(state.model_fields)
        if column.find.inside:
            (_, inner) = get_args(fields[column.find.inside].annotation)
            fields |= inner.model_fields
        for path in column.find.where:
            first, _, inside = path.partition(".")
            known = fields[first].annotation
            assert not inside or inside in known.model_fields


def test_the_register_of_people_takes_what_sheets_tell_of_a_person() -> None:
    people = [column for sheet in every_sheet() for column in sheet.of_kind("person")]
    if people:
        command = command_of("membership", ROUTE)
        told = {name for column in people for name in column.person} | {"document_kind", "document_number"}
        required = {name for name, info in command.model_fields.items() if info.is_required()}
        assert told <= set(command.model_fields)
        assert all(required <= {*column.person, "document_kind", "document_number"} for column in people)


def test_the_page_of_sheets_lists_every_one() -> None:
    text = (ROOT / "docs" / "sheets.md").read_text("utf-8")
    lines = [line for line in text.splitlines() if line.startswith("| `")]
    assert lines == [
        f"| `{sheet.name}` | {sheet.title.zh} | {sheet.title.en} | {sheet.service} |"
        for sheet in every_sheet()
    ]


def _filled(sheet: Sheet) -> Iterator[dict[str, Cell]]:
    """Rows of examples in every cell that may be filled together."""
    cells: dict[str, Cell] = {column.field: example(column) for column in sheet.in_file}
    for chosen in product(*sheet.one_of):
        left_out = {field for group in sheet.one_of for field in group} - set(chosen)
        yield {field: cell for field, cell in cells.items() if field not in left_out}


def _json(fields: dict[str, Any]) -> bytes:
    return json.dumps(fields).encode()
