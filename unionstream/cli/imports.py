"""`unionstream import members | dues FILE`: spreadsheets into the services, repeatable at will."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from shared.clock import business_date, utc_now
from unionstream.cli.addresses import service_address
from unionstream.cli.stack import DEFAULT_DATA, Data, err, out
from unionstream.imports import places, refused
from unionstream.imports.grid import Limits
from unionstream.imports.headings import Subject
from unionstream.imports.members import MemberRows
from unionstream.imports.problems import CellInvalid, FileUnusable
from unionstream.imports.reading import Source, open_source
from unionstream.imports.receipts import ReceiptRows
from unionstream.imports.references import SOURCE, source_name
from unionstream.imports.sending import Destination, SendingStopped, Tally, send

SOME_REFUSED = 1
UNUSABLE = 2
INTERRUPTED = 130

imports = typer.Typer(help="Bring spreadsheets in; stopping and repeating never doubles anything.")

File = Annotated[Path, typer.Argument(help="An .xlsx or .csv file.", show_default=False)]
To = Annotated[
    str | None,
    typer.Option("--to", help="The union of rows that name none: division code, credit code or id."),
]
Sheet = Annotated[str | None, typer.Option(help="The sheet to read, where several could be meant.")]
SourceOption = Annotated[
    str | None,
    typer.Option("--source", help="The name under which rows are known; the file's name if left out."),
]
Actor = Annotated[str, typer.Option(envvar="UNIONSTREAM_ACTOR", help="Who imports.")]
Rows = Annotated[int, typer.Option("--rows", min=1, help="Refuse a file with more rows.")]


@dataclass(frozen=True)
class Job:
    """What both commands have in common."""

    subject: Subject
    file: Path
    source: str
    address: str
    actor: str


@imports.command()
def members(
    file: File,
    *,
    to: To = None,
    sheet: Sheet = None,
    source: SourceOption = None,
    rows: Rows = Limits.rows,
    old_cards: Annotated[
        bool, typer.Option("--old-cards", help="Convert numbers of 15-digit cards.")
    ] = False,
    actor: Actor = "import",
    membership_url: Annotated[str | None, typer.Option(envvar="UNIONSTREAM_MEMBERSHIP_URL")] = None,
    data: Data = DEFAULT_DATA,
) -> None:
    """Import a roster: name, identity number, day of joining, union; sex, worker kind, telephone if known."""
    with _told():
        union = _union(to)
        opened = open_source(file, "members", Limits(rows=rows), sheet=sheet, union_given=union is not None)
        address = service_address("membership", membership_url, data) + "/v1/members/bulk"
        reader = MemberRows(business_date(utc_now()), union, convert_old_cards=old_cards)
        _run(Job("members", file, _source(source, file), address, actor), opened, reader)


@imports.command()
def dues(
    file: File,
    *,
    to: To = None,
    sheet: Sheet = None,
    source: SourceOption = None,
    rows: Rows = Limits.rows,
    actor: Actor = "import",
    finance_url: Annotated[str | None, typer.Option(envvar="UNIONSTREAM_FINANCE_URL")] = None,
    data: Data = DEFAULT_DATA,
) -> None:
    """Import received dues: union or payer's credit code, amount, day; period, channel, voucher if known."""
    with _told():
        union = _union(to)
        opened = open_source(file, "dues", Limits(rows=rows), sheet=sheet, union_given=union is not None)
        address = service_address("finance", finance_url, data) + "/v1/dues/receipts/bulk"
        reader = ReceiptRows(opened.columns.amount_unit, union)
        _run(Job("dues", file, _source(source, file), address, actor), opened, reader)


def _run(job: Job, opened: Source, reader: MemberRows | ReceiptRows) -> None:
    for notice in opened.notices:
        err.print(f"[yellow]Note:[/] {escape(notice)}", soft_wrap=True)
    destination = Destination(job.address, job.source, job.actor)
    tally = Tally()
    with _bar(opened.total, tally) as advance:
        try:
            asyncio.run(send(opened.rows(reader.fields), destination, tally, advance))
        except KeyboardInterrupt:
            _totals(opened.total, tally)
            err.print("Stopped. Run the same command again: nothing is doubled.")
            raise typer.Exit(INTERRUPTED) from None
        except SendingStopped:
            _totals(opened.total, tally)
            raise
    path = refused.write(job.file, opened.columns.titles, tally.refused)
    _totals(opened.total, tally)
    for doubt, count in sorted(reader.doubts.items()):
        err.print(f"[yellow]Note:[/] {doubt} in {count:,} rows", soft_wrap=True)
    if path:
        out.print(f"Refused rows with their reasons: {escape(str(path))}", soft_wrap=True)
        raise typer.Exit(SOME_REFUSED)


def _totals(total: int, tally: Tally) -> None:
    known = f"{tally.created:,} created, {tally.repeated:,} there before, {len(tally.refused):,} refused"
    out.print(f"{total:,} rows: {known}")


@contextmanager
def _bar(total: int, tally: Tally) -> Iterator[Callable[[], None]]:
    columns = (TextColumn("Sending"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task("Sending", total=total)
        yield lambda: bar.update(task, completed=tally.total)


@contextmanager
def _told() -> Iterator[None]:
    """Unusable input and an unusable service end with one sentence and exit code 2."""
    try:
        yield
    except (FileUnusable, SendingStopped) as problem:
        err.print(f"[red]{escape(str(problem))}[/]", soft_wrap=True)
        raise typer.Exit(UNUSABLE) from problem


def _union(to: str | None) -> str | None:
    try:
        return places.union(to.strip()) if to else None
    except CellInvalid as invalid:
        raise typer.BadParameter(f"{invalid.code}: {invalid.remedy}", param_hint="--to") from invalid


def _source(given: str | None, file: Path) -> str:
    if given is None:
        return source_name(file)
    if not SOURCE.fullmatch(given):
        raise typer.BadParameter("letters, digits and . _ : - only, at most 64", param_hint="--source")
    return given
