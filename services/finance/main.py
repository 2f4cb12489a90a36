"""The finance process: `python -m services.finance.main migrate | api | relay | worker | all`."""

from pathlib import Path

from services.finance.api import application_of
from services.finance.commands import USE_CASES
from services.finance.domain.basis import LEVY_BASIS
from services.finance.settings import FinanceSettings
from shared.database import Pool
from shared.following import Api, Follower, following
from shared.process import main
from shared.units import EMPLOYER, UNIT, look
from shared.work.desk import Desk


def _api(pool: Pool, _settings: FinanceSettings) -> Api:
    desk = Desk(pool, USE_CASES, look)
    return desk, lambda tokens: application_of(pool, desk, tokens)


SERVICE = following(
    Follower("finance", FinanceSettings, Path(__file__).parent, (UNIT, EMPLOYER, LEVY_BASIS), _api)
)

if __name__ == "__main__":
    main(SERVICE)
