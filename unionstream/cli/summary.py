"""`unionstream summary UNIT`: the yearly work summary, as Word, HTML or Markdown."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import httpx
import typer
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from shared.clock import business_date, utc_now
from unionstream.cli.addresses import service_address
from unionstream.cli.asking import SECONDS, Basis, BasisOption, KnownAt, Line, Projection, Url
from unionstream.cli.stack import DEFAULT_DATA, Data, err, out, tell_fault
from unionstream.signing import signed
from unionstream.summary.faults import PartMissing, SummaryFault

if TYPE_CHECKING:
    from unionstream.summary import wanting
    from unionstream.summary.asking import Progress as Told
    from unionstream.summary.asking import Service
    from unionstream.summary.model import Summary
    from unionstream.summary.templates import Book

Out = Annotated[
    list[Path] | None,
    typer.Option("--out", "-o", help="FILE.docx, .html, .md or .json (the model); may be repeated."),
]
Folder = Annotated[
    Path | None,
    typer.Option("--templates", envvar="UNIONSTREAM_TEMPLATES", help="Your own templates, file by file."),
]
Affairs = Annotated[
    str | None,
    typer.Option(
        "--affairs-url", envvar="UNIONSTREAM_AFFAIRS_URL", help="Affairs, if not the local stack's."
    ),
]
Unit = Annotated[
    str,
    typer.Argument(metavar="UNIT", help="A union: its division code, a part of its name, or its id."),
]
Year = Annotated[int | None, typer.Option(min=1950, max=2999, help="The year that is summed up.")]
First = Annotated[str, typer.Option("--from", metavar="DAY", show_default="1 January")]
Last = Annotated[
    str, typer.Option("--to", metavar="DAY", help="The cut-off.", show_default="31 December, or today")
]
LastOf = Annotated[
    list[str] | None,
    typer.Option("--to-of", metavar="SECTION=DAY", help="Another cut-off for one section; may be repeated."),
]


def summary(
    unit: Unit = "",
    *,
    year: Year = None,
    first: First = "",
    last: Last = "",
    last_of: LastOf = None,
    line: Line = "territorial",
    basis: BasisOption = Basis.AS_WAS,
    known_at: KnownAt = None,
    outs: Out = None,
    templates: Folder = None,
    model: Annotated[
        Path | None, typer.Option(help="Print a stored model (.json) again instead of asking.")
    ] = None,
    frozen: Annotated[
        str | None, typer.Option(metavar="ID", help="Print a frozen summary again, as it was frozen.")
    ] = None,
    freeze: Annotated[
        bool, typer.Option("--freeze", help="Have affairs keep the summary to the byte; prints its id.")
    ] = False,
    replaces: Annotated[
        str, typer.Option(metavar="ID", help="With --freeze: the frozen summary whose place it takes.")
    ] = "",
    base: Annotated[
        str | None, typer.Option("--links", help="Where readers reach the projection, for the links.")
    ] = None,
    no_charts: Annotated[bool, typer.Option("--no-charts", help="Leave the charts out.")] = False,
    no_narrative: Annotated[
        bool, typer.Option("--no-narrative", help="Leave out problems and next steps.")
    ] = False,
    list_figures: Annotated[
        bool, typer.Option("--list-figures", help="Show what templates can print, and stop.")
    ] = False,
    check_templates: Annotated[
        bool, typer.Option("--check-templates", help="Show every fault of the templates, and stop.")
    ] = False,
    url: Url = None,
    affairs_url: Affairs = None,
    data: Data = DEFAULT_DATA,
) -> None:
    """The work summary of any union for a year, and where each of its numbers is from.

    What has no facts is left out. Sentences, section order and the Word layout are files: --templates DIR
    replaces them one by one (docs/summaries.md tells how).

    For example:

    `unionstream summary 330282119000 --year 2006 --to 2006-08-31 --out 总结.docx`

    `unionstream summary 盈江县 --year 2018 --to 2018-10-31 --to-of finance=2018-10-25 -o 总结.html`

    `unionstream summary 330282119000 --year 2006 --freeze`

    `unionstream summary --frozen 01920000-0000-7000-8000-000000000001 --out 总结.docx`

    `unionstream summary --check-templates --templates 我省模板`
    """
    with told():
        from unionstream.summary import wanting
        from unionstream.summary.asking import View

        book = wanting.templates(templates)
        if list_figures or check_templates:
            _look(book, url, data, listing=list_figures)
            return
        files = wanting.files(outs or [], needed=not freeze)
        view = View(line, basis.value, known_at or "")
        wish = wanting.Wish(unit, year, first, last, tuple(last_of or ()), view)
        with _asked(Addresses(url, affairs_url, data)) as asked:
            if model is not None:
                made = wanting.stored(model)
            elif frozen is not None:
                made = wanting.frozen(asked("affairs"), frozen)
            else:
                made = _built(book, wish, (asked, not no_narrative), base)
            contents = _printed(made, files, book, charts=not no_charts)
            if freeze:
                _freeze(asked("affairs"), made, replaces)
        _write(made, files, contents)


@contextmanager
def told() -> Iterator[None]:
    """Turns a fault of a summary into its message, its remedy and its exit code."""
    try:
        yield
    except ModuleNotFoundError as missing:
        fault = PartMissing(str(missing.name))
        tell_fault(fault.message, fault.remedy)
        raise typer.Exit(fault.exit_code) from missing
    except SummaryFault as fault:
        tell_fault(fault.message, fault.remedy)
        raise typer.Exit(fault.exit_code) from fault


@dataclass(frozen=True)
class Addresses:
    """Where services answer, if not where the local stack says."""

    projection: str | None
    affairs: str | None
    data: Path


@contextmanager
def _asked(addresses: Addresses) -> Iterator[Callable[[str], Service]]:
    """Services by name, each looked up only when it is asked."""
    from unionstream.summary.asking import Service

    with ExitStack() as opened:

        @cache
        def service(name: str) -> Service:
            address = service_address(name, getattr(addresses, name), addresses.data)
            auth = signed(addresses.data)
            http = httpx.Client(base_url=address, auth=auth, timeout=SECONDS, trust_env=False)
            return Service(name, opened.enter_context(http))

        yield service


def _built(
    book: Book, wish: wanting.Wish, services: tuple[Callable[[str], Service], bool], base: str | None
) -> Summary:
    from unionstream.summary import wanting

    asked, narrating = services
    projection = asked("projection")
    unit = Projection(projection.http).unit(wish.named) if wish.named else ""
    today = business_date(utc_now())
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True) as progress:
        links = base or str(projection.http.base_url).rstrip("/")
        sources = wanting.Sources(projection, asked("affairs") if narrating else None, links)
        return wanting.built(book, wish.of(unit, today), sources, _shown(progress))


def _shown(progress: Progress) -> Told:
    task = progress.add_task("Asking for figures", total=None)

    def tell(done: int, of: int) -> None:
        progress.update(task, completed=done, total=of)

    return tell


def _printed(made: Summary, files: list[Path], book: Book, *, charts: bool) -> list[bytes]:
    from unionstream.summary.rendering import rendered, without_charts

    printed = made if charts else without_charts(made)
    with err.status("Printing"):
        return [rendered(printed, path, book) for path in files]


def _freeze(affairs: Service, made: Summary, replaces: str) -> None:
    from unionstream.summary.freezing import freeze

    frozen = freeze(affairs, made, replaces, business_date(utc_now()))
    out.print(f"frozen as [bold]{frozen}[/], SHA-256 {made.sha256}", soft_wrap=True)


def _write(made: Summary, files: list[Path], contents: list[bytes]) -> None:
    from unionstream.summary.writing import write

    for path, content in zip(files, contents, strict=True):
        write(path, content)
    out.print(f"[bold]{escape(made.title)}[/] · {len(made.figures)} figures", soft_wrap=True)
    for path in files:
        out.print(f"  {escape(str(path))}", soft_wrap=True)


def _look(book: Book, url: str | None, data: Path, *, listing: bool) -> None:
    from unionstream.summary.asking import catalogue_of
    from unionstream.summary.checking import faults, figures

    with _asked(Addresses(url, None, data)) as asked:
        catalogue = catalogue_of(asked("projection"))
    if listing:
        used = figures(book)
        shown = Table("figure", "指标", "kind", "counts", "word", "by", "used", box=None)
        for each in catalogue.values():
            word = book.word(each.id, each.counted) or each.style
            mark = "✓" if each.id in used else ""
            shown.add_row(
                each.id, escape(each.label), each.kind, each.counted, word, " ".join(each.dims), mark
            )
        out.print(shown)
        return
    found = list(faults(book, catalogue))
    for fault in found:
        tell_fault(fault.message, fault.remedy)
    changed = json.dumps(list(book.changed), ensure_ascii=False)
    out.print(
        f"{len(found)} faults; {len(figures(book))} figures in use; replaced: {changed}", soft_wrap=True
    )
    raise typer.Exit(1 if found else 0)
