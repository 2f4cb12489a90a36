"""The affairs process: `python -m services.affairs.main migrate | api | relay | worker | all`."""

from pathlib import Path

from services.affairs.api import TOPIC, application_of
from services.affairs.commands import use_cases
from services.affairs.settings import AffairsSettings
from shared.copies import apply_copies
from shared.database import Pool
from shared.log.publisher import Publisher
from shared.migrate import of_service
from shared.people import PERSON
from shared.process import Part, Service, main
from shared.reading.filled import filled
from shared.reading.reader import Reader
from shared.units import EMPLOYER, UNIT, look
from shared.vault import open_vault
from shared.work.desk import Desk

NAME = "affairs"
FOLLOWED = "union.membership"


def _api(pool: Pool, settings: AffairsSettings) -> Part:
    vault = open_vault(settings.master_key_file)
    desk = Desk(pool, use_cases(vault), look)
    return Part(
        background=[desk.run],
        ready=[filled(pool, [FOLLOWED])],
        app=lambda ready: application_of(pool, desk, vault, ready),
    )


def _relay(pool: Pool, settings: AffairsSettings) -> Part:
    publisher = Publisher(
        pool, topic=TOPIC, kafka=settings.kafka, partitions=settings.partitions, service=NAME
    )
    return Part(background=[publisher.stand], ready=[publisher.ready])


def _worker(pool: Pool, settings: AffairsSettings) -> Part:
    reader = Reader(
        pool=pool,
        name=NAME,
        kafka=settings.kafka,
        topics=[FOLLOWED],
        partitions=settings.partitions,
        apply=apply_copies([UNIT, EMPLOYER, PERSON]),
        group=NAME,
        instance=settings.instance,
    )
    return Part(background=[reader.run], ready=[reader.ready])


SERVICE = Service(
    name=NAME,
    settings=AffairsSettings,
    migrations=of_service(Path(__file__).parent, "writing", "copying"),
    parts={"api": _api, "relay": _relay, "worker": _worker},
)

if __name__ == "__main__":
    main(SERVICE)
