"""Settings of membership, from the environment."""

from pydantic_settings import SettingsConfigDict

from shared.settings import SealingSettings


class MembershipSettings(SealingSettings):
    """`MEMBERSHIP_DATABASE_URL` and so on."""

    model_config = SettingsConfigDict(env_prefix="MEMBERSHIP_", frozen=True, extra="ignore")
