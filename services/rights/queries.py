"""Questions that only rights can answer: what an evaluation came to, once its round is closed."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field

from services.rights.commands.evaluations import BOX, ROUND, tally_of
from services.rights.domain.evaluations import BallotBox, EvaluationRound, box_id
from shared.database import Pool, reachable
from shared.errors import Refused
from shared.http.commands import PROBLEMS
from shared.vault import Vault
from shared.work.finding import not_there
from shared.work.reach import Reach

UNIT = "SELECT unit FROM aggregate WHERE id = $1 AND kind = $2"
STATES = "SELECT id, state FROM aggregate WHERE (id, kind) IN (($1, $2), ($3, $4))"
QUESTIONS: dict[int | str, dict[str, Any]] = {status: PROBLEMS[status] for status in (404, 409, 422, 503)}


class RoundNotClosed(Refused):
    """Until its round is closed nobody is told anything of the scores."""

    code = "evaluation-not-closed"


class CandidateResult(BaseModel):
    """Mean scores of one candidate, with two decimals, by dimension."""

    person: UUID
    means: dict[str, str] = Field(description="Half up, as decimal text.")


class EvaluationResults(BaseModel):
    """What the ballots of a closed round come to for every candidate, in the order of the round."""

    ballots: int
    candidates: list[CandidateResult]


async def results_of(pool: Pool, vault: Vault, evaluation: UUID) -> EvaluationResults:
    """Raises evaluation-unknown, RoundNotClosed."""
    box = box_id(evaluation)
    async with reachable():
        rows = await pool.fetch(STATES, evaluation, ROUND.name, box, BOX.name)
    states = {row["id"]: row["state"] for row in rows}
    if evaluation not in states:
        raise not_there(ROUND, evaluation, "evaluation")
    round_ = EvaluationRound.model_validate_json(states[evaluation])
    if not round_.closed:
        raise RoundNotClosed(
            "the round is not closed", field="evaluation", value=str(evaluation), remedy="close it first"
        )
    tally = tally_of(vault, evaluation, BallotBox.model_validate_json(states[box]))
    return EvaluationResults(
        ballots=tally.ballots,
        candidates=[
            CandidateResult(
                person=person, means={name: _mean(total, tally.ballots) for name, total in totals.items()}
            )
            for person, totals in zip(round_.candidates, tally.totals, strict=True)
        ],
    )


def results_router(pool: Pool, vault: Vault, reach: Reach) -> APIRouter:
    """GET /v1/evaluations/{evaluation}/results."""
    router = APIRouter(prefix="/v1", responses=QUESTIONS)

    @router.get("/evaluations/{evaluation}/results", summary="What a closed round of evaluation came to")
    async def results(evaluation: UUID) -> EvaluationResults:
        async with reachable():
            unit = await pool.fetchval(UNIT, evaluation, ROUND.name)
        await reach.sees(unit, not_there(ROUND, evaluation, "evaluation"))
        return await results_of(pool, vault, evaluation)

    return router


def _mean(total: int, ballots: int) -> str:
    hundredths = (200 * total + ballots) // (2 * ballots)
    return str(Decimal(hundredths).scaleb(-2))
