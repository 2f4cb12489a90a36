"""What the demo says of the printed figures: how many came out, and why the others did not."""

from __future__ import annotations

from dataclasses import replace

from rich.console import Console

from unionstream.demo.asking import Answer, wanted, wanted_names
from unionstream.demo.coverage import NOT_TOLD, Coverage, table
from unionstream.demo.drawing import shipped
from unionstream.demo.pages import page
from unionstream.demo.story import expected, scenario
from unionstream.demo.telling import Story

STORY = Story(scenario(1), shipped(scenario(1)))


def answer(id_: str) -> Answer:
    ask = expected()[id_].ask
    must = wanted(STORY, ask)
    return Answer(1, id_, ask, must, str(must))


def test_a_wrong_value_is_no_figure_reproduced_and_is_told() -> None:
    right, wrong = answer("F004"), replace(answer("F005"), value=7)
    coverage = Coverage([right, wrong, answer("F005"), replace(right, id="")])
    assert coverage.reproduced == {"F004"}
    assert coverage.summary() == "figures reproduced: 1 of 288"
    misses = dict(coverage.misses())
    assert len(misses) == 287
    assert misses["F005"] == "unions_accredited_three_star is 7, must be 2 at town"
    assert misses["F006"] == f"rights_cases_accepted: {NOT_TOLD}"


def test_no_data_is_not_zero() -> None:
    assert replace(answer("F004"), value=None).right is False
    assert replace(answer("F004"), wanted=0, value=None).right is False
    assert replace(answer("F020"), value="57.0").right is True


def test_the_table_has_every_chapter_and_fits_in_eighty_columns() -> None:
    console = Console(width=80, record=True)
    with console.capture() as shown:
        console.print(table(Coverage([answer("F004")])))
    rows = [line.split() for line in shown.get().splitlines()[2:] if line.split()]
    chapters = [row for row in rows if row[0].isdigit()]
    assert [int(row[0]) for row in chapters] == [*range(1, 11)]
    assert chapters[0][-4:] == ["2006", "27", "1", "1"]


def test_only_names_that_questions_use_are_kept() -> None:
    assert {"town", "county", "successor", "group"} <= wanted_names(STORY) < {*scenario(1).places} | {
        "town", "group", "sub_union", "union", "village",
    }  # fmt: skip


def test_the_page_has_every_figure_once() -> None:
    rows = [line.split("|")[1].strip() for line in page().splitlines() if line.startswith("| F")]
    assert rows == list(expected())
