"""The worker: reads the topics of the catalogue into the writer."""

from collections.abc import Collection, Sequence

from services.projection import catalogue
from services.projection.settings import ProjectionSettings
from services.projection.writer import Kind, Writer
from shared.copies import apply_copies
from shared.database import Connection, Pool
from shared.reading.incoming import Apply, Incoming
from shared.reading.reader import Reader
from shared.roles import ROLE

NAME = "projection"
OF_ROLES = b'"union.membership.Role'


def with_roles(writer: Writer) -> Apply:
    """What the writer does, and beside it a copy of who holds which role, to know who may read what."""
    roles = apply_copies((ROLE,))

    async def apply(connection: Connection, records: Sequence[Incoming]) -> None:
        await writer(connection, records)
        await roles(connection, [each for each in records if OF_ROLES in each.value])

    return apply


def reader_of(
    pool: Pool, settings: ProjectionSettings, group: str = NAME, admitted: Collection[Kind] = ()
) -> Reader:
    """A reader of every topic that the catalogue numbers.

    `group` tells the colours apart; `admitted` kinds of dead letters are parked in any number.
    """
    book = catalogue.load()
    writer = Writer(pool, book, admitted)
    return Reader(
        pool=pool,
        name=NAME,
        kafka=settings.kafka,
        topics=tuple(book.topics),
        partitions=settings.partitions,
        apply=with_roles(writer),
        known=writer.known,
        group=NAME if group == NAME else f"{NAME}-{group}",
        instance=f"{NAME}-{settings.instance}",
    )
