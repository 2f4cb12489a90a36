"""The part of the catalogue that SQL needs, in the database; numbers mean the same for good."""

from services.projection.catalogue.book import Catalogue, CatalogueError
from services.projection.queries import lines
from shared.database import Connection

ADD_TOPICS = (
    "INSERT INTO topic (number, name) SELECT * FROM unnest($1::smallint[], $2::text[]) ON CONFLICT DO NOTHING"
)
ADD_LINES = """
INSERT INTO line_number (number, id) SELECT * FROM unnest($1::smallint[], $2::text[])
ON CONFLICT DO NOTHING"""
ADD_METRICS = """
INSERT INTO metric (number, id, stock) SELECT * FROM unnest($1::smallint[], $2::text[], $3::boolean[])
ON CONFLICT DO NOTHING"""


async def store(connection: Connection, book: Catalogue) -> None:
    """Add what is new; raises `CatalogueError` if a stored number means something else now."""
    metrics = sorted((each.number, each.id, each.kind == "stock") for each in book.metrics.values())
    topics = sorted((number, name) for name, number in book.topics.items())
    await connection.execute(ADD_TOPICS, *map(list, zip(*topics, strict=True)))
    await connection.execute(ADD_METRICS, *map(list, zip(*metrics, strict=True)))
    known = await store_lines(connection)
    stored = [tuple(row) for row in await connection.fetch("SELECT number, id, stock FROM metric")]
    stored += [tuple(row) for row in await connection.fetch("SELECT number, name FROM topic")]
    stored += [tuple(row) for row in await connection.fetch("SELECT number, id FROM line_number")]
    if changed := [each for each in [*metrics, *topics, *known] if each not in stored]:
        msg = f"the stored catalogue says otherwise of {changed}; numbers are never reused"
        raise CatalogueError(msg)


async def store_lines(connection: Connection) -> list[tuple[int, str]]:
    """Add the lines that are new; returns all. The wall knows by them what is open to whom."""
    known = sorted((number, line) for line, number in lines.numbers().items())
    await connection.execute(ADD_LINES, *map(list, zip(*known, strict=True)))
    return known
