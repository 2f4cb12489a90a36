"""Surcharge on dues that are late (DOMAIN FIN-11): by the day, at the local rate, up to the local cap."""

from datetime import date
from uuid import UUID

from services.finance.domain.account import Assessment, DuesAccount
from services.finance.domain.assessing import assessment_in
from services.finance.domain.local import local_rule
from shared.contracts.finance import DuesSurcharged, SurchargeReceived
from shared.contracts.money import moved
from shared.errors import Refused
from shared.rules import rule
from shared.shares import WHOLE_BP, part_of


class NoSurchargeHere(Refused):
    """No local law lets a surcharge be charged on that day."""

    code = "no-surcharge-here"


class NothingToSurcharge(Refused):
    """Nothing is late, or every day up to then has been charged, or the cap is reached."""

    code = "nothing-to-surcharge"


class SurchargeBeyondCharged(Refused):
    """More than was charged and has not been paid."""

    code = "surcharge-beyond-charged"


def decide_surcharge(account: DuesAccount, id_: UUID, on: date, area: str) -> tuple[DuesSurcharged]:
    """For the days since the due day, or since the last charge, on what is open now."""
    assessment = assessment_in(account, id_)
    rate = rule("dues.surcharge_bp_day", on, area)
    if not rate:
        raise NoSurchargeHere(
            f"the rate in area {area or 'all'} is 0 on {on}",
            field="charged_on",
            value=str(on),
            remedy="charge none, or add the rule of the area",
        )
    since = max(assessment.due_on, assessment.surcharged_to or assessment.due_on)
    days = (on - since).days
    fen = min(part_of(assessment.open_fen, rate * max(days, 0)), _room(assessment, on, area))
    if fen <= 0:
        raise NothingToSurcharge(
            f"{assessment.open_fen} fen are open, charged up to {since}",
            field="charged_on",
            value=str(on),
            remedy="nothing is to be charged",
        )
    return (
        DuesSurcharged(
            occurredon=on,
            assessment=id_,
            employer=assessment.employer,
            since=since,
            days=days,
            rate_bp=rate,
            open_fen=assessment.open_fen,
            amount_fen=fen,
        ),
    )


def decide_receive_surcharge(
    account: DuesAccount, id_: UUID, amount_fen: int, on: date
) -> tuple[SurchargeReceived]:
    """At most what was charged; it is no dues, and nothing of it is shared."""
    assessment = assessment_in(account, id_)
    left = assessment.surcharged_fen - assessment.surcharge_paid_fen
    if amount_fen > left:
        raise SurchargeBeyondCharged(
            f"{left} fen of surcharge are open",
            field="amount_fen",
            value=str(amount_fen),
            remedy=f"receive at most {left} fen as surcharge",
        )
    return (
        SurchargeReceived(
            occurredon=on,
            assessment=id_,
            employer=assessment.employer,
            amount_fen=amount_fen,
            postings=moved(amount_fen, to="bank", out_of="surcharges"),
        ),
    )


def _room(assessment: Assessment, on: date, area: str) -> int:
    cap = local_rule("dues.surcharge_cap_bp", on, area)
    if cap is None:
        return assessment.amount_fen * WHOLE_BP
    return part_of(assessment.amount_fen, cap) - assessment.surcharged_fen
