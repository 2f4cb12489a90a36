"""The events process: `python -m services.events.main migrate | api | relay | worker | all`."""

from pathlib import Path

from services.events.api import application_of
from services.events.commands import USE_CASES
from services.events.settings import EventsSettings
from shared.database import Pool
from shared.following import Api, Follower, following
from shared.people import PERSON
from shared.process import main
from shared.units import EMPLOYER, UNIT, look
from shared.work.desk import Desk


def _api(pool: Pool, _settings: EventsSettings) -> Api:
    desk = Desk(pool, USE_CASES, look)
    return desk, lambda tokens: application_of(pool, desk, tokens)


SERVICE = following(Follower("events", EventsSettings, Path(__file__).parent, (UNIT, EMPLOYER, PERSON), _api))

if __name__ == "__main__":
    main(SERVICE)
