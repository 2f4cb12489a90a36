"""How many shall get a credential in a year, in the area of a unit (DOMAIN STA-07)."""

from datetime import date
from uuid import UUID, uuid5

from pydantic import BaseModel, ConfigDict

from services.membership.domain.dates import NothingChanges, check_happened
from services.membership.domain.schemes import Scheme
from shared.contracts.membership import CredentialTargetSet
from shared.errors import Refused


class TargetIssuerNotAbove(Refused):
    """A target is set by the unit itself or by one above it."""

    code = "target-issuer-not-above"


class CredentialTarget(BaseModel):
    """State: the number that holds now."""

    model_config = ConfigDict(frozen=True)

    unit: UUID
    scheme: str
    year: int
    number: int | None = None


def target_of(unit: UUID, scheme: str, year: int) -> UUID:
    """One per unit, scheme and year."""
    return uuid5(unit, f"credential-target/{scheme}/{year}")


def decide_set_target(
    before: CredentialTarget,
    scheme: Scheme,
    number: int,
    issuer: tuple[UUID, tuple[UUID, ...]],
    days: tuple[date, date],
) -> tuple[CredentialTargetSet, ...]:
    """`issuer` with the lineage of the unit; `days`: the date, and today."""
    on, today = days
    check_happened(on, today)
    by, lineage = issuer
    if by not in lineage:
        raise TargetIssuerNotAbove(
            "the issuer does not stand above the unit", "issuer", str(by), "name the unit or one above it"
        )
    if before.number == number:
        raise NothingChanges("this target stands already", "number", str(number), "nothing to do")
    told = CredentialTargetSet(
        occurredon=on,
        scheme=scheme.id,
        family=scheme.family,
        year=before.year,
        old_number=before.number,
        number=number,
        issuer=by,
    )
    return (told,)


def evolve(target: CredentialTarget, event: CredentialTargetSet) -> CredentialTarget:
    """The target after the event."""
    return target.model_copy(update={"number": event.number})
