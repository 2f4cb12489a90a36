"""The course of sessions, resolutions, proposals: steps in their order, none before the one it follows."""

from datetime import date

from shared.errors import Refused
from shared.frozen import Frozen


class CongressStageWrong(Refused):
    """It is at another stage of its course."""

    code = "congress-stage-wrong"


class BeforeCongressStep(Refused):
    """The date lies before the step it follows."""

    code = "before-congress-step"


class Course(Frozen):
    """Something with a course; `latest_on` is the day of its latest step."""

    stage: str
    latest_on: date


def refuse_step(state: Course, on: date, field: str, *stages: str) -> None:
    """Raises CongressStageWrong, BeforeCongressStep; `field` names the date."""
    if state.stage not in stages:
        raise CongressStageWrong(
            f"it is {state.stage}",
            field="stage",
            value=state.stage,
            remedy=f"this is done while it is {' or '.join(stages)}",
        )
    if on < state.latest_on:
        raise BeforeCongressStep(
            f"the step before it is of {state.latest_on}",
            field=field,
            value=str(on),
            remedy="give that day or a later one",
        )
