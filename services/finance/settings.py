"""Settings of finance, from the environment."""

from pydantic_settings import SettingsConfigDict

from shared.settings import FollowerSettings


class FinanceSettings(FollowerSettings):
    """`FINANCE_DATABASE_URL` and so on."""

    model_config = SettingsConfigDict(env_prefix="FINANCE_", frozen=True, extra="ignore")
