"""Resolutions of a session, and joint meetings between congresses."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from services.rights.commands.ahead import PlannedDate
from services.rights.commands.congress import SESSION, TERM
from services.rights.commands.steps import Step, said, take
from services.rights.domain import joint_meetings, resolutions
from services.rights.domain.congress import roll_on
from services.rights.domain.course import refuse_step
from services.rights.domain.joint_meetings import JointMeeting, joint_matters, reserved_warnings
from services.rights.domain.resolutions import Resolution, decide_archive, decide_carry_out, decide_vote
from services.rights.domain.voting import Vote
from shared.contracts.rights import JointMatterTakenUp, JointMeetingHeld, ResolutionTabled
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import BusinessDate, CatalogueId, Command, Count, CountOrZero, DocumentNumber
from shared.http.listing import Listing
from shared.referring import refuse_bad_date
from shared.standing import refuse_future
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.finding import find
from shared.work.kinds import Kind
from shared.work.work import Work

RESOLUTION: Kind[Resolution] = Kind("resolution", Resolution, resolutions.evolve, lambda state: state.union)
JOINT: Kind[JointMeeting] = Kind(
    "joint-meeting", JointMeeting, joint_meetings.evolve, lambda state: state.union
)


class TableResolution(Command):
    """A matter lies before a session that has met."""

    session: UUID
    matter: CatalogueId
    tabled_on: BusinessDate


class VoteOnResolution(Command):
    """The roll is that of the day, those present are those of the session; `due_on`: to be done by then."""

    resolution: UUID
    in_favour: CountOrZero
    against: CountOrZero = 0
    abstained: CountOrZero = 0
    secret: bool = True
    due_on: PlannedDate | None = None
    voted_on: BusinessDate


class ArchiveResolution(Command):
    """It stands on paper."""

    resolution: UUID
    document: DocumentNumber
    archived_on: BusinessDate


class CarryOutResolution(Command):
    """What was resolved is done; `document` says so."""

    resolution: UUID
    document: DocumentNumber
    done_on: BusinessDate


class HoldJointMeeting(Command):
    """Group leaders, panel heads, presidium and committee met; `matters` are those they passed."""

    congress: UUID
    present: Count
    matters: Annotated[tuple[CatalogueId, ...], Field(max_length=50)]
    held_on: BusinessDate


class TakeUpJointMatter(Command):
    """The next congress dealt with a reserved matter; `confirmed`: it let it stand."""

    meeting: UUID
    session: UUID
    matter: CatalogueId
    confirmed: bool
    on: BusinessDate


def table(work: Work, command: TableResolution) -> Answer:
    """The id answered is the resolution's."""
    id_ = work.new_id()
    refuse_future(command.tabled_on, work.today, "tabled_on")
    session = find(work, SESSION, command.session, "session")
    refuse_step(session, command.tabled_on, "tabled_on", "convened")
    matter = resolutions.matters().checked(command.matter, "matter")
    tabled = ResolutionTabled(
        occurredon=command.tabled_on,
        union=session.union,
        session=command.session,
        matter=matter.id,
        reserved=matter.reserved,
    )
    return said(work, RESOLUTION, id_, (tabled,), session.union)


def vote(work: Work, command: VoteOnResolution) -> Answer:
    """Without a quorum nothing is decided."""
    session = find(work, SESSION, find(work, RESOLUTION, command.resolution).session, "session")
    roll = roll_on(find(work, TERM, session.congress, "congress"), command.voted_on)
    cast = Vote(roll, session.present, command.in_favour, command.against, command.abstained)
    step = Step(command.resolution, command.voted_on, "voted_on")
    return take(
        work,
        RESOLUTION,
        step,
        lambda state: decide_vote(state, cast, command.voted_on, command.due_on, secret=command.secret),
    )


def archive(work: Work, command: ArchiveResolution) -> Answer:
    """Once it has passed."""
    step = Step(command.resolution, command.archived_on, "archived_on")
    return take(
        work, RESOLUTION, step, lambda state: decide_archive(state, command.document, command.archived_on)
    )


def carry_out(work: Work, command: CarryOutResolution) -> Answer:
    """Late or in time."""
    step = Step(command.resolution, command.done_on, "done_on")
    return take(
        work, RESOLUTION, step, lambda state: decide_carry_out(state, command.document, command.done_on)
    )


def hold_joint(work: Work, command: HoldJointMeeting) -> Answer:
    """Reserved matters are told, and due at the next congress."""
    id_ = work.new_id()
    term = find(work, TERM, command.congress, "congress")
    refuse_bad_date(work, term.union, command.held_on, "held_on")
    roll_on(term, command.held_on)
    passed = joint_matters(command.matters)
    held = JointMeetingHeld(
        occurredon=command.held_on,
        union=term.union,
        congress=command.congress,
        term=term.term,
        present=command.present,
        matters=passed,
        awaiting=sum(each.reserved for each in passed),
        warnings=reserved_warnings(passed),
    )
    return said(work, JOINT, id_, (held,), term.union)


def take_up(work: Work, command: TakeUpJointMatter) -> Answer:
    """By a session that met after the joint meeting."""
    session = find(work, SESSION, command.session, "session")
    taken = JointMatterTakenUp(
        occurredon=command.on,
        session=command.session,
        matter=command.matter,
        confirmed=command.confirmed,
    )
    step = Step(command.meeting, command.on, "on")
    return take(work, JOINT, step, lambda state: joint_meetings.decide_take_up(state, session, taken))


USE_CASES: dict[type[BaseModel], UseCase] = {
    TableResolution: table,
    VoteOnResolution: vote,
    ArchiveResolution: archive,
    CarryOutResolution: carry_out,
    HoldJointMeeting: hold_joint,
    TakeUpJointMatter: take_up,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/congress-sessions/{session}/resolutions", TableResolution, "Table a matter", creates=True),
    CommandRoute("/resolutions/{resolution}/vote", VoteOnResolution, "Tell of the vote on a matter"),
    CommandRoute("/resolutions/{resolution}/archive", ArchiveResolution, "Archive a resolution"),
    CommandRoute("/resolutions/{resolution}/carry-out", CarryOutResolution, "Tell that it was carried out"),
    CommandRoute(
        "/congresses/{congress}/joint-meetings", HoldJointMeeting, "Tell of a joint meeting", creates=True
    ),
    CommandRoute("/joint-meetings/{meeting}/take-up", TakeUpJointMatter, "Deal with a reserved matter"),
)
LISTINGS: tuple[Listing, ...] = (
    Listing("/resolutions", RESOLUTION, "Resolutions"),
    Listing("/joint-meetings", JOINT, "Joint meetings"),
)
