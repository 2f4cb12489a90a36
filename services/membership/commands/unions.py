"""Establish unions, and change what they are."""

from collections.abc import Iterator
from uuid import UUID

from pydantic import BaseModel, Field

from services.membership.aggregates import UNION
from services.membership.commands.employers import record_covered
from services.membership.commands.fields import (
    BusinessDate,
    CatalogueId,
    Command,
    CreditCode,
    Division,
    EmployerReference,
    Headcount,
    Level,
    Name,
    UnionReference,
)
from services.membership.commands.holding import hold_living
from services.membership.commands.references import CreditCodeTaken, find_employer, find_union, need_of
from services.membership.domain import tree
from services.membership.domain.employers import Employer, above_scale
from services.membership.domain.establishing import (
    NewUnion,
    decide_change_type,
    decide_establish,
    decide_rename,
    decide_target,
)
from services.membership.domain.unions import Union
from shared.codes import credit, divisions
from shared.contracts.membership import EstablishmentTargetSet, LineParent
from shared.errors import Refused
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.listing import Listing
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.needs import Claimed
from shared.work.work import Work

LARGEST_COVER = 1000


class DivisionTaken(Refused):
    """Another living union stands for this division."""

    code = "division-taken"


class OnLine(Command):
    """Where the union hangs on one industry line."""

    line: CatalogueId
    parent: UnionReference


class EstablishUnion(Command):
    """A union of any level, from its approval date on (DOMAIN ORG-03)."""

    name: Name
    level: Level
    kind: CatalogueId
    form: CatalogueId = "committee"
    parent: UnionReference | None = None
    approved_on: BusinessDate
    division: Division | None = None
    credit_code: CreditCode | None = None
    lines: tuple[OnLine, ...] = Field(default=(), max_length=20)
    employers: tuple[EmployerReference, ...] = Field(default=(), max_length=LARGEST_COVER)
    above_scale: bool | None = Field(
        default=None, description="Used only where none of the employers has been assessed."
    )


class ChangeUnionType(Command):
    """Another form of organising (DOMAIN ORG-02)."""

    union: UnionReference
    form: CatalogueId
    effective_on: BusinessDate


class RenameUnion(Command):
    """A new name, a new division code, or both; what is not given stays (DOMAIN COD-06)."""

    union: UnionReference
    name: Name | None = None
    division: Division | None = None
    effective_on: BusinessDate


class SetEstablishmentTarget(Command):
    """Unions to establish in a year, set by the next higher union (DOMAIN STA-07)."""

    union: UnionReference
    year: int = Field(strict=True, ge=1949, le=2100)
    population: CatalogueId
    unions: Headcount
    issuer: UnionReference
    set_on: BusinessDate


def establish_union(work: Work, command: EstablishUnion) -> Answer:
    """Its employers are covered in the same breath."""
    named = [each for each in (command.parent, *(line.parent for line in command.lines)) if each]
    codes = [("division", command.division), ("credit-code", command.credit_code)]
    claimed = [Claimed(kind, code) for kind, code in codes if code]
    work.want(*claimed, *(need_of(each) for each in (*named, *command.employers)))
    _check_codes(work, command.division, command.credit_code)
    parent = find_union(work, command.parent, "parent") if command.parent else None
    lines = [(each.line, find_union(work, each.parent, "lines.parent")) for each in command.lines]
    employers = [find_employer(work, each, "employers") for each in command.employers]
    new = _new_union(command, parent, lines, employers)
    tree.check_place(new.level, parent[1] if parent else None, new.approved_on, new.kind)
    tree.check_lines(new, {id_: union for _, (id_, union) in lines})
    unit = work.new_id()
    answer = work.record(UNION, unit, decide_establish(new, work.today), unit)
    for id_, union in [*([parent] if parent else []), *(each for _, each in lines)]:
        hold_living(work, id_, union)
    for id_, _ in employers:
        record_covered(work, id_, unit, new.approved_on)
    return Answer(unit, answer.version, tuple(_doubts(command, new)))


def change_union_type(work: Work, command: ChangeUnionType) -> Answer:
    """From one form to another."""
    work.want(need_of(command.union))
    unit, union = find_union(work, command.union, "union")
    events = decide_change_type(union, command.form, command.effective_on, work.today)
    return work.record(UNION, unit, events, unit)


def rename_union(work: Work, command: RenameUnion) -> Answer:
    """The union keeps its identity."""
    work.want(need_of(command.union), *([Claimed("division", command.division)] if command.division else []))
    unit, union = find_union(work, command.union, "union")
    if command.division != union.division:
        _check_codes(work, command.division, None)
    events = decide_rename(union, command.name, command.division, command.effective_on, work.today)
    return work.record(UNION, unit, events, unit)


def set_establishment_target(work: Work, command: SetEstablishmentTarget) -> Answer:
    """The target counts for the union it is set for."""
    work.want(need_of(command.union), need_of(command.issuer))
    unit, union = find_union(work, command.union, "union")
    issuer, _ = find_union(work, command.issuer, "issuer")
    target = EstablishmentTargetSet(
        occurredon=command.set_on,
        year=command.year,
        population=command.population,
        old_unions=None,
        unions=command.unions,
        issuer=issuer,
    )
    return work.record(UNION, unit, decide_target(union, target, work.today), unit)


def _new_union(
    command: EstablishUnion,
    parent: tuple[UUID, Union] | None,
    lines: list[tuple[str, tuple[UUID, Union]]],
    employers: list[tuple[UUID, Employer]],
) -> NewUnion:
    assessed = above_scale(tuple(state for _, state in employers))
    return NewUnion(
        **command.model_dump(
            include={"name", "level", "kind", "form", "approved_on", "division", "credit_code"}
        ),
        above_scale=command.above_scale if assessed is None else assessed,
        parent=parent[0] if parent else None,
        lines=tuple(LineParent(line=line, parent=id_) for line, (id_, _) in lines),
        employers=tuple(id_ for id_, _ in employers),
    )


def _check_codes(work: Work, division: str | None, credit_code: str | None) -> None:
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


def _doubts(command: EstablishUnion, new: NewUnion) -> Iterator[str]:
    if command.credit_code and (doubt := credit.union_warning(credit.checked(command.credit_code))):
        yield doubt.code
    if command.division and divisions.level(command.division) != command.level:
        yield "division-of-other-level"
    if command.form == "joint" and len(new.employers) == 1:
        yield "joint-union-covers-one-employer"
    if command.above_scale is not None and command.above_scale != new.above_scale:
        yield "above-scale-follows-the-assessment"


USE_CASES: dict[type[BaseModel], UseCase] = {
    EstablishUnion: establish_union,
    ChangeUnionType: change_union_type,
    RenameUnion: rename_union,
    SetEstablishmentTarget: set_establishment_target,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/unions", EstablishUnion, "Establish a union", creates=True),
    BulkRoute("/unions/bulk", EstablishUnion, "Establish unions, parents before children"),
    CommandRoute("/unions/{union}/change-type", ChangeUnionType, "Change the form of a union"),
    CommandRoute("/unions/{union}/rename", RenameUnion, "Give a union a new name or division code"),
    CommandRoute(
        "/unions/{union}/target", SetEstablishmentTarget, "Set how many unions to establish in a year"
    ),
)
LISTINGS: tuple[Listing, ...] = ()
