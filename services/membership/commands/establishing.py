"""Establish unions: after their preparation, or taken over from the paper register (DOMAIN ORG-03)."""

from collections.abc import Iterator
from typing import NamedTuple
from uuid import UUID

from pydantic import BaseModel, Field

from services.membership.aggregates import UNION
from services.membership.commands.committees import Years, found_committee
from services.membership.commands.employers import record_covered
from services.membership.commands.fields import (
    BusinessDate,
    CatalogueId,
    Command,
    CreditCode,
    Division,
    EmployerReference,
    Level,
    Name,
    UnionReference,
)
from services.membership.commands.holding import hold_living
from services.membership.commands.preparations import LARGEST_COVER, PREPARATION, preparation_at
from services.membership.commands.references import check_codes, find_employer, find_union, need_of
from services.membership.domain import tree
from services.membership.domain.committees import Term
from services.membership.domain.employers import Employer, above_scale
from services.membership.domain.establishing import NewUnion, decide_establish
from services.membership.domain.preparing import Preparation, check_open, decide_conclude
from services.membership.domain.unions import GRASSROOTS, Union
from shared.codes import credit, divisions
from shared.contracts.membership import LineParent
from shared.errors import Malformed
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import DocumentNumber
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.finding import find
from shared.work.needs import Claimed, Own
from shared.work.work import Work


class PreparationElsewhere(Malformed):
    """A union that is taken over, or stands above or inside the grassroots, has no preparation."""

    code = "preparation-elsewhere"


class EmployersOfPreparation(Malformed):
    """The union covers the employers of its preparation, no others."""

    code = "employers-of-preparation"


class DocumentMissing(Malformed):
    """The approval has a number."""

    code = "document-missing"


class TermElsewhere(Malformed):
    """The committee of a union without a preparation is entered on its own."""

    code = "term-elsewhere"


class OnLine(Command):
    """Where the union hangs on one industry line."""

    line: CatalogueId
    parent: UnionReference


class EstablishUnion(Command):
    """A union of any level, from its approval date on (DOMAIN ORG-03).

    A grassroots union names its preparation, which brings its employers and the parent; or it existed before
    this register and is `taken_over`.
    """

    name: Name
    level: Level
    kind: CatalogueId
    form: CatalogueId = "committee"
    parent: UnionReference | None = None
    approved_on: BusinessDate
    preparation: UUID | None = None
    document: DocumentNumber | None = None
    term_years: Years | None = Field(
        default=None, description="Term of the committee that the founding election brought."
    )
    taken_over: bool = Field(default=False, description="It existed before it was entered here.")
    division: Division | None = None
    credit_code: CreditCode | None = None
    lines: tuple[OnLine, ...] = Field(default=(), max_length=20)
    employers: tuple[EmployerReference, ...] = Field(default=(), max_length=LARGEST_COVER)
    above_scale: bool | None = Field(
        default=None, description="Used only where none of the employers has been assessed."
    )


class Found(NamedTuple):
    """What the command refers to: unions, employers and the preparation, by id and state."""

    parent: tuple[UUID, Union] | None
    lines: list[tuple[str, tuple[UUID, Union]]]
    employers: list[tuple[UUID, Employer]]
    prepared: tuple[UUID, Preparation] | None


def establish_union(work: Work, command: EstablishUnion) -> Answer:
    """Its employers are covered in the same breath."""
    found = _found(work, command)
    check_codes(work, command.division, command.credit_code)
    new = _new_union(command, found, work.actor)
    tree.check_place(new.level, found.parent[1] if found.parent else None, new.approved_on, new.kind)
    tree.check_lines(new, {id_: union for _, (id_, union) in found.lines})
    unit = work.new_id()
    answer = work.record(UNION, unit, decide_establish(new, work.today), unit)
    for id_, union in [*([found.parent] if found.parent else []), *(each for _, each in found.lines)]:
        hold_living(work, id_, union)
    if found.prepared:
        _conclude(work, found.prepared, unit, command)
    for id_, _ in found.employers:
        record_covered(work, id_, unit, new.approved_on)
    return Answer(unit, answer.version, tuple(_doubts(command, new, found)))


def _found(work: Work, command: EstablishUnion) -> Found:
    prepared = _prepared(work, command)
    above = command.parent or (str(prepared[1].union) if prepared else None)
    named = [each for each in (above, *(line.parent for line in command.lines)) if each]
    covered = [str(each) for each in prepared[1].employers] if prepared else command.employers
    codes = [("division", command.division), ("credit-code", command.credit_code)]
    claimed = [Claimed(kind, code) for kind, code in codes if code]
    work.want(*claimed, *(need_of(each) for each in (*named, *covered, *command.employers)))
    return Found(
        find_union(work, above, "parent") if above else None,
        [(each.line, find_union(work, each.parent, "lines.parent")) for each in command.lines],
        [find_employer(work, each, "employers") for each in covered],
        prepared,
    )


def _prepared(work: Work, command: EstablishUnion) -> tuple[UUID, Preparation] | None:
    if command.preparation is None:
        _check_no_term(command)
        return None
    if command.taken_over or command.level != GRASSROOTS:
        raise PreparationElsewhere(
            "only a new grassroots union has a preparation",
            "preparation",
            str(command.preparation),
            "leave the preparation out",
        )
    work.want(Own(command.preparation))
    state = find(work, PREPARATION, command.preparation)
    check_open(state)
    named = {find_employer(work, each, "employers")[0] for each in command.employers}
    if named and named != set(state.employers):
        raise EmployersOfPreparation(
            f"the preparation has {len(state.employers)} employers, and not all are these",
            "employers",
            str(len(named)),
            "leave the employers out: the preparation brings them",
        )
    if command.document is None:
        raise DocumentMissing(
            "the approval of a prepared union has a number", "document", "", "give the number of the approval"
        )
    return command.preparation, state


def _check_no_term(command: EstablishUnion) -> None:
    if command.term_years is not None:
        raise TermElsewhere(
            "only a founding election brings a term with the union",
            "term_years",
            str(command.term_years),
            "leave the term out, and enter the committee once the union exists",
        )


def _conclude(work: Work, prepared: tuple[UUID, Preparation], unit: UUID, command: EstablishUnion) -> None:
    id_, state = prepared
    on = command.approved_on
    events = decide_conclude(state, unit, work.actor, on, work.today)
    work.record(preparation_at(state.union), id_, events, state.union)
    if command.term_years is not None:
        approval = (command.document or "", state.reporter or "", work.actor)
        found_committee(work, unit, command.level, Term(1, state.seats, on, command.term_years), approval)


def _new_union(command: EstablishUnion, found: Found, actor: str) -> NewUnion:
    assessed = above_scale(tuple(state for _, state in found.employers))
    plain = {"name", "level", "kind", "form", "approved_on", "division", "credit_code"}
    prepared = found.prepared[1] if found.prepared else None
    return NewUnion(
        **command.model_dump(include=plain | {"taken_over", "preparation", "document"}),
        above_scale=command.above_scale if assessed is None else assessed,
        parent=found.parent[0] if found.parent else None,
        lines=tuple(LineParent(line=line, parent=id_) for line, (id_, _) in found.lines),
        employers=tuple(id_ for id_, _ in found.employers),
        met_on=prepared.held_on if prepared else None,
        recorder=prepared.recorder if prepared else None,
        approver=actor if prepared else None,
    )


def _doubts(command: EstablishUnion, new: NewUnion, found: Found) -> Iterator[str]:
    if command.credit_code and (doubt := credit.union_warning(credit.checked(command.credit_code))):
        yield doubt.code
    if command.division and divisions.level(command.division) != command.level:
        yield "division-of-other-level"
    if command.form == "joint" and len(new.employers) == 1:
        yield "joint-union-covers-one-employer"
    if command.above_scale is not None and command.above_scale != new.above_scale:
        yield "above-scale-follows-the-assessment"
    if found.prepared and found.parent and found.prepared[1].union != found.parent[0]:
        yield "prepared-at-another-union"


USE_CASES: dict[type[BaseModel], UseCase] = {EstablishUnion: establish_union}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/unions", EstablishUnion, "Establish a union", creates=True),
    BulkRoute("/unions/bulk", EstablishUnion, "Establish unions, parents before children"),
)
