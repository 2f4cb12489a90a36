"""Pairs of master and apprentice, and lectures on demand."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.contracts import events as e
from shared.errors import Refused
from shared.rules import rule
from shared.stages import refuse_step

LONG = "lecture-longer-than-an-hour"
LectureEvent = e.LectureRequested | e.LectureMatched | e.LectureHeld


class OwnApprentice(Refused):
    """Nobody is apprenticed to themselves."""

    code = "own-apprentice"


class ApprenticeTaken(Refused):
    """An apprentice has one master at a time."""

    code = "apprentice-has-master"


class MentorPair(BaseModel):
    """Active from the day it is formed until it is completed."""

    model_config = ConfigDict(frozen=True)

    union: UUID
    mentor: UUID
    apprentice: UUID
    stage: str
    since: date


class Lecture(BaseModel):
    """Asked for, matched, held."""

    model_config = ConfigDict(frozen=True)

    union: UUID
    employer: UUID
    topic: str
    stage: str
    since: date


def evolve_pair(state: MentorPair | None, event: e.MentorPairFormed | e.MentorPairCompleted) -> MentorPair:
    """The pair after the event."""
    if isinstance(event, e.MentorPairFormed):
        said = event.model_dump(include={"union", "mentor", "apprentice"})
        return MentorPair.model_validate(said | {"stage": "active", "since": event.occurredon})
    assert state is not None, "a pair is formed first"
    return state.model_copy(update={"stage": "completed", "since": event.occurredon})


def decide_form(formed: e.MentorPairFormed, pair_now: UUID | None) -> tuple[e.MentorPairFormed]:
    """`pair_now` is the pair in which the apprentice is. Raises OwnApprentice, ApprenticeTaken."""
    if pair_now is not None:
        raise ApprenticeTaken(
            "the apprentice has a master",
            field="apprentice",
            value=str(formed.apprentice),
            remedy=f"complete the pair {pair_now} first",
        )
    if formed.mentor == formed.apprentice:
        raise OwnApprentice(
            "master and apprentice are two people",
            field="apprentice",
            value=str(formed.apprentice),
            remedy="name another person",
        )
    return (formed,)


def decide_complete(state: MentorPair, outcome: str, on: date) -> tuple[e.MentorPairCompleted]:
    """Once."""
    refuse_step(state, ("active",), on, "on")
    return (e.MentorPairCompleted(occurredon=on, outcome=outcome),)


def evolve_lecture(state: Lecture | None, event: LectureEvent) -> Lecture:
    """The lecture after the event."""
    if isinstance(event, e.LectureRequested):
        said = event.model_dump(include={"union", "employer", "topic"})
        return Lecture.model_validate(said | {"stage": "requested", "since": event.occurredon})
    assert state is not None, "a lecture is asked for first"
    stage = "held" if isinstance(event, e.LectureHeld) else "matched"
    return state.model_copy(update={"stage": stage, "since": event.occurredon})


def decide_match(state: Lecture, on: date) -> tuple[e.LectureMatched]:
    """Once."""
    refuse_step(state, ("requested",), on, "on")
    return (e.LectureMatched(occurredon=on, topic=state.topic),)


def decide_held(state: Lecture, held: e.LectureHeld) -> tuple[e.LectureHeld]:
    """What is longer than an hour is warned of."""
    refuse_step(state, ("matched",), held.occurredon, "on")
    long = held.minutes > rule("lecture.minutes_most", held.occurredon)
    return (held.model_copy(update={"warnings": (LONG,) if long else ()}),)
