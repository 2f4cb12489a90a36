"""`unionstream import SHEET FILE`: spreadsheets into the services, repeatable at will."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from httpx import Auth
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from typer.core import TyperGroup

from shared.clock import business_date, utc_now
from unionstream.cli.addresses import service_address
from unionstream.cli.stack import DEFAULT_DATA, Data, err, out
from unionstream.imports import headings, people, places, refused, sheets
from unionstream.imports.asking import Destination, SendingStopped
from unionstream.imports.grid import Limits
from unionstream.imports.listed import Services
from unionstream.imports.problems import CellInvalid, FileUnusable
from unionstream.imports.reading import Source, open_source
from unionstream.imports.references import SOURCE, source_name
from unionstream.imports.rows import Given, SheetRows
from unionstream.imports.sending import Tally, send
from unionstream.imports.template import write_template
from unionstream.signing import signed

if TYPE_CHECKING:
    from typer._click.core import Command, Context

SOME_REFUSED = 1
UNUSABLE = 2
INTERRUPTED = 130
LOOKED_UP: tuple[sheets.Kind, ...] = ("person", "union_id", "employer_id", "found")


class SheetCommands(TyperGroup):
    """A command for every sheet there is, made when it is asked for: a sheet is read only then."""

    def list_commands(self, ctx: Context) -> list[str]:
        return [*super().list_commands(ctx), *sheets.names()]

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:
        known = super().get_command(ctx, cmd_name)
        return _command_of(cmd_name) if known is None and cmd_name in sheets.names() else known


imports = typer.Typer(
    cls=SheetCommands, help="Bring spreadsheets in; stopping and repeating never doubles anything."
)

File = Annotated[Path, typer.Argument(help="An .xlsx or .csv file.", show_default=False)]
To = Annotated[
    str | None,
    typer.Option("--to", help="The union of rows that name none: division code, credit code or id."),
]
Tab = Annotated[str | None, typer.Option("--sheet", help="The sheet to read, where several could be meant.")]
SourceOption = Annotated[
    str | None,
    typer.Option("--source", help="The name under which rows are known; the file's name if left out."),
]
Actor = Annotated[str, typer.Option(envvar="UNIONSTREAM_ACTOR", help="Who imports.")]
Rows = Annotated[int, typer.Option("--rows", min=1, help="Refuse a file with more rows.")]
OldCards = Annotated[bool, typer.Option("--old-cards", help="Convert numbers of 15-digit cards.")]
MembershipUrl = Annotated[str | None, typer.Option(envvar="UNIONSTREAM_MEMBERSHIP_URL")]
WelfareUrl = Annotated[str | None, typer.Option(envvar="UNIONSTREAM_WELFARE_URL")]
FinanceUrl = Annotated[str | None, typer.Option(envvar="UNIONSTREAM_FINANCE_URL")]
EventsUrl = Annotated[str | None, typer.Option(envvar="UNIONSTREAM_EVENTS_URL")]
RightsUrl = Annotated[str | None, typer.Option(envvar="UNIONSTREAM_RIGHTS_URL")]
AffairsUrl = Annotated[str | None, typer.Option(envvar="UNIONSTREAM_AFFAIRS_URL")]


@dataclass(frozen=True)
class Job:
    """One file on its way: `addresses` answers where a service is, `auth` signs in there."""

    file: Path
    source: str
    auth: Auth
    addresses: Callable[[str], str]

    def destination(self, service: str, route: str) -> Destination:
        """Where rows go."""
        return Destination(f"{self.addresses(service)}/v1{route}", self.source, self.auth)


@imports.callback(invoke_without_command=True)
def overview(
    context: typer.Context,
    *,
    listing: Annotated[bool, typer.Option("--list", help="Show every sheet with its columns.")] = False,
) -> None:
    """Bring spreadsheets in; stopping and repeating never doubles anything."""
    if listing:
        _list()
        raise typer.Exit
    if context.invoked_subcommand is None:
        out.print(context.get_help(), markup=False)
        raise typer.Exit(UNUSABLE)


@imports.command()
def template(
    sheet: Annotated[str, typer.Argument(help="A sheet, as --list names it.", show_default=False)],
    file: Annotated[Path, typer.Argument(help="The workbook to write.", show_default=False)],
) -> None:
    """Write an empty workbook to fill in: headings, and above each what goes in."""
    if sheet not in sheets.names():
        raise typer.BadParameter(f"use one of {', '.join(sheets.names())}", param_hint="SHEET")
    if file.suffix.lower() != ".xlsx" or file.exists():
        raise typer.BadParameter("give the name of a new .xlsx file", param_hint="FILE")
    write_template(sheets.sheet(sheet), file)
    out.print(f"Written: {escape(str(file))}", soft_wrap=True)


def _command_of(name: str) -> Command:
    """The command of one sheet."""
    sheet = sheets.sheet(name)
    app = typer.Typer(add_completion=False)

    @app.command(name, help=f"{sheet.title.zh}: {sheet.title.en}.")
    def import_sheet(
        file: File,
        *,
        to: To = None,
        tab: Tab = None,
        source: SourceOption = None,
        rows: Rows = Limits.rows,
        old_cards: OldCards = False,
        actor: Actor = "import",
        membership_url: MembershipUrl = None,
        welfare_url: WelfareUrl = None,
        finance_url: FinanceUrl = None,
        events_url: EventsUrl = None,
        rights_url: RightsUrl = None,
        affairs_url: AffairsUrl = None,
        data: Data = DEFAULT_DATA,
    ) -> None:
        urls = {
            "membership": membership_url, "welfare": welfare_url, "finance": finance_url,
            "events": events_url, "rights": rights_url, "affairs": affairs_url,
        }  # fmt: skip
        with _told():
            union = _union(to)
            opened = open_source(file, sheet, Limits(rows=rows), tab=tab, union_given=union is not None)
            given = Given(business_date(utc_now()), union, opened.columns.units, old_cards)
            auth = signed(data, actor)
            job = Job(file, _source(source, file), auth, lambda to: service_address(to, urls.get(to), data))
            _run(job, opened, given)

    return typer.main.get_command(app)


def _run(job: Job, opened: Source, given: Given) -> None:
    for notice in opened.notices:
        err.print(f"[yellow]Note:[/] {escape(notice)}", soft_wrap=True)
    destination = job.destination(opened.sheet.service, opened.sheet.route)
    if opened.sheet.in_order:
        destination = replace(destination, in_flight=1)
    if any(map(opened.sheet.of_kind, LOOKED_UP)):
        _look_up(job, opened, given)
    reader = SheetRows(opened.sheet, given)
    tally = Tally()
    with _bar("Sending", opened.total) as bar:
        try:
            asyncio.run(send(opened.rows(reader.read), destination, tally, lambda: bar(tally.total)))
        except KeyboardInterrupt:
            _totals(opened.total, tally)
            raise _stopped() from None
        except SendingStopped:
            _totals(opened.total, tally)
            raise
    _report(job, opened, tally, reader)


def _look_up(job: Job, opened: Source, given: Given) -> None:
    """Every person and everything else that the file names is known before a row is sent."""
    reader = SheetRows(opened.sheet, given)
    for _ in opened.rows(reader.read):
        pass
    met, listed = given.people.unknown, given.listed.unknown
    with _bar("Looking up", len(met) + listed) as bar:
        try:
            asyncio.run(_asked(job, opened, given, bar))
        except KeyboardInterrupt:
            raise _stopped() from None


async def _asked(job: Job, opened: Source, given: Given, bar: Callable[[int], None]) -> None:
    membership = job.destination("membership", people.ROUTE)
    met = len(given.people.unknown)
    await given.people.look_up(membership, lambda: bar(met - len(given.people.unknown)))
    services = Services(job.addresses("membership"), job.addresses(opened.sheet.service), job.auth)
    await given.listed.look_up(services, lambda done: bar(met + done))


def _stopped() -> typer.Exit:
    err.print("Stopped. Run the same command again: nothing is doubled.")
    return typer.Exit(INTERRUPTED)


def _report(job: Job, opened: Source, tally: Tally, reader: SheetRows) -> None:
    path = refused.write(job.file, opened.columns.titles, tally.refused)
    _totals(opened.total, tally)
    for doubt, count in sorted(reader.doubts.items()):
        err.print(f"[yellow]Note:[/] {doubt} in {count:,} rows", soft_wrap=True)
    if path:
        out.print(f"Refused rows with their reasons: {escape(str(path))}", soft_wrap=True)
        raise typer.Exit(SOME_REFUSED)


def _list() -> None:
    for name in sheets.names():
        sheet = sheets.sheet(name)
        columns = ", ".join(f"{'*' * each.needed}{headings.of(each)[0]}" for each in sheet.in_file)
        out.print(f"[bold]{name}[/]  {sheet.title.zh} {sheet.title.en}, to {sheet.service}", soft_wrap=True)
        out.print(f"  {columns}", markup=False, soft_wrap=True)
    out.print(
        "* cannot do without. An empty workbook: unionstream import template SHEET FILE.xlsx", markup=False
    )


def _totals(total: int, tally: Tally) -> None:
    known = f"{tally.created:,} created, {tally.repeated:,} there before, {len(tally.refused):,} refused"
    out.print(f"{total:,} rows: {known}")


@contextmanager
def _bar(what: str, total: int) -> Iterator[Callable[[int], None]]:
    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda completed: bar.update(task, completed=completed)


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
