"""A built summary as Word, HTML and Markdown: the same words, the same bytes, and a form that holds."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from docx import Document

from tests.support import told
from unionstream.summary import fonts, templates, writing
from unionstream.summary.facts import Child
from unionstream.summary.faults import (
    FontMissing,
    ModelUnusable,
    PathUnusable,
    TemplateFault,
    UnknownEnding,
)
from unionstream.summary.model import Summary, loaded
from unionstream.summary.rendering import rendered, without_charts
from unionstream.summary.word import titled

WORD, HTML, MARKDOWN, JSON = (Path(f"x.{ending}") for ending in ("docx", "html", "md", "json"))
VALUES: told.Values = {
    "unions_established": 7,
    "unions_total": 294,
    "unions_growth_percent": "6.52",
    "unions_independent": 260,
    "unions_joint": 34,
    "members_total": 29_626,
    "members_joined": 376,
    "dues_received": 91_280_000,
    "rights_cases_accepted": 32,
    "major_accidents": 0,
    "disputes_mediated": 27,
}
PARTS = {
    ("disputes_mediated", "case_topic"): {"工资": 15, "工伤": 12},
    ("rights_cases_accepted", "case_topic"): {"工资": 20, "工伤<&>": 12},
}
PROBLEMS = (
    {"item": "problem", "topic": "organisation", "text": "新建工会<进展>缓慢 & 经费不足。"},
    {"item": "next_step", "topic": "members", "text": "继续发展会员"},
)


@pytest.fixture
def book() -> templates.Book:
    return templates.load()


@pytest.fixture
def summary(book: templates.Book) -> Summary:
    before = {"unions_total": 276, "members_total": 26_452}
    children = (Child("01920000-0000-7000-8000-00000000000a", "平原镇总工会"),)
    known = told.facts(book, VALUES, before=before, parts=PARTS, children=children)
    known.narratives = PROBLEMS
    return told.told(book, known)


@pytest.fixture
def plain(summary: Summary) -> Summary:
    return without_charts(summary)


def text_of(word: bytes) -> str:
    document = Document(BytesIO(word))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_every_form_says_the_same(summary: Summary, book: templates.Book) -> None:
    markdown = re.sub(r"\[([^\]]+)\]\[f\d+\]", r"\1", rendered(summary, MARKDOWN, book).decode())
    html = re.sub(r"<[^>]+>", "", rendered(summary, HTML, book).decode())
    word = text_of(rendered(summary, WORD, book))
    for said in (
        "盈江县总工会2018年工作总结",
        "一、组织建设",
        "（一）组建工会",
        "全县共有基层工会294个，比上年增长6.52%，其中独立工会260个、联合工会34个",
        "未发生重特大事故",
        "继续发展会员",
        "附：数据来源与口径",
    ):
        assert said in markdown
        assert said in html
        assert said in word


def test_the_same_model_gives_the_same_bytes(summary: Summary, book: templates.Book) -> None:
    again = loaded(summary.dumped())
    assert again == summary
    assert again.sha256 == summary.sha256
    for path in (WORD, HTML, MARKDOWN, JSON):
        assert rendered(summary, path, book) == rendered(again, path, book)


def test_a_word_document_has_real_styles_and_no_time_of_making(plain: Summary, book: templates.Book) -> None:
    word = rendered(plain, WORD, book)
    document = Document(BytesIO(word))
    styles = {paragraph.style.name for paragraph in document.paragraphs if paragraph.style}
    assert {"Title", "Heading 1", "Heading 2", "Normal", "Caption"} <= styles
    with zipfile.ZipFile(BytesIO(word)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                ET.fromstring(package.read(name))  # noqa: S314 - our own package
        assert b"{%" not in package.read("word/document.xml")
        assert b"{{" not in package.read("word/document.xml")


def test_a_long_title_breaks_behind_the_name_of_the_union() -> None:
    short, long = "盈江县总工会2018年工作总结", "戚家山街道总工会2015年1—11月工作总结与来年计划"
    assert titled(short, "盈江县总工会") == short
    assert titled(long, "戚家山街道总工会") == "戚家山街道总工会\n2015年1—11月工作总结与来年计划"
    assert titled(long, "") == long


def test_no_heading_stands_empty_and_no_section_without_facts(plain: Summary) -> None:
    assert {section.id for section in plain.sections} == {
        "organisation",
        "rights",
        "finance",
        "problems",
        "next_steps",
    }
    assert all(part.blocks for section in plain.sections for part in section.parts)


def test_every_number_of_html_opens_its_events_at_the_cut(plain: Summary, book: templates.Book) -> None:
    html = rendered(plain, HTML, book).decode()
    for used in plain.figures:
        assert plain.address(used).replace("&", "&amp;") in html
    assert all(used.link.startswith("/v1/trace?unit=") for used in plain.figures)
    assert "&cut=c1test" in plain.address(plain.figures[0])
    assert html.count("<script") == 0


def test_free_text_cannot_become_markup(plain: Summary, book: templates.Book) -> None:
    html = rendered(plain, HTML, book).decode()
    assert "新建工会&lt;进展&gt;缓慢 &amp; 经费不足。" in html
    assert "新建工会<进展>缓慢 & 经费不足。" in text_of(rendered(plain, WORD, book))
    assert "新建工会\\<进展\\>缓慢" in rendered(plain, MARKDOWN, book).decode()


def test_the_appendix_tells_every_figure_once(plain: Summary, book: templates.Book) -> None:
    keys = {
        run.key
        for section in plain.sections
        for part in section.parts
        for block in part.blocks
        for run in getattr(block, "runs", [])
        if run.key
    }
    assert keys <= {used.key for used in plain.figures}
    assert len({used.key for used in plain.figures}) == len(plain.figures)
    total = next(used for used in plain.figures if used.figure == "unions_total" and not used.part)
    assert (total.value, total.display, total.counted, total.population) == (
        294,
        "294个",
        "个",
        "现有基层工会",
    )
    assert "覆盖 2 个数据流的前 12 条事件" in rendered(plain, MARKDOWN, book).decode()


def test_the_appendix_tells_the_chains_of_everything_that_was_read(
    plain: Summary, book: templates.Book
) -> None:
    lines = f"union.finance/3 5 {'cd' * 32}\nunion.membership/0 7 {'ab' * 32}\n"
    assert plain.chains == sha256(lines.encode()).hexdigest()
    assert f"链校验值（SHA-256）：{plain.chains}" in rendered(plain, MARKDOWN, book).decode()


def test_a_summary_of_the_first_format_stays_as_it_was(plain: Summary, book: templates.Book) -> None:
    first = plain.model_copy(update={"format": 1, "heads": {}})
    assert b'"heads"' not in first.dumped()
    assert loaded(first.dumped()).dumped() == first.dumped()
    assert "链校验值" not in rendered(first, MARKDOWN, book).decode()


def test_a_chart_without_a_font_is_told_with_its_remedy(
    summary: Summary, book: templates.Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    fonts.chinese.cache_clear()
    monkeypatch.setenv(fonts.VARIABLE, "/nowhere/font.ttc")
    try:
        with pytest.raises(FontMissing) as raised:
            rendered(summary, WORD, book)
        assert "fonts-noto-cjk" in raised.value.remedy
        assert "--no-charts" in raised.value.remedy
        assert rendered(without_charts(summary), WORD, book)
    finally:
        fonts.chinese.cache_clear()


def _replaced(book: templates.Book, name: str, content: bytes) -> templates.Book:
    return replace(book, raw={**book.raw, name: content}, changed=(name,))


def _with_word(text: str) -> bytes:
    document, file = Document(), BytesIO()
    document.add_paragraph(text)
    document.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "told_"),
    [
        (b"no zip", "no Word document"),
        (_with_word("{{ tittle }}"), "there is no word tittle"),
        (_with_word("{%p for section in sections %}"), "summary.docx"),
    ],
)
def test_a_broken_word_template_is_told(
    plain: Summary, book: templates.Book, content: bytes, told_: str
) -> None:
    with pytest.raises(TemplateFault, match=told_):
        rendered(plain, WORD, _replaced(book, templates.WORD, content))


def test_a_broken_page_is_told_with_its_line(plain: Summary, book: templates.Book) -> None:
    for content in (b"<p>\n{{ summary.titel }}", b"<p>\n{{ nothing }}", b"<p>\n{% if %}"):
        with pytest.raises(TemplateFault) as raised:
            rendered(plain, HTML, _replaced(book, templates.PAGE, content))
        assert (raised.value.file, raised.value.line) == ("page.html", 2)


def test_a_word_template_of_ones_own_is_used(plain: Summary, book: templates.Book) -> None:
    word = rendered(plain, WORD, _replaced(book, templates.WORD, _with_word("本单位：{{ unit }}")))
    assert text_of(word) == "本单位：盈江县总工会"


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "summary.md"
    writing.write(path, b"one")
    writing.write(path, b"two")
    assert (path.read_bytes(), [each.name for each in tmp_path.iterdir()]) == (b"two", ["summary.md"])
    folder = tmp_path / "folder.md"
    folder.mkdir()
    with pytest.raises(PathUnusable):
        writing.write(folder, b"three")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["folder.md", "summary.md"]


@pytest.mark.parametrize(
    ("name", "fault"),
    [("x.pdf", UnknownEnding), ("x", UnknownEnding), ("none/x.md", PathUnusable)],
)
def test_a_place_that_cannot_be_written_is_told_beforehand(
    tmp_path: Path, name: str, fault: type[Exception]
) -> None:
    with pytest.raises(fault):
        writing.usable(tmp_path / name)


@pytest.mark.parametrize("raw", [b"", b"[]", b'{"format": 1}', b"\xff"])
def test_what_is_no_stored_summary_is_told(raw: bytes) -> None:
    with pytest.raises(ModelUnusable):
        loaded(raw)


def test_a_summary_of_a_later_format_is_told(summary: Summary) -> None:
    later: dict[str, Any] = {"format": 99}
    with pytest.raises(ModelUnusable, match="format 99"):
        loaded(summary.model_copy(update=later).dumped())
