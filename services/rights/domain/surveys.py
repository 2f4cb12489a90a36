"""Surveys: opened, enterprises visited, closed, reported."""

from datetime import date
from typing import assert_never
from uuid import UUID

from shared.catalogues import catalogue
from shared.contracts.rights import EnterpriseSurveyed, SurveyClosed, SurveyReported, SurveyRoundOpened
from shared.frozen import Frozen
from shared.stages import refuse_step

SurveyEvent = SurveyRoundOpened | EnterpriseSurveyed | SurveyClosed | SurveyReported


class Survey(Frozen):
    """One survey; `visited` are the enterprises named so far."""

    union: UUID
    topic: str
    visited: frozenset[UUID] = frozenset()
    stage: str = "open"
    since: date


def decide_open(union: UUID, topic: str, on: date) -> tuple[SurveyRoundOpened]:
    """On a topic of the catalogue."""
    catalogue("survey_topics").checked(topic, "topic")
    return (SurveyRoundOpened(occurredon=on, topic=topic, union=union),)


def decide_visit(
    survey: Survey, employer: UUID | None, enterprises: int, person_times: int, on: date
) -> tuple[EnterpriseSurveyed]:
    """A named enterprise counts once in a survey, its person-times at each visit."""
    refuse_step(survey, ("open",), on, "visited_on")
    if employer is not None:
        enterprises = int(employer not in survey.visited)
    return (
        EnterpriseSurveyed(
            occurredon=on,
            topic=survey.topic,
            employer=employer,
            enterprises=enterprises,
            person_times=person_times,
        ),
    )


def decide_close(survey: Survey, on: date) -> tuple[SurveyClosed]:
    """Once."""
    refuse_step(survey, ("open",), on, "closed_on")
    return (SurveyClosed(occurredon=on, topic=survey.topic),)


def decide_report(survey: Survey, document: str, on: date) -> tuple[SurveyReported]:
    """After it is closed."""
    refuse_step(survey, ("closed",), on, "reported_on")
    return (SurveyReported(occurredon=on, topic=survey.topic, document=document),)


def evolve(survey: Survey | None, event: SurveyEvent) -> Survey:
    """The survey after the event."""
    if isinstance(event, SurveyRoundOpened):
        return Survey(union=event.union, topic=event.topic, since=event.occurredon)
    assert survey is not None
    match event:
        case EnterpriseSurveyed():
            named = {event.employer} if event.employer else set()
            return survey.model_copy(update={"visited": survey.visited | named})
        case SurveyClosed():
            return survey.model_copy(update={"stage": "closed", "since": event.occurredon})
        case SurveyReported():
            return survey.model_copy(update={"stage": "reported", "since": event.occurredon})
        case _:
            assert_never(event)
