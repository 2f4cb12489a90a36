"""HTTP of the projection: figures, the facts behind them, the trail, units. Everything is only read."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query

from services.projection.catalogue import load
from services.projection.queries import (
    answering,
    answers,
    catalogue,
    declared,
    reconciliation,
    reporting,
    reports,
    standing,
    target_answers,
    targets,
    trail,
    units,
)
from services.projection.queries.parameters import (
    Between,
    OfCut,
    OfDeclared,
    OfFigures,
    OfReconciliation,
    OfRestatements,
    OfStanding,
    OfTargets,
    OfTrace,
    OfTrail,
    OfUnit,
    OfUnits,
    UnitText,
)
from services.projection.queries.reaching import Reading
from services.projection.reconciling.run import reconcile
from shared.clock import Clock, utc_now
from shared.database import Pool
from shared.http.commands import PROBLEMS


def router(pool: Pool, clock: Clock = utc_now, log: Pool | None = None) -> APIRouter:
    """Routes that read from `pool`, each for callers with a role; `clock` says what today is.

    Refusals are kept through `log`, where `pool` may not write.
    """
    routes = APIRouter(prefix="/v1", responses={status: PROBLEMS[status] for status in (404, 409, 422, 503)})
    reading = Reading(pool, clock, log)
    _add_figures(routes, reading)
    _add_targets(routes, reading)
    _add_trail(routes, reading)
    _add_units(routes, reading)
    _add_knowledge(routes, reading)
    _add_reports(routes, reading)
    return routes


def _add_figures(routes: APIRouter, reading: Reading) -> None:
    @routes.get("/figures", summary="Figures of a union for a period")
    async def figures(query: Annotated[OfFigures, Query()]) -> answers.FiguresAnswer:
        async with reading.at(query.unit, query.line) as moment:
            return await answering.figures(moment, query.asked, query.figure, query.by, query.rounding)

    @routes.get("/trace", summary="The facts and events behind one figure")
    async def traced(query: Annotated[OfTrace, Query()]) -> answers.TraceAnswer:
        async with reading.at(query.unit, query.line) as moment:
            figure, page = (query.figure, query.part), (query.cursor, query.limit)
            return await answering.trace(moment, query.asked, figure, page)


def _add_targets(routes: APIRouter, reading: Reading) -> None:
    @routes.get("/targets", summary="Targets of a union, with their progress as the figures have it")
    async def all_targets(query: Annotated[OfTargets, Query()]) -> target_answers.TargetsAnswer:
        async with reading.at(query.unit, query.line) as moment:
            return target_answers.targets_answer(await targets.targets(moment, query.asked))


def _add_trail(routes: APIRouter, reading: Reading) -> None:
    @routes.get("/trail", summary="The events of a union and all below it, newest first")
    async def trailed(query: Annotated[OfTrail, Query()]) -> answers.TrailAnswer:
        async with reading.at(query.unit, query.line) as moment:
            return answering.trail(await trail.trail(moment, query.wanted, query.cursor, query.limit))


def _add_units(routes: APIRouter, reading: Reading) -> None:
    @routes.get("/units/{unit}", summary="A union, and those above it today")
    async def one(unit: Annotated[UnitText, Path()]) -> answers.UnitPlaceAnswer:
        async with reading.anywhere() as moment:
            return await answering.place(moment, unit)

    @routes.get("/units", summary="Unions under a union, or by a part of the name or the start of the code")
    async def several(query: Annotated[OfUnits, Query()]) -> answers.UnitsAnswer:
        async with reading.anywhere() as moment:
            found, following = await units.units(moment, query.wanted, query.cursor, query.limit)
        return answers.UnitsAnswer(units=[answers.unit_answer(each) for each in found], next=following)


def _add_knowledge(routes: APIRouter, reading: Reading) -> None:
    @routes.get("/cut", summary="How far the figures go now, or went at a moment")
    async def cut(query: Annotated[OfCut, Query()]) -> answers.CutAnswer:
        async with reading.anywhere() as moment:
            return await answering.cut(moment, query.known_at, with_heads=query.heads)

    @routes.get("/catalogue", summary="Every figure, breakdown and line")
    async def everything() -> catalogue.CatalogueAnswer:
        async with reading.anywhere():
            return catalogue.shown(load())


def _add_reports(routes: APIRouter, reading: Reading) -> None:
    @routes.get("/closings", summary="The periods that a union has closed")
    async def closings(query: Annotated[OfUnit, Query()]) -> reporting.ClosingsAnswer:
        async with reading.at(query.unit) as moment:
            return reporting.closings(*await reports.closings(moment, query.unit))

    @routes.get("/closings/{report}", summary="Every figure of a closed period, as reported and as it stands")
    async def closing(report: UUID) -> reporting.ReportedAnswer:
        async with reading.of_report(report) as moment:
            return reporting.reported(report, await reports.reported(moment, report))

    @routes.get("/restatements", summary="What has changed in closed periods of a union, newest first")
    async def restatements(query: Annotated[OfRestatements, Query()]) -> reporting.RestatementsAnswer:
        async with reading.at(query.unit) as moment:
            found = await reports.restatements(moment, query.unit, query.cursor, query.limit)
        return reporting.restatements(*found)

    @routes.get("/between", summary="The events between two cuts that may have moved a figure")
    async def between(query: Annotated[Between, Query()]) -> reporting.BetweenAnswer:
        async with reading.at(query.unit) as moment:
            asked = query.unit, query.figure, query.last, (query.since, query.until)
            return reporting.between(*await reports.behind(moment, *asked))

    @routes.get("/declared", summary="What a union declared on paper, beside the computed figures")
    async def declarations(query: Annotated[OfDeclared, Query()]) -> declared.DeclaredFiguresAnswer:
        async with reading.at(query.unit) as moment:
            return await declared.declared(moment, query.unit, (query.first, query.last))

    @routes.get("/reconciliation", summary="What does not agree in the figures of a union for a period")
    async def reconciled(query: Annotated[OfReconciliation, Query()]) -> reconciliation.ReconciliationAnswer:
        async with reading.at(query.unit, query.line) as moment:
            return await reconciliation.answer(moment, await reconcile(moment, query.asked))

    @routes.get("/reconciliation/standing", summary="What the continuous reconciliation found, newest first")
    async def stands(query: Annotated[OfStanding, Query()]) -> reconciliation.AllStandingAnswer:
        async with reading.at(query.unit) if query.unit else reading.whole() as moment:
            page = await standing.standing(moment, query.unit, query.cursor, query.limit)
            return await reconciliation.standing(moment, page)
