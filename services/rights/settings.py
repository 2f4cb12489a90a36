"""Settings of rights, from the environment."""

from pydantic_settings import SettingsConfigDict

from shared.settings import FollowerSettings, SealingSettings


class RightsSettings(FollowerSettings, SealingSettings):
    """`RIGHTS_DATABASE_URL` and so on.

    Under it the tallies of evaluations are sealed.
    """

    model_config = SettingsConfigDict(env_prefix="RIGHTS_", frozen=True, extra="ignore")
