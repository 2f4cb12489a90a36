"""Hidden, then erased: never by one alone, never while papers that name the person have to be kept.

A member cannot be erased. What happened stays, with the random id; nobody can say any more whose it was.
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID, uuid5

from pydantic import BaseModel, ConfigDict

from services.membership.domain.placed import At
from shared.approval import refuse_own
from shared.contracts.membership import PersonErased, PersonReleased, PersonRestricted
from shared.errors import Gone, NotPermitted, Refused
from shared.stages import refuse_step

OPEN, RESTRICTED, ERASED = "open", "restricted", "erased"


class StillMember(Refused):
    """Data of a member are needed as long as the membership lasts."""

    code = "still-member"


class StillRetained(Refused):
    """Papers that name the person have to be kept longer (DOMAIN PRI-09)."""

    code = "still-retained"


class DataRestricted(NotPermitted):
    """The personal data are hidden from all work."""

    code = "person-restricted"


class DataErased(Gone):
    """The personal data are erased."""

    code = "person-erased"


class PersonalRecord(BaseModel):
    """What may be done with the personal data of somebody; the data themselves are in the vault."""

    model_config = ConfigDict(frozen=True)

    person: UUID
    unit: UUID
    stage: str
    since: date
    reason: str
    recorder: str


def record_of(person: UUID) -> UUID:
    """The id of what is said of a person's data."""
    return uuid5(person, "personal data")


def decide_restrict(
    record: PersonalRecord | None, restricted: PersonRestricted
) -> Sequence[PersonRestricted]:
    """Also of a member, while a dispute about the data goes on."""
    if record is not None:
        refuse_step(record, (OPEN,), restricted.occurredon, "restricted_on")
    return (restricted,)


def decide_release(record: PersonalRecord, on: date) -> Sequence[PersonReleased]:
    """Back to work."""
    refuse_step(record, (RESTRICTED,), on, "released_on")
    return (PersonReleased(occurredon=on, person=record.person),)


def decide_erase(
    record: PersonalRecord, approver: str, on: date, retained_until: date, *, member: bool
) -> Sequence[PersonErased]:
    """By somebody else than who restricted them; raises StillMember, StillRetained, ApproverIsRecorder."""
    refuse_step(record, (RESTRICTED,), on, "erased_on")
    refuse_own(record.recorder, approver)
    if member:
        raise StillMember(
            "they are a member", field="person", value=str(record.person), remedy="end the membership first"
        )
    if retained_until > on:
        raise StillRetained(
            f"papers that name this person are kept until {retained_until}",
            field="retained_until",
            value=str(retained_until),
            remedy="they stay restricted until then",
        )
    erased = PersonErased(occurredon=on, person=record.person, reason=record.reason, approver=approver)
    return (erased,)


def refuse_hidden(record: PersonalRecord | None, person: UUID) -> None:
    """Raises DataErased or DataRestricted where the data may not be worked with."""
    if record is None or record.stage == OPEN:
        return
    if record.stage == ERASED:
        raise erased(person, record.since)
    raise restricted(person, record.since)


def erased(person: UUID, since: date) -> DataErased:
    """The answer to whoever asks for data that are erased."""
    return DataErased(
        f"the personal data were erased on {since}",
        field="person",
        value=str(person),
        remedy="nothing brings them back; register the person anew where they come again",
    )


def restricted(person: UUID, since: date) -> DataRestricted:
    """The answer to whoever asks for data that are hidden."""
    return DataRestricted(
        f"the personal data are restricted since {since}",
        field="person",
        value=str(person),
        remedy="release them first, if there is a reason to",
    )


def evolve(record: PersonalRecord | None, placed: At) -> PersonalRecord:
    """The next state."""
    unit, event = placed
    match event:
        case PersonRestricted(person=person, reason=reason, recorder=recorder, occurredon=day):
            return PersonalRecord(
                person=person, unit=unit, stage=RESTRICTED, since=day, reason=reason, recorder=recorder
            )
        case PersonReleased(occurredon=day):
            return _at(record, OPEN, day)
        case PersonErased(occurredon=day):
            return _at(record, ERASED, day)
    raise TypeError(f"{type(event).__name__} does not happen to personal data")


def _at(record: PersonalRecord | None, stage: str, day: date) -> PersonalRecord:
    assert record is not None
    return record.model_copy(update={"stage": stage, "since": day})
