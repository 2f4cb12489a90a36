"""Rights over HTTP: commands and questions, whose routes the kernel makes."""

from fastapi import FastAPI

from services.rights.commands import SAID
from services.rights.queries import results_router
from shared.database import Pool
from shared.http.app import application
from shared.http.subjects import routers_of
from shared.http.tokens import Tokens
from shared.vault import Vault
from shared.work.desk import Desk

TOPIC = "union.rights"


def application_of(pool: Pool, desk: Desk, vault: Vault, tokens: Tokens) -> FastAPI:
    """All routes of rights over one pool, one desk and one vault."""
    own = [results_router(pool, vault, desk.reach)]
    return application("Rights", routers_of(pool, desk, SAID, TOPIC, own), tokens)
