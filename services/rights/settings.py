"""Settings of rights, from the environment."""

from pathlib import Path

from pydantic_settings import SettingsConfigDict

from shared.settings import FollowerSettings


class RightsSettings(FollowerSettings):
    """`RIGHTS_DATABASE_URL` and so on; the master key's file holds 32 random bytes in hex, mode 0600.

    Under it the tallies of evaluations are sealed.
    """

    master_key_file: Path

    model_config = SettingsConfigDict(env_prefix="RIGHTS_", frozen=True, extra="ignore")
