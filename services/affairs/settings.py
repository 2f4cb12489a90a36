"""Settings of affairs, from the environment."""

from pydantic_settings import SettingsConfigDict

from shared.settings import FollowerSettings, SealingSettings


class AffairsSettings(FollowerSettings, SealingSettings):
    """`AFFAIRS_DATABASE_URL` and so on; under the master key texts of narratives are sealed."""

    model_config = SettingsConfigDict(env_prefix="AFFAIRS_", frozen=True, extra="ignore")
