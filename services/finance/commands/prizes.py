"""Award and pay the prizes of a contest."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from services.finance.commands.fields import BusinessDate, Command, Fen, UnionText
from services.finance.commands.spending import checked_payer, doubts_about, execute
from services.finance.domain import prizes
from services.finance.domain.executing import Spending
from services.finance.domain.heads import purposes
from services.finance.domain.prizes import PURPOSE, Contest, PrizeList, decide_award, decide_pay
from shared.catalogues import catalogue
from shared.contracts.finance import Prize
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import CatalogueId, Count, DocumentNumber
from shared.http.listing import Listing
from shared.referring import area_of, find_union, need_of_union, refuse_bad_date
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.finding import find
from shared.work.kinds import Kind
from shared.work.roles import APPROVER
from shared.work.work import Work

PRIZES: Kind[PrizeList] = Kind("prize-list", PrizeList, prizes.evolve, lambda state: state.union)


class OnePrize(Command):
    """Rank, the winner's person id, and what this winner gets."""

    rank: Annotated[int, Field(strict=True, ge=1, le=100)]
    winner: UUID
    amount_fen: Fen


class AwardPrizes(Command):
    """All prizes of one contest. Those who tie have the same rank."""

    union: UnionText
    discipline: CatalogueId
    payer: CatalogueId
    participants: Count
    prizes: Annotated[tuple[OnePrize, ...], Field(min_length=1, max_length=200)]
    awarded_on: BusinessDate


class PayPrizes(Command):
    """All are paid; `evidence` is the number of the list that the winners signed."""

    prize_list: UUID
    evidence: DocumentNumber
    paid_on: BusinessDate


def award_prizes(work: Work, command: AwardPrizes) -> Answer:
    """The id answered is the list's; limits on union money are warned of (DOMAIN FIN-17)."""
    id_ = work.new_id()
    work.want(need_of_union(command.union))
    union = find_union(work, command.union)
    refuse_bad_date(work, union, command.awarded_on, "awarded_on")
    contest = Contest(
        union,
        catalogue("contest_disciplines").checked(command.discipline, "discipline").id,
        checked_payer(command.payer),
        command.participants,
        command.awarded_on,
        area_of(work, union),
    )
    (event,) = decide_award(contest, tuple(Prize(**each.model_dump()) for each in command.prizes), work.actor)
    answer = work.record(PRIZES, id_, [event], union)
    return Answer(id_, answer.version, event.warnings)


def pay_prizes(work: Work, command: PayPrizes) -> Answer:
    """Union money is spent within the budget of the year."""
    awarded = find(work, PRIZES, command.prize_list)
    refuse_bad_date(work, awarded.union, command.paid_on, "paid_on")
    doubts = doubts_about(work, awarded.union, awarded.amount_fen) if awarded.of_union else ()
    (event,) = decide_pay(awarded, command.evidence, command.paid_on, work.actor, doubts)
    answer = work.record(PRIZES, command.prize_list, [event], awarded.union)
    if awarded.of_union:
        head = purposes()[PURPOSE].head
        spending = Spending(head, awarded.amount_fen, command.prize_list, command.paid_on)
        execute(work, awarded.union, spending)
    return Answer(answer.id, answer.version, event.warnings)


USE_CASES: dict[type[BaseModel], UseCase] = {AwardPrizes: award_prizes, PayPrizes: pay_prizes}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/prizes", AwardPrizes, "Award the prizes of a contest", creates=True),
    CommandRoute("/prizes/{prize_list}/pay", PayPrizes, "Pay the prizes of a contest", role=APPROVER),
)
LISTINGS: tuple[Listing, ...] = (Listing("/prizes", PRIZES, "Prizes"),)
