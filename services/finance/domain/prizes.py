"""Prizes of one contest: awarded by rank, paid against a signed list (DOMAIN FIN-17, FIN-20).

Ranks may be shared: every winner of a shared rank has a prize. The limits bind union money only.
"""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from services.finance.domain.expenses import UNION
from services.finance.domain.heads import account_of_head, purposes
from shared.approval import refuse_own
from shared.contracts.finance import Prize, PrizesAwarded, PrizesPaid
from shared.contracts.money import moved
from shared.errors import Refused
from shared.frozen import Frozen
from shared.rules import rule_or_none
from shared.stages import refuse_step

PrizeEvent = PrizesAwarded | PrizesPaid

PURPOSE = "prizes"
WINNERS_ABOVE_SHARE = "winners-above-share"
PRIZE_ABOVE_CAP = "prize-above-cap"


class WinnersBeyondParticipants(Refused):
    """There are more winners than people took part."""

    code = "winners-beyond-participants"


class WinnerTwice(Refused):
    """The same person would have two prizes of one contest."""

    code = "winner-twice"


class PrizeList(Frozen):
    """The prizes of one contest."""

    union: UUID
    discipline: str
    payer: str
    participants: int
    prizes: tuple[Prize, ...]
    recorder: str
    stage: str = "due"
    since: date

    @property
    def amount_fen(self) -> int:
        """All prizes together."""
        return sum(prize.amount_fen for prize in self.prizes)

    @property
    def of_union(self) -> bool:
        """Whether the union's own money is spent."""
        return self.payer == UNION


class Contest(NamedTuple):
    """What was held, for whom, and who pays; `area` is the division whose rules hold."""

    union: UUID
    discipline: str
    payer: str
    participants: int
    on: date
    area: str = ""


def decide_award(contest: Contest, prizes: tuple[Prize, ...], recorder: str) -> tuple[PrizesAwarded]:
    """At most one prize for each winner; warns above the share of winners and the largest prize."""
    _refuse_odd(contest, prizes)
    return (
        PrizesAwarded(
            occurredon=contest.on,
            union=contest.union,
            discipline=contest.discipline,
            payer=contest.payer,
            participants=contest.participants,
            prizes=prizes,
            recorder=recorder,
            warnings=_warnings(contest, prizes),
        ),
    )


def decide_pay(
    awarded: PrizeList, evidence: str, on: date, approver: str, warnings: tuple[str, ...] = ()
) -> tuple[PrizesPaid]:
    """All at once, by somebody who did not record them, with the number of the signed list."""
    refuse_step(awarded, ("due",), on, "paid_on")
    refuse_own(awarded.recorder, approver)
    account = account_of_head(purposes()[PURPOSE].head)
    return (
        PrizesPaid(
            occurredon=on,
            discipline=awarded.discipline,
            payer=awarded.payer,
            prizes=awarded.prizes,
            amount_fen=awarded.amount_fen,
            approver=approver,
            evidence=evidence,
            warnings=warnings,
            postings=moved(awarded.amount_fen, to=account, out_of="bank") if awarded.of_union else (),
        ),
    )


def evolve(state: PrizeList | None, event: PrizeEvent) -> PrizeList:
    """The list after the event."""
    if isinstance(event, PrizesAwarded):
        said = event.model_dump(exclude={"occurredon", "warnings"})
        return PrizeList(**said, since=event.occurredon)
    assert state is not None
    return state.model_copy(update={"stage": "paid", "since": event.occurredon})


def _refuse_odd(contest: Contest, prizes: tuple[Prize, ...]) -> None:
    if len(prizes) > contest.participants:
        raise WinnersBeyondParticipants(
            f"{len(prizes)} winners among {contest.participants} participants",
            field="participants",
            value=str(contest.participants),
            remedy="check the number of participants",
        )
    winners = [prize.winner for prize in prizes]
    if twice := {winner for winner in winners if winners.count(winner) > 1}:
        raise WinnerTwice(
            "one person has one prize of a contest",
            field="prizes",
            value=str(min(twice)),
            remedy="keep the better rank",
        )


def _warnings(contest: Contest, prizes: tuple[Prize, ...]) -> tuple[str, ...]:
    if contest.payer != UNION:
        return ()
    in_three = rule_or_none("prize.winners_in_three", contest.on, contest.area)
    cap = rule_or_none("prize.top_fen", contest.on, contest.area)
    too_many = in_three is not None and 3 * len(prizes) > in_three * contest.participants
    too_much = cap is not None and any(prize.amount_fen > cap for prize in prizes)
    return tuple(
        warning for warning, holds in ((WINNERS_ABOVE_SHARE, too_many), (PRIZE_ABOVE_CAP, too_much)) if holds
    )
