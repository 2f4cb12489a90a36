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
from tests.support.load import Client
from tests.support.signing import AUTH
from unionstream.demo.kept import Places

TOWN, COUNTY = "330282119000", "330282000000"
YEAR = ("--year", "2006", "--to", "2006-08-31")
TO_THE_END = ("--year", "2006")


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
def test_every_link_opens_the_events_of_its_number(
    cli: CommandLine, tmp_path: Path, urls: dict[str, str]
) -> None:
    page = tmp_path / "summary.md"
    assert cli("summary", TOWN, *YEAR, "--no-charts", "--out", page).code == 0
    links = [
        line.partition(": ")[2] for line in page.read_text("utf-8").splitlines() if line.startswith("[f")
    ]
    assert links
    for link in links:
        assert link.startswith(f"{urls['projection']}/v1/trace?")
        answer = httpx.get(link, auth=AUTH, timeout=60, trust_env=False)
        assert answer.status_code == 200, (link, answer.text)


@pytest.mark.usefixtures("settled")
def test_a_stored_summary_is_printed_again_to_the_byte(cli: CommandLine, tmp_path: Path) -> None:
    stored, first, again = tmp_path / "model.json", tmp_path / "first.docx", tmp_path / "again.docx"
    assert cli("summary", TOWN, *YEAR, "--out", stored, "--out", first).code == 0
    assert cli("summary", "--model", stored, "--out", again).code == 0
    assert first.read_bytes() == again.read_bytes()
    with zipfile.ZipFile(first) as package:
        assert {entry.date_time[0] for entry in package.infolist()} == {1980}


@pytest.mark.usefixtures("settled")
def test_a_section_may_end_on_another_day(cli: CommandLine, tmp_path: Path) -> None:
    page = tmp_path / "summary.md"
    ended = cli("summary", TOWN, *YEAR, "--to-of", "finance=2006-07-31", "--no-charts", "--out", page)
    assert ended.code == 0, ended.err
    text = page.read_text("utf-8")
    assert "1—7月，收缴工会经费" in text
    assert "1—8月，新建基层工会" in text


@pytest.fixture
async def narrated(
    known: dict[str, UUID], client: Client, urls: dict[str, str], http: httpx.AsyncClient
) -> None:
    union = str(known[f"division/{TOWN}"])
    item = {"union": union, "year": 2006, "topic": "members", "recorded_on": "2006-12-20"}
    for path, text in (("problems", "部分企业主认识不足。"), ("next-steps", "再发展会员300名。")):
        told = await client.command("affairs", f"/v1/narratives/{path}", item | {"text": text})
        assert told.acknowledged, told.answer
    await caught_up(http, urls)


@pytest.mark.usefixtures("narrated")
def test_problems_and_next_steps_stand_in_the_words_of_their_union(cli: CommandLine, tmp_path: Path) -> None:
    page = tmp_path / "summary.md"
    assert cli("summary", TOWN, *TO_THE_END, "--no-charts", "--out", page).code == 0
    text = page.read_text("utf-8")
    assert "存在问题\n\n1. 部分企业主认识不足。" in text
    assert "1. 再发展会员300名。" in text
    without = cli("summary", TOWN, *TO_THE_END, "--no-charts", "--no-narrative", "--out", page)
    assert without.code == 0
    assert "存在问题" not in page.read_text("utf-8")


@pytest.mark.usefixtures("settled")
def test_the_shipped_templates_fit_the_running_system(cli: CommandLine) -> None:
    ended = cli("summary", "--check-templates")
    assert (ended.code, "0 faults" in ended.out) == (0, True), ended.err
    assert "members_joined" in cli("summary", "--list-figures").out


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ((TOWN, "--year", "1960"), 1, "established"),
        ((TOWN, "--year", "2900"), 2, "after today"),
        ((TOWN, "--year", "2006", "--from", "2007-01-01", "--to", "2007-06-30"), 2, "begins or ends"),
        ((TOWN, "--year", "2006", "--to", "2006-02-30"), 2, "is no day"),
        ((TOWN, "--year", "2006", "--from", "2006-09-01", "--to", "2006-08-01"), 2, "Swap"),
        ((TOWN,), 2, "The year is missing"),
        (("--year", "2006"), 2, "No union is named"),
        ((TOWN, *YEAR, "--to-of", "nowhere=2006-08-30"), 2, "no section"),
        ((TOWN, *YEAR, "--to-of", "finance"), 2, "names no day"),
        ((TOWN, *YEAR, "--templates", "/nowhere"), 2, "no folder"),
        ((TOWN, *YEAR, "--projection-url", "http://127.0.0.1:9"), 1, "does not answer"),
        (("999999", *YEAR), 1, "no union"),
        (("--model", "/nowhere.json"), 2, "cannot be read"),
    ],
)
def test_what_cannot_be_summed_up_is_told_and_leaves_no_file(
    cli: CommandLine, tmp_path: Path, words: tuple[str, ...], code: int, told: str
) -> None:
    ended = cli("summary", *words, "--out", tmp_path / "summary.md")
    assert (ended.code, list(tmp_path.iterdir())) == (code, []), ended.err
    assert told in ended.err
    assert "What to do:" in ended.err
    assert "Traceback" not in ended.err


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize(("name", "told"), [("x.pdf", "cannot be written as"), ("none/x.md", "no folder")])
def test_a_place_that_cannot_be_written_is_told(
    cli: CommandLine, tmp_path: Path, name: str, told: str
) -> None:
    ended = cli("summary", TOWN, *YEAR, "--out", tmp_path / name)
    assert (ended.code, list(tmp_path.iterdir())) == (2, [])
    assert told in ended.err


@pytest.mark.usefixtures("settled")
def test_a_template_that_asks_for_what_there_is_not_is_told_with_its_line(
    cli: CommandLine, tmp_path: Path
) -> None:
    mine = tmp_path / "mine" / "sections"
    mine.mkdir(parents=True)
    (mine / "publicity.yaml").write_text(
        "heading: 宣传\nparts:\n  - say: ['{{ articels_submitted }}']\n", "utf-8"
    )
    ended = cli("summary", TOWN, *YEAR, "--templates", mine.parent, "--out", tmp_path / "x.md")
    assert (ended.code, (tmp_path / "x.md").exists()) == (1, False)
    assert "sections/publicity.yaml, line 3: there is no figure or word articels_submitted" in ended.err
    assert "articles_submitted" in ended.err


@pytest.mark.usefixtures("settled")
def test_a_missing_font_is_told_and_charts_may_be_left_out(
    places: Places, cli: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UNIONSTREAM_FONT", "/nowhere.ttf")
    file = tmp_path / "summary.docx"
    words = ("summary", places[6]["head"], "--year", "2005", "--line", "township_enterprise", "--out", file)
    ended = cli(*words)
    assert (ended.code, file.exists()) == (1, False), ended.out
    assert "fonts-noto-cjk" in ended.err
    assert cli(*words, "--no-charts").code == 0
    text = "\n".join(paragraph.text for paragraph in Document(str(file)).paragraphs)
    assert "共有基层工会149个，比上年增长58.51%" in text


@pytest.mark.usefixtures("settled")
def test_a_frozen_summary_is_printed_again_as_it_was_frozen(cli: CommandLine, tmp_path: Path) -> None:
    first, again = tmp_path / "first.docx", tmp_path / "again.docx"
    ended = cli("summary", TOWN, *YEAR, "--freeze", "--out", first)
    assert ended.code == 0, ended.err
    frozen = ended.out.split("frozen as ")[1].split(",")[0]
    printed = cli("summary", "--frozen", frozen, "--out", again)
    assert printed.code == 0, printed.err
    assert first.read_bytes() == again.read_bytes()
    other = ("summary", TOWN, *YEAR, "--links", "https://figures.example", "--freeze")
    refused = cli(*other)
    assert (refused.code, frozen in refused.err) == (1, True), refused.err
    assert cli(*other, "--replaces", frozen).code == 0


@pytest.fixture
async def silent(client: Client, urls: dict[str, str], http: httpx.AsyncClient) -> str:
    body = {
        "name": "某省总工会",
        "level": 1,
        "kind": "general",
        "parent": None,
        "approved_on": "2005-01-01",
        "taken_over": True,
    }
    told = await client.command("membership", "/v1/unions", body)
    assert told.acknowledged, told.answer
    await caught_up(http, urls)
    return str(told.answer["id"])


def test_a_unit_that_never_reported_has_no_summary(cli: CommandLine, silent: str, tmp_path: Path) -> None:
    ended = cli("summary", silent, "--year", "2006", "--out", tmp_path / "x.md")
    assert (ended.code, list(tmp_path.iterdir())) == (1, []), ended.out
    assert "recorded nothing" in ended.err
