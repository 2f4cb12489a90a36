"""Training classes and the targets set for them."""

from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.contracts.base import released
from shared.contracts.events.base import ActivityEvent


class TraineeGroup(BaseModel):
    """Those of the completed who have an attribute; groups overlap and are never added up."""

    model_config = ConfigDict(frozen=True)

    attribute: str
    people: int


@released
class TrainingTargetSet(ActivityEvent):
    """So many people are to complete a programme in a year."""

    union: UUID
    programme: str
    year: int
    old_people: int | None
    people: int
    document: str


@released
class TrainingPlanned(ActivityEvent):
    """A class, or a series of classes, for so many."""

    union: UUID
    programme: str
    planned: int


@released
class TrainingHeld(ActivityEvent):
    """So many classes with so many trainees."""

    programme: str
    classes: int
    trainees: int


@released
class TrainingCompleted(ActivityEvent):
    """So many completed it; groups are parts of them that overlap."""

    programme: str
    people: int
    groups: tuple[TraineeGroup, ...]
