"""A role that somebody holds, straight into a service's copy of them: what is measured is asking for it."""

from __future__ import annotations

import json
from uuid import UUID, uuid4

from shared.database import Connection, Pool
from shared.roles import HOLDER, ROLE, RoleCopy

GRANT = "INSERT INTO copy (kind, id, unit, version, state) VALUES ($1, $2, $3, 1, $4)"
NAME = "INSERT INTO copy_name (kind, value, id) VALUES ($1, $2, $3)"
KNOWN = "SELECT EXISTS (SELECT FROM role_held WHERE holder = $1)"


async def grant(connection: Connection | Pool, who: str, role: str, unit: UUID) -> None:
    """The only role of that holder, who may have it already."""
    if await connection.fetchval(KNOWN, who):
        return
    held, number = RoleCopy(holder=who, role=role, unit=unit, line=None, held=True), uuid4()
    await connection.execute(GRANT, ROLE.name, number, unit, json.dumps(held.model_dump(mode="json")))
    await connection.execute(NAME, HOLDER, who, number)
