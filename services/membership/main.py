"""The membership process: `python -m services.membership.main migrate | api | relay | worker | all`."""

from pathlib import Path

from fastapi import FastAPI

from services.membership.api import questions
from services.membership.commands import SAID, use_cases
from services.membership.commands.ahead import Ahead
from services.membership.expiring import expiring_router
from services.membership.settings import MembershipSettings
from services.membership.tree import looking
from shared.clock import Clock, utc_now
from shared.database import Pool
from shared.http.app import application
from shared.http.subjects import routers_of
from shared.http.tokens import Tokens
from shared.log.forked import no_fork
from shared.log.publisher import Publisher
from shared.log.republishing import republishing
from shared.migrate import of_service
from shared.process import Part, Service, main
from shared.vault import Vault, open_vault
from shared.work.desk import Desk

NAME = "membership"
TOPIC = "union.membership"
MIGRATIONS = of_service(Path(__file__).parent, "writing")


def desk_of(pool: Pool, vault: Vault, clock: Clock = utc_now) -> Desk:
    """The desk of membership; the same for single commands and rows in bulk."""
    ahead = Ahead()
    return Desk(pool, use_cases(vault, ahead), looking(ahead), clock)


def application_of(pool: Pool, desk: Desk, vault: Vault, tokens: Tokens) -> FastAPI:
    """All routes of membership over one pool, one desk and one vault."""
    own = (questions(pool, vault, desk.reach), expiring_router(pool, desk.reach))
    return application("Membership", routers_of(pool, desk, SAID, TOPIC, own), tokens)


def _api(pool: Pool, settings: MembershipSettings) -> Part:
    vault = open_vault(settings.master_key_file)
    desk = desk_of(pool, vault)
    return Part(
        background=[desk.run],
        ready=[no_fork(pool)],
        app=lambda tokens: application_of(pool, desk, vault, tokens),
    )


def _relay(pool: Pool, settings: MembershipSettings) -> Part:
    publisher = Publisher(
        pool, topic=TOPIC, kafka=settings.kafka, partitions=settings.partitions, service=NAME
    ).signing(settings.checkpoint_key_file)
    return Part(background=[publisher.stand], ready=[publisher.ready])


SERVICE = Service(
    name=NAME,
    settings=MembershipSettings,
    migrations=MIGRATIONS,
    parts={"api": _api, "relay": _relay},
    jobs={"republish": republishing(TOPIC)},
)

if __name__ == "__main__":
    main(SERVICE)
