"""Questions over HTTP; commands are in `commands`, and their routes are made by the kernel."""

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
from shared.vault import Vault


def questions(pool: Pool, vault: Vault) -> APIRouter:
    """All GET routes of membership, under /v1."""
    router = APIRouter(prefix="/v1", responses={status: PROBLEMS[status] for status in (404, 422, 503)})
    _of_unions(router, pool)
    _of_members(router, pool, vault)
    return router


def _of_unions(router: APIRouter, pool: Pool) -> None:
    @router.get("/unions", summary="The unions under one, or those at the top")
    async def unions(asked: Annotated[UnionsAsked, Query()]) -> UnionPage:
        return await queries.unions(pool, asked)

    @router.get(
        "/unions/{union}", summary="One union, by id, division code or credit code", responses=VERSIONED
    )
    async def union(union: UnionReference, response: Response) -> UnionView:
        view = await queries.union(pool, union)
        response.headers["ETag"] = f'"{view.version}"'
        return view

    @router.get("/employers/{employer}", summary="One employer, by id or credit code", responses=VERSIONED)
    async def employer(employer: EmployerReference, response: Response) -> EmployerView:
        view = await queries.employer(pool, employer)
        response.headers["ETag"] = f'"{view.version}"'
        return view


def _of_members(router: APIRouter, pool: Pool, vault: Vault) -> None:
    @router.get("/members", summary="The members of one union")
    async def members(asked: Annotated[MembersAsked, Query()]) -> MemberPage:
        return await queries.members(pool, asked)

    @router.get("/members/{member}", summary="One membership, without personal data", responses=VERSIONED)
    async def member(member: UUID, response: Response) -> MemberView:
        view = await queries.member(pool, member)
        response.headers["ETag"] = f'"{view.version}"'
        return view

    @router.get(
        "/people/{id}", summary="One person of the register, without personal data", responses=VERSIONED
    )
    async def registered(id: UUID, response: Response) -> RegisteredView:  # noqa: A002  the name in the path
        view = await queries.registered(pool, id)
        response.headers["ETag"] = f'"{view.version}"'
        return view

    @router.get(
        "/members/{member}/person",
        summary="Personal data of a member",
        description="Open until sign-in exists; then only for those whose role at the union allows it.",
    )
    async def person(member: UUID) -> PersonView:
        return await queries.person(pool, vault, member)
