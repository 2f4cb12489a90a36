"""The schemas of the colours, the row that names the active one, and how to connect to either."""

from pathlib import Path
from typing import Literal
from urllib.parse import urlencode

from services.projection.catalogue.stored import store_lines
from services.projection.colours.fingerprint import fingerprint
from shared.clock import business_date, utc_now
from shared.database import Connection, Pool
from shared.migrate import SHARED as KERNEL
from shared.migrate import migrate, of_folder, of_service

Name = Literal["blue", "green"]
COLOURS: tuple[Name, Name] = ("blue", "green")

SERVICE = Path(__file__).parents[1]
# With an event log of its own: what was told of the figures outlives every colour.
FRAME = [*of_folder(KERNEL / "writing"), *of_folder(SERVICE / "frame")]
OF_A_COLOUR = of_service(SERVICE, "copying")

FIRST = """
INSERT INTO public.colour (name, stage, fold) SELECT $1, 'active', $2
WHERE NOT EXISTS (SELECT FROM public.colour WHERE stage = 'active') ON CONFLICT DO NOTHING"""

ACTIVE = "SELECT name FROM public.colour WHERE stage = 'active'"

# Until the transaction ends nobody can switch: what is emitted is emitted by the active colour.
EMITTING = "SELECT name = current_schema() FROM public.colour WHERE stage = 'active' FOR SHARE"


async def lay(connection: Connection) -> list[str]:
    """Bring the frame and every colour up to date; returns the migrations that were applied.

    From then on new sessions find the tables of the active colour under their plain names.
    """
    await connection.execute("SET search_path = public")
    applied = await migrate(connection, FRAME)
    await connection.execute("SELECT prepare_partitions($1)", business_date(utc_now()))
    await connection.execute(FIRST, COLOURS[0], fingerprint())
    for row in await connection.fetch("SELECT name FROM public.colour"):
        applied += [f"{row['name']}: {each}" for each in await migrate_colour(connection, row["name"])]
    await make_default(connection, await active(connection))
    return applied


async def migrate_colour(connection: Connection, colour: Name) -> list[str]:
    """Bring the schema of a colour up to date, made if it is not there."""
    await connection.execute(f"CREATE SCHEMA IF NOT EXISTS {colour}")
    await connection.execute(f"SET search_path = {colour}, public")
    applied = await migrate(connection, OF_A_COLOUR)
    await store_lines(connection)  # before anybody asks: without them a role would open too little
    return applied


async def make_default(connection: Connection, colour: Name) -> None:
    """What sessions find that do not ask for a colour: those of people, of backups, of checks."""
    database = await connection.fetchval("SELECT quote_ident(current_database())")
    await connection.execute(f"ALTER DATABASE {database} SET search_path = {colour}, public")
    await connection.execute(f"SET search_path = {colour}, public")


async def active(connection: Connection | Pool) -> Name:
    """The colour that answers."""
    name: Name = await connection.fetchval(ACTIVE)
    return name


async def emitting(connection: Connection) -> bool:
    """Whether this session's colour is the active one, and stays so until its transaction ends."""
    return bool(await connection.fetchval(EMITTING))


def of_colour(url: str, colour: Name) -> str:
    """The address of the database for sessions that stay in one colour."""
    sign = "&" if "?" in url else "?"
    return url + sign + urlencode({"search_path": f"{colour},public"})
