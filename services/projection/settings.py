"""Settings of the projection, from the environment."""

from pydantic_settings import SettingsConfigDict

from shared.settings import ServiceSettings


class ProjectionSettings(ServiceSettings):
    """`PROJECTION_DATABASE_URL` and so on; `PROJECTION_INSTANCE` tells workers apart, over restarts too."""

    model_config = SettingsConfigDict(env_prefix="PROJECTION_", frozen=True, extra="ignore")

    instance: str = "1"
