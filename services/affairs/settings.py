"""Settings of affairs, from the environment."""

import socket
from pathlib import Path

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from shared.settings import ServiceSettings


class AffairsSettings(ServiceSettings):
    """`AFFAIRS_DATABASE_URL` and so on.

    `instance` names this worker among those of the group and stays the same over restarts; the master key's
    file holds 32 random bytes in hex, mode 0600: under it the texts of narratives are sealed.
    """

    master_key_file: Path
    instance: str = Field(default_factory=socket.gethostname)

    model_config = SettingsConfigDict(env_prefix="AFFAIRS_", frozen=True, extra="ignore")
