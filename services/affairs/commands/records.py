"""File, inspect and correct archives; plan, hold and follow up talks; work with partners."""

from uuid import UUID, uuid5

from pydantic import BaseModel

from services.affairs.commands.steps import Some, Year, begun, stepped, union_of
from services.affairs.domain import records as rules
from services.affairs.domain.records import Archive, Partnership, Talk
from shared.catalogues import catalogue
from shared.contracts.affairs import (
    ArchiveFiled,
    IntegrityTalkPlanned,
    PartnerProposed,
)
from shared.errors import Refused
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import BusinessDate, CatalogueId, Command, Count, UnionText
from shared.http.listing import Listing
from shared.referring import find_union, need_of_union
from shared.units import UNIT
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.finding import find
from shared.work.kinds import Kind
from shared.work.work import Work

ARCHIVE: Kind[Archive] = Kind("archive", Archive, rules.evolve_archive, lambda state: state.union)
TALK: Kind[Talk] = Kind("integrity-talk", Talk, rules.evolve_talk, lambda state: state.union)
PARTNERSHIP: Kind[Partnership] = Kind(
    "partnership", Partnership, rules.evolve_partnership, lambda state: state.union
)


class ArchiveIsFiled(Refused):
    """One archive per union and year."""

    code = "archive-is-filed"


class FileArchive(Command):
    """The papers of a year are filed."""

    union: UnionText
    year: Year
    filed_on: BusinessDate


class InspectArchive(Command):
    """Another union under the same one looks at them, and finds so many gaps."""

    archive: UUID
    inspector: UnionText
    gaps: Some
    inspected_on: BusinessDate


class CorrectArchive(Command):
    """So many gaps are closed."""

    archive: UUID
    gaps: Count
    corrected_on: BusinessDate


class PlanIntegrityTalk(Command):
    """A talk is to be held; with whom is not recorded here."""

    union: UnionText
    kind: CatalogueId = "routine"
    planned_on: BusinessDate


class HoldIntegrityTalk(Command):
    """It was held."""

    talk: UUID
    participants: Count = 1
    issues: Some = 0
    held_on: BusinessDate


class FollowUpIntegrityTalk(Command):
    """So many of the issues were dealt with."""

    talk: UUID
    issues: Count
    followed_up_on: BusinessDate


class ProposePartner(Command):
    """A union wants to work with another body."""

    union: UnionText
    partner: CatalogueId
    proposed_on: BusinessDate


class JoinPartner(Command):
    """The other body agrees."""

    partnership: UUID
    joined_on: BusinessDate


class HoldJointActivity(Command):
    """Something is held together; `activity` where it is recorded as one."""

    partnership: UUID
    participants: Some = 0
    activity: UUID | None = None
    held_on: BusinessDate


class ConcludePartnership(Command):
    """The work together ends."""

    partnership: UUID
    concluded_on: BusinessDate


def file_archive(work: Work, command: FileArchive) -> Answer:
    """The id answered is the archive's."""
    union = union_of(work, command.union, command.filed_on, "filed_on")
    id_ = uuid5(union, f"archive/{command.year}")
    if work.get(ARCHIVE, id_) is not None:
        raise ArchiveIsFiled("it is filed", "year", str(command.year), f"continue with {id_}")
    filed = ArchiveFiled(occurredon=command.filed_on, union=union, year=command.year)
    return begun(work, ARCHIVE, id_, [filed], union)


def inspect_archive(work: Work, command: InspectArchive) -> Answer:
    """By a peer."""
    day = command.inspected_on
    archive = find(work, ARCHIVE, command.archive)
    work.want(need_of_union(command.inspector))
    inspector = find_union(work, command.inspector, "inspector")
    above = work.copied(UNIT, archive.union).parent_on(day)
    peer = above is not None and work.copied(UNIT, inspector).parent_on(day) == above
    return stepped(
        work,
        ARCHIVE,
        command.archive,
        (day, "inspected_on"),
        lambda state: rules.decide_inspect(state, inspector, command.gaps, day, peer=peer),
    )


def correct_archive(work: Work, command: CorrectArchive) -> Answer:
    """Until no gap is open."""
    day = command.corrected_on
    return stepped(
        work,
        ARCHIVE,
        command.archive,
        (day, "corrected_on"),
        lambda archive: rules.decide_correct(archive, command.gaps, day),
    )


def plan_integrity_talk(work: Work, command: PlanIntegrityTalk) -> Answer:
    """The id answered is the talk's."""
    id_ = work.new_id()
    union = union_of(work, command.union, command.planned_on, "planned_on")
    kind = catalogue("integrity_talk_kinds").checked(command.kind, "kind").id
    planned = IntegrityTalkPlanned(occurredon=command.planned_on, union=union, kind=kind)
    return begun(work, TALK, id_, [planned], union)


def hold_integrity_talk(work: Work, command: HoldIntegrityTalk) -> Answer:
    """Counts as one talk."""
    day = command.held_on
    return stepped(
        work,
        TALK,
        command.talk,
        (day, "held_on"),
        lambda talk: rules.decide_hold(talk, command.participants, command.issues, day),
    )


def follow_up_integrity_talk(work: Work, command: FollowUpIntegrityTalk) -> Answer:
    """Until no issue is open."""
    day = command.followed_up_on
    return stepped(
        work,
        TALK,
        command.talk,
        (day, "followed_up_on"),
        lambda talk: rules.decide_follow_up(talk, command.issues, day),
    )


def propose_partner(work: Work, command: ProposePartner) -> Answer:
    """The id answered is the partnership's."""
    id_ = work.new_id()
    union = union_of(work, command.union, command.proposed_on, "proposed_on")
    partner = catalogue("partners").checked(command.partner, "partner").id
    proposed = PartnerProposed(occurredon=command.proposed_on, union=union, partner=partner)
    return begun(work, PARTNERSHIP, id_, [proposed], union)


def join_partner(work: Work, command: JoinPartner) -> Answer:
    """From now on they work together."""
    day = command.joined_on
    return stepped(
        work,
        PARTNERSHIP,
        command.partnership,
        (day, "joined_on"),
        lambda state: rules.decide_join(state, day),
    )


def hold_joint_activity(work: Work, command: HoldJointActivity) -> Answer:
    """Counts once for this partner."""
    day = command.held_on
    return stepped(
        work,
        PARTNERSHIP,
        command.partnership,
        (day, "held_on"),
        lambda state: rules.decide_act(state, command.participants, command.activity, day),
    )


def conclude_partnership(work: Work, command: ConcludePartnership) -> Answer:
    """For good."""
    day = command.concluded_on
    return stepped(
        work,
        PARTNERSHIP,
        command.partnership,
        (day, "concluded_on"),
        lambda state: rules.decide_conclude(state, day),
    )


USE_CASES: dict[type[BaseModel], UseCase] = {
    FileArchive: file_archive,
    InspectArchive: inspect_archive,
    CorrectArchive: correct_archive,
    PlanIntegrityTalk: plan_integrity_talk,
    HoldIntegrityTalk: hold_integrity_talk,
    FollowUpIntegrityTalk: follow_up_integrity_talk,
    ProposePartner: propose_partner,
    JoinPartner: join_partner,
    HoldJointActivity: hold_joint_activity,
    ConcludePartnership: conclude_partnership,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/archives", FileArchive, "File the papers of a year", creates=True),
    CommandRoute("/archives/{archive}/inspect", InspectArchive, "Inspect a peer's archive"),
    CommandRoute("/archives/{archive}/correct", CorrectArchive, "Close gaps of an archive"),
    CommandRoute("/integrity-talks", PlanIntegrityTalk, "Plan a talk about integrity", creates=True),
    BulkRoute("/integrity-talks/bulk", PlanIntegrityTalk, "Plan talks about integrity, many at once"),
    CommandRoute("/integrity-talks/{talk}/hold", HoldIntegrityTalk, "Say that a talk was held"),
    BulkRoute("/integrity-talks/hold/bulk", HoldIntegrityTalk, "Say that talks were held, many at once"),
    CommandRoute("/integrity-talks/{talk}/follow-up", FollowUpIntegrityTalk, "Follow up a talk"),
    CommandRoute("/partnerships", ProposePartner, "Propose to work with another body", creates=True),
    CommandRoute("/partnerships/{partnership}/join", JoinPartner, "Say that the other body agreed"),
    CommandRoute("/partnerships/{partnership}/act", HoldJointActivity, "Record something held together"),
    CommandRoute("/partnerships/{partnership}/conclude", ConcludePartnership, "End the work together"),
)
LISTINGS: tuple[Listing, ...] = (
    Listing("/archives", ARCHIVE, "Archives of the union"),
    Listing("/integrity-talks", TALK, "Talks of the union"),
    Listing("/partnerships", PARTNERSHIP, "Partnerships of the union"),
)
