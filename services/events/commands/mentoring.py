"""Pairs of master and apprentice; lectures on demand."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from services.events.domain import mentoring as rules
from services.events.domain.mentoring import Lecture, MentorPair
from shared.catalogues import catalogue
from shared.contracts.events import LectureHeld, LectureRequested, MentorPairFormed
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import (
    LARGEST_FEN,
    BusinessDate,
    CatalogueId,
    Command,
    Count,
    EmployerText,
    UnionText,
)
from shared.http.listing import Listing
from shared.people import PERSON
from shared.referring import (
    find_employer,
    find_union,
    need_of_employer,
    need_of_union,
    refuse_bad_date,
)
from shared.standing import refuse_future
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.finding import find
from shared.work.kinds import Claim, Kind
from shared.work.needs import Own
from shared.work.work import Work

APPRENTICE = "apprentice"


def _apprenticed(state: MentorPair) -> frozenset[Claim]:
    active = state.stage == "active"
    return frozenset({Claim(APPRENTICE, str(state.apprentice))}) if active else frozenset()


PAIR: Kind[MentorPair] = Kind(
    "mentor-pair", MentorPair, rules.evolve_pair, lambda state: state.union, _apprenticed
)
LECTURE: Kind[Lecture] = Kind("lecture", Lecture, rules.evolve_lecture, lambda state: state.union)


class FormMentorPair(Command):
    """A master takes an apprentice, who has no other; both by person id."""

    union: UnionText
    mentor: UUID
    apprentice: UUID
    formed_on: BusinessDate


class CompleteMentorPair(Command):
    """The pair ends."""

    pair: UUID
    outcome: CatalogueId
    completed_on: BusinessDate


class RequestLecture(Command):
    """An employer asks for an hour on a topic."""

    union: UnionText
    employer: EmployerText
    topic: CatalogueId
    requested_on: BusinessDate


class MatchLecture(Command):
    """Somebody will give it."""

    lecture: UUID
    matched_on: BusinessDate


class HoldLecture(Command):
    """It was given."""

    lecture: UUID
    minutes: Annotated[int, Field(strict=True, ge=1, le=1000)]
    attendances: Count
    enterprise_cost_fen: Annotated[int, Field(strict=True, ge=0, le=LARGEST_FEN)] = 0
    held_on: BusinessDate


def form_mentor_pair(work: Work, command: FormMentorPair) -> Answer:
    """The id answered is the pair's."""
    work.want(need_of_union(command.union))
    union = find_union(work, command.union)
    refuse_bad_date(work, union, command.formed_on, "formed_on")
    work.copied(PERSON, command.mentor)
    work.copied(PERSON, command.apprentice)
    pair_now = work.owner(APPRENTICE, str(command.apprentice))
    formed = MentorPairFormed(
        occurredon=command.formed_on, union=union, mentor=command.mentor, apprentice=command.apprentice
    )
    return work.record(PAIR, work.new_id(), rules.decide_form(formed, pair_now), union)


def complete_mentor_pair(work: Work, command: CompleteMentorPair) -> Answer:
    """The apprentice is free for another master."""
    work.want(Own(command.pair))
    catalogue("mentor_outcomes").checked(command.outcome, "outcome")
    refuse_future(command.completed_on, work.today, "completed_on")
    state = find(work, PAIR, command.pair, "pair")
    events = rules.decide_complete(state, command.outcome, command.completed_on)
    return work.record(PAIR, command.pair, events, state.union)


def request_lecture(work: Work, command: RequestLecture) -> Answer:
    """The id answered is the lecture's."""
    work.want(need_of_union(command.union), need_of_employer(command.employer))
    catalogue("lecture_topics").checked(command.topic, "topic")
    union, employer = find_union(work, command.union), find_employer(work, command.employer)
    refuse_bad_date(work, union, command.requested_on, "requested_on")
    asked = LectureRequested(
        occurredon=command.requested_on, union=union, employer=employer, topic=command.topic
    )
    return work.record(LECTURE, work.new_id(), [asked], union)


def match_lecture(work: Work, command: MatchLecture) -> Answer:
    """Once."""
    state = _lecture(work, command.lecture, command.matched_on)
    events = rules.decide_match(state, command.matched_on)
    return work.record(LECTURE, command.lecture, events, state.union)


def hold_lecture(work: Work, command: HoldLecture) -> Answer:
    """After it was matched."""
    state = _lecture(work, command.lecture, command.held_on)
    said = command.model_dump(exclude={"lecture", "held_on"})
    (event,) = rules.decide_held(state, LectureHeld(occurredon=command.held_on, topic=state.topic, **said))
    answer = work.record(LECTURE, command.lecture, [event], state.union)
    return Answer(answer.id, answer.version, event.warnings)


def _lecture(work: Work, lecture: UUID, on: date) -> Lecture:
    work.want(Own(lecture))
    refuse_future(on, work.today, "on")
    return find(work, LECTURE, lecture)


USE_CASES: dict[type[BaseModel], UseCase] = {
    FormMentorPair: form_mentor_pair,
    CompleteMentorPair: complete_mentor_pair,
    RequestLecture: request_lecture,
    MatchLecture: match_lecture,
    HoldLecture: hold_lecture,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/mentor-pairs", FormMentorPair, "A master takes an apprentice", creates=True),
    BulkRoute("/mentor-pairs/bulk", FormMentorPair, "Pairs of a list"),
    CommandRoute("/mentor-pairs/{pair}/complete", CompleteMentorPair, "A pair ends"),
    CommandRoute("/lectures", RequestLecture, "Ask for a lecture", creates=True),
    CommandRoute("/lectures/{lecture}/match", MatchLecture, "Somebody will give the lecture"),
    CommandRoute("/lectures/{lecture}/hold", HoldLecture, "The lecture was given"),
)
LISTINGS: tuple[Listing, ...] = (
    Listing("/mentor-pairs", PAIR, "Masters and apprentices"),
    Listing("/lectures", LECTURE, "Lectures on demand"),
)
