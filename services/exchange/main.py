"""The exchange process: `python -m services.exchange.main migrate | api | relay | worker | all`."""

from dataclasses import replace
from pathlib import Path

from services.exchange.api import application_of
from services.exchange.calendar import Calendar
from services.exchange.commands import use_cases
from services.exchange.roles import Roles
from services.exchange.settings import ExchangeSettings
from services.exchange.tending import Tending
from shared.database import Pool
from shared.following import Api, Follower, following
from shared.process import Part, main
from shared.rewrapping import rewrapping, sealed_table
from shared.units import UNIT, look
from shared.work.desk import Desk


def _api(pool: Pool, settings: ExchangeSettings) -> Api:
    desk = Desk(pool, use_cases(settings.vault()), look)
    return desk, lambda tokens: application_of(pool, desk, tokens)


FOLLOWER = Follower("exchange", ExchangeSettings, Path(__file__).parent, (UNIT,), _api)


def _worker(pool: Pool, settings: ExchangeSettings) -> Part:
    vault = settings.vault()
    copies, desk = FOLLOWER.reading(pool, settings), Desk(pool, use_cases(vault), look)
    delivering = Tending(pool, Roles(pool, settings, vault).deliver)
    calendar = Calendar(pool, desk, settings.tell_seconds)
    return replace(copies, background=[*copies.background, desk.run, delivering.run, calendar.run])


def _relay(pool: Pool, settings: ExchangeSettings) -> Part:
    own = FOLLOWER.relaying(pool, settings)
    relaying = Tending(pool, Roles(pool, settings, settings.vault()).relay)
    return replace(own, background=[*own.background, relaying.run])


_FOLLOWING = following(FOLLOWER, rewrap=rewrapping(sealed_table("agreement_key", "agreement")))
SERVICE = replace(_FOLLOWING, parts={**_FOLLOWING.parts, "worker": _worker, "relay": _relay})

if __name__ == "__main__":
    main(SERVICE)
