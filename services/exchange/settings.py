"""Settings of exchange, from the environment."""

from pathlib import Path

from pydantic_settings import SettingsConfigDict

from shared.settings import FollowerSettings


class ExchangeSettings(FollowerSettings):
    """`EXCHANGE_DATABASE_URL` and so on; the master key's file holds 32 random bytes in hex, mode 0600.

    Under it the keys of the agreements are wrapped.
    """

    master_key_file: Path
    tell_seconds: float = 60.0
    """How often what was delivered is put on the trail."""

    model_config = SettingsConfigDict(env_prefix="EXCHANGE_", frozen=True, extra="ignore")
