"""Finance over HTTP: commands, whose routes the kernel makes, and questions."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, FastAPI, Query, Response

from services.finance import queries
from services.finance.commands import SAID
from services.finance.lists import lists
from services.finance.queries import (
    AccountView,
    AssessmentPage,
    AssessmentView,
    Paging,
    ReceiptPage,
    ReceiptView,
    TargetView,
)
from shared.database import Pool
from shared.http.app import application
from shared.http.commands import PROBLEMS, VERSIONED
from shared.http.subjects import routers_of
from shared.http.tokens import Tokens
from shared.work.desk import Desk
from shared.work.reach import Reach

TOPIC = "union.finance"


def application_of(pool: Pool, desk: Desk, tokens: Tokens) -> FastAPI:
    """All routes of finance over one pool and one desk."""
    own = (questions(pool, desk.reach), lists(pool, desk.reach))
    return application("Finance", routers_of(pool, desk, SAID, TOPIC, own), tokens)


def questions(pool: Pool, reach: Reach) -> APIRouter:
    """All GET routes of finance, under /v1/dues."""
    router = APIRouter(prefix="/v1/dues", responses={status: PROBLEMS[status] for status in (404, 422, 503)})

    @router.get("/accounts/{union}/{year}", summary="The sums of one union and year", responses=VERSIONED)
    async def account(union: UUID, year: int, response: Response) -> AccountView:
        await reach.over(union)
        view = await queries.account(pool, union, year)
        response.headers["ETag"] = f'"{view.version}"'
        return view

    @router.get("/assessments", summary="Assessments of one union and year")
    async def assessments(paging: Annotated[Paging, Query()]) -> AssessmentPage:
        await reach.over(paging.union)
        return await queries.assessments(pool, paging)

    @router.get("/assessments/{assessment}", summary="One assessment")
    async def assessment(assessment: UUID) -> AssessmentView:
        view, union = await queries.assessment(pool, assessment)
        await reach.sees(union, queries.no_assessment(assessment))
        return view

    @router.get("/receipts", summary="Receipts of one union and year")
    async def receipts(paging: Annotated[Paging, Query()]) -> ReceiptPage:
        await reach.over(paging.union)
        return await queries.receipts(pool, paging)

    @router.get("/receipts/{receipt}", summary="One receipt")
    async def receipt(receipt: UUID) -> ReceiptView:
        view, union = await queries.receipt(pool, receipt)
        await reach.sees(union, queries.no_receipt(receipt))
        return view

    @router.get("/targets/{unit}/{year}", summary="The dues target of one unit and year", responses=VERSIONED)
    async def target(unit: UUID, year: int, response: Response) -> TargetView:
        await reach.over(unit)
        view = await queries.target(pool, unit, year)
        response.headers["ETag"] = f'"{view.version}"'
        return view

    return router
