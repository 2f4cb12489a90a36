"""The membership process: `python -m services.membership.main migrate | api | relay | worker | all`."""

from collections.abc import Callable
from pathlib import Path

from fastapi import FastAPI

from services.membership.api import questions
from services.membership.commands import SAID, use_cases
from services.membership.commands.ahead import Ahead
from services.membership.erasures import Applying, Publishing
from services.membership.expiring import expiring_router
from services.membership.founders import Founders
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
from shared.rewrapping import rewrapping, sealed_table
from shared.vault import Vault
from shared.work.desk import Desk

NAME = "membership"
TOPIC = "union.membership"
MIGRATIONS = of_service(Path(__file__).parent, "writing")


def desk_of(pool: Pool, vault: Vault, clock: Clock = utc_now) -> Desk:
    """The desk of membership; the same for single commands and rows in bulk."""
    ahead = Ahead()
    return Desk(pool, use_cases(vault, ahead), looking(ahead), clock, vault.veiled)


def nobody_erased() -> None:
    """Where there is no list of erasures, as in tests without a broker, every vault may be opened."""


def application_of(
    pool: Pool, desk: Desk, vault: Vault, tokens: Tokens, may_open: Callable[[], None] = nobody_erased
) -> FastAPI:
    """All routes of membership over one pool, one desk and one vault."""
    own = (questions(pool, vault, desk.reach, may_open), expiring_router(pool, desk.reach))
    return application("Membership", routers_of(pool, desk, SAID, TOPIC, own), tokens)


def _api(pool: Pool, settings: MembershipSettings) -> Part:
    vault = settings.vault()
    desk, erasures = desk_of(pool, vault), Applying(pool, settings.kafka)
    return Part(
        background=[desk.run, erasures.run, Founders(pool, settings.oidc_founder_claim).run],
        ready=[no_fork(pool), erasures.ready],
        app=lambda tokens: application_of(pool, desk, vault, tokens, erasures.check),
    )


def _relay(pool: Pool, settings: MembershipSettings) -> Part:
    publisher = Publisher(
        pool, topic=TOPIC, kafka=settings.kafka, partitions=settings.partitions, service=NAME
    ).signing(settings.checkpoint_key_file)
    erasures = Publishing(pool, settings.kafka, settings.partitions)
    return Part(background=[publisher.stand, erasures.run], ready=[publisher.ready])


SERVICE = Service(
    name=NAME,
    settings=MembershipSettings,
    migrations=MIGRATIONS,
    parts={"api": _api, "relay": _relay},
    jobs={
        "republish": republishing(TOPIC),
        "rewrap": rewrapping(sealed_table("person_vault", "person")),
    },
)

if __name__ == "__main__":
    main(SERVICE)
