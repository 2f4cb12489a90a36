"""Help for assigned villages: projects, grants and help for households, gifts, field work.

`origin` is own (drawn on funds) or coordinated (paid by others, and posted nowhere here).
"""

from uuid import UUID

from shared.contracts.base import released
from shared.contracts.welfare.base import WelfareEvent
from shared.contracts.welfare.relief import Portion


@released
class VillageAssigned(WelfareEvent):
    """The union is to help this village, by its division code."""

    union: UUID
    division: str


@released
class VillageProjectAgreed(WelfareEvent):
    """What is to be done, and what it will cost."""

    project: UUID
    project_kind: str
    planned_fen: int
    recorder: str


@released
class VillageProjectFunded(WelfareEvent):
    """Money was found; `first`: the project had none of this origin before."""

    project: UUID
    project_kind: str
    origin: str
    fen: int
    portions: tuple[Portion, ...]
    first: bool


@released
class VillageProjectImplemented(WelfareEvent):
    """The work is done."""

    project: UUID
    project_kind: str
    recorder: str


@released
class VillageProjectAccepted(WelfareEvent):
    """Somebody else than the one who said it was done has found it right."""

    project: UUID
    project_kind: str
    recorder: str
    approver: str
    document: str


@released
class HouseholdGrantPaid(WelfareEvent):
    """Households got money, or (0 fen) help by hand."""

    help_kind: str
    households: int
    origin: str
    fen: int
    portions: tuple[Portion, ...]


@released
class InKindDonated(WelfareEvent):
    """Goods for the village."""

    item: str
    quantity: int
    value_fen: int
    origin: str


@released
class FieldWorkerAppraised(WelfareEvent):
    """The year's grades of the worker sent to the village and of the unit that sent one; `none`: not said."""

    year: int
    worker_grade: str
    unit_grade: str
