"""Change what unions are: their form, their name, their targets."""

from pydantic import BaseModel, Field

from services.membership.aggregates import EMPLOYER, UNION
from services.membership.commands.counting import covered_by, members_at_least
from services.membership.commands.fields import (
    BusinessDate,
    CatalogueId,
    Command,
    Division,
    Headcount,
    Name,
    UnionReference,
)
from services.membership.commands.holding import hold_list
from services.membership.commands.references import check_codes, find_union, need_of
from services.membership.domain.establishing import (
    ORGANISER,
    committee_members,
    decide_change_type,
    decide_rename,
    decide_target,
)
from shared.contracts.membership import EstablishmentTargetSet
from shared.http.commands import BulkRoute, CommandRoute
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.needs import Claimed
from shared.work.work import Work


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


def change_union_type(work: Work, command: ChangeUnionType) -> Answer:
    """From one form to another; warns of an organiser where there are enough members for a committee."""
    work.want(need_of(command.union))
    unit, union = find_union(work, command.union, "union")
    covered = covered_by(work, unit)
    events = decide_change_type(union, command.form, len(covered), command.effective_on, work.today)
    hold_list(work, EMPLOYER, unit)
    warnings = []
    if command.form == "joint" and len(covered) == 1:
        warnings.append("joint-union-covers-one-employer")
    if command.form == ORGANISER and members_at_least(work, unit, committee_members(command.effective_on)):
        warnings.append("organiser-with-enough-members")
    answer = work.record(UNION, unit, events, unit)
    return Answer(answer.id, answer.version, tuple(warnings))


def rename_union(work: Work, command: RenameUnion) -> Answer:
    """The union keeps its identity."""
    work.want(need_of(command.union), *([Claimed("division", command.division)] if command.division else []))
    unit, union = find_union(work, command.union, "union")
    if command.division != union.division:
        check_codes(work, command.division, None)
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


USE_CASES: dict[type[BaseModel], UseCase] = {
    ChangeUnionType: change_union_type,
    RenameUnion: rename_union,
    SetEstablishmentTarget: set_establishment_target,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/unions/{union}/change-type", ChangeUnionType, "Change the form of a union"),
    CommandRoute("/unions/{union}/rename", RenameUnion, "Give a union a new name or division code"),
    CommandRoute(
        "/unions/{union}/target", SetEstablishmentTarget, "Set how many unions to establish in a year"
    ),
)
