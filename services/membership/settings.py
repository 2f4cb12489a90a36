"""Settings of membership, from the environment."""

from pathlib import Path

from pydantic_settings import SettingsConfigDict

from shared.settings import ServiceSettings


class MembershipSettings(ServiceSettings):
    """`MEMBERSHIP_DATABASE_URL` and so on; the master key's file holds 32 random bytes in hex, mode 0600."""

    model_config = SettingsConfigDict(env_prefix="MEMBERSHIP_", frozen=True, extra="ignore")

    master_key_file: Path
