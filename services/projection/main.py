"""The projection: `python -m services.projection.main migrate | api | relay | worker | all`, or a job."""

from services.projection.api import router
from services.projection.colours.following import Following
from services.projection.colours.frame import lay
from services.projection.colours.rebuilding import rebuild
from services.projection.letters import api as letters
from services.projection.queries.asking import Asking
from services.projection.queries.reaching import Reading
from services.projection.settings import ProjectionSettings
from shared.clock import utc_now
from shared.database import Pool
from shared.http.app import application
from shared.http.refusals import refusals_router
from shared.log.publisher import Publisher
from shared.log.republishing import republishing
from shared.process import Part, Service, main

NAME, TOPIC = "projection", "union.projection"


def _api(pool: Pool, settings: ProjectionSettings) -> Part:
    # Questions are put by a role that owns nothing; the owner's sessions keep refusals and redrive letters.
    url, asking = settings.database_url.get_secret_value(), Asking(settings)
    refusals = refusals_router(pool, Reading(asking.pool, utc_now, pool))
    routers = [router(asking.pool, log=pool), letters.router(url), refusals]
    return Part(
        background=[asking.run],
        ready=[asking.ready],
        app=lambda tokens: application("Projection", routers, tokens),
    )


def _worker(pool: Pool, settings: ProjectionSettings) -> Part:
    following = Following(pool, settings)
    return Part(background=[following.run], ready=[following.ready])


def _relay(pool: Pool, settings: ProjectionSettings) -> Part:
    # Its log holds what it told and nothing else: a database that was lost gets it back from the topic.
    publisher = (
        Publisher(pool, topic=TOPIC, kafka=settings.kafka, partitions=settings.partitions, service=NAME)
        .signing(settings.checkpoint_key_file)
        .adopting()
    )
    return Part(background=[publisher.stand], ready=[publisher.ready])


SERVICE = Service(
    name=NAME,
    settings=ProjectionSettings,
    prepared=lay,
    jobs={"rebuild": rebuild, "republish": republishing(TOPIC)},
    parts={"api": _api, "relay": _relay, "worker": _worker},
)

if __name__ == "__main__":
    main(SERVICE)
