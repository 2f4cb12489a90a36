"""Ordered plain SQL, forward only: each file in a transaction of its own, recorded with its checksum."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from shared.database import Connection
from shared.errors import Problem

LEDGER = """
CREATE TABLE IF NOT EXISTS migration (
    name text PRIMARY KEY, checksum text NOT NULL, applied timestamptz NOT NULL DEFAULT now())
"""
SHARED = Path(__file__).parent / "migrations"


class EditedMigration(Problem):
    """A file that has been applied differs from the one that was: start a new file instead."""

    code = "edited-migration"


@dataclass(frozen=True)
class Migration:
    """One file, named `<set>/<file>`, for example `writing/0001_record.sql`."""

    name: str
    sql: str

    @property
    def checksum(self) -> str:
        """SHA-256 of the text."""
        return sha256(self.sql.encode()).hexdigest()


def of_folder(folder: Path) -> list[Migration]:
    """The files of one folder in the order of their names."""
    return [
        Migration(f"{folder.name}/{file.name}", file.read_text()) for file in sorted(folder.glob("*.sql"))
    ]


def of_service(folder: Path, *sets: str) -> list[Migration]:
    """The kernel's sets a service asks for (`writing`, `copying`), then its own `migrations/`."""
    own = [Migration(f"{folder.name}/{each.name}", each.sql) for each in of_folder(folder / "migrations")]
    return [each for name in sets for each in of_folder(SHARED / name)] + own


async def migrate(connection: Connection, migrations: list[Migration]) -> list[str]:
    """Apply what is missing and return its names; raises `EditedMigration`. Two starts at once take turns."""
    async with connection.transaction():
        await connection.execute("SELECT pg_advisory_xact_lock(hashtext('migrate'))")
        await connection.execute(LEDGER)
    return [each.name for each in migrations if await _apply(connection, each)]


async def _apply(connection: Connection, each: Migration) -> bool:
    async with connection.transaction():
        await connection.execute("SELECT pg_advisory_xact_lock(hashtext('migrate'))")
        await connection.execute("SET LOCAL lock_timeout = '10s'")
        known = await connection.fetchval("SELECT checksum FROM migration WHERE name = $1", each.name)
        if known == each.checksum:
            return False
        if known is not None:
            raise EditedMigration(
                f"{each.name} is another than the one this database was made with",
                remedy="run the release that made it, or begin with an empty database",
            )
        await connection.execute(each.sql)
        await connection.execute(
            "INSERT INTO migration (name, checksum) VALUES ($1, $2)", each.name, each.checksum
        )
        return True
