"""The worker: reads the topics of the catalogue into the writer."""

from services.projection import catalogue
from services.projection.settings import ProjectionSettings
from services.projection.writer import Writer
from shared.database import Pool
from shared.reading.reader import Reader

NAME = "projection"


def reader_of(pool: Pool, settings: ProjectionSettings, group: str = NAME) -> Reader:
    """A reader of every topic that the catalogue numbers; `group` tells the colours apart."""
    book = catalogue.load()
    writer = Writer(pool, book)
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
