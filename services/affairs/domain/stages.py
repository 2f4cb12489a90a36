"""Things that go through stages: no step out of turn, none before the step that it rests on."""

from datetime import date
from typing import Protocol

from pydantic import BaseModel, ConfigDict

from shared.errors import Refused


class StepOutOfTurn(Refused):
    """At its present stage it cannot take this step."""

    code = "step-out-of-turn"


class BeforeLastStep(Refused):
    """The date lies before the step that this one rests on."""

    code = "before-last-step"


class Frozen(BaseModel):
    """State is replaced, never changed in place."""

    model_config = ConfigDict(frozen=True)


class Staged(Protocol):
    """Anything with a stage, and the day on which it reached it."""

    @property
    def stage(self) -> str: ...

    @property
    def since(self) -> date: ...


def refuse_out_of_turn(thing: Staged, *allowed: str) -> None:
    """Raises StepOutOfTurn unless the thing is at one of these stages."""
    if thing.stage not in allowed:
        raise StepOutOfTurn(
            f"it is {thing.stage}",
            field="stage",
            value=thing.stage,
            remedy=f"possible while it is {' or '.join(allowed)}",
        )


def refuse_step(thing: Staged, allowed: tuple[str, ...], on: date, field: str) -> None:
    """The stage, and the day, which is that of the last step or a later one."""
    refuse_out_of_turn(thing, *allowed)
    if on < thing.since:
        raise BeforeLastStep(
            f"it has been {thing.stage} since {thing.since}",
            field=field,
            value=str(on),
            remedy="give that day or a later one",
        )
