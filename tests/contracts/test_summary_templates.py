"""The shipped templates print figures that the catalogue has: whoever renames one mends the sentence."""

from __future__ import annotations

from tests.support import told
from unionstream.summary import checking, templates

NEEDED = 273  # different metrics among the figures that ten real summaries print


def test_the_shipped_templates_fit_the_catalogue() -> None:
    found = [f"{fault} {fault.remedy}" for fault in checking.faults(templates.load(), told.entries())]
    assert found == []


def test_the_shipped_templates_can_print_what_ten_real_summaries_print() -> None:
    printed = checking.figures(templates.load())
    assert len(printed) > NEEDED
    for figure in (
        "unions_growth_percent",
        "hazardous_chemical_contest_rank",
        "major_accidents",
        "papers_to_submit",
    ):
        assert figure in printed
