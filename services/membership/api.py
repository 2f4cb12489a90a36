"""Questions over HTTP; commands are in `commands`, and their routes are made by the kernel."""

from collections.abc import Callable
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from services.membership import queries
from services.membership.commands.fields import EmployerReference, UnionReference
from services.membership.queries import (
    EmployerView,
    MemberPage,
    MembersAsked,
    MemberView,
    PersonView,
    RegisteredView,
    UnionPage,
    UnionsAsked,
    UnionView,
)
from shared.database import Pool
from shared.http.commands import PROBLEMS, VERSIONED
from shared.http.openapi import GONE
from shared.vault import Vault
from shared.work.reach import Reach
from shared.work.roles import OF_PEOPLE


def questions(pool: Pool, vault: Vault, reach: Reach, may_open: Callable[[], None]) -> APIRouter:
    """All GET routes of membership, under /v1. Unions and employers are known to everybody with a role;
    `may_open` refuses while no vault may be opened.
    """
    router = APIRouter(prefix="/v1", responses={status: PROBLEMS[status] for status in (404, 422, 503)})
    _of_unions(router, pool, reach)
    _of_members(router, pool, reach)
    _of_people(router, pool, reach)
    _of_vault(router, pool, (vault, may_open), reach)
    return router


def _of_unions(router: APIRouter, pool: Pool, reach: Reach) -> None:
    @router.get("/unions", summary="The unions under one, or those at the top")
    async def unions(asked: Annotated[UnionsAsked, Query()]) -> UnionPage:
        await reach.somewhere()
        return await queries.unions(pool, asked)

    @router.get(
        "/unions/{union}", summary="One union, by id, division code or credit code", responses=VERSIONED
    )
    async def union(union: UnionReference, response: Response) -> UnionView:
        await reach.somewhere()
        view = await queries.union(pool, union)
        response.headers["ETag"] = f'"{view.version}"'
        return view

    @router.get("/employers/{employer}", summary="One employer, by id or credit code", responses=VERSIONED)
    async def employer(employer: EmployerReference, response: Response) -> EmployerView:
        await reach.somewhere()
        view = await queries.employer(pool, employer)
        response.headers["ETag"] = f'"{view.version}"'
        return view


def _of_members(router: APIRouter, pool: Pool, reach: Reach) -> None:
    @router.get("/members", summary="The members of one union")
    async def members(asked: Annotated[MembersAsked, Query()]) -> MemberPage:
        await reach.over((await queries.union(pool, asked.union)).id)
        return await queries.members(pool, asked)

    @router.get("/members/{member}", summary="One membership, without personal data", responses=VERSIONED)
    async def member(member: UUID, response: Response) -> MemberView:
        view = await queries.member(pool, member)
        await reach.sees(view.union, queries.no_member(member))
        response.headers["ETag"] = f'"{view.version}"'
        return view


def _of_people(router: APIRouter, pool: Pool, reach: Reach) -> None:
    @router.get(
        "/people/{id}", summary="One person of the register, without personal data", responses=VERSIONED
    )
    async def registered(id: UUID, response: Response) -> RegisteredView:  # noqa: A002  the name in the path
        view = await queries.registered(pool, id)
        await reach.sees(view.unit, queries.nobody(id))
        response.headers["ETag"] = f'"{view.version}"'
        return view


def _of_vault(router: APIRouter, pool: Pool, guarded: tuple[Vault, Callable[[], None]], reach: Reach) -> None:
    vault, may_open = guarded

    @router.get(
        "/members/{member}/person",
        responses={403: PROBLEMS[403], **GONE},
        summary="Personal data of a member",
        description="For those who record or approve at the member's union or above it.",
    )
    async def person(member: UUID) -> PersonView:
        view = await queries.member(pool, member)
        await reach.sees(view.union, queries.no_member(member))
        await reach.over(view.union, OF_PEOPLE)
        may_open()
        return await queries.person(pool, vault, member)
