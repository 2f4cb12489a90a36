"""Sessions in which questions are put: by a role that owns nothing and passes no policy of the database."""

import asyncio

import asyncpg

from services.projection.settings import ProjectionSettings
from shared.database import TRANSIENT, make_pool
from shared.errors import Problem

# What makes the second wall worth nothing (migrations/0050_walls.sql).
TOO_STRONG = """
SELECT r.rolsuper OR r.rolbypassrls OR EXISTS (
    SELECT FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE n.nspname IN ('public', 'blue', 'green') AND pg_has_role(session_user, c.relowner, 'MEMBER'))
FROM pg_roles AS r WHERE r.rolname = session_user"""
CLOSING_SECONDS = 2.0


class NoQueryRole(Problem):
    """The API was started without the role it puts questions with."""

    code = "no-query-role"


class Asking:
    """`pool` lends the sessions while `run` runs."""

    def __init__(self, settings: ProjectionSettings) -> None:
        """Raises NoQueryRole; connects when it is first asked to."""
        if settings.query_database_url is None:
            raise NoQueryRole(
                "PROJECTION_QUERY_DATABASE_URL is not set",
                field="PROJECTION_QUERY_DATABASE_URL",
                remedy="name the projection's database with a role that may connect and owns nothing there",
            )
        url, most = settings.query_database_url.get_secret_value(), settings.database_connections
        self.pool = make_pool(url, largest=most, schema="public")

    async def run(self) -> None:
        """Until cancelled."""
        await self.pool
        try:
            await asyncio.Event().wait()
        finally:
            try:
                await asyncio.wait_for(self.pool.close(), CLOSING_SECONDS)
            except TimeoutError:
                self.pool.terminate()

    async def ready(self) -> str:
        """Why questions cannot be put, or must not."""
        try:
            too_strong = await self.pool.fetchval(TOO_STRONG, timeout=2)
        except (*TRANSIENT, asyncpg.PostgresError) as error:
            return f"the role for questions cannot sign in ({type(error).__name__})"
        if too_strong:
            return "the role for questions passes the wall: it must own nothing and bypass no policy"
        return ""
