"""Lists of what waits for somebody: rows nobody could match, dues that are overdue."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from services.finance.commands.kinds import ACCOUNT
from services.finance.commands.tax_collections import COLLECTION
from services.finance.domain.account import Assessment
from services.finance.domain.collections import TaxCollection
from services.finance.queries import AssessmentView
from shared.database import Pool, reachable
from shared.http.listing import FIRST, LARGEST_PAGE, QUESTIONS
from shared.work.reach import Reach

UNMATCHED = """
SELECT id, version, state FROM aggregate
WHERE kind = $1 AND unit = $2 AND id > $3 AND state ->> 'status' = 'unmatched' ORDER BY id LIMIT $4"""

# Only what is open after the due day: settled and written off parts of an assessment are not owed.
OVERDUE = """
SELECT e.key::uuid AS id, e.value AS assessment
FROM aggregate AS a, jsonb_each(a.state -> 'assessments') AS e
WHERE a.kind = $1 AND a.unit = $2 AND e.key::uuid > $3 AND (e.value ->> 'due_on')::date < $5
  AND (e.value ->> 'amount_fen')::bigint
      > (e.value ->> 'settled_fen')::bigint + (e.value ->> 'written_off_fen')::bigint
ORDER BY e.key::uuid LIMIT $4"""


class Waiting(BaseModel):
    """Of one unit (not of those below it), in the order of ids."""

    model_config = ConfigDict(extra="forbid")

    unit: UUID = Field(description="Id of the unit.")
    cursor: UUID = Field(default=FIRST, description="`cursor` of the page before.")
    limit: int = Field(default=50, ge=1, le=LARGEST_PAGE)


class WaitingOn(Waiting):
    """Open after its due day on a date."""

    on: date = Field(description="Due before this day.")


class UnmatchedRow(TaxCollection):
    """A row of the tax agency that waits to be matched."""

    id: UUID
    version: int


class UnmatchedPage(BaseModel):
    """`cursor` asks for the next page, null at the end."""

    items: list[UnmatchedRow]
    cursor: UUID | None


class OverduePage(BaseModel):
    """`cursor` asks for the next page, null at the end."""

    items: list[AssessmentView]
    cursor: UUID | None


def lists(pool: Pool, reach: Reach) -> APIRouter:
    """Their GET routes, under /v1."""
    router = APIRouter(prefix="/v1", responses=QUESTIONS)

    @router.get("/tax-collections/unmatched", summary="Rows of the tax agency that wait to be matched")
    async def unmatched(asked: Annotated[Waiting, Query()]) -> UnmatchedPage:
        await reach.over(asked.unit)
        async with reachable():
            rows = await pool.fetch(UNMATCHED, COLLECTION.name, asked.unit, asked.cursor, asked.limit + 1)
        items = [_row(row) for row in rows[: asked.limit]]
        return UnmatchedPage(items=items, cursor=items[-1].id if len(rows) > asked.limit else None)

    @router.get("/dues/overdue", summary="Assessments of one unit that are open after their due day")
    async def overdue(asked: Annotated[WaitingOn, Query()]) -> OverduePage:
        await reach.over(asked.unit)
        async with reachable():
            rows = await pool.fetch(
                OVERDUE, ACCOUNT.name, asked.unit, asked.cursor, asked.limit + 1, asked.on
            )
        items = [_assessment(row) for row in rows[: asked.limit]]
        return OverduePage(items=items, cursor=items[-1].id if len(rows) > asked.limit else None)

    return router


def _row(row: Any) -> UnmatchedRow:
    state = TaxCollection.model_validate_json(row["state"])
    return UnmatchedRow(**state.model_dump(), id=row["id"], version=row["version"])


def _assessment(row: Any) -> AssessmentView:
    state = Assessment.model_validate_json(row["assessment"])
    return AssessmentView(**state.model_dump(), id=row["id"], open_fen=state.open_fen)
