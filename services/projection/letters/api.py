"""HTTP for operators: what lies dead, and what becomes of it."""

from base64 import b64encode
from typing import Annotated

from fastapi import APIRouter, Query

from services.projection.letters import bursts
from services.projection.letters import listing as letters
from services.projection.letters.answers import (
    Admit,
    AdmittedAnswer,
    At,
    BurstAnswer,
    ContentAnswer,
    Drop,
    KindAnswer,
    LetterAnswer,
    LettersAnswer,
    OfLetters,
    Redrive,
    RedrivenAnswer,
)
from services.projection.letters.dropping import drop
from services.projection.letters.operating import operating
from services.projection.letters.redriving import redrive
from services.projection.queries.reaching import everywhere
from shared.clock import utc_now
from shared.http.commands import PROBLEMS
from shared.http.gate import caller
from shared.work.roles import OF_REFUSALS, OPERATOR


def router(url: str) -> APIRouter:
    """Routes that read and change the active colour of the projection at `url`."""
    routes = APIRouter(prefix="/v1", responses={status: PROBLEMS[status] for status in (404, 409, 422, 503)})
    _add_questions(routes, url)
    _add_decisions(routes, url)
    return routes


def _add_questions(routes: APIRouter, url: str) -> None:
    @routes.get("/dead-letters", summary="Events that could not be read, by their position")
    async def many(query: Annotated[OfLetters, Query()]) -> LettersAnswer:
        async with operating(url) as session:
            await everywhere(session.connection, utc_now, OF_REFUSALS)
            found, following = await letters.letters(
                session.connection, query.wanted, query.cursor, query.limit
            )
            waiting = await letters.waiting(session.connection)
        shown = [LetterAnswer.model_validate(each, from_attributes=True) for each in found]
        return LettersAnswer(letters=shown, waiting=waiting, next=following)

    @routes.get("/dead-letters/content", summary="The bytes of one, as they came")
    async def content(query: Annotated[At, Query()]) -> ContentAnswer:
        async with operating(url) as session:
            await everywhere(session.connection, utc_now, OF_REFUSALS)
            value = await letters.value_at(session.connection, query.place)
        return ContentAnswer(text=_text(value), base64=b64encode(value).decode())

    @routes.get("/dead-letters/burst", summary="The burst that holds the worker, if one does")
    async def burst() -> BurstAnswer:
        async with operating(url) as session:
            await everywhere(session.connection, utc_now, OF_REFUSALS)
            rows = await bursts.standing(session.connection)
        return BurstAnswer(kinds=[KindAnswer.model_validate(dict(row)) for row in rows])


def _add_decisions(routes: APIRouter, url: str) -> None:
    @routes.post("/dead-letters/redrive", summary="Read them again, and work them in at their old position")
    async def again(body: Redrive) -> RedrivenAnswer:
        async with operating(url) as session:
            await everywhere(session.connection, utc_now, {OPERATOR})
            done = await redrive(session, body.chosen)
        return RedrivenAnswer(redriven=done.done, still_dead=dict(done.still))

    @routes.post("/dead-letters/drop", summary="Give one up, for a reason that stays on the trail")
    async def give_up(body: Drop) -> LettersAnswer:
        async with operating(url) as session:
            await everywhere(session.connection, utc_now, {OPERATOR})
            await drop(session.connection, body.place, caller().subject, body.reason)
            return LettersAnswer(letters=[], waiting=await letters.waiting(session.connection), next="")

    @routes.post("/dead-letters/admit", summary="Park a burst whole, and let the worker go on")
    async def let_in(body: Admit) -> AdmittedAnswer:
        async with operating(url) as session:
            await everywhere(session.connection, utc_now, {OPERATOR})
            kinds = await bursts.admit(session.connection, caller().subject, body.reason)
        return AdmittedAnswer(admitted=[" ".join(kind).strip() for kind in kinds])


def _text(value: bytes) -> str | None:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return None
