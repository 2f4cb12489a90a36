"""Settings of affairs, from the environment."""

from pathlib import Path

from pydantic_settings import SettingsConfigDict

from shared.settings import FollowerSettings


class AffairsSettings(FollowerSettings):
    """`AFFAIRS_DATABASE_URL` and so on; the master key's file holds 32 random bytes in hex, mode 0600.

    Under it the texts of narratives are sealed.
    """

    master_key_file: Path

    model_config = SettingsConfigDict(env_prefix="AFFAIRS_", frozen=True, extra="ignore")
