"""Affairs over HTTP: commands and questions, whose routes the kernel makes."""

from fastapi import FastAPI

from services.affairs.commands import BULK_ROUTES, LISTINGS, ROUTES
from services.affairs.queries import texts_router
from shared.database import Pool
from shared.http.app import Ready, application
from shared.http.commands import router_of
from shared.http.events import events_router
from shared.http.listing import listings
from shared.http.streams import streams_router
from shared.vault import Vault
from shared.work.bulk import Bulk
from shared.work.desk import Desk

TOPIC = "union.affairs"


def application_of(pool: Pool, desk: Desk, vault: Vault, ready: Ready) -> FastAPI:
    """All routes of affairs over one pool, one desk and one vault."""
    routers = [
        router_of(desk, ROUTES, BULK_ROUTES, Bulk(pool, desk)),
        texts_router(pool, vault),
        listings(pool, LISTINGS),
        events_router(pool),
        streams_router(pool, TOPIC),
    ]
    return application("Affairs", routers, ready)
