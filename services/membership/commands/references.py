"""From what a caller knows (an id, a division code, a credit code) to aggregates, by claims."""

from uuid import UUID

from services.membership.aggregates import EMPLOYER, MEMBER, UNION
from services.membership.domain.employers import Employer
from services.membership.domain.members import Member
from services.membership.domain.unions import Union
from shared.errors import NotFound, Refused
from shared.http.fields import DIVISION_DIGITS
from shared.work.needs import Claimed, Need, Own
from shared.work.work import Work

UUID_CHARACTERS = 36


class UnionUnknown(NotFound):
    """No union goes by this id or code."""

    code = "union-unknown"


class EmployerUnknown(NotFound):
    """No employer goes by this id or code."""

    code = "employer-unknown"


class EmployerWithoutUnion(Refused):
    """The credit code is that of an employer which no union covers."""

    code = "employer-without-union"


class MemberUnknown(NotFound):
    """No membership goes by this id."""

    code = "member-unknown"


class CreditCodeTaken(Refused):
    """The credit code belongs to another union or employer."""

    code = "credit-code-taken"


class DivisionTaken(Refused):
    """Another living union stands for this division."""

    code = "division-taken"


def need_of(reference: str) -> Need:
    """What must be fetched to find something by its reference."""
    if len(reference) == UUID_CHARACTERS:
        return Own(UUID(reference))
    return Claimed("division" if len(reference) == DIVISION_DIGITS else "credit-code", reference)


def find_union(work: Work, reference: str, field: str) -> tuple[UUID, Union]:
    """The union; by an employer's credit code, the union that covers it. Raises UnionUnknown."""
    id_ = _id_of(work, reference)
    union = work.get(UNION, id_) if id_ else None
    if id_ and union is None and (employer := work.get(EMPLOYER, id_)):
        id_ = _covering(employer, reference, field)
        union = work.get(UNION, id_)
    if id_ is None or union is None:
        raise UnionUnknown(
            "no union goes by this id or code", field, reference, "check it, or establish the union first"
        )
    return id_, union


def find_employer(work: Work, reference: str, field: str) -> tuple[UUID, Employer]:
    """The employer. Raises EmployerUnknown."""
    id_ = _id_of(work, reference)
    employer = work.get(EMPLOYER, id_) if id_ else None
    if id_ is None or employer is None:
        raise EmployerUnknown(
            "no employer goes by this id or code",
            field,
            reference,
            "check it, or register the employer first",
        )
    return id_, employer


def find_member(work: Work, member: UUID, field: str = "member") -> Member:
    """The member. Raises MemberUnknown."""
    found = work.get(MEMBER, member)
    if found is None:
        raise MemberUnknown("no membership goes by this id", field, str(member), "check the id")
    return found


def check_codes(work: Work, division: str | None, credit_code: str | None) -> None:
    """Raises DivisionTaken or CreditCodeTaken."""
    if division and (owner := work.owner("division", division)):
        raise DivisionTaken(
            f"the union {owner} stands for this division",
            "division",
            division,
            "end or rename that union first",
        )
    if credit_code and (owner := work.owner("credit-code", credit_code)):
        raise CreditCodeTaken(
            f"the code belongs to {owner}", "credit_code", credit_code, "compare with the certificate"
        )


def area_of(work: Work, unit: UUID) -> str:
    """The division code of the unit, or of the nearest above it that has one; "" where none has.

    Local rules hold by it (`shared.rules`).
    """
    here: UUID | None = unit
    while here is not None and (union := work.get(UNION, here)) is not None:
        if union.division:
            return union.division
        here = union.parent(work.today)
    return ""


def _covering(employer: Employer, reference: str, field: str) -> UUID:
    if employer.union is None:
        raise EmployerWithoutUnion(
            "this is an employer which no union covers",
            field,
            reference,
            "name the union, or let a union cover the employer first",
        )
    return employer.union


def _id_of(work: Work, reference: str) -> UUID | None:
    if len(reference) == UUID_CHARACTERS:
        return UUID(reference)
    return work.owner("division" if len(reference) == DIVISION_DIGITS else "credit-code", reference)
