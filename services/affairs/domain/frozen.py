"""What every state of this service is."""

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """State is replaced, never changed in place."""

    model_config = ConfigDict(frozen=True)
