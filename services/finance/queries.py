"""What can be asked of dues, by id, by union and year, in pages."""

from collections.abc import Mapping
from datetime import date
from itertools import islice
from typing import Annotated, Any, TypeVar
from uuid import UUID

from fastapi import Query
from pydantic import BaseModel, ConfigDict

from services.finance.commands.kinds import ACCOUNT, TARGET
from services.finance.domain.account import Assessment, DuesAccount, Receipt
from services.finance.domain.assessing import AssessmentUnknown
from services.finance.domain.numbering import account_id, account_of, number_of, target_id
from services.finance.domain.receiving import ReceiptUnknown
from services.finance.domain.targets import DuesTarget
from shared.database import Pool, reachable
from shared.errors import NotFound
from shared.work.kinds import Kind, S

LOAD = "SELECT version, state FROM aggregate WHERE id = $1 AND kind = $2"

E = TypeVar("E", Assessment, Receipt)
V = TypeVar("V", bound=BaseModel)


class AccountUnknown(NotFound):
    """Nothing has been assessed or received for this union and year."""

    code = "account-unknown"


class TargetUnknown(NotFound):
    """No target has been set for this unit and year."""

    code = "target-unknown"


class AccountView(BaseModel):
    """The sums of an account, in fen."""

    id: UUID
    version: int
    union: UUID
    year: int
    assessed_fen: int
    open_fen: int
    received_fen: int
    refunded_fen: int


class AssessmentView(BaseModel):
    """What one payer owes for one period; amount = settled + written off + open."""

    id: UUID
    period: str
    employer: UUID | None
    assessor: str
    assessed_on: date
    due_on: date
    payroll_fen: int
    rate_bp: int
    amount_fen: int
    settled_fen: int
    written_off_fen: int
    flagged_fen: int
    surcharged_fen: int
    surcharge_paid_fen: int
    open_fen: int


class ReceiptView(BaseModel):
    """Money that came in; amount = refunded + open."""

    id: UUID
    channel: str
    period: str
    employer: UUID | None
    received_on: date
    amount_fen: int
    refunded_fen: int
    open_fen: int
    assessment: UUID | None
    settles_fen: int
    collector: UUID | None
    upper_fen: int
    rebate_fen: int


class AssessmentPage(BaseModel):
    """In the order of recording; `cursor` asks for the next page, null at the end."""

    items: list[AssessmentView]
    cursor: str | None


class ReceiptPage(BaseModel):
    """In the order of recording; `cursor` asks for the next page, null at the end."""

    items: list[ReceiptView]
    cursor: str | None


class TargetView(BaseModel):
    """Dues to receive in a year."""

    id: UUID
    version: int
    unit: UUID
    year: int
    amount_fen: int
    issuer: UUID


class Paging(BaseModel):
    """Which account, and where in it."""

    model_config = ConfigDict(extra="forbid")

    union: UUID
    year: int
    cursor: Annotated[str, Query(pattern=r"^\d{1,8}$")] = "0"
    limit: Annotated[int, Query(ge=1, le=200)] = 50


async def account(pool: Pool, union: UUID, year: int) -> AccountView:
    """Raises AccountUnknown."""
    id_ = account_id(union, year)
    version, state = await _account(pool, id_, union, year)
    return _view(AccountView, state, id=id_, version=version)


async def assessments(pool: Pool, paging: Paging) -> AssessmentPage:
    """One page; raises AccountUnknown."""
    _, state = await _account(pool, account_id(paging.union, paging.year), paging.union, paging.year)
    chosen, cursor = _page(state.assessments, paging)
    return AssessmentPage(items=[_view(AssessmentView, each, id=id_) for id_, each in chosen], cursor=cursor)


async def receipts(pool: Pool, paging: Paging) -> ReceiptPage:
    """One page; raises AccountUnknown."""
    _, state = await _account(pool, account_id(paging.union, paging.year), paging.union, paging.year)
    chosen, cursor = _page(state.receipts, paging)
    return ReceiptPage(items=[_view(ReceiptView, each, id=id_) for id_, each in chosen], cursor=cursor)


def no_assessment(id_: UUID) -> AssessmentUnknown:
    """There is none, or none for the caller."""
    return AssessmentUnknown("there is no such assessment", "assessment", str(id_), "check the id")


def no_receipt(id_: UUID) -> ReceiptUnknown:
    """There is none, or none for the caller."""
    return ReceiptUnknown("there is no such receipt", "receipt", str(id_), "check the id")


async def assessment(pool: Pool, id_: UUID) -> tuple[AssessmentView, UUID]:
    """With the union it counts for; raises AssessmentUnknown."""
    found = await _load(pool, ACCOUNT, account_of(id_))
    if found is None or id_ not in found[1].assessments:
        raise no_assessment(id_)
    return _view(AssessmentView, found[1].assessments[id_], id=id_), found[1].union


async def receipt(pool: Pool, id_: UUID) -> tuple[ReceiptView, UUID]:
    """With the union it counts for; raises ReceiptUnknown."""
    found = await _load(pool, ACCOUNT, account_of(id_))
    if found is None or id_ not in found[1].receipts:
        raise no_receipt(id_)
    return _view(ReceiptView, found[1].receipts[id_], id=id_), found[1].union


async def target(pool: Pool, unit: UUID, year: int) -> TargetView:
    """Raises TargetUnknown."""
    id_ = target_id(unit, year)
    found: tuple[int, DuesTarget] | None = await _load(pool, TARGET, id_)
    if found is None:
        raise TargetUnknown(
            "no target is set", field="year", value=str(year), remedy="POST /v1/dues/targets sets it"
        )
    return _view(TargetView, found[1], id=id_, version=found[0])


async def _account(pool: Pool, id_: UUID, union: UUID, year: int) -> tuple[int, DuesAccount]:
    found = await _load(pool, ACCOUNT, id_)
    if found is None:
        raise AccountUnknown(
            f"nothing was assessed or received for {union} in {year}",
            field="union",
            value=str(union),
            remedy="check union and year",
        )
    return found


async def _load(pool: Pool, kind: Kind[S], id_: UUID) -> tuple[int, S] | None:
    async with reachable():
        row = await pool.fetchrow(LOAD, id_, kind.name)
    return (row["version"], kind.state.model_validate_json(row["state"])) if row else None


def _page(entries: Mapping[UUID, E], paging: Paging) -> tuple[list[tuple[UUID, E]], str | None]:
    after = int(paging.cursor)
    rest = ((id_, each) for id_, each in sorted(entries.items()) if number_of(id_) > after)
    chosen = list(islice(rest, paging.limit + 1))
    more = len(chosen) > paging.limit
    shown = chosen[: paging.limit]
    return shown, str(number_of(shown[-1][0])) if more else None


def _view(view: type[V], state: BaseModel, **more: Any) -> V:
    fields = {name: getattr(state, name) for name in view.model_fields if name not in more}
    return view.model_validate(fields | more)
