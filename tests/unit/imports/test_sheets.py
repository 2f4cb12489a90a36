"""What the data of a sheet can say, on a sheet that goes nowhere."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from tests.support.codes import person_number
from unionstream.imports.cells import Cell
from unionstream.imports.fields import RowInvalid
from unionstream.imports.people import People, Person
from unionstream.imports.rows import Given, SheetRows
from unionstream.imports.sheets import Sheet, names, sheet

AID: dict[str, Any] = {
    "name": "aid",
    "title": {"zh": "帮扶", "en": "aid"},
    "service": "welfare",
    "route": "/aid/bulk",
    "any_of": [["union", "street"]],
    "one_of": [["cash_fen", "goods"]],
    "columns": [
        {"field": "union", "kind": "union", "option": "to"},
        {"field": "street", "kind": "text", "headings": ["街道"]},
        {"field": "kind_of_document", "kind": "choice", "of": "document_kinds", "sent": False},
        {
            "field": "person",
            "kind": "person",
            "required": True,
            "headings": ["身份证号"],
            "person": {"document_kind": "kind_of_document", "name": "holder"},
        },
        {"field": "holder", "kind": "text", "headings": ["姓名"], "sent": False},
        {"field": "cash_fen", "kind": "money", "headings": ["现金"]},
        {"field": "goods", "kind": "integer", "headings": ["物品"], "least": 1},
        {
            "field": "central",
            "kind": "money",
            "headings": ["中央资金"],
            "part": {"into": "drawn.sources", "put": {"source": "central"}, "amount": "fen"},
        },
        {
            "field": "county",
            "kind": "money",
            "headings": ["县级资金"],
            "part": {"into": "drawn.sources", "put": {"source": "county"}, "amount": "fen"},
        },
        {"field": "houses", "kind": "list", "each": "division", "headings": ["村"]},
        {
            "field": "level",
            "kind": "choice",
            "number": True,
            "headings": ["层级"],
            "words": {"4": ["乡镇"], "5": ["村"]},
        },
        {
            "field": "item",
            "kind": "text",
            "headings": ["品名"],
            "part": {"into": "given", "amount": "item", "together": "1"},
        },
        {
            "field": "pieces",
            "kind": "integer",
            "headings": ["件数"],
            "part": {"into": "given", "amount": "pieces", "together": "1"},
        },
        {"field": "other", "kind": "text", "headings": ["其他品名"], "part": {"into": "given"}},
        {"field": "home.rooms", "kind": "integer", "headings": ["房间"]},
        {"field": "on", "kind": "date", "required": True, "headings": ["日期"]},
        {"field": "year", "kind": "year", "default_from": "on", "headings": ["年度"]},
    ],
    "key": ["person", "on"],
}
GOOD: dict[str, Cell] = {
    "street": "示例街道",
    "person": person_number(1),
    "holder": "甲",
    "cash_fen": "100",
    "on": "2024-03-05",
}


def aid(**changes: Any) -> Sheet:
    return Sheet.model_validate(AID | changes)


def read(cells: dict[str, Cell], given: Given | None = None) -> dict[str, Any]:
    return SheetRows(aid(), given or Given(date(2026, 1, 1))).read(cells).sent


def refused(cells: dict[str, Cell]) -> tuple[str, str]:
    with pytest.raises(RowInvalid) as caught:
        read(cells)
    assert caught.value.cell.remedy
    return caught.value.field, caught.value.cell.code


def test_columns_by_source_become_a_list_of_those_that_gave() -> None:
    row = read(GOOD | {"central": "1.5", "county": "2"})
    assert row["drawn"] == {"sources": [{"source": "central", "fen": 150}, {"source": "county", "fen": 200}]}
    assert read(GOOD | {"county": "2"})["drawn"] == {"sources": [{"source": "county", "fen": 200}]}
    assert "drawn" not in read(GOOD)


def test_columns_that_belong_together_become_one_element() -> None:
    row = read(GOOD | {"item": "大米", "pieces": "2件", "other": "油"})
    assert refused(GOOD | {"pieces": "两"}) == ("pieces", "number-unreadable")
    assert row["given"] == [{"item": "大米", "pieces": 2}, "油"]


def test_a_field_inside_another() -> None:
    assert read(GOOD | {"home.rooms": 3})["home"] == {"rooms": 3}


def test_several_in_one_cell_are_read_one_by_one() -> None:
    two = read(GOOD | {"houses": "330282121000、 330282119000；"})
    assert two["houses"] == ["330282121000", "330282119000"]
    assert refused(GOOD | {"houses": "330282121000、天元镇"}) == ("houses", "division-code-malformed")


def test_a_word_may_stand_for_a_number() -> None:
    assert read(GOOD | {"level": "乡镇"})["level"] == 4
    assert read(GOOD | {"level": 5})["level"] == 5
    assert refused(GOOD | {"level": "省"}) == ("level", "level-unknown")


def test_a_year_is_taken_from_the_day_where_none_is_written() -> None:
    assert read(GOOD)["year"] == 2024
    assert read(GOOD | {"year": "2023年"})["year"] == 2023


def test_of_a_group_one_must_be_filled_and_the_option_stands_in_only_where_none_is() -> None:
    nowhere = {name: cell for name, cell in GOOD.items() if name != "street"}
    assert refused(nowhere) == ("union", "value-missing")
    given = Given(date(2026, 1, 1), "330282121000")
    assert read(nowhere, given)["union"] == "330282121000"
    assert "union" not in read(GOOD, given)


def test_of_columns_that_exclude_each_other_exactly_one_is_filled() -> None:
    assert refused(GOOD | {"goods": 3}) == ("goods", "value-too-many")
    assert refused(GOOD | {"cash_fen": ""}) == ("cash_fen", "value-missing")


def test_what_only_helps_is_not_sent() -> None:
    assert not {"holder", "kind_of_document"} & read(GOOD | {"kind_of_document": "居民身份证"}).keys()


def test_a_person_goes_to_the_register_and_only_the_id_goes_on() -> None:
    people = People()
    row = read(GOOD, Given(date(2026, 1, 1), people=people))
    assert person_number(1) not in str(row)
    told = {"document_kind": "citizen", "document_number": person_number(1), "name": "甲"}
    assert people.unknown == [Person.of(told)]
    assert person_number(1) not in repr(people.unknown)


def test_a_document_that_cannot_be_right_asks_nobody() -> None:
    people = People()
    with pytest.raises(RowInvalid, match="person"):
        read(GOOD | {"person": "999999199002290013"}, Given(date(2026, 1, 1), people=people))
    assert not people.unknown


@pytest.mark.parametrize("words", [person_number(7), f"证{person_number(7)}号"])
def test_an_identity_number_goes_nowhere_but_to_membership(words: str) -> None:
    assert refused(GOOD | {"street": words}) == ("street", "identity-number-misplaced")


def test_eighteen_digits_that_are_no_identity_number_may_stand_anywhere() -> None:
    other = str((int(person_number(7)[-1], 36) + 1) % 10)
    assert read(GOOD | {"street": person_number(7)[:-1] + other})["street"]


def test_only_the_key_makes_the_row_the_same_row() -> None:
    rows = SheetRows(aid(), Given(date(2026, 1, 1)))
    first, second = rows.read(GOOD), rows.read(GOOD | {"cash_fen": "200"})
    assert first.key == second.key
    assert first.sent != second.sent
    assert set(first.key) == {"person", "on"}


@pytest.mark.parametrize(
    "changes",
    [
        {"key": ["nobody"]},
        {"any_of": [["union", "nowhere"]]},
        {"columns": [*AID["columns"], AID["columns"][0]]},
        {"columns": []},
        {"columns": AID["columns"][::-1]},
        {"colour": "red"},
    ],
)
def test_data_that_does_not_hold_together_is_no_sheet(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        aid(**changes)


def test_every_sheet_there_is_can_be_read() -> None:
    assert {"members", "dues"} <= {sheet(name).name for name in names()}
