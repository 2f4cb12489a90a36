"""Settings of welfare, from the environment."""

from pydantic_settings import SettingsConfigDict

from shared.settings import FollowerSettings


class WelfareSettings(FollowerSettings):
    """`WELFARE_DATABASE_URL` and so on."""

    model_config = SettingsConfigDict(env_prefix="WELFARE_", frozen=True, extra="ignore")
