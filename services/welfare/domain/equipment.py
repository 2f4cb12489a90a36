"""Equipment given to service points, with its value; what was wrong is reversed."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from shared.catalogues import catalogue
from shared.contracts.welfare import EquipmentIssued, EquipmentIssueReversed
from shared.errors import Refused
from shared.frozen import Frozen


class IssueReversed(Refused):
    """It was reversed before."""

    code = "issue-reversed"


class BeforeIssue(Refused):
    """The date lies before the issue."""

    code = "before-issue"


class EquipmentIssue(Frozen):
    """One hand-over."""

    union: UUID
    item: str
    quantity: int
    value_fen: int
    recipient: UUID
    issued_on: date
    reversed: bool = False


class HandOver(NamedTuple):
    """What is given to whom."""

    item: str
    quantity: int
    value_fen: int
    recipient: UUID
    on: date


def decide_issue(union: UUID, given: HandOver) -> tuple[EquipmentIssued]:
    """Items of the catalogue."""
    catalogue("equipment_items").checked(given.item, "item")
    return (
        EquipmentIssued(
            occurredon=given.on,
            union=union,
            item=given.item,
            quantity=given.quantity,
            value_fen=given.value_fen,
            recipient=given.recipient,
        ),
    )


def decide_reverse(state: EquipmentIssue, id_: UUID, on: date) -> tuple[EquipmentIssueReversed]:
    """All of it, once."""
    if state.reversed:
        raise IssueReversed("it was reversed", field="issue", value=str(id_), remedy="nothing is to be done")
    if on < state.issued_on:
        raise BeforeIssue(
            f"it was issued on {state.issued_on}",
            field="reversed_on",
            value=str(on),
            remedy="give that day or a later one",
        )
    return (
        EquipmentIssueReversed(
            occurredon=on,
            item=state.item,
            quantity=state.quantity,
            value_fen=state.value_fen,
            recipient=state.recipient,
        ),
    )


def evolve(state: EquipmentIssue | None, event: EquipmentIssued | EquipmentIssueReversed) -> EquipmentIssue:
    """The hand-over after the event."""
    if isinstance(event, EquipmentIssued):
        return EquipmentIssue(
            union=event.union,
            item=event.item,
            quantity=event.quantity,
            value_fen=event.value_fen,
            recipient=event.recipient,
            issued_on=event.occurredon,
        )
    assert state is not None
    return state.model_copy(update={"reversed": True})
