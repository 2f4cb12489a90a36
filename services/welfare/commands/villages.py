"""Assigned villages: projects, grants and help for households, gifts, field work."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from services.welfare.commands.drawing import Draw, Drawn, Payer, chosen, draw_all
from services.welfare.commands.relief import AnyFen, Year
from services.welfare.domain import helping_villages as rules
from services.welfare.domain.sources import sources
from services.welfare.domain.villages import Village, evolve, village_id
from shared.catalogues import catalogue
from shared.contracts import Event
from shared.contracts.welfare import (
    FieldWorkerAppraised,
    InKindDonated,
    Portion,
    VillageProjectAgreed,
)
from shared.errors import Malformed
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import (
    BusinessDate,
    CatalogueId,
    Command,
    Count,
    Division,
    DocumentNumber,
    Fen,
    UnionText,
)
from shared.http.listing import Listing
from shared.referring import find_union, need_of_union, refuse_bad_date
from shared.standing import refuse_future
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.finding import find
from shared.work.kinds import Kind
from shared.work.needs import Own
from shared.work.roles import APPROVER
from shared.work.work import Work

VILLAGE: Kind[Village] = Kind("village", Village, evolve, lambda village: village.union)
ACCOUNT, PURPOSE = "village_help", "village"
Origin = Annotated[
    Literal["own", "coordinated"],
    Field(description="Drawn on the union's funds, or paid by others whom it found."),
]


class AssignVillage(Command):
    """The union is to help this village."""

    union: UnionText
    division: Division
    assigned_on: BusinessDate


class AgreeVillageProject(Command):
    """A project, with what it will cost."""

    village: UUID
    project_kind: CatalogueId
    planned_fen: Fen
    agreed_on: BusinessDate


class Giving(Command):
    """Money: own money says its draws, coordinated money its source."""

    village: UUID
    origin: Origin = "own"
    draws: tuple[Draw, ...] = Field((), max_length=20)
    source: CatalogueId | None = Field(None, description="Of coordinated money.")


class FundVillageProject(Giving):
    """Money for a project was found."""

    project: UUID
    fen: Fen
    funded_on: BusinessDate


class ImplementVillageProject(Command):
    """The work is done."""

    village: UUID
    project: UUID
    implemented_on: BusinessDate


class AcceptVillageProject(Command):
    """The actor, who is not the one who said it was done, accepts it."""

    village: UUID
    project: UUID
    document: DocumentNumber
    accepted_on: BusinessDate


class GrantHouseholds(Giving):
    """Households get money, or (no fen) help by hand."""

    help_kind: CatalogueId
    households: Count
    fen: AnyFen = 0
    granted_on: BusinessDate


class DonateInKind(Command):
    """Goods for the village."""

    village: UUID
    item: CatalogueId
    quantity: Count
    value_fen: AnyFen = 0
    origin: Origin = "own"
    donated_on: BusinessDate


class AppraiseFieldWork(Command):
    """Grades of a year: of the field worker, of the unit that sent one, or both."""

    village: UUID
    year: Year
    worker_grade: CatalogueId | None = None
    unit_grade: CatalogueId | None = None
    appraised_on: BusinessDate


def assign_village(work: Work, command: AssignVillage) -> Answer:
    """A village once for each union."""
    work.want(need_of_union(command.union))
    union = find_union(work, command.union)
    refuse_bad_date(work, union, command.assigned_on, "assigned_on")
    id_ = village_id(union, command.division)
    events = rules.decide_assign(work.get(VILLAGE, id_), union, command.division, command.assigned_on)
    return work.record(VILLAGE, id_, events, union)


def agree_project(work: Work, command: AgreeVillageProject) -> Answer:
    """The id answered is the project's."""
    catalogue("village_project_kinds").checked(command.project_kind, "project_kind")
    village = _found(work, command.village, command.agreed_on, "agreed_on")
    agreed = VillageProjectAgreed(
        occurredon=command.agreed_on,
        project=work.new_id(),
        project_kind=command.project_kind,
        planned_fen=command.planned_fen,
        recorder=work.actor,
    )
    answer = _answer(work, command.village, village, rules.decide_agree(village, agreed))
    return Answer(agreed.project, answer.version)


def fund_project(work: Work, command: FundVillageProject) -> Answer:
    """Own money leaves its funds in the same command."""
    village = _found(work, command.village, command.funded_on, "funded_on")
    means, drawn = _means(work, village, command, command.fen, command.funded_on)
    events = rules.decide_fund(village, command.project, means, command.funded_on)
    answer = _answer(work, command.village, village, events)
    _draw(work, village, drawn, command.project, command.funded_on)
    return Answer(command.project, answer.version, rules.warnings_on(village, command.project, means))


def implement_project(work: Work, command: ImplementVillageProject) -> Answer:
    """Whoever says so does not accept it."""
    village = _found(work, command.village, command.implemented_on, "implemented_on")
    events = rules.decide_implement(village, command.project, work.actor, command.implemented_on)
    return _answer(work, command.village, village, events)


def accept_project(work: Work, command: AcceptVillageProject) -> Answer:
    """With the number of the paper."""
    village = _found(work, command.village, command.accepted_on, "accepted_on")
    events = rules.decide_accept(village, command.project, work.actor, command.document, command.accepted_on)
    return _answer(work, command.village, village, events)


def grant_households(work: Work, command: GrantHouseholds) -> Answer:
    """Own money leaves its funds in the same command."""
    catalogue("village_help_kinds").checked(command.help_kind, "help_kind")
    village = _found(work, command.village, command.granted_on, "granted_on")
    means, drawn = _means(work, village, command, command.fen, command.granted_on)
    events = rules.decide_grant(village, command.help_kind, command.households, means, command.granted_on)
    answer = _answer(work, command.village, village, events)
    _draw(work, village, drawn, command.village, command.granted_on)
    return answer


def donate_in_kind(work: Work, command: DonateInKind) -> Answer:
    """Goods, with their value where it is known."""
    catalogue("relief_goods").checked(command.item, "item")
    village = _found(work, command.village, command.donated_on, "donated_on")
    gift = InKindDonated(
        occurredon=command.donated_on,
        item=command.item,
        quantity=command.quantity,
        value_fen=command.value_fen,
        origin=command.origin,
    )
    return _answer(work, command.village, village, rules.decide_donate(village, gift))


def appraise_field_work(work: Work, command: AppraiseFieldWork) -> Answer:
    """Once a year."""
    for name in ("worker_grade", "unit_grade"):
        if grade := getattr(command, name):
            catalogue("field_work_grades").checked(grade, name)
    village = _found(work, command.village, command.appraised_on, "appraised_on")
    grades = FieldWorkerAppraised(
        occurredon=command.appraised_on,
        year=command.year,
        worker_grade=command.worker_grade or "none",
        unit_grade=command.unit_grade or "none",
    )
    return _answer(work, command.village, village, rules.decide_appraise(village, grades))


def _means(
    work: Work, village: Village, said: Giving, fen: int, on: BusinessDate
) -> tuple[rules.Means, tuple[Drawn, ...]]:
    if said.origin == rules.OWN:
        drawn = chosen(work, Payer(village.union, PURPOSE, on), said.draws)
        portions = tuple(Portion(source=d.fund.source, fen=d.fen, fund=d.id) for d in drawn)
        return rules.Means(said.origin, fen, portions), drawn
    if said.draws or (fen and said.source is None):
        raise Malformed(
            "coordinated money is paid by others",
            field="source",
            remedy="give its source, and draw on no funds",
        )
    if said.source:
        sources().checked(said.source, "source")
    portions = (Portion(source=said.source, fen=fen),) if said.source and fen else ()
    return rules.Means(said.origin, fen, portions), ()


def _draw(work: Work, village: Village, drawn: tuple[Drawn, ...], payment: UUID, on: BusinessDate) -> None:
    draw_all(work, drawn, payment, Payer(village.union, PURPOSE, on), ACCOUNT)


def _found(work: Work, village: UUID, on: BusinessDate, field: str) -> Village:
    work.want(Own(village))
    refuse_future(on, work.today, field)
    return find(work, VILLAGE, village)


def _answer(work: Work, id_: UUID, village: Village, events: tuple[Event, ...]) -> Answer:
    return work.record(VILLAGE, id_, events, village.union)


USE_CASES: dict[type[BaseModel], UseCase] = {
    AssignVillage: assign_village,
    AgreeVillageProject: agree_project,
    FundVillageProject: fund_project,
    ImplementVillageProject: implement_project,
    AcceptVillageProject: accept_project,
    GrantHouseholds: grant_households,
    DonateInKind: donate_in_kind,
    AppraiseFieldWork: appraise_field_work,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/villages", AssignVillage, "Assign a village to a union", creates=True),
    CommandRoute("/villages/{village}/projects", AgreeVillageProject, "Agree a project", creates=True),
    CommandRoute("/villages/{village}/projects/{project}/fund", FundVillageProject, "Money for a project"),
    CommandRoute(
        "/villages/{village}/projects/{project}/implement", ImplementVillageProject, "A project is done"
    ),
    CommandRoute(
        "/villages/{village}/projects/{project}/accept",
        AcceptVillageProject,
        "Accept a project",
        role=APPROVER,
    ),
    CommandRoute("/villages/{village}/grant", GrantHouseholds, "Money or help for households"),
    BulkRoute("/villages/grant/bulk", GrantHouseholds, "Money or help for the households of a list"),
    CommandRoute("/villages/{village}/donate", DonateInKind, "Goods for the village"),
    CommandRoute("/villages/{village}/appraise", AppraiseFieldWork, "Grades of a year's field work"),
)
LISTINGS: tuple[Listing, ...] = (Listing("/villages", VILLAGE, "Assigned villages"),)
