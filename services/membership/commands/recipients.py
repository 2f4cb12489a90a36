"""Who gets an honour: a person of the register, an organisation, or a team inside one."""

from uuid import UUID

from pydantic import Field

from services.membership.aggregates import EMPLOYER, UNION
from services.membership.commands.fields import Command, EmployerReference
from services.membership.commands.people import find_person
from services.membership.commands.references import UUID_CHARACTERS, need_of
from services.membership.domain.honouring import Recipient
from services.membership.domain.members import membership_of
from services.membership.domain.unions import GRASSROOTS
from shared.errors import Malformed, NotFound
from shared.http.fields import DIVISION_DIGITS
from shared.work.needs import Need, Own
from shared.work.work import Work


class RecipientUnclear(Malformed):
    """Nobody is named, or two are."""

    code = "recipient-unclear"


class RecipientUnknown(NotFound):
    """Neither an employer nor a union goes by this."""

    code = "recipient-unknown"


class OfRecipient(Command):
    """Exactly one of the three; a union of a level below the grassroots is a team, too."""

    person: UUID | None = None
    organisation: EmployerReference | None = Field(default=None, description="An employer or a union.")
    team_in: EmployerReference | None = Field(
        default=None, description="The employer or union it belongs to."
    )


def needs_of(command: OfRecipient) -> tuple[Need, ...]:
    """What finding the recipient will read."""
    named = tuple(need_of(each) for each in (command.organisation, command.team_in) if each)
    person = (Own(command.person), Own(membership_of(command.person))) if command.person else ()
    return (*named, *person)


def find_recipient(work: Work, command: OfRecipient) -> Recipient:
    """Raises RecipientUnclear, RecipientUnknown, PersonUnknown."""
    said = [each for each in (command.person, command.organisation, command.team_in) if each is not None]
    if len(said) != 1:
        raise RecipientUnclear(
            "one recipient gets an honour",
            "person",
            "",
            "give a person, an organisation or the place of a team",
        )
    if command.person is not None:
        find_person(work, command.person)
        return Recipient("person", command.person)
    if command.team_in is not None:
        return Recipient("team", _organisation(work, command.team_in, "team_in"))
    id_ = _organisation(work, str(command.organisation), "organisation")
    union = work.get(UNION, id_)
    inner = union is not None and union.level > GRASSROOTS
    return Recipient("team" if inner else "organisation", id_)


def _organisation(work: Work, reference: str, field: str) -> UUID:
    kind = "division" if len(reference) == DIVISION_DIGITS else "credit-code"
    id_ = UUID(reference) if len(reference) == UUID_CHARACTERS else work.owner(kind, reference)
    if id_ is None or (work.get(EMPLOYER, id_) is None and work.get(UNION, id_) is None):
        raise RecipientUnknown(
            "no employer or union goes by this", field, reference, "check it, or register it"
        )
    return id_
