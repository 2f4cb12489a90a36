"""An assigned village: its projects and what its households got."""

from collections.abc import Mapping
from datetime import date
from typing import Literal, assert_never
from uuid import UUID, uuid5

from shared.contracts.welfare import (
    FieldWorkerAppraised,
    HouseholdGrantPaid,
    InKindDonated,
    VillageAssigned,
    VillageProjectAccepted,
    VillageProjectAgreed,
    VillageProjectFunded,
    VillageProjectImplemented,
)
from shared.frozen import Frozen

VillageEvent = (
    VillageAssigned
    | VillageProjectAgreed
    | VillageProjectFunded
    | VillageProjectImplemented
    | VillageProjectAccepted
    | HouseholdGrantPaid
    | InKindDonated
    | FieldWorkerAppraised
)

_NAMESPACE = UUID("c1c0a7d0-7f43-5b8e-9f5c-6d1c3f0e5b55")


class Project(Frozen):
    """One project; money of the union and of others apart."""

    project_kind: str
    planned_fen: int
    last_on: date
    status: Literal["agreed", "funded", "implemented", "accepted"] = "agreed"
    own_fen: int = 0
    coordinated_fen: int = 0
    recorder: str = ""


class Village(Frozen):
    """`appraised` are the years whose field work has its grades."""

    union: UUID
    division: str
    assigned_on: date
    projects: Mapping[UUID, Project] = {}
    appraised: tuple[int, ...] = ()


def village_id(union: UUID, division: str) -> UUID:
    """A union has a village once."""
    return uuid5(_NAMESPACE, f"village/{union}/{division}")


def evolve(village: Village | None, event: VillageEvent) -> Village:
    """The village after the event."""
    if isinstance(event, VillageAssigned):
        return Village(union=event.union, division=event.division, assigned_on=event.occurredon)
    assert village is not None, "a village is assigned first"
    match event:
        case HouseholdGrantPaid() | InKindDonated():
            return village
        case FieldWorkerAppraised(year=year):
            return village.model_copy(update={"appraised": (*village.appraised, year)})
        case VillageProjectAgreed():
            begun = Project(
                project_kind=event.project_kind, planned_fen=event.planned_fen, last_on=event.occurredon
            )
            return _with(village, event.project, begun)
        case _:
            return _with(village, event.project, _changed(village.projects[event.project], event))


def _changed(
    project: Project, event: VillageProjectFunded | VillageProjectImplemented | VillageProjectAccepted
) -> Project:
    now = project.model_copy(update={"last_on": event.occurredon})
    match event:
        case VillageProjectFunded(origin="own"):
            return now.model_copy(update={"status": "funded", "own_fen": now.own_fen + event.fen})
        case VillageProjectFunded():
            return now.model_copy(
                update={"status": "funded", "coordinated_fen": now.coordinated_fen + event.fen}
            )
        case VillageProjectImplemented():
            return now.model_copy(update={"status": "implemented", "recorder": event.recorder})
        case VillageProjectAccepted():
            return now.model_copy(update={"status": "accepted"})
        case _:
            assert_never(event)


def _with(village: Village, id_: UUID, project: Project) -> Village:
    return village.model_copy(update={"projects": {**village.projects, id_: project}})
