"""Rights over HTTP: commands and questions, whose routes the kernel makes."""

from fastapi import FastAPI

from services.rights.commands import SAID
from shared.database import Pool
from shared.http.app import Ready, application
from shared.http.subjects import routers_of
from shared.work.desk import Desk

TOPIC = "union.rights"


def application_of(pool: Pool, desk: Desk, ready: Ready) -> FastAPI:
    """All routes of rights over one pool and one desk."""
    return application("Rights", routers_of(pool, desk, SAID, TOPIC), ready)
