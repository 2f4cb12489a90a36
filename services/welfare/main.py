"""The welfare process: `python -m services.welfare.main migrate | api | relay | worker | all`."""

from pathlib import Path

from services.welfare.api import application_of
from services.welfare.commands import USE_CASES
from services.welfare.settings import WelfareSettings
from shared.database import Pool
from shared.following import Api, Follower, following
from shared.people import PERSON
from shared.process import main
from shared.units import EMPLOYER, UNIT, look
from shared.work.desk import Desk


def _api(pool: Pool, _settings: WelfareSettings) -> Api:
    desk = Desk(pool, USE_CASES, look)
    return desk, lambda tokens: application_of(pool, desk, tokens)


SERVICE = following(
    Follower("welfare", WelfareSettings, Path(__file__).parent, (UNIT, EMPLOYER, PERSON), _api)
)

if __name__ == "__main__":
    main(SERVICE)
