"""Joint meetings between congresses, which cannot settle reserved matters for good (DOMAIN RIG-12)."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from services.rights.domain.congress import CongressSession
from services.rights.domain.resolutions import matters
from shared.contracts.rights import JointMatter, JointMatterTakenUp, JointMeetingHeld
from shared.errors import Refused
from shared.frozen import Frozen

JointEvent = JointMeetingHeld | JointMatterTakenUp


class NothingAwaitsCongress(Refused):
    """The matter was not passed there, is not reserved, or has been dealt with."""

    code = "nothing-awaits-congress"


class SessionNotLater(Refused):
    """It is for the next congress: a session of the same union that met after the joint meeting."""

    code = "session-not-later"


class JointMeeting(Frozen):
    """`awaiting` are the reserved matters that still have to come before the congress."""

    union: UUID
    held_on: date
    awaiting: tuple[str, ...]


def joint_matters(named: Sequence[str]) -> tuple[JointMatter, ...]:
    """With what the law reserves."""
    entries = [matters().checked(each, "matters") for each in named]
    return tuple(JointMatter(matter=each.id, reserved=each.reserved) for each in entries)


def reserved_warnings(passed: Sequence[JointMatter]) -> tuple[str, ...]:
    """Told, and due at the next congress."""
    return ("reserved-to-congress",) if any(each.reserved for each in passed) else ()


def decide_take_up(
    state: JointMeeting, session: CongressSession, taken: JointMatterTakenUp
) -> tuple[JointMatterTakenUp]:
    """By a session that has met since."""
    if taken.matter not in state.awaiting:
        raise NothingAwaitsCongress(
            f"{', '.join(state.awaiting) or 'nothing'} awaits the congress",
            field="matter",
            value=taken.matter,
            remedy="check the meeting and the matter",
        )
    met = session.stage != "scheduled" and session.union == state.union
    if not met or taken.occurredon < state.held_on or session.latest_on < state.held_on:
        raise SessionNotLater(
            f"the joint meeting was on {state.held_on}",
            field="session",
            value=str(taken.session),
            remedy="name a session of the same union that met after it",
        )
    return (taken,)


def evolve(state: JointMeeting | None, event: JointEvent) -> JointMeeting:
    """The meeting after the event."""
    if isinstance(event, JointMeetingHeld):
        awaiting = tuple(each.matter for each in event.matters if each.reserved)
        return JointMeeting(union=event.union, held_on=event.occurredon, awaiting=awaiting)
    assert state is not None
    left = list(state.awaiting)
    left.remove(event.matter)
    return state.model_copy(update={"awaiting": tuple(left)})
