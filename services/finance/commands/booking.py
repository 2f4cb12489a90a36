"""The money of every union, kept along with every command that moves some, whatever its subject."""

from uuid import UUID

from pydantic import BaseModel

from services.finance.commands.kinds import MONEY, money_kind
from services.finance.domain import money as moneys
from services.finance.domain.money import UnionMoney, money_id
from shared.contracts.money import Posted
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.work import Work


def money_of(work: Work, union: UUID) -> UnionMoney:
    """The balances of a union now."""
    return work.get(MONEY, money_id(union)) or UnionMoney(union=union)


def booked(use_case: UseCase) -> UseCase:
    """The use case, with the balances of every unit whose money it moved; raises MoneyIsClosed."""

    def run(work: Work, command: BaseModel) -> Answer:
        answer = use_case(work, command)
        for unit, events in _moving(work).items():
            money = money_of(work, unit)
            for event in events:
                money = moneys.evolve(money, event)
            work.keep(money_kind(unit), money_id(unit), money)
        return answer

    return run


def _moving(work: Work) -> dict[UUID, list[Posted]]:
    # What the money of a union tells itself has its balances already.
    moving: dict[UUID, list[Posted]] = {}
    for aggregate, unit, event in work.told:
        if isinstance(event, Posted) and event.postings and aggregate != money_id(unit):
            moving.setdefault(unit, []).append(event)
    return moving
