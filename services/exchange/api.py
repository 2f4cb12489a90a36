"""Exchange over HTTP: agreements, who got what, and the feeds of agencies."""

from fastapi import FastAPI

from services.exchange.commands import SAID
from services.exchange.feeds import feeds_router
from services.exchange.queries import deliveries_router
from shared.clock import Clock, utc_now
from shared.database import Pool
from shared.http.app import application
from shared.http.subjects import routers_of
from shared.http.tokens import Tokens
from shared.work.desk import Desk

TOPIC = "union.exchange"


def application_of(pool: Pool, desk: Desk, tokens: Tokens, clock: Clock = utc_now) -> FastAPI:
    """All routes of exchange over one pool and one desk."""
    own = [feeds_router(pool, clock), deliveries_router(pool, desk.reach)]
    return application("Exchange", routers_of(pool, desk, SAID, TOPIC, own), tokens)
