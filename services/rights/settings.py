"""Settings of rights, from the environment."""

from pydantic_settings import SettingsConfigDict

from shared.settings import FollowerSettings


class RightsSettings(FollowerSettings):
    """`RIGHTS_DATABASE_URL` and so on."""

    model_config = SettingsConfigDict(env_prefix="RIGHTS_", frozen=True, extra="ignore")
