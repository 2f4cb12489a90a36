"""Questions that only affairs can answer: texts of narratives and frozen summaries, opened."""

from hashlib import sha256
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import BaseModel

from services.affairs.domain.narratives import Narrative
from services.affairs.domain.summaries import WordsErased
from shared.database import Pool, reachable
from shared.errors import NotFound
from shared.http.commands import PROBLEMS
from shared.http.openapi import GONE
from shared.vault import Sealed, Vault
from shared.work.finding import unknown
from shared.work.reach import Reach

STATE = "SELECT state FROM aggregate WHERE id = $1 AND kind = 'narrative'"
TEXTS = "SELECT entry, wrapped_key, record FROM narrative_text WHERE entry = ANY($1)"
UNIT = "SELECT unit FROM aggregate WHERE id = $1"
SUMMARY = "SELECT wrapped_key, record FROM frozen_summary WHERE summary = $1"
QUESTIONS: dict[int | str, dict[str, Any]] = {status: PROBLEMS[status] for status in (404, 422, 503)}


class ItemText(BaseModel):
    """A problem or a next step with its text, carried over or new; empty if the text was erased."""

    entry: UUID
    item: str
    topic: str
    text: str
    erased: bool = False


class NarrativeTexts(BaseModel):
    """All items of a narrative in the order of recording."""

    items: list[ItemText]


async def texts_of(pool: Pool, vault: Vault, narrative: UUID) -> NarrativeTexts:
    """Raises narrative-unknown."""
    async with reachable():
        row = await pool.fetchrow(STATE, narrative)
        if row is None:
            raise _unknown("narrative", narrative)
        state = Narrative.model_validate_json(row["state"])
        rows = await pool.fetch(TEXTS, [item.origin for item in state.items.values()])
    sealed = {row["entry"]: Sealed(row["wrapped_key"], row["record"]) for row in rows}
    items = [
        ItemText(
            entry=entry,
            item=item.kind,
            topic=item.topic,
            text=vault.open_text(item.origin, sealed[item.origin]) if item.origin in sealed else "",
            erased=item.origin not in sealed,
        )
        for entry, item in state.items.items()
    ]
    return NarrativeTexts(items=items)


def texts_router(pool: Pool, vault: Vault, reach: Reach) -> APIRouter:
    """GET /v1/narratives/{narrative}/texts."""
    router = APIRouter(prefix="/v1", responses=QUESTIONS)

    @router.get(
        "/narratives/{narrative}/texts", summary="Problems and next steps of a year, with their texts"
    )
    async def texts(narrative: UUID) -> NarrativeTexts:
        await reach.sees(await _unit_of(pool, narrative), _unknown("narrative", narrative))
        return await texts_of(pool, vault, narrative)

    return router


async def _unit_of(pool: Pool, id_: UUID) -> UUID | None:
    async with reachable():
        unit: UUID | None = await pool.fetchval(UNIT, id_)
    return unit


def _unknown(kind: str, id_: UUID) -> NotFound:
    return unknown(kind)(f"there is no such {kind}", field=kind, value=str(id_), remedy="check the id")


async def document_of(pool: Pool, vault: Vault, summary: UUID) -> bytes:
    """The bytes as they were frozen; raises summary-unknown, summary-erased."""
    async with reachable():
        row = await pool.fetchrow(SUMMARY, summary)
        kept = await pool.fetchval(UNIT, summary)
    if row is None and kept is not None:
        raise WordsErased("its words were erased", "summary", str(summary), "its hash and figures stay")
    if row is None:
        raise _unknown("summary", summary)
    return vault.open_text(summary, Sealed(row["wrapped_key"], row["record"])).encode()


def documents_router(pool: Pool, vault: Vault, reach: Reach) -> APIRouter:
    """GET /v1/summaries/{summary}/document."""
    router = APIRouter(prefix="/v1", responses=QUESTIONS)

    @router.get(
        "/summaries/{summary}/document",
        summary="A frozen summary, to the byte; the ETag is its SHA-256",
        response_class=Response,
        responses={200: {"content": {"application/json": {}}}, **GONE},
    )
    async def document(summary: UUID) -> Response:
        await reach.sees(await _unit_of(pool, summary), _unknown("summary", summary))
        raw = await document_of(pool, vault, summary)
        tag = {"ETag": f'"{sha256(raw).hexdigest()}"'}
        return Response(raw, headers=tag, media_type="application/json")

    return router
