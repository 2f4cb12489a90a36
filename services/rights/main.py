"""The rights process: `python -m services.rights.main migrate | api | relay | worker | all`."""

from pathlib import Path

from services.rights.api import application_of
from services.rights.commands import use_cases
from services.rights.settings import RightsSettings
from shared.database import Pool
from shared.following import Api, Follower, following
from shared.people import PERSON
from shared.process import main
from shared.units import EMPLOYER, UNIT, look
from shared.vault import open_vault
from shared.work.desk import Desk


def _api(pool: Pool, settings: RightsSettings) -> Api:
    vault = open_vault(settings.master_key_file)
    desk = Desk(pool, use_cases(vault), look)
    return desk, lambda tokens: application_of(pool, desk, vault, tokens)


SERVICE = following(Follower("rights", RightsSettings, Path(__file__).parent, (UNIT, EMPLOYER, PERSON), _api))

if __name__ == "__main__":
    main(SERVICE)
