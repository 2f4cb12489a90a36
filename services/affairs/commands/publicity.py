"""Scripts, followers and trainees."""

from uuid import UUID, uuid5

from pydantic import BaseModel

from services.affairs.commands.steps import begun, stepped, union_of
from services.affairs.domain import publicity as rules
from services.affairs.domain.publicity import Platform, Scripts, Trainee
from shared.catalogues import catalogue
from shared.contracts.affairs import (
    BroadcastScriptWritten,
    PlatformFollowed,
    PlatformInvited,
    PlatformLeft,
    PublicityTraineeSelected,
)
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import BusinessDate, CatalogueId, Command, Count, UnionText
from shared.http.listing import Listing
from shared.people import PERSON
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.kinds import Kind
from shared.work.work import Work

SCRIPTS: Kind[Scripts] = Kind(
    "broadcast-script", Scripts, rules.evolve_scripts, lambda scripts: scripts.union
)
PLATFORM: Kind[Platform] = Kind("platform", Platform, rules.evolve_platform, lambda platform: platform.union)
TRAINEE: Kind[Trainee] = Kind(
    "publicity-trainee", Trainee, rules.evolve_trainee, lambda trainee: trainee.union
)


class WriteBroadcastScripts(Command):
    """Scripts for the broadcast, so many written at once."""

    union: UnionText
    scripts: Count
    written_on: BusinessDate


class ReadBroadcastScripts(Command):
    """So many of them went on air."""

    batch: UUID
    scripts: Count
    read_on: BusinessDate


class InviteFollowers(Command):
    """So many people were asked to follow a platform."""

    union: UnionText
    platform: CatalogueId
    people: Count
    on: BusinessDate


class FollowPlatform(Command):
    """So many people began to follow it."""

    union: UnionText
    platform: CatalogueId
    people: Count
    on: BusinessDate


class LeavePlatform(Command):
    """So many people follow it no more."""

    union: UnionText
    platform: CatalogueId
    people: Count
    on: BusinessDate


class SelectPublicityTrainee(Command):
    """Somebody is chosen for the training of those who write for the union."""

    union: UnionText
    person: UUID
    selected_on: BusinessDate


class SendPublicityTrainee(Command):
    """They are sent to it."""

    trainee: UUID
    sent_on: BusinessDate


class TrainPublicityTrainee(Command):
    """They were there to its end."""

    trainee: UUID
    trained_on: BusinessDate


def write_broadcast_scripts(work: Work, command: WriteBroadcastScripts) -> Answer:
    """The id answered is that of the scripts written together."""
    id_ = work.new_id()
    union = union_of(work, command.union, command.written_on, "written_on")
    written = BroadcastScriptWritten(occurredon=command.written_on, union=union, scripts=command.scripts)
    return begun(work, SCRIPTS, id_, [written], union)


def read_broadcast_scripts(work: Work, command: ReadBroadcastScripts) -> Answer:
    """No more than were written."""
    day = command.read_on
    return stepped(
        work,
        SCRIPTS,
        command.batch,
        (day, "read_on"),
        lambda scripts: rules.decide_read(scripts, command.scripts, day),
    )


def invite_followers(work: Work, command: InviteFollowers) -> Answer:
    """The id answered is that of the union's followers on this platform."""
    id_, union = _platform(work, command)
    invited = PlatformInvited(
        occurredon=command.on, union=union, platform=command.platform, people=command.people
    )
    return work.record(PLATFORM, id_, [invited], union)


def follow_platform(work: Work, command: FollowPlatform) -> Answer:
    """Warns where more follow than were invited."""
    id_, union = _platform(work, command)
    doubts = rules.doubts_of_following(work.get(PLATFORM, id_), command.people)
    followed = PlatformFollowed(
        occurredon=command.on, union=union, platform=command.platform, people=command.people
    )
    return Answer(id_, work.record(PLATFORM, id_, [followed], union).version, doubts)


def leave_platform(work: Work, command: LeavePlatform) -> Answer:
    """No more than follow."""
    id_, union = _platform(work, command)
    left = PlatformLeft(occurredon=command.on, union=union, platform=command.platform, people=command.people)
    return work.record(PLATFORM, id_, rules.decide_leave(work.get(PLATFORM, id_), left), union)


def select_publicity_trainee(work: Work, command: SelectPublicityTrainee) -> Answer:
    """The id answered is that of this person's way through the training."""
    id_ = work.new_id()
    union = union_of(work, command.union, command.selected_on, "selected_on")
    person = work.copied(PERSON, command.person)
    selected = PublicityTraineeSelected(
        occurredon=command.selected_on, union=union, person=command.person, sex=person.sex
    )
    return begun(work, TRAINEE, id_, [selected], union)


def send_publicity_trainee(work: Work, command: SendPublicityTrainee) -> Answer:
    """Counts from now on."""
    day = command.sent_on
    return stepped(
        work, TRAINEE, command.trainee, (day, "sent_on"), lambda trainee: rules.decide_send(trainee, day)
    )


def train_publicity_trainee(work: Work, command: TrainPublicityTrainee) -> Answer:
    """The end of the training."""
    day = command.trained_on
    return stepped(
        work, TRAINEE, command.trainee, (day, "trained_on"), lambda trainee: rules.decide_train(trainee, day)
    )


def _platform(work: Work, command: InviteFollowers | FollowPlatform | LeavePlatform) -> tuple[UUID, UUID]:
    union = union_of(work, command.union, command.on, "on")
    platform = catalogue("platforms").checked(command.platform, "platform").id
    return uuid5(union, f"platform/{platform}"), union


USE_CASES: dict[type[BaseModel], UseCase] = {
    WriteBroadcastScripts: write_broadcast_scripts,
    ReadBroadcastScripts: read_broadcast_scripts,
    InviteFollowers: invite_followers,
    FollowPlatform: follow_platform,
    LeavePlatform: leave_platform,
    SelectPublicityTrainee: select_publicity_trainee,
    SendPublicityTrainee: send_publicity_trainee,
    TrainPublicityTrainee: train_publicity_trainee,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute(
        "/broadcast-scripts", WriteBroadcastScripts, "Count scripts that were written", creates=True
    ),
    BulkRoute("/broadcast-scripts/bulk", WriteBroadcastScripts, "Count written scripts, many rows at once"),
    CommandRoute("/broadcast-scripts/{batch}/read", ReadBroadcastScripts, "Say that scripts went on air"),
    CommandRoute("/platforms/invite", InviteFollowers, "Invite people to follow a platform", creates=True),
    CommandRoute("/platforms/follow", FollowPlatform, "Say that people follow a platform", creates=True),
    CommandRoute("/platforms/leave", LeavePlatform, "Say that people follow it no more", creates=True),
    CommandRoute("/publicity-trainees", SelectPublicityTrainee, "Choose somebody for training", creates=True),
    CommandRoute("/publicity-trainees/{trainee}/send", SendPublicityTrainee, "Send them to the training"),
    CommandRoute("/publicity-trainees/{trainee}/train", TrainPublicityTrainee, "Say that it is over"),
)
LISTINGS: tuple[Listing, ...] = (
    Listing("/broadcast-scripts", SCRIPTS, "Scripts of the union"),
    Listing("/platforms", PLATFORM, "Followers of the union's platforms"),
    Listing("/publicity-trainees", TRAINEE, "Trainees of the union"),
)
