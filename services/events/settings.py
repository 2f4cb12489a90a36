"""Settings of events, from the environment."""

import socket

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from shared.settings import ServiceSettings


class EventsSettings(ServiceSettings):
    """`EVENTS_DATABASE_URL` and so on.

    `instance` names this worker among those of the group and stays the same over restarts.
    """

    instance: str = Field(default_factory=socket.gethostname)

    model_config = SettingsConfigDict(env_prefix="EVENTS_", frozen=True, extra="ignore")
