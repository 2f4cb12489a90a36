"""Archives inspected by peers, integrity talks and what follows from them, partners."""

from datetime import date
from typing import assert_never
from uuid import UUID

from shared.contracts.affairs import (
    ArchiveCorrected,
    ArchiveFiled,
    ArchiveInspected,
    IntegrityTalkFollowedUp,
    IntegrityTalkHeld,
    IntegrityTalkPlanned,
    JointActivityHeld,
    PartnerJoined,
    PartnerProposed,
    PartnershipConcluded,
)
from shared.errors import Refused
from shared.frozen import Frozen
from shared.stages import refuse_step

ArchiveEvent = ArchiveFiled | ArchiveInspected | ArchiveCorrected
TalkEvent = IntegrityTalkPlanned | IntegrityTalkHeld | IntegrityTalkFollowedUp
PartnerEvent = PartnerProposed | PartnerJoined | JointActivityHeld | PartnershipConcluded


class InspectorIsNoPeer(Refused):
    """Archives are inspected by another union under the same one."""

    code = "archive-inspector-is-no-peer"


class MoreCorrectedThanFound(Refused):
    """Only gaps that were found are closed."""

    code = "archive-more-corrected-than-found"


class MoreFollowedUpThanRaised(Refused):
    """Only issues that came up are dealt with."""

    code = "talk-more-followed-up-than-raised"


class Archive(Frozen):
    """The papers of one union and year; `gaps` are those that are open."""

    union: UUID
    year: int
    gaps: int = 0
    stage: str = "filed"
    since: date


class Talk(Frozen):
    """One talk; `issues` are those that are open."""

    union: UUID
    kind: str
    issues: int = 0
    stage: str = "planned"
    since: date


class Partnership(Frozen):
    """A union and one body it works with."""

    union: UUID
    partner: str
    activities: int = 0
    stage: str = "proposed"
    since: date


def decide_inspect(
    archive: Archive, inspector: UUID, gaps: int, on: date, *, peer: bool
) -> tuple[ArchiveInspected]:
    """Once, by a peer."""
    refuse_step(archive, ("filed",), on, "inspected_on")
    if not peer or inspector == archive.union:
        raise InspectorIsNoPeer(
            "it is no other union under the same one", "inspector", str(inspector), "name a peer"
        )
    found = ArchiveInspected(
        occurredon=on, union=archive.union, inspector=inspector, year=archive.year, gaps=gaps
    )
    return (found,)


def decide_correct(archive: Archive, gaps: int, on: date) -> tuple[ArchiveCorrected]:
    """Some or all of what is open."""
    refuse_step(archive, ("inspected",), on, "corrected_on")
    left = archive.gaps - gaps
    if left < 0:
        raise MoreCorrectedThanFound(f"{archive.gaps} are open", "gaps", str(gaps), "give at most as many")
    return (ArchiveCorrected(occurredon=on, union=archive.union, year=archive.year, gaps=gaps, left=left),)


def evolve_archive(archive: Archive | None, event: ArchiveEvent) -> Archive:
    """The archive after the event."""
    if isinstance(event, ArchiveFiled):
        return Archive(union=event.union, year=event.year, since=event.occurredon)
    assert archive is not None
    change: dict[str, object] = {"since": event.occurredon}
    if isinstance(event, ArchiveInspected):
        change |= {"stage": "inspected" if event.gaps else "in order", "gaps": event.gaps}
    else:
        change |= {"stage": "inspected" if event.left else "in order", "gaps": event.left}
    return archive.model_copy(update=change)


def decide_hold(talk: Talk, participants: int, issues: int, on: date) -> tuple[IntegrityTalkHeld]:
    """Once."""
    refuse_step(talk, ("planned",), on, "held_on")
    return (IntegrityTalkHeld(occurredon=on, kind=talk.kind, participants=participants, issues=issues),)


def decide_follow_up(talk: Talk, issues: int, on: date) -> tuple[IntegrityTalkFollowedUp]:
    """Some or all of what came up."""
    refuse_step(talk, ("held",), on, "followed_up_on")
    left = talk.issues - issues
    if left < 0:
        raise MoreFollowedUpThanRaised(
            f"{talk.issues} are open", "issues", str(issues), "give at most as many"
        )
    return (IntegrityTalkFollowedUp(occurredon=on, kind=talk.kind, issues=issues, left=left),)


def evolve_talk(talk: Talk | None, event: TalkEvent) -> Talk:
    """The talk after the event."""
    if isinstance(event, IntegrityTalkPlanned):
        return Talk(union=event.union, kind=event.kind, since=event.occurredon)
    assert talk is not None
    left = event.issues if isinstance(event, IntegrityTalkHeld) else event.left
    stage = "followed up" if isinstance(event, IntegrityTalkFollowedUp) and not left else "held"
    return talk.model_copy(update={"stage": stage, "issues": left, "since": event.occurredon})


def decide_join(partnership: Partnership, on: date) -> tuple[PartnerJoined]:
    """The other body agrees."""
    refuse_step(partnership, ("proposed",), on, "joined_on")
    return (PartnerJoined(occurredon=on, union=partnership.union, partner=partnership.partner),)


def decide_act(
    partnership: Partnership, participants: int, activity: UUID | None, on: date
) -> tuple[JointActivityHeld]:
    """While they work together."""
    refuse_step(partnership, ("joined",), on, "held_on")
    held = JointActivityHeld(
        occurredon=on,
        union=partnership.union,
        partner=partnership.partner,
        participants=participants,
        activity=activity,
    )
    return (held,)


def decide_conclude(partnership: Partnership, on: date) -> tuple[PartnershipConcluded]:
    """For good."""
    refuse_step(partnership, ("joined",), on, "concluded_on")
    return (PartnershipConcluded(occurredon=on, union=partnership.union, partner=partnership.partner),)


def evolve_partnership(partnership: Partnership | None, event: PartnerEvent) -> Partnership:
    """The partnership after the event."""
    if isinstance(event, PartnerProposed):
        return Partnership(union=event.union, partner=event.partner, since=event.occurredon)
    assert partnership is not None
    change: dict[str, object]
    match event:
        case PartnerJoined():
            change = {"stage": "joined", "since": event.occurredon}
        case JointActivityHeld():
            change = {"activities": partnership.activities + 1}
        case PartnershipConcluded():
            change = {"stage": "concluded", "since": event.occurredon}
        case _:
            assert_never(event)
    return partnership.model_copy(update=change)
