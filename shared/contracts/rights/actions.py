"""What unions do for law, a say and safety: publicity, participation, training; and hazards they find.

Kinds are data; person-times, people, copies, signatures are counted apart.
"""

from uuid import UUID

from shared.contracts.base import released
from shared.contracts.rights.base import RightsEvent


class OfAction(RightsEvent):
    """Something about one action of a kind; `family`: publicity, participation or safety."""

    kind: str
    family: str


@released
class RightsActionPlanned(OfAction):
    """It shall be, or the union was invited to it."""

    union: UUID
    document: str | None


@released
class RightsActionHeld(OfAction):
    """It was; people reached or trained, copies handed out, signatures given."""

    people: int
    person_times: int
    copies: int
    signatures: int


@released
class RightsActionOutcomeRecorded(OfAction):
    """What came of it, by the catalogue."""

    outcome: str


@released
class RightsActionCancelled(OfAction):
    """It shall not be."""


class OfHazard(RightsEvent):
    """Something about hazards of one kind found at once."""

    kind: str
    items: int


@released
class HazardReported(OfHazard):
    """So many were found, at an employer if one is named."""

    union: UUID
    employer: UUID | None


@released
class HazardRectified(OfHazard):
    """So many of them were put right; `left` are not."""

    left: int
