"""Templates: the shipped ones are whole, a province replaces them file by file, faults name file and line."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from services.projection import catalogue
from tests.support import told
from unionstream.summary import checking, official, templates
from unionstream.summary.faults import TemplateFault, TemplateMissing
from unionstream.summary.located import Located
from unionstream.summary.model import Paragraph, Run, Summary, Table
from unionstream.summary.phrases import parse

NUMBER_WITH_UNIT = re.compile(
    r"(近)?(第|增长|下降|增加|减少|提高|降低)?-?\d+(\.\d+)?万?余?(%|元|万元|\D{1,5})(左右)?|持平|.*[全超].*|.*完成.*|未.*|没有.*|不需.*"
)


def own(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return folder


def fault_of(folder: Path) -> TemplateFault:
    with pytest.raises(TemplateFault) as raised:
        checking.check(templates.load(folder), told.entries())
    return raised.value


def test_the_word_template_that_ships_is_the_one_that_is_made() -> None:
    assert templates.load().raw[templates.WORD] == official.template()


def test_a_file_of_ones_own_replaces_the_shipped_one_and_only_that(tmp_path: Path) -> None:
    shipped = templates.load()
    own(
        tmp_path,
        "sections/publicity.yaml",
        "heading: 宣传\nparts: [{say: ['报送稿件{{ articles_submitted }}']}]\n",
    )
    mine = templates.load(tmp_path)
    assert mine.changed == ("sections/publicity.yaml",)
    assert mine.sections["publicity"].heading == "宣传"
    assert mine.sections["rights"] == shipped.sections["rights"]
    assert mine.version != shipped.version


def test_sections_may_be_put_in_another_order_and_new_ones_added(tmp_path: Path) -> None:
    frame = yaml.safe_load(templates.load().raw["summary.yaml"])
    frame["sections"] = ["publicity", "own"]
    own(tmp_path, "summary.yaml", yaml.safe_dump(frame, allow_unicode=True))
    own(tmp_path, "sections/own.yaml", "heading: 特色工作\nparts: [{say: ['会员{{ members_total }}']}]\n")
    book = templates.load(tmp_path)
    summary = told.told(book, told.facts(book, {"members_total": 5, "articles_submitted": 2}))
    assert [section.heading for section in summary.sections] == ["一、宣传教育", "二、特色工作"]


@pytest.mark.parametrize(
    ("say", "line", "message", "remedy"),
    [
        ("会员{{ members_totl }}", 4, "there is no figure or word members_totl", "members_total"),
        ("会员{{ members_total", 4, "this is no template", "Mend the line"),
        ("会员{{ members_total | upper }}", 4, "this is no template", "Mend the line"),
    ],
)
def test_a_broken_sentence_is_told_with_its_line(
    tmp_path: Path, say: str, line: int, message: str, remedy: str
) -> None:
    own(tmp_path, "sections/publicity.yaml", f"heading: 宣传\nparts:\n  - say:\n    - '{say}'\n")
    fault = fault_of(tmp_path)
    assert (fault.file, fault.line) == ("sections/publicity.yaml", line)
    assert message in fault.message
    assert remedy in fault.remedy


@pytest.mark.parametrize(
    ("clause", "message"),
    [
        ("{say: '受理{{ rights_cases_accepted }}', by: sex}", "has no breakdown sex"),
        ("{say: '受理{{ rights_cases_accepted }}', zero: 未受理}", "nobody reports that there was no"),
        ("{say: '受理{{ rights_cases_accepted }}', target: members_total}", "no completion of a target"),
        ("{say: '受理{{ rights_cases_accepted }}', needs: [nothing]}", "no figure or word nothing"),
        ("{say: '受理{{ rights_cases_accepted }}', compare: {growth: members_total}}", "is no growth"),
        ("{say: '受理{{ rights_cases_accepted }}', compare: {decimals: 2}}", "names no figure"),
        ("{say: '受理', by: sex}", "there is none"),
    ],
)
def test_a_clause_that_asks_for_what_there_is_not_is_refused(
    tmp_path: Path, clause: str, message: str
) -> None:
    own(
        tmp_path,
        "sections/rights.yaml",
        f"heading: 维权\nparts:\n  - say:\n    - clauses:\n      - {clause}\n",
    )
    fault = fault_of(tmp_path)
    assert (fault.file, fault.line) == ("sections/rights.yaml", 5)
    assert message in fault.message


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("heading: 宣传\nparts:\n  - say: [\n", 4, "this is no YAML"),
        ("heading: 宣传\nparts:\n  - sya: []\n", 3, "sya"),
        ("heading: 宣传\nparts: []\n", 2, "parts"),
        ("heading: 宣传\nparts:\n  - levels: [city]\n", 3, "levels"),
    ],
)
def test_a_broken_file_is_told_with_its_line(tmp_path: Path, text: str, line: int, message: str) -> None:
    own(tmp_path, "sections/publicity.yaml", text)
    fault = fault_of(tmp_path)
    assert (fault.file, fault.line) == ("sections/publicity.yaml", line)
    assert message in fault.message


def test_a_file_in_another_encoding_is_told(tmp_path: Path) -> None:
    (tmp_path / "sections").mkdir()
    (tmp_path / "sections" / "publicity.yaml").write_bytes("heading: 宣传".encode("gb18030"))
    assert "UTF-8" in fault_of(tmp_path).message


def test_a_file_that_nothing_uses_is_told(tmp_path: Path) -> None:
    own(tmp_path, "sumary.yaml", "")
    with pytest.raises(TemplateMissing, match=r"sumary\.yaml"):
        templates.load(tmp_path)
    with pytest.raises(TemplateMissing, match="no folder"):
        templates.load(tmp_path / "none")


def test_a_section_that_is_not_listed_or_not_written_is_told(tmp_path: Path) -> None:
    own(tmp_path, "sections/extra.yaml", "heading: 其他\nparts: [{say: ['会员{{ members_total }}']}]\n")
    assert "does not list this section" in fault_of(tmp_path).message
    frame = yaml.safe_load(templates.load().raw["summary.yaml"]) | {"sections": ["missing"]}
    own(tmp_path, "summary.yaml", yaml.safe_dump(frame, allow_unicode=True))
    with pytest.raises(TemplateFault, match="there is no section missing"):
        templates.load(tmp_path)


def test_a_sentence_cannot_reach_beyond_its_words() -> None:
    for text in (
        "{{ members_total.__class__ }}",
        "{{ members_total + 1 }}",
        "会员{{ 5 }}人",
        "{{ [].append }}",
        "{% for n in 'ab' %}x{% endfor %}",
        "{% set x = members_total %}",
        "{% include 'summary.yaml' %}",
    ):
        with pytest.raises(TemplateFault, match="cannot use"):
            told.sentence(text, {"members_total": 5})


def test_names_inside_an_if_are_optional_and_others_are_needed() -> None:
    phrase = parse(
        Located("会员{{ members_total }}{% if women_members %}、女会员{{ women_members }}{% endif %}")
    )
    assert (phrase.needed, phrase.optional) == (("members_total",), ("women_members",))


def runs_of(summary: Summary) -> list[Run]:
    found: list[Run] = []
    for section in summary.sections:
        for part in section.parts:
            for block in part.blocks:
                if isinstance(block, Paragraph):
                    found += block.runs
                elif isinstance(block, Table):
                    found += [cell for row in block.rows for cell in row]
    return found


@settings(max_examples=25)
@given(st.integers(0, 2**32), st.integers(1, 8))
def test_no_number_of_any_template_stands_without_its_unit(seed: int, level: int) -> None:
    drawn = random.Random(seed)
    book = templates.load()
    stated: dict[str, int | str | None] = {}
    for name, figure in catalogue.load().figures.items():
        rate = figure.print in ("percent", "number") and figure.kind not in ("max", "flow")
        stated[name] = f"{drawn.randrange(1, 10_000) / 100:.2f}" if rate else drawn.choice([0, 1, 7, 50_000])
    before = {name: value for name, value in stated.items() if drawn.random() < 0.5}
    summary = told.told(book, told.facts(book, stated, before=before, level=level))
    keyed = [run for run in runs_of(summary) if run.key]
    assert keyed
    for run in keyed:
        assert NUMBER_WITH_UNIT.fullmatch(run.text), run.text
    text = "".join(run.text for run in runs_of(summary))
    for wrong in ("，，", "，。", "。。", "、，", "；。", "共共", "None", "{{", "\ue000", "\ue001"):
        assert wrong not in text
