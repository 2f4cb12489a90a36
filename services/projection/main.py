"""The projection process: `python -m services.projection.main migrate | api | worker | all | rebuild`."""

from services.projection.api import router
from services.projection.colours.following import Following
from services.projection.colours.frame import lay
from services.projection.colours.rebuilding import rebuild
from services.projection.letters import api as letters
from services.projection.settings import ProjectionSettings
from shared.database import Pool
from shared.http.app import application
from shared.process import Part, Service, main

NAME = "projection"


def _api(pool: Pool, settings: ProjectionSettings) -> Part:
    routers = [router(pool), letters.router(settings.database_url.get_secret_value())]
    return Part(app=lambda ready: application("Projection", routers, ready))


def _worker(pool: Pool, settings: ProjectionSettings) -> Part:
    following = Following(pool, settings)
    return Part(background=[following.run], ready=[following.ready])


SERVICE = Service(
    name=NAME,
    settings=ProjectionSettings,
    prepared=lay,
    jobs={"rebuild": rebuild},
    parts={"api": _api, "worker": _worker},
)

if __name__ == "__main__":
    main(SERVICE)
