"""The rights process: `python -m services.rights.main migrate | api | relay | worker | all`."""

from pathlib import Path

from services.rights.api import TOPIC, application_of
from services.rights.commands import USE_CASES
from services.rights.settings import RightsSettings
from shared.copies import apply_copies
from shared.database import Pool
from shared.log.publisher import Publisher
from shared.migrate import of_service
from shared.people import PERSON
from shared.process import Part, Service, main
from shared.reading.filled import filled
from shared.reading.reader import Reader
from shared.units import EMPLOYER, UNIT, look
from shared.work.desk import Desk

NAME = "rights"
FOLLOWED = "union.membership"


def _api(pool: Pool, _settings: RightsSettings) -> Part:
    desk = Desk(pool, USE_CASES, look)
    return Part(
        background=[desk.run],
        ready=[filled(pool, [FOLLOWED])],
        app=lambda ready: application_of(pool, desk, ready),
    )


def _relay(pool: Pool, settings: RightsSettings) -> Part:
    publisher = Publisher(
        pool, topic=TOPIC, kafka=settings.kafka, partitions=settings.partitions, service=NAME
    )
    return Part(background=[publisher.stand], ready=[publisher.ready])


def _worker(pool: Pool, settings: RightsSettings) -> Part:
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
    settings=RightsSettings,
    migrations=of_service(Path(__file__).parent, "writing", "copying"),
    parts={"api": _api, "relay": _relay, "worker": _worker},
)

if __name__ == "__main__":
    main(SERVICE)
