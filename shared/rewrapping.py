"""The job `rewrap`: every data key of a service under the present master key, while the service runs.

What a process writes meanwhile under the key before is found by the next run: so it is run until it finds
nothing, and only then is the earlier key taken away.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from shared.database import Pool, open_pool
from shared.logs import log
from shared.reporting import progress, report
from shared.settings import SealingSettings
from shared.vault import Vault

AT_ONCE = 1000
FIRST = UUID(int=0)

S = TypeVar("S", bound=SealingSettings)


@dataclass(frozen=True)
class Sealed:
    """Where a service keeps wrapped keys, as three statements.

    `count` says how many there are, `page` gives (owner, wrapped_key) after an owner, `write` puts a new one
    ($3) in the place of the one that was read ($2), and nothing in the place of another.
    """

    name: str
    count: str
    page: str
    write: str


def sealed_table(table: str, owner: str) -> Sealed:
    """A table with a column `wrapped_key`; both names are constants of the code."""
    return Sealed(
        table,
        f"SELECT count(*) FROM {table}",  # noqa: S608  constants
        f"SELECT {owner} AS owner, wrapped_key FROM {table} WHERE {owner} > $1"  # noqa: S608  constants
        f" ORDER BY {owner} LIMIT $2",
        f"UPDATE {table} AS t SET wrapped_key = n.new"  # noqa: S608  constants
        f" FROM unnest($1::uuid[], $2::bytea[], $3::bytea[]) AS n(owner, old, new)"
        f" WHERE t.{owner} = n.owner AND t.wrapped_key = n.old",
    )


def rewrapping(*places: Sealed) -> Callable[[S, Sequence[str]], Awaitable[int]]:
    """The job of a service with a vault; it reports how many keys it has wrapped anew."""

    async def job(settings: S, _arguments: Sequence[str]) -> int:
        vault = settings.vault()
        pool = await open_pool(settings.database_url.get_secret_value(), largest=2, schema="public")
        try:
            for place in places:
                renewed = await rewrap(pool, vault, place)
                log.info("rewrapped", place=place.name, keys=renewed)
                report("rewrapped", place=place.name, keys=renewed)
        finally:
            pool.terminate()
        return 0

    return job


async def rewrap(pool: Pool, vault: Vault, place: Sealed) -> int:
    """How many were under an earlier key; each page is a transaction of its own. Raises SealBroken."""
    of, done, renewed, last = await pool.fetchval(place.count), 0, 0, FIRST
    while rows := await pool.fetch(place.page, last, AT_ONCE):
        fresh = [(row["owner"], row["wrapped_key"], _fresh(vault, row)) for row in rows]
        changed = [each for each in fresh if each[2] is not None]
        if changed:
            await pool.execute(place.write, *(list(column) for column in zip(*changed, strict=True)))
        last, done, renewed = rows[-1]["owner"], done + len(rows), renewed + len(changed)
        progress(place.name, done, max(of, done))
    return renewed


def _fresh(vault: Vault, row: Any) -> bytes | None:
    return vault.rewrapped(row["owner"], row["wrapped_key"])
