"""Settings of events, from the environment."""

from pydantic_settings import SettingsConfigDict

from shared.settings import FollowerSettings


class EventsSettings(FollowerSettings):
    """`EVENTS_DATABASE_URL` and so on."""

    model_config = SettingsConfigDict(env_prefix="EVENTS_", frozen=True, extra="ignore")
