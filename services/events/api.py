"""Events over HTTP: commands and questions, whose routes the kernel makes."""

from fastapi import FastAPI

from services.events.commands import BULK_ROUTES, LISTINGS, ROUTES
from shared.database import Pool
from shared.http.app import Ready, application
from shared.http.commands import router_of
from shared.http.events import events_router
from shared.http.listing import listings
from shared.http.streams import streams_router
from shared.work.bulk import Bulk
from shared.work.desk import Desk

TOPIC = "union.events"


def application_of(pool: Pool, desk: Desk, ready: Ready) -> FastAPI:
    """All routes of events over one pool and one desk."""
    routers = [
        router_of(desk, ROUTES, BULK_ROUTES, Bulk(pool, desk)),
        listings(pool, LISTINGS),
        events_router(pool),
        streams_router(pool, TOPIC),
    ]
    return application("Events", routers, ready)
