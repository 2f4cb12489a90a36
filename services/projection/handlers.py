"""The worker: reads the topics of the catalogue into the writer."""

from collections.abc import Collection

from services.projection import catalogue
from services.projection.settings import ProjectionSettings
from services.projection.writer import Kind, Writer
from shared.database import Pool
from shared.reading.reader import Reader

NAME = "projection"


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
        apply=writer,
        known=writer.known,
        group=NAME if group == NAME else f"{NAME}-{group}",
        instance=f"{NAME}-{settings.instance}",
    )
