"""Settings of exchange, from the environment."""

from pydantic_settings import SettingsConfigDict

from shared.settings import FollowerSettings, SealingSettings


class ExchangeSettings(FollowerSettings, SealingSettings):
    """`EXCHANGE_DATABASE_URL` and so on; under the master key the keys of agreements are wrapped."""

    tell_seconds: float = 60.0
    """How often what was delivered is put on the trail."""

    model_config = SettingsConfigDict(env_prefix="EXCHANGE_", frozen=True, extra="ignore")
