"""Who may be levied (DOMAIN FIN-08): nobody in advance, nobody whom a union covers."""

from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from services.finance.domain.basis import Ground, LevyBasis, grounds
from services.finance.domain.local import local_rule
from services.finance.domain.periods import Period
from shared.errors import Refused
from shared.rules import rule


class LevyNotYetAllowed(Refused):
    """Neither has a preparation begun nor notice been given, or the period lies before the levy begins."""

    code = "levy-not-yet-allowed"


class LevyOnCoveredEmployer(Refused):
    """A union covers the employer: it pays dues."""

    code = "levy-on-covered-employer"


class LevyBelowSizeLimit(Refused):
    """The area levies only employers above a size."""

    code = "levy-below-size-limit"


class Payer(NamedTuple):
    """An employer as the rules see it; `covered_by` the living union, if there is one."""

    employer: UUID
    basis: LevyBasis
    area: str
    covered_by: UUID | None = None


def ground_for(payer: Payer, period: Period, on: date) -> Ground:
    """The first ground that allows a levy for the period.

    Raises LevyOnCoveredEmployer, LevyBelowSizeLimit, LevyNotYetAllowed.
    """
    if payer.covered_by:
        raise LevyOnCoveredEmployer(
            f"union {payer.covered_by} covers the employer",
            field="employer",
            value=str(payer.employer),
            remedy="assess dues at that union",
        )
    _refuse_small(payer, on)
    months = rule("levy.months_after_start", on, payer.area)
    for ground in grounds(payer.basis, on):
        allowed = ground.basis == "preparation" or _notice_suffices(payer, ground, on)
        if allowed and _month(ground.on, months) <= period.first:
            return ground
    raise LevyNotYetAllowed(
        f"no preparation or notice allows a levy for the time from {period.first} on",
        field="employer",
        value=str(payer.employer),
        remedy="begin to prepare a union there, or give written notice",
    )


def _notice_suffices(payer: Payer, ground: Ground, on: date) -> bool:
    days = local_rule("levy.open_days", on, payer.area)
    if days is None or payer.basis.registered_on is None:
        return True
    return payer.basis.registered_on + timedelta(days) <= ground.on


def _refuse_small(payer: Payer, on: date) -> None:
    limit = local_rule("levy.min_sales_fen", on, payer.area)
    sales = payer.basis.sales_on(on)
    if limit is not None and sales is not None and sales < limit:
        raise LevyBelowSizeLimit(
            f"yearly sales of {sales} fen are below the limit of {limit} fen",
            field="employer",
            value=str(payer.employer),
            remedy="nothing is to be levied",
        )


def _month(day: date, later: int) -> date:
    years, month = divmod(day.month - 1 + later, 12)
    return date(day.year + years, month + 1, 1)
