"""Mutual medical aid as aggregates of this service."""

from uuid import UUID

from services.welfare.domain.mutual_aid import confirming, cover, period
from services.welfare.domain.mutual_aid.confirming import InsuredEmployer
from services.welfare.domain.mutual_aid.cover import MutualAidCover
from services.welfare.domain.mutual_aid.period import MutualAidPeriod
from services.welfare.domain.numbering import named_id
from shared.work.kinds import Kind

PERIOD: Kind[MutualAidPeriod] = Kind(
    "mutual-aid-period", MutualAidPeriod, period.evolve, lambda state: state.organiser
)
COVER: Kind[MutualAidCover] = Kind(
    "mutual-aid-cover", MutualAidCover, cover.evolve, lambda state: state.union
)
INSURED_EMPLOYER: Kind[InsuredEmployer] = Kind(
    "insured-employer", InsuredEmployer, confirming.evolve, lambda state: state.union
)


def period_id(organiser: UUID, number: int) -> UUID:
    """One period per organiser and number."""
    return named_id(f"mutual-aid-period/{organiser}/{number}")


def insured_employer_id(period: UUID, employer: UUID) -> UUID:
    """One count per period and employer."""
    return named_id(f"insured-employer/{period}/{employer}")
