"""Thousands of people at once, registered one by one as rows of a list."""

from __future__ import annotations

from uuid import UUID

from tests.support.codes import person_number
from tests.support.field import Field
from tests.support.rows import sent


async def registered(field: Field, count: int, members: int, first: int) -> tuple[list[UUID], list[str]]:
    """The people's ids, and the ids of the first of them as members of `field.union` since 2010.

    Every other one is a woman, beginning with the first. `first` numbers them: a crowd of its own for each
    test of a session.
    """
    named = [{"document_number": person_number(first + index), "name": "示例职工"} for index in range(count)]
    rows = [each | {"unit": field.town, "registered_on": "2010-01-01"} for each in named]
    people = [UUID(each["id"]) for each in await sent(field, "membership", "people/bulk", rows)]
    roll = [each | {"union": field.union, "joined_on": "2010-01-01"} for each in named[:members]]
    joined = await sent(field, "membership", "members/bulk", roll)
    return people, [str(each["id"]) for each in joined]
