"""A person who looks for work: registered, referred, employed, or the search ended."""

from datetime import date
from typing import Literal, assert_never
from uuid import UUID

from shared.contracts.welfare import (
    JobSearchEnded,
    JobSeekerReferred,
    JobSeekerRegistered,
    WorkerReemployed,
)
from shared.errors import Refused
from shared.frozen import Frozen

JobEvent = JobSeekerRegistered | JobSeekerReferred | WorkerReemployed | JobSearchEnded


class AlreadySeeking(Refused):
    """The person is registered as looking for work."""

    code = "already-seeking"


class SearchOver(Refused):
    """The person has found work, or has given up."""

    code = "job-search-over"


class BeforeJobStep(Refused):
    """The date lies before the step it follows."""

    code = "before-job-step"


class JobSeeker(Frozen):
    """One search of one person."""

    union: UUID
    person: UUID
    stage: Literal["registered", "referred", "employed", "ended"] = "registered"
    latest_on: date

    @property
    def seeking(self) -> bool:
        """Neither employed nor ended."""
        return self.stage in {"registered", "referred"}


def decide_register(present: UUID | None, union: UUID, person: UUID, on: date) -> tuple[JobSeekerRegistered]:
    """`present` is the search that the person is in."""
    if present is not None:
        raise AlreadySeeking(
            f"search {present} is this person's",
            field="person",
            value=str(person),
            remedy="go on with it, or end it first",
        )
    return (JobSeekerRegistered(occurredon=on, union=union, person=person),)


def decide_refer(state: JobSeeker, employer: UUID | None, on: date) -> tuple[JobSeekerReferred]:
    """As often as it takes."""
    _refuse_over(state, on, "referred_on")
    return (JobSeekerReferred(occurredon=on, person=state.person, employer=employer),)


def decide_employ(state: JobSeeker, employer: UUID | None, on: date) -> tuple[WorkerReemployed]:
    """Also without a referral."""
    _refuse_over(state, on, "employed_on")
    return (WorkerReemployed(occurredon=on, person=state.person, employer=employer),)


def decide_end(state: JobSeeker, on: date) -> tuple[JobSearchEnded]:
    """Without work."""
    _refuse_over(state, on, "ended_on")
    return (JobSearchEnded(occurredon=on, person=state.person),)


def evolve(state: JobSeeker | None, event: JobEvent) -> JobSeeker:
    """The search after the event."""
    if isinstance(event, JobSeekerRegistered):
        return JobSeeker(union=event.union, person=event.person, latest_on=event.occurredon)
    assert state is not None
    match event:
        case JobSeekerReferred():
            stage = "referred"
        case WorkerReemployed():
            stage = "employed"
        case JobSearchEnded():
            stage = "ended"
        case _:
            assert_never(event)
    return state.model_copy(update={"stage": stage, "latest_on": event.occurredon})


def _refuse_over(state: JobSeeker, on: date, field: str) -> None:
    if not state.seeking:
        raise SearchOver(
            f"the search is over since {state.latest_on}",
            field="job_seeker",
            value=state.stage,
            remedy="register the person again",
        )
    if on < state.latest_on:
        raise BeforeJobStep(
            f"the step before it is of {state.latest_on}",
            field=field,
            value=str(on),
            remedy="give that day or a later one",
        )
