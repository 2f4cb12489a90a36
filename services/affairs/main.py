"""The affairs process: `python -m services.affairs.main migrate | api | relay | worker | all`."""

from pathlib import Path

from services.affairs.api import application_of
from services.affairs.commands import use_cases
from services.affairs.settings import AffairsSettings
from shared.database import Pool
from shared.following import Api, Follower, following
from shared.people import PERSON
from shared.process import main
from shared.rewrapping import rewrapping, sealed_table
from shared.units import EMPLOYER, UNIT, look
from shared.work.desk import Desk


def _api(pool: Pool, settings: AffairsSettings) -> Api:
    vault = settings.vault()
    desk = Desk(pool, use_cases(vault), look, veil=vault.veiled)
    return desk, lambda tokens: application_of(pool, desk, vault, tokens)


SERVICE = following(
    Follower("affairs", AffairsSettings, Path(__file__).parent, (UNIT, EMPLOYER, PERSON), _api),
    rewrap=rewrapping(sealed_table("narrative_text", "entry"), sealed_table("frozen_summary", "summary")),
)

if __name__ == "__main__":
    main(SERVICE)
