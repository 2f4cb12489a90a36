"""The summary of a real stack: built at two levels, printed in every form, the same each time."""

from __future__ import annotations

import zipfile
from pathlib import Path
from uuid import UUID

import httpx
import pytest
from docx import Document

from tests.e2e.conftest import CommandLine
from tests.e2e.settling import caught_up

TOWN, COUNTY = "330282119000", "330282000000"
YEAR = ("--year", "2006", "--to", "2006-08-31")


@pytest.fixture
async def settled(known: dict[str, UUID], urls: dict[str, str], http: httpx.AsyncClient) -> None:
    await caught_up(http, urls)


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize("unit", [TOWN, COUNTY])
def test_a_unit_of_any_level_gets_its_year_in_every_form(cli: CommandLine, tmp_path: Path, unit: str) -> None:
    files = [tmp_path / f"summary{ending}" for ending in (".docx", ".html", ".md", ".json")]
    outs = [word for file in files for word in ("--out", str(file))]
    ended = cli("summary", unit, *YEAR, *outs)
    assert ended.code == 0, ended.err
    word = "\n".join(paragraph.text for paragraph in Document(str(files[0])).paragraphs)
    for text in (word, files[1].read_text("utf-8"), files[2].read_text("utf-8")):
        assert "2006年1—8月工作总结" in text
        assert "376名" in text
    assert "1—8月，新建基层工会" in word
    assert "收缴工会经费" in word


@pytest.mark.usefixtures("settled")
def test_a_stored_summary_is_printed_again_to_the_byte(cli: CommandLine, tmp_path: Path) -> None:
    stored, first, again = tmp_path / "model.json", tmp_path / "first.docx", tmp_path / "again.docx"
    assert cli("summary", TOWN, *YEAR, "--out", stored, "--out", first).code == 0
    assert cli("summary", "--model", stored, "--out", again).code == 0
    assert first.read_bytes() == again.read_bytes()
    with zipfile.ZipFile(first) as package:
        assert {entry.date_time[0] for entry in package.infolist()} == {1980}


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ((TOWN, "--year", "1901", "--to", "1901-12-31"), 2, "1950"),
        ((TOWN, "--year", "1960"), 1, "established"),
        ((TOWN, "--year", "2900"), 2, "after today"),
        ((TOWN, "--year", "2006", "--to", "2007-01-01"), 2, "cannot end"),
        ((TOWN, *YEAR, "--to-of", "nowhere=2006-08-30"), 2, "no section"),
        (("999999", *YEAR), 1, "no union"),
    ],
)
def test_what_cannot_be_summed_up_is_told_and_leaves_no_file(
    cli: CommandLine, tmp_path: Path, words: tuple[str, ...], code: int, told: str
) -> None:
    file = tmp_path / "summary.md"
    ended = cli("summary", *words, "--out", file)
    assert (ended.code, list(tmp_path.iterdir())) == (code, []), ended.err
    assert told in ended.err
    assert "Traceback" not in ended.err
