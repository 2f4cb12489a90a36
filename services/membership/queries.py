"""What can be asked of unions, employers and members, by id or code, in pages."""

from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from services.membership.aggregates import EMPLOYER, MEMBER, PERSON, UNION
from services.membership.commands.fields import UnionReference
from services.membership.commands.references import (
    UUID_CHARACTERS,
    EmployerUnknown,
    MemberUnknown,
    UnionUnknown,
)
from services.membership.domain.employers import Employer, Headcount
from services.membership.domain.members import Member, membership_of
from services.membership.domain.privacy import RESTRICTED, erased, record_of, restricted
from services.membership.domain.unions import Union
from shared.clock import business_date, utc_now
from shared.database import Pool, reachable
from shared.errors import NotFound
from shared.http.fields import DIVISION_DIGITS
from shared.vault import PersonalData, Sealed, Vault
from shared.work.kinds import Kind

LOAD = "SELECT version, state FROM aggregate WHERE id = $1 AND kind = $2"
OWNER = "SELECT owner FROM claim WHERE kind = $1 AND value = $2"
PAGE = """
SELECT id, version, state FROM aggregate
WHERE kind = $1 AND unit = $2 AND id > $3 ORDER BY id LIMIT $4"""
TOP_PAGE = """
SELECT id, version, state FROM aggregate
WHERE kind = $1 AND unit IS NULL AND id > $2 ORDER BY id LIMIT $3"""
RECORD = """
SELECT v.wrapped_key, v.record, e.erased_on,
       a.state ->> 'stage' AS stage, (a.state ->> 'since')::date AS since
FROM (SELECT $1::uuid AS person) AS p
LEFT JOIN person_vault AS v USING (person) LEFT JOIN erasure AS e USING (person)
LEFT JOIN aggregate AS a ON a.id = $2 AND a.kind = 'personal-record'"""

FIRST = UUID(int=0)
LARGEST_PAGE = 200

B = TypeVar("B", bound=BaseModel)


class UnionView(BaseModel):
    """A union as it stands today; `lines` maps industry lines to the parent there."""

    id: UUID
    version: int
    name: str
    level: int
    kind: str
    form: str
    division: str | None
    credit_code: str | None
    above_scale: bool | None
    parent: UUID | None
    lines: dict[str, UUID]
    established_on: date
    ended_on: date | None
    successor: UUID | None


class EmployerView(BaseModel):
    """An employer; `union` covers it, `registered_at` is the unit that registered it.

    Without a union it may be targeted for one, refuse to have one, and have been given notice.
    """

    id: UUID
    version: int
    name: str
    kind: str
    credit_code: str | None
    registered_at: UUID
    registered_on: date
    union: UUID | None
    headcount: Headcount | None
    reported_on: date | None
    above_scale: bool | None
    assessed_on: date | None
    targeted_on: date | None
    refusing_on: date | None
    noticed_on: date | None


class MemberView(BaseModel):
    """A membership without personal data."""

    id: UUID
    version: int
    person: UUID
    union: UUID
    standing: str
    sex: str
    worker_kind: str
    joined_on: date
    latest_on: date
    employer: UUID | None


class RegisteredView(BaseModel):
    """Somebody of the register, without personal data: registered by `unit`, or by joining it as a member.

    `member` is their membership, also one that has ended.
    """

    id: UUID
    version: int
    unit: UUID
    sex: str
    registered_on: date
    member: UUID | None


class PersonView(BaseModel):
    """Personal data, as the vault keeps them."""

    person: UUID
    document_kind: str
    document_number: str
    name: str
    phone: str


class UnionPage(BaseModel):
    """Unions in the order of their ids; `cursor` asks for the next page, None on the last."""

    unions: list[UnionView]
    cursor: UUID | None


class MemberPage(BaseModel):
    """Members in the order of their ids; `cursor` asks for the next page, None on the last."""

    members: list[MemberView]
    cursor: UUID | None


class Paging(BaseModel):
    """At most 200 at a time, after `cursor`."""

    model_config = ConfigDict(extra="forbid")

    cursor: UUID = FIRST
    limit: int = Field(default=100, ge=1, le=LARGEST_PAGE)


class UnionsAsked(Paging):
    """Ended unions are listed, too; without `under`, those at the top."""

    under: UnionReference | None = None


class MembersAsked(Paging):
    """Those who have left are listed, too."""

    union: UnionReference


class PersonNotRegistered(NotFound):
    """Nobody of the register has this id."""

    code = "person-unknown"


class PersonNotKept(NotFound):
    """The vault keeps nothing of this person."""

    code = "person-not-kept"


def no_member(id_: UUID) -> MemberUnknown:
    """There is none, or none for the caller."""
    return MemberUnknown("no membership goes by this id", "member", str(id_), "check the id")


def nobody(id_: UUID) -> PersonNotRegistered:
    """There is nobody, or nobody for the caller."""
    return PersonNotRegistered("nobody is registered under this id", "id", str(id_), "check the id")


async def union(pool: Pool, reference: str) -> UnionView:
    """By id, division code or credit code. Raises UnionUnknown."""
    id_ = await _id_of(pool, reference)
    found = await _load(pool, UNION, id_) if id_ else None
    if id_ is None or found is None:
        raise UnionUnknown("no union goes by this id or code", "union", reference, "check it")
    return _union(id_, *found)


async def unions(pool: Pool, asked: UnionsAsked) -> UnionPage:
    """One page of those whose latest parent is `under`; raises UnionUnknown."""
    under = (await union(pool, asked.under)).id if asked.under else None
    rows = await _page(pool, UNION, under, asked)
    return UnionPage(unions=[_union(*row) for row in rows], cursor=_next(rows, asked))


async def employer(pool: Pool, reference: str) -> EmployerView:
    """By id or credit code. Raises EmployerUnknown."""
    id_ = await _id_of(pool, reference)
    found = await _load(pool, EMPLOYER, id_) if id_ else None
    if found is None:
        raise EmployerUnknown("no employer goes by this id or code", "employer", reference, "check it")
    version, state = found
    return EmployerView.model_validate({"id": id_, "version": version, **_fields(state)})


async def member(pool: Pool, id_: UUID) -> MemberView:
    """Raises MemberUnknown."""
    found = await _load(pool, MEMBER, id_)
    if found is None:
        raise no_member(id_)
    return _member(id_, *found)


async def members(pool: Pool, asked: MembersAsked) -> MemberPage:
    """One page of a union's members; raises UnionUnknown."""
    rows = await _page(pool, MEMBER, (await union(pool, asked.union)).id, asked)
    return MemberPage(members=[_member(*row) for row in rows], cursor=_next(rows, asked))


async def registered(pool: Pool, id_: UUID) -> RegisteredView:
    """Raises PersonNotRegistered."""
    membership = membership_of(id_)
    person, member = await _load(pool, PERSON, id_), await _load(pool, MEMBER, membership)
    if person is None and member is None:
        raise nobody(id_)
    belongs = membership if member else None
    if person is not None:
        version, kept = person
        return RegisteredView(id=id_, version=version, member=belongs, **kept.model_dump())
    assert member is not None
    version, joined = member
    return RegisteredView(
        id=id_,
        version=version,
        unit=joined.union,
        sex=joined.sex,
        registered_on=joined.joined_on,
        member=belongs,
    )


async def person(pool: Pool, vault: Vault, id_: UUID) -> PersonView:
    """The personal data of a member; raises MemberUnknown, DataErased, DataRestricted, PersonNotKept."""
    who = (await member(pool, id_)).person
    async with reachable():
        row = await pool.fetchrow(RECORD, who, record_of(who))
    assert row is not None
    if row["erased_on"]:
        raise erased(who, row["erased_on"])
    if row["stage"] == RESTRICTED:
        raise restricted(who, row["since"])
    if row["record"] is None:
        raise PersonNotKept("the vault keeps nothing of this person", "member", str(id_), "nothing to do")
    data: PersonalData = vault.open(who, Sealed(row["wrapped_key"], row["record"]))
    return PersonView(person=who, **data.model_dump())


async def _id_of(pool: Pool, reference: str) -> UUID | None:
    if len(reference) == UUID_CHARACTERS:
        return UUID(reference)
    kind = "division" if len(reference) == DIVISION_DIGITS else "credit-code"
    async with reachable():
        owner: UUID | None = await pool.fetchval(OWNER, kind, reference)
    return owner


async def _load(pool: Pool, kind: Kind[B], id_: UUID) -> tuple[int, B] | None:
    async with reachable():
        row = await pool.fetchrow(LOAD, id_, kind.name)
    return (row["version"], kind.state.model_validate_json(row["state"])) if row else None


async def _page(pool: Pool, kind: Kind[B], unit: UUID | None, asked: Paging) -> list[tuple[UUID, int, B]]:
    async with reachable():
        if unit is None:
            rows = await pool.fetch(TOP_PAGE, kind.name, asked.cursor, asked.limit)
        else:
            rows = await pool.fetch(PAGE, kind.name, unit, asked.cursor, asked.limit)
    return [(row["id"], row["version"], kind.state.model_validate_json(row["state"])) for row in rows]


def _next(rows: list[tuple[UUID, int, B]], asked: Paging) -> UUID | None:
    return rows[-1][0] if len(rows) == asked.limit else None


def _union(id_: UUID, version: int, state: Union) -> UnionView:
    today = business_date(utc_now())
    places = {"parent": state.parent(today), "lines": state.lines_on(today)}
    return UnionView.model_validate({**_fields(state), **places, "id": id_, "version": version})


def _member(id_: UUID, version: int, state: Member) -> MemberView:
    return MemberView.model_validate({"id": id_, "version": version, **_fields(state)})


def _fields(state: Union | Employer | Member) -> dict[str, Any]:
    return state.model_dump()
