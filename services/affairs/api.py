"""Affairs over HTTP: commands and questions, whose routes the kernel makes."""

from fastapi import FastAPI

from services.affairs.commands import SAID
from services.affairs.queries import documents_router, texts_router
from shared.database import Pool
from shared.http.app import application
from shared.http.subjects import routers_of
from shared.http.tokens import Tokens
from shared.vault import Vault
from shared.work.desk import Desk

TOPIC = "union.affairs"


def application_of(pool: Pool, desk: Desk, vault: Vault, tokens: Tokens) -> FastAPI:
    """All routes of affairs over one pool, one desk and one vault."""
    own = [texts_router(pool, vault, desk.reach), documents_router(pool, vault, desk.reach)]
    return application("Affairs", routers_of(pool, desk, SAID, TOPIC, own), tokens)
