"""Sign contracts of performance, score their items, assess the year."""

from typing import Annotated
from uuid import UUID, uuid5

from pydantic import BaseModel, Field

from services.affairs.commands.steps import Some, Year, begun, refuse_outside, stepped, union_of
from services.affairs.domain import performance as rules
from services.affairs.domain.performance import Contract
from shared.catalogues import catalogue
from shared.contracts.affairs import ContractItem, PerformanceContractSigned
from shared.errors import Refused
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import BusinessDate, CatalogueId, Command, DocumentNumber, UnionText
from shared.http.listing import Listing
from shared.referring import find_union, need_of_union
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.kinds import Kind
from shared.work.work import Work

CONTRACT: Kind[Contract] = Kind(
    "performance-contract", Contract, rules.evolve, lambda contract: contract.union
)
Most = Annotated[int, Field(strict=True, ge=1, le=1000, description="The most points the item can have.")]


class ContractExists(Refused):
    """One contract per union and year."""

    code = "performance-contract-exists"


class ItemText(Command):
    """An item with the most points it can have."""

    item: CatalogueId
    points: Most


class SignPerformanceContract(Command):
    """A union answers to one above it for these items in a year."""

    issuer: UnionText
    union: UnionText
    year: Year
    items: Annotated[tuple[ItemText, ...], Field(min_length=1, max_length=50)]
    document: DocumentNumber
    signed_on: BusinessDate


class ScorePerformanceItem(Command):
    """Points for one item; a later score replaces the one before."""

    contract: UUID
    item: CatalogueId
    points: Some
    scored_on: BusinessDate


class AssessPerformance(Command):
    """The assessment at the end of the year."""

    contract: UUID
    assessed_on: BusinessDate


def sign_performance_contract(work: Work, command: SignPerformanceContract) -> Answer:
    """The id answered is the contract's."""
    work.want(need_of_union(command.issuer), need_of_union(command.union))
    issuer = find_union(work, command.issuer, "issuer")
    union = union_of(work, command.union, command.signed_on, "signed_on")
    refuse_outside(work, issuer, union, "union")
    id_ = uuid5(union, f"performance/{command.year}")
    if work.get(CONTRACT, id_) is not None:
        raise ContractExists("the union has one", "year", str(command.year), f"continue with {id_}")
    known = catalogue("performance_items")
    signed = PerformanceContractSigned(
        occurredon=command.signed_on,
        issuer=issuer,
        union=union,
        year=command.year,
        items=tuple(
            ContractItem(item=known.checked(each.item, "items").id, points=each.points)
            for each in command.items
        ),
        document=command.document,
    )
    return begun(work, CONTRACT, id_, rules.decide_sign(signed), union)


def score_performance_item(work: Work, command: ScorePerformanceItem) -> Answer:
    """At most what the contract allows."""
    day = command.scored_on
    return stepped(
        work,
        CONTRACT,
        command.contract,
        (day, "scored_on"),
        lambda contract: rules.decide_score(contract, command.item, command.points, day),
    )


def assess_performance(work: Work, command: AssessPerformance) -> Answer:
    """For good."""
    day = command.assessed_on
    return stepped(
        work,
        CONTRACT,
        command.contract,
        (day, "assessed_on"),
        lambda contract: rules.decide_assess(contract, day),
    )


USE_CASES: dict[type[BaseModel], UseCase] = {
    SignPerformanceContract: sign_performance_contract,
    ScorePerformanceItem: score_performance_item,
    AssessPerformance: assess_performance,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/performance-contracts", SignPerformanceContract, "Sign a contract", creates=True),
    CommandRoute("/performance-contracts/{contract}/score", ScorePerformanceItem, "Score an item"),
    CommandRoute("/performance-contracts/{contract}/assess", AssessPerformance, "Assess the year"),
)
LISTINGS: tuple[Listing, ...] = (
    Listing("/performance-contracts", CONTRACT, "Contracts of performance of the union"),
)
