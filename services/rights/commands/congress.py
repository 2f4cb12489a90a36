"""Congresses: open a term, change its roll; schedule, convene, hear, close sessions."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from services.rights.commands.ahead import PlannedDate
from services.rights.commands.steps import Step, said, take
from services.rights.domain import congress as rules
from services.rights.domain.congress import Closing, CongressSession, CongressTerm, session_id, term_id
from shared.contracts.rights import CongressSessionConvened, CongressTermOpened
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import (
    BusinessDate,
    CatalogueId,
    Command,
    Count,
    CountOrZero,
    DocumentNumber,
    UnionText,
)
from shared.http.listing import Listing
from shared.referring import area_of, find_union, need_of_union, refuse_bad_date
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.finding import find
from shared.work.kinds import Kind
from shared.work.work import Work

TERM: Kind[CongressTerm] = Kind("congress-term", CongressTerm, rules.evolve_term, lambda state: state.union)
SESSION: Kind[CongressSession] = Kind(
    "congress-session", CongressSession, rules.evolve_session, lambda state: state.union
)
Ordinal = Annotated[int, Field(strict=True, ge=1, le=100, description="Number of a term or session, from 1.")]


class OpenCongressTerm(Command):
    """Delegates were elected: the roll, and of it managers and women; and the workers they stand for."""

    union: UnionText
    term: Ordinal
    delegates: Count
    managers: CountOrZero
    women: CountOrZero
    workers: Count
    women_workers: CountOrZero
    opened_on: BusinessDate
    until: PlannedDate


class ChangeCongressRoll(Command):
    """So many delegates from that day on."""

    congress: UUID
    delegates: Count
    document: DocumentNumber
    on: BusinessDate


class ScheduleCongressSession(Command):
    """Session 4 of term 8 is 八届四次."""

    congress: UUID
    session: Ordinal
    planned_on: PlannedDate
    scheduled_on: BusinessDate


class ConveneCongressSession(Command):
    """It met; `units_covered` are the enterprises and institutions for which it decides."""

    session: UUID
    present: Count
    units_covered: Count = 1
    papers_on: BusinessDate | None = None
    convened_on: BusinessDate


class HearReport(Command):
    """A report was heard and discussed."""

    session: UUID
    report: CatalogueId
    heard_on: BusinessDate


class CloseCongressSession(Command):
    """It is over; `reported_on` is the day of the report to the union above."""

    session: UUID
    problems_solved: CountOrZero = 0
    reported_on: BusinessDate | None = None
    document: DocumentNumber
    closed_on: BusinessDate


def open_term(work: Work, command: OpenCongressTerm) -> Answer:
    """The id answered is the term's."""
    work.want(need_of_union(command.union))
    union = find_union(work, command.union)
    refuse_bad_date(work, union, command.opened_on, "opened_on")
    id_ = term_id(union, command.term)
    rules.refuse_taken(work.get(TERM, id_), str(command.term))
    opened = CongressTermOpened(
        **command.model_dump(exclude={"union", "opened_on"}),
        occurredon=command.opened_on,
        union=union,
        warnings=(),
    )
    return said(work, TERM, id_, rules.decide_open(opened, area_of(work, union)), union)


def change_roll(work: Work, command: ChangeCongressRoll) -> Answer:
    """Votes of earlier days keep their roll."""
    return take(
        work,
        TERM,
        Step(command.congress, command.on, "on"),
        lambda state: rules.decide_roll(state, command.delegates, command.document, command.on),
    )


def schedule(work: Work, command: ScheduleCongressSession) -> Answer:
    """The id answered is the session's."""
    term = find(work, TERM, command.congress, "congress")
    refuse_bad_date(work, term.union, command.scheduled_on, "scheduled_on")
    id_ = session_id(command.congress, command.session)
    rules.refuse_taken(work.get(SESSION, id_), str(command.session))
    events = rules.decide_schedule(
        command.congress, term, command.session, command.planned_on, command.scheduled_on
    )
    return said(work, SESSION, id_, events, term.union)


def convene(work: Work, command: ConveneCongressSession) -> Answer:
    """Without a quorum it may talk, not decide."""
    state = find(work, SESSION, command.session, "session")
    roll = rules.roll_on(find(work, TERM, state.congress, "congress"), command.convened_on)
    met = CongressSessionConvened(
        occurredon=command.convened_on,
        term=state.term,
        session=state.session,
        delegates=roll,
        present=command.present,
        units_covered=command.units_covered,
        quorate=False,
        warnings=(),
    )
    step = Step(command.session, command.convened_on, "convened_on")
    return take(work, SESSION, step, lambda seen: rules.decide_convene(seen, roll, met, command.papers_on))


def hear(work: Work, command: HearReport) -> Answer:
    """One report."""
    step = Step(command.session, command.heard_on, "heard_on")
    return take(work, SESSION, step, lambda state: rules.decide_hear(state, command.report, command.heard_on))


def close(work: Work, command: CloseCongressSession) -> Answer:
    """The minutes are the paper."""
    area = area_of(work, find(work, SESSION, command.session, "session").union)
    closing = Closing(command.problems_solved, command.reported_on, command.document, command.closed_on)
    step = Step(command.session, command.closed_on, "closed_on")
    return take(work, SESSION, step, lambda state: rules.decide_close(state, closing, area))


USE_CASES: dict[type[BaseModel], UseCase] = {
    OpenCongressTerm: open_term,
    ChangeCongressRoll: change_roll,
    ScheduleCongressSession: schedule,
    ConveneCongressSession: convene,
    HearReport: hear,
    CloseCongressSession: close,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/congresses", OpenCongressTerm, "Open a term of a congress", creates=True),
    CommandRoute("/congresses/{congress}/roll", ChangeCongressRoll, "Change the roll of delegates"),
    CommandRoute(
        "/congresses/{congress}/sessions", ScheduleCongressSession, "Schedule a session", creates=True
    ),
    CommandRoute("/congress-sessions/{session}/convene", ConveneCongressSession, "Tell that it met"),
    CommandRoute("/congress-sessions/{session}/reports", HearReport, "Tell of a report heard"),
    CommandRoute("/congress-sessions/{session}/close", CloseCongressSession, "Close a session"),
)
LISTINGS: tuple[Listing, ...] = (
    Listing("/congresses", TERM, "Terms of congresses"),
    Listing("/congress-sessions", SESSION, "Sessions of congresses"),
)
