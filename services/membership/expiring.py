"""Which credentials end soon: read from the calendar, not from somebody's memory (DOMAIN ORG-09)."""

from datetime import date, timedelta
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from services.membership.commands.holders import CREDENTIAL
from services.membership.domain.credentials import Credential
from shared.clock import business_date, utc_now
from shared.database import Pool, reachable
from shared.http.commands import PROBLEMS
from shared.http.fields import BusinessDate
from shared.rules import rule
from shared.work.reach import Reach

LARGEST_PAGE = 200
WINDOW = "credential.renewal_window_days"
CURSOR = "^([0-9]{4}-[0-9]{2}-[0-9]{2}/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})?$"

# From the first day on in the order of the days, so a page reads no more than it shows, and those elsewhere.
PAGE = """
SELECT c.id, c.version, c.state
FROM aggregate AS c
WHERE c.kind = 'credential' AND c.state ->> 'valid_until' BETWEEN $2 AND $3
  AND (c.state ->> 'valid_until', c.id) > ($4, $5)
  AND $1 IN (
    WITH RECURSIVE above AS (
        SELECT c.unit AS id
        UNION SELECT u.unit FROM above JOIN aggregate AS u ON u.id = above.id WHERE u.unit IS NOT NULL)
    SELECT id FROM above)
ORDER BY c.state ->> 'valid_until', c.id
LIMIT $6"""


class ExpiringAsked(BaseModel):
    """Those held at a unit or below it whose last day lies between two days."""

    model_config = ConfigDict(extra="forbid")

    unit: UUID = Field(description="Id of a union: its own, and all below it.")
    since: BusinessDate | None = Field(default=None, description="The first last day; today if not given.")
    until: BusinessDate | None = Field(
        default=None, description="The last one; as far as renewal is due today, if not given."
    )
    cursor: str = Field(
        default="",
        pattern=CURSOR,
        description="`cursor` of the page before.",
    )
    limit: int = Field(default=50, ge=1, le=LARGEST_PAGE)


class ExpiringCredential(Credential):
    """A credential, with its id and version."""

    id: UUID
    version: int


class ExpiringPage(BaseModel):
    """In the order of their last days; `cursor` is null on the last page."""

    items: list[ExpiringCredential]
    cursor: str | None


def expiring_router(pool: Pool, reach: Reach) -> APIRouter:
    """The GET route; must come before that of one credential by id."""
    router = APIRouter(prefix="/v1", responses={status: PROBLEMS[status] for status in (422, 503)})

    @router.get("/credentials/expiring", summary="Credentials whose validity ends between two days")
    async def expiring(asked: Annotated[ExpiringAsked, Query()]) -> ExpiringPage:
        await reach.over(asked.unit)
        return await page_of(pool, asked, business_date(utc_now()))

    return router


async def page_of(pool: Pool, asked: ExpiringAsked, today: date) -> ExpiringPage:
    """One page; those that are revoked have no last day any more."""
    since = asked.since or today
    until = asked.until or max(since, today + timedelta(days=rule(WINDOW, today)))
    day, _, id_ = asked.cursor.partition("/")
    after: tuple[Any, ...] = (day, UUID(id_)) if day else ("", UUID(int=0))
    async with reachable():
        rows = await pool.fetch(
            PAGE, asked.unit, since.isoformat(), until.isoformat(), *after, asked.limit + 1
        )
    shown = [_seen(row) for row in rows[: asked.limit]]
    more = len(rows) > asked.limit
    return ExpiringPage(items=shown, cursor=f"{shown[-1].valid_until}/{shown[-1].id}" if more else None)


def _seen(row: Any) -> ExpiringCredential:
    state = CREDENTIAL.state.model_validate_json(row["state"])
    return ExpiringCredential(**state.model_dump(), id=row["id"], version=row["version"])
