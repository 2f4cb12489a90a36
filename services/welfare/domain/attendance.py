"""One person at one occasion that is told by name."""

from datetime import date
from uuid import UUID

from services.welfare.domain.benefits import Benefit
from shared.contracts.welfare import BenefitAttendanceWithdrawn, BenefitAttended
from shared.errors import Refused
from shared.frozen import Frozen


class BenefitCounted(Refused):
    """Those who came were told as counts."""

    code = "benefit-counted"


class BenefitNotHeld(Refused):
    """Nobody was there before it was held."""

    code = "benefit-not-held"


class AttendedAlready(Refused):
    """The person was told before."""

    code = "attended-already"


class AttendanceWithdrawn(Refused):
    """It was withdrawn before."""

    code = "attendance-withdrawn"


class Attendance(Frozen):
    """The present word on one person at one occasion; `on` is the day it was held."""

    union: UUID
    benefit: UUID
    kind: str
    payer: str
    person: UUID
    group: str
    on: date
    withdrawn: bool = False


def decide_attend(
    state: Attendance | None, id_: UUID, benefit: Benefit, person: UUID, group: str
) -> tuple[BenefitAttended]:
    """Counts on the day it was held, whenever it is told."""
    if not benefit.by_name:
        raise BenefitCounted(
            "this occasion has counts", field="benefit", value=str(id_), remedy="plan it by name"
        )
    if benefit.held_on is None:
        raise BenefitNotHeld(
            f"it is {benefit.stage}", field="benefit", value=str(id_), remedy="tell first that it was held"
        )
    if state and not state.withdrawn:
        raise AttendedAlready(
            "this person was told before",
            field="person",
            value=str(person),
            remedy="nothing is to be done",
        )
    return (
        BenefitAttended(
            occurredon=benefit.held_on,
            union=benefit.union,
            kind=benefit.kind,
            benefit=id_,
            person=person,
            payer=benefit.payer,
            group=group,
        ),
    )


def decide_withdraw(state: Attendance, id_: UUID) -> tuple[BenefitAttendanceWithdrawn]:
    """Takes it off the day on which it counted."""
    if state.withdrawn:
        raise AttendanceWithdrawn(
            "it was withdrawn", field="attendance", value=str(id_), remedy="nothing is to be done"
        )
    return (
        BenefitAttendanceWithdrawn(
            occurredon=state.on,
            kind=state.kind,
            benefit=state.benefit,
            person=state.person,
            payer=state.payer,
            group=state.group,
        ),
    )


def evolve(state: Attendance | None, event: BenefitAttended | BenefitAttendanceWithdrawn) -> Attendance:
    """The word after the event."""
    if isinstance(event, BenefitAttended):
        return Attendance(
            union=event.union,
            benefit=event.benefit,
            kind=event.kind,
            payer=event.payer,
            person=event.person,
            group=event.group,
            on=event.occurredon,
        )
    assert state is not None
    return state.model_copy(update={"withdrawn": True})
