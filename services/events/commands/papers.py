"""Research papers: plan the number of a year, hand in, award."""

from uuid import UUID

from pydantic import BaseModel, Field

from services.events.domain import papers as rules
from services.events.domain.papers import Paper, PaperPlan, evolve, evolve_plan, plan_id
from shared.catalogues import catalogue
from shared.contracts.events import PaperSubmitted
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import BusinessDate, CatalogueId, Command, CountOrZero, UnionText
from shared.http.listing import Listing
from shared.people import PERSON
from shared.referring import find_union, need_of_union, refuse_bad_date
from shared.standing import refuse_future
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.finding import find
from shared.work.kinds import Kind
from shared.work.work import Work

PLAN: Kind[PaperPlan] = Kind("paper-plan", PaperPlan, evolve_plan, lambda state: state.union)
PAPER: Kind[Paper] = Kind("paper", Paper, evolve, lambda state: state.union)


class PlanPapers(Command):
    """So many papers in a year, at least and at most."""

    union: UnionText
    year: int = Field(strict=True, ge=1949, le=2199)
    at_least: CountOrZero
    at_most: CountOrZero
    planned_on: BusinessDate


class SubmitPaper(Command):
    """Handed in to another union; the author may be a person of the register."""

    union: UnionText
    receiver: UnionText
    author: UUID | None = None
    submitted_on: BusinessDate


class AwardPaper(Command):
    """The prize of a paper."""

    paper: UUID
    paper_award: CatalogueId
    awarded_on: BusinessDate


def plan(work: Work, command: PlanPapers) -> Answer:
    """The id answered is that of the union's plan for the year."""
    work.want(need_of_union(command.union))
    union = find_union(work, command.union)
    refuse_bad_date(work, union, command.planned_on, "planned_on")
    id_ = plan_id(union, command.year)
    wanted = PaperPlan(union=union, year=command.year, at_least=command.at_least, at_most=command.at_most)
    events = rules.decide_plan(work.get(PLAN, id_), wanted, command.planned_on)
    return work.record(PLAN, id_, events, union)


def submit(work: Work, command: SubmitPaper) -> Answer:
    """The id answered is the paper's."""
    work.want(need_of_union(command.union), need_of_union(command.receiver))
    union = find_union(work, command.union)
    receiver = find_union(work, command.receiver, "receiver")
    refuse_bad_date(work, union, command.submitted_on, "submitted_on")
    if command.author:
        work.copied(PERSON, command.author)
    submitted = PaperSubmitted(
        occurredon=command.submitted_on, union=union, receiver=receiver, author=command.author
    )
    return work.record(PAPER, work.new_id(), (submitted,), union)


def award(work: Work, command: AwardPaper) -> Answer:
    """Once."""
    catalogue("paper_awards").checked(command.paper_award, "paper_award")
    refuse_future(command.awarded_on, work.today, "awarded_on")
    state = find(work, PAPER, command.paper)
    events = rules.decide_award(state, command.paper_award, command.awarded_on)
    return work.record(PAPER, command.paper, events, state.union)


USE_CASES: dict[type[BaseModel], UseCase] = {PlanPapers: plan, SubmitPaper: submit, AwardPaper: award}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/paper-plans", PlanPapers, "Plan research papers of a year", creates=True),
    CommandRoute("/papers", SubmitPaper, "Hand in a research paper", creates=True),
    BulkRoute("/papers/bulk", SubmitPaper, "Hand in many research papers"),
    CommandRoute("/papers/{paper}/award", AwardPaper, "Award a research paper"),
)
LISTINGS: tuple[Listing, ...] = (
    Listing("/paper-plans", PLAN, "Plans of research papers"),
    Listing("/papers", PAPER, "Research papers"),
)
