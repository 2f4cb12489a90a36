"""Close periods, and declare figures that paper reports print."""

from typing import Annotated, Literal
from uuid import UUID, uuid5

from pydantic import BaseModel, Field

from services.affairs.commands.steps import stepped, union_of
from services.affairs.domain import closings, declarations
from services.affairs.domain.closings import Closing
from services.affairs.domain.declarations import Declaration
from services.affairs.domain.reports import Report, report_id
from shared.catalogues import catalogue
from shared.contracts.affairs import FigureDeclared, ReportedFigure
from shared.http.body import LARGEST_BULK
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import BusinessDate, CatalogueId, Command, DocumentNumber, UnionText
from shared.http.listing import Listing
from shared.standing import refuse_future
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.kinds import Kind
from shared.work.work import Work

TERRITORIAL = "territorial"
MOST_FIGURES = 3000
CLOSING: Kind[Closing] = Kind("closing", Closing, closings.evolve, lambda state: state.union)
DECLARATION: Kind[Declaration] = Kind(
    "declaration", Declaration, declarations.evolve, lambda state: state.union
)
FigureId = Annotated[
    str, Field(pattern=r"^[a-z][a-z0-9_]{0,79}$", description="An id of the catalogue of figures.")
]
Exact = Annotated[
    str,
    Field(
        pattern=r"^-?[0-9]{1,18}(\.[0-9]{1,6})?$",
        description="The exact number in the unit of the figure; money in fen.",
    ),
]
CutText = Annotated[
    str,
    Field(
        pattern=r"^c1[0-9a-z]{4,4000}$", description="The cut of the answer that the figures were read from."
    ),
]
LineId = Annotated[CatalogueId, Field(description="`territorial`, or an industry line.")]


class OneFigure(Command):
    """A figure and its exact value; none where there is no data."""

    figure: FigureId
    value: Exact | None


class OfPeriod(Command):
    """Whose report, for which days, on which line."""

    union: UnionText
    first_day: BusinessDate
    last_day: BusinessDate
    line: LineId = TERRITORIAL


class ClosePeriod(OfPeriod):
    """What was reported for a period, read from the figures at one cut."""

    cut: CutText
    figures: Annotated[tuple[OneFigure, ...], Field(min_length=1, max_length=MOST_FIGURES)]
    closed_on: BusinessDate


class DeclareFigure(OfPeriod):
    """A figure as a paper report prints it; a later paper takes the place of an earlier one."""

    figure: FigureId
    value: Exact
    qualifier: Literal["exact", "over", "nearly", "about"] = "exact"
    source: DocumentNumber
    declared_on: BusinessDate


class WithdrawDeclaration(Command):
    """It was typed in by mistake."""

    declaration: UUID
    withdrawn_on: BusinessDate


def report_of(work: Work, period: OfPeriod) -> Report:
    """The report that a command is about; refuses what `steps.union_of` refuses, and unknown lines."""
    if period.line != TERRITORIAL:
        catalogue("lines").checked(period.line, "line")
    union = union_of(work, period.union, period.last_day, "last_day")
    return Report(union=union, **period.model_dump(include={"first_day", "last_day", "line"}))


def close_period(work: Work, command: ClosePeriod) -> Answer:
    """The id answered is the closing's: one per union, period and line."""
    refuse_future(command.closed_on, work.today, "closed_on")
    report = report_of(work, command)
    id_ = report_id(report, "closing")
    figures = [ReportedFigure(figure=each.figure, value=each.value) for each in command.figures]
    decided = closings.decide_close(work.get(CLOSING, id_), report, command.cut, figures, command.closed_on)
    return work.record(CLOSING, id_, decided, report.union)


def declare_figure(work: Work, command: DeclareFigure) -> Answer:
    """The id answered is the declaration's: one per union, period, line and figure."""
    day = command.declared_on
    refuse_future(day, work.today, "declared_on")
    report = report_of(work, command)
    id_ = uuid5(report_id(report, "declaration"), command.figure)
    said = command.model_dump(include={"figure", "value", "qualifier", "source"})
    declared = FigureDeclared(occurredon=day, **report.about, old_value=None, **said)
    events = declarations.decide_declare(work.get(DECLARATION, id_), report, declared)
    return work.record(DECLARATION, id_, events, report.union)


def withdraw_declaration(work: Work, command: WithdrawDeclaration) -> Answer:
    """It can be declared anew."""
    day = command.withdrawn_on
    return stepped(
        work,
        DECLARATION,
        command.declaration,
        (day, "withdrawn_on"),
        lambda state: declarations.decide_withdraw(state, day),
    )


USE_CASES: dict[type[BaseModel], UseCase] = {
    ClosePeriod: close_period,
    DeclareFigure: declare_figure,
    WithdrawDeclaration: withdraw_declaration,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/closings", ClosePeriod, "Close a period", creates=True, largest=LARGEST_BULK),
    CommandRoute("/declarations", DeclareFigure, "Declare a figure of a paper report", creates=True),
    BulkRoute("/declarations/bulk", DeclareFigure, "Declare the figures of a paper report"),
    CommandRoute("/declarations/{declaration}/withdraw", WithdrawDeclaration, "Withdraw a declared figure"),
)
LISTINGS: tuple[Listing, ...] = (
    Listing("/closings", CLOSING, "Closed periods"),
    Listing("/declarations", DECLARATION, "Declared figures"),
)
