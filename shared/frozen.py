"""What every state of an aggregate is made of."""

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """State is replaced, never changed in place."""

    model_config = ConfigDict(frozen=True)
