"""Groups that warn of labour risks: required, formed, dissolved; and the risks they warn of."""

from datetime import date
from typing import assert_never
from uuid import UUID, uuid5

from shared.catalogues import catalogue
from shared.contracts.rights import (
    EarlyWarningGroupDissolved,
    EarlyWarningGroupFormed,
    EarlyWarningGroupRequired,
    LabourRiskResolved,
    LabourRiskWarned,
)
from shared.errors import Refused
from shared.frozen import Frozen
from shared.stages import refuse_step

GroupEvent = EarlyWarningGroupRequired | EarlyWarningGroupFormed | EarlyWarningGroupDissolved
RiskEvent = LabourRiskWarned | LabourRiskResolved
_NAMESPACE = UUID("6f0a4d2e-9b1c-5c57-8a55-2d1f6b9f0c44")


class RequiredAlready(Refused):
    """A union is required to form a group once."""

    code = "warning-group-already-required"


class GroupNotFormed(Refused):
    """Only a group that is there warns, or is dissolved."""

    code = "warning-group-not-formed"


class GroupFormedAlready(Refused):
    """A union has one group."""

    code = "warning-group-already-formed"


class Group(Frozen):
    """The one group of a union; `members` is None while there is none."""

    union: UUID
    required: bool = False
    members: int | None = None
    since: date


class Risk(Frozen):
    """One risk that a group warns of."""

    union: UUID
    group: UUID
    kind: str
    workers: int
    stage: str = "open"
    since: date


def group_id(union: UUID) -> UUID:
    """A union has one, for all time."""
    return uuid5(_NAMESPACE, str(union))


def decide_require(
    group: Group | None, union: UUID, document: str, on: date
) -> tuple[EarlyWarningGroupRequired]:
    """Also of a union that has formed one by itself."""
    if group is not None and group.required:
        raise RequiredAlready(
            "it was required", field="union", value=str(union), remedy="nothing is to be done"
        )
    formed = group is not None and group.members is not None
    return (EarlyWarningGroupRequired(occurredon=on, union=union, document=document, formed=formed),)


def decide_form(group: Group | None, formed: EarlyWarningGroupFormed) -> tuple[EarlyWarningGroupFormed]:
    """Required or not."""
    if group is not None and group.members is not None:
        raise GroupFormedAlready(
            f"it was formed with {group.members} members",
            field="union",
            value=str(formed.union),
            remedy="dissolve it first to form it anew",
        )
    return (formed.model_copy(update={"required": group is not None and group.required}),)


def decide_dissolve(group: Group, on: date) -> tuple[EarlyWarningGroupDissolved]:
    """What is required stays required."""
    members = _members(group)
    return (EarlyWarningGroupDissolved(occurredon=on, members=members, required=group.required),)


def decide_warn(group: Group, warned: LabourRiskWarned) -> tuple[LabourRiskWarned]:
    """By a group that is there."""
    catalogue("labour_risk_kinds").checked(warned.kind, "kind")
    _members(group)
    return (warned,)


def decide_resolve(risk: Risk, outcome: str, on: date) -> tuple[LabourRiskResolved]:
    """Once."""
    catalogue("labour_risk_outcomes").checked(outcome, "outcome")
    refuse_step(risk, ("open",), on, "resolved_on")
    return (LabourRiskResolved(occurredon=on, kind=risk.kind, workers=risk.workers, outcome=outcome),)


def evolve(group: Group | None, event: GroupEvent) -> Group:
    """The group after the event."""
    match event:
        case EarlyWarningGroupRequired():
            state = group or Group(union=event.union, since=event.occurredon)
            return state.model_copy(update={"required": True})
        case EarlyWarningGroupFormed():
            state = group or Group(union=event.union, since=event.occurredon)
            return state.model_copy(update={"members": event.members, "since": event.occurredon})
        case EarlyWarningGroupDissolved():
            assert group is not None
            return group.model_copy(update={"members": None, "since": event.occurredon})
        case _:
            assert_never(event)


def evolve_risk(risk: Risk | None, event: RiskEvent) -> Risk:
    """The risk after the event."""
    if isinstance(event, LabourRiskWarned):
        return Risk(**event.model_dump(exclude={"occurredon"}), since=event.occurredon)
    assert risk is not None
    return risk.model_copy(update={"stage": "resolved", "since": event.occurredon})


def _members(group: Group) -> int:
    if group.members is None:
        raise GroupNotFormed(
            "there is no group", field="group", value="required", remedy="form the group first"
        )
    return group.members
