"""Settings of the projection, from the environment."""

from pydantic import SecretStr
from pydantic_settings import SettingsConfigDict

from shared.settings import ServiceSettings


class ProjectionSettings(ServiceSettings):
    """`PROJECTION_DATABASE_URL` and so on; `PROJECTION_INSTANCE` tells workers apart, over restarts too."""

    model_config = SettingsConfigDict(env_prefix="PROJECTION_", frozen=True, extra="ignore")

    instance: str = "1"
    query_database_url: SecretStr | None = None
    """The same database, by the role that questions sign in with: it owns nothing. The API needs it."""
