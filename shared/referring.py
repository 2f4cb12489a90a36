"""Finding unions and employers by what people know of them: id, division code, credit code.

For services that hold copies of membership's facts (`shared.units`).
"""

from datetime import date
from uuid import UUID

from shared.errors import NotYetKnown, Refused
from shared.standing import refuse_future, refuse_unless_existing
from shared.units import EMPLOYER, UNIT
from shared.work.needs import Copied, Named, Need
from shared.work.work import Work

NAMES = {12: "division", 18: "union-credit-code"}
"""How a union may be called instead of its id, by the length of the text."""


class UnionUnmatched(NotYetKnown):
    """No living union with this division or credit code has arrived here."""

    code = "union-unmatched"


class UnionAmbiguous(Refused):
    """Several living unions go by this code."""

    code = "union-ambiguous"


class EmployerUnmatched(NotYetKnown):
    """No employer with this credit code has arrived here."""

    code = "employer-unmatched"


class EmployerAmbiguous(Refused):
    """Several employers go by this code."""

    code = "employer-ambiguous"


def need_of_union(text: str) -> Need:
    """What must be fetched to find a union by this text."""
    name = NAMES.get(len(text))
    return Named(name, text) if name else Copied(UNIT.name, UUID(text))


def need_of_employer(text: str) -> Need:
    """What must be fetched to find an employer by this text."""
    return Named("credit-code", text) if len(text) == 18 else Copied(EMPLOYER.name, UUID(text))


def find_union(work: Work, text: str, field: str = "union") -> UUID:
    """The living union of a code, or the id as it stands; raises UnionUnmatched, UnionAmbiguous.

    An id that has not arrived is refused with `NotYetKnown`.
    """
    name = NAMES.get(len(text))
    if name is None:
        work.copied(UNIT, UUID(text))
        return UUID(text)
    found = work.named(name, text)
    work.want(*(Copied(UNIT.name, each) for each in found))
    living = [each for each in found if work.copied(UNIT, each).ended_on is None]
    if len(living) == 1:
        return living[0]
    if living:
        raise UnionAmbiguous(
            f"{len(living)} living unions go by this code",
            field=field,
            value=text,
            remedy="name one by its id",
        )
    raise UnionUnmatched(
        "no living union with this code is known", field=field, value=text, remedy="check the code"
    )


def find_employer(work: Work, text: str, field: str = "employer") -> UUID:
    """The employer of a credit code or id; raises EmployerUnmatched, EmployerAmbiguous, NotYetKnown."""
    if len(text) != 18:
        work.copied(EMPLOYER, UUID(text))
        return UUID(text)
    found = work.named("credit-code", text)
    if not found:
        raise EmployerUnmatched(
            "no employer with this credit code is known",
            field=field,
            value=text,
            remedy="register the employer, then send it again",
        )
    if len(found) > 1:
        raise EmployerAmbiguous(
            f"{len(found)} employers go by this code",
            field=field,
            value=text,
            remedy="name the employer by its id",
        )
    return found[0]


def refuse_bad_date(work: Work, union: UUID, on: date, field: str) -> None:
    """A date up to today on which the union existed; see `shared.standing` for the refusals."""
    refuse_future(on, work.today, field)
    refuse_unless_existing(work.copied(UNIT, union), on, field)


def area_of(work: Work, unit: UUID) -> str:
    """The division code of the unit, or of the nearest above it that has one; "" where none has.

    Local rules hold by it (`shared.rules`).
    """
    here: UUID | None = unit
    while here is not None:
        copy = work.copied(UNIT, here)
        if copy.division:
            return copy.division
        here = copy.parent_on(work.today)
    return ""
