"""Events over HTTP: commands and questions, whose routes the kernel makes."""

from fastapi import FastAPI

from services.events.commands import SAID
from shared.database import Pool
from shared.http.app import application
from shared.http.subjects import routers_of
from shared.http.tokens import Tokens
from shared.work.desk import Desk

TOPIC = "union.events"


def application_of(pool: Pool, desk: Desk, tokens: Tokens) -> FastAPI:
    """All routes of events over one pool and one desk."""
    return application("Events", routers_of(pool, desk, SAID, TOPIC), tokens)
