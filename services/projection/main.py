"""The projection process: `python -m services.projection.main migrate | api | worker | all`."""

from pathlib import Path

from services.projection.api import router
from services.projection.handlers import reader_of
from services.projection.roller import Roller
from services.projection.settings import ProjectionSettings
from shared.database import Pool
from shared.http.app import application
from shared.migrate import of_service
from shared.process import Part, Service, main

NAME = "projection"
MIGRATIONS = of_service(Path(__file__).parent, "copying")


def _api(pool: Pool, _: ProjectionSettings) -> Part:
    return Part(app=lambda ready: application("Projection", [router(pool)], ready))


def _worker(pool: Pool, settings: ProjectionSettings) -> Part:
    reader = reader_of(pool, settings)
    roller = Roller(settings.database_url.get_secret_value())
    return Part(background=[reader.run, roller.run], ready=[reader.ready])


SERVICE = Service(
    name=NAME,
    settings=ProjectionSettings,
    migrations=MIGRATIONS,
    parts={"api": _api, "worker": _worker},
)

if __name__ == "__main__":
    main(SERVICE)
