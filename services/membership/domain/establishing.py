"""How a union comes into being and changes: name, code, form, targets (DOMAIN ORG-02, ORG-03, COD-06)."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.membership.domain.dates import NothingChanges, check_happened, check_not_before
from services.membership.domain.unions import GRASSROOTS, Union, check_living
from shared.catalogues import catalogue
from shared.contracts.membership import (
    EstablishmentTargetSet,
    LineParent,
    UnionEstablished,
    UnionRenamed,
    UnionTypeChanged,
)
from shared.errors import Malformed, Refused
from shared.rules import rule


class KindNotOfLevel(Malformed):
    """A union of this kind cannot have this level."""

    code = "kind-not-of-level"


class NotTheParent(Refused):
    """Targets are set by the next higher union."""

    code = "not-the-parent"


class PreparationMissing(Refused):
    """A grassroots union is prepared before it is established, or is taken over from the paper register."""

    code = "preparation-missing"


ORGANISER = "organiser"


def committee_members(on: date) -> int:
    """From so many members on a committee must be formed (DOMAIN ORG-02)."""
    return rule("union.committee_members", on)


class NewUnion(BaseModel):
    """What is asked for when a union is established; references are resolved already."""

    model_config = ConfigDict(frozen=True)

    name: str
    level: int
    kind: str
    form: str
    approved_on: date
    division: str | None = None
    credit_code: str | None = None
    above_scale: bool | None = None
    parent: UUID | None = None
    lines: tuple[LineParent, ...] = ()
    employers: tuple[UUID, ...] = ()
    taken_over: bool = False
    preparation: UUID | None = None
    met_on: date | None = None
    document: str | None = None
    recorder: str | None = None
    approver: str | None = None


def decide_establish(new: NewUnion, today: date) -> tuple[UnionEstablished, ...]:
    """Established on the approval date (DOMAIN ORG-03); its place in the tree is checked in `tree`.

    What its preparation must have seen is checked in `preparing`.
    """
    check_happened(new.approved_on, today, "approved_on")
    if new.level == GRASSROOTS and new.preparation is None and not new.taken_over:
        raise PreparationMissing(
            "a grassroots union is established after its preparation",
            "preparation",
            "",
            "name the preparation, or say that the union is taken over from the paper register",
        )
    lowest, highest = catalogue("union_kinds").checked(new.kind, "kind").levels or (1, 8)
    if not lowest <= new.level <= highest:
        raise KindNotOfLevel(
            f"the kind {new.kind} stands at levels {lowest} to {highest}",
            "level",
            str(new.level),
            "choose another kind, or correct the level",
        )
    catalogue("forms").checked(new.form, "form")
    body = new.model_dump(exclude={"approved_on"})
    return (UnionEstablished(occurredon=new.approved_on, **body),)


def decide_change_type(
    union: Union, form: str, employers: int, on: date, today: date
) -> tuple[UnionTypeChanged, ...]:
    """Another form of organising, from `on` on, while it covers so many employers (DOMAIN ORG-02)."""
    catalogue("forms").checked(form, "form")
    check_happened(on, today)
    check_living(union, on)
    check_not_before(union.formed_on, on)
    if form == union.form:
        raise NothingChanges("the union has this form already", "form", form, "nothing to do")
    return (
        UnionTypeChanged(
            occurredon=on,
            kind=union.kind,
            level=union.level,
            old_form=union.form,
            form=form,
            employers=employers,
        ),
    )


def decide_rename(
    union: Union, name: str | None, division: str | None, on: date, today: date
) -> tuple[UnionRenamed, ...]:
    """A new name or division code; None leaves it as it is (DOMAIN COD-06)."""
    check_happened(on, today)
    check_living(union, on)
    check_not_before(union.named_on, on)
    event = UnionRenamed(
        occurredon=on,
        old_name=union.name,
        name=name or union.name,
        old_division=union.division,
        division=division or union.division,
    )
    if (event.name, event.division) == (union.name, union.division):
        raise NothingChanges("name and division are these already", "name", event.name, "nothing to do")
    return (event,)


def decide_target(
    union: Union, target: EstablishmentTargetSet, today: date
) -> tuple[EstablishmentTargetSet, ...]:
    """Unions to establish in a year; `old_unions` is filled in here (DOMAIN STA-07)."""
    check_happened(target.occurredon, today)
    check_living(union, target.occurredon)
    catalogue("populations").checked(target.population, "population")
    if target.issuer != union.parent(target.occurredon):
        raise NotTheParent(
            "a target is set by the next higher union",
            "issuer",
            str(target.issuer),
            f"name the parent {union.parent(target.occurredon)}",
        )
    old = union.targets.get(f"{target.year}/{target.population}")
    if old == target.unions:
        raise NothingChanges("the target is this already", "unions", str(old), "nothing to do")
    return (target.model_copy(update={"old_unions": old}),)
