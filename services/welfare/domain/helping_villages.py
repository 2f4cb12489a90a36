"""What may be done for an assigned village."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from services.welfare.domain.entries import refuse_earlier
from services.welfare.domain.paying import SourcesDoNotAddUp
from services.welfare.domain.villages import Project, Village
from shared.approval import refuse_own
from shared.contracts.welfare import (
    FieldWorkerAppraised,
    HouseholdGrantPaid,
    InKindDonated,
    Portion,
    VillageAssigned,
    VillageProjectAccepted,
    VillageProjectAgreed,
    VillageProjectFunded,
    VillageProjectImplemented,
)
from shared.errors import NotFound, Refused

OWN, COORDINATED = "own", "coordinated"
BEYOND_PLAN = "beyond-plan"


class VillageAssignedAlready(Refused):
    """The union has this village."""

    code = "village-assigned-already"


class ProjectUnknown(NotFound):
    """The village has no such project."""

    code = "village-project-unknown"


class ProjectElsewhere(Refused):
    """The project is not at the stage that this needs."""

    code = "project-not-at-this-stage"


class AppraisedAlready(Refused):
    """Field work of a year is appraised once."""

    code = "appraised-already"


class Means(NamedTuple):
    """Money of one origin, with where it comes from."""

    origin: str
    fen: int
    portions: tuple[Portion, ...]


def decide_assign(village: Village | None, union: UUID, division: str, on: date) -> tuple[VillageAssigned]:
    """A village to help."""
    if village is not None:
        raise VillageAssignedAlready(
            "the union has this village",
            field="division",
            value=division,
            remedy="record what is done for it",
        )
    return (VillageAssigned(occurredon=on, union=union, division=division),)


def decide_agree(village: Village, agreed: VillageProjectAgreed) -> tuple[VillageProjectAgreed]:
    """A project, from the day the village was assigned on."""
    refuse_earlier(village.assigned_on, agreed.occurredon)
    return (agreed,)


def decide_fund(village: Village, id_: UUID, means: Means, on: date) -> tuple[VillageProjectFunded]:
    """Money for a project that is not finished."""
    project = _project(village, id_, ("agreed", "funded"), on)
    refuse_unequal(means)
    so_far = project.own_fen if means.origin == OWN else project.coordinated_fen
    return (
        VillageProjectFunded(
            occurredon=on,
            project=id_,
            project_kind=project.project_kind,
            origin=means.origin,
            fen=means.fen,
            portions=means.portions,
            first=not so_far,
        ),
    )


def decide_implement(
    village: Village, id_: UUID, recorder: str, on: date
) -> tuple[VillageProjectImplemented]:
    """The work is done; only what has its money is done."""
    project = _project(village, id_, ("funded",), on)
    return (
        VillageProjectImplemented(
            occurredon=on, project=id_, project_kind=project.project_kind, recorder=recorder
        ),
    )


def decide_accept(
    village: Village, id_: UUID, approver: str, document: str, on: date
) -> tuple[VillageProjectAccepted]:
    """By somebody else than the one who said it was done."""
    project = _project(village, id_, ("implemented",), on)
    refuse_own(project.recorder, approver)
    return (
        VillageProjectAccepted(
            occurredon=on,
            project=id_,
            project_kind=project.project_kind,
            recorder=project.recorder,
            approver=approver,
            document=document,
        ),
    )


def decide_grant(
    village: Village, help_kind: str, households: int, means: Means, on: date
) -> tuple[HouseholdGrantPaid]:
    """Money for households, or help by hand."""
    refuse_earlier(village.assigned_on, on)
    refuse_unequal(means)
    return (
        HouseholdGrantPaid(
            occurredon=on,
            help_kind=help_kind,
            households=households,
            origin=means.origin,
            fen=means.fen,
            portions=means.portions,
        ),
    )


def decide_donate(village: Village, gift: InKindDonated) -> tuple[InKindDonated]:
    """Goods for the village."""
    refuse_earlier(village.assigned_on, gift.occurredon)
    return (gift,)


def decide_appraise(village: Village, grades: FieldWorkerAppraised) -> tuple[FieldWorkerAppraised]:
    """Once a year."""
    refuse_earlier(village.assigned_on, grades.occurredon)
    if grades.year in village.appraised:
        raise AppraisedAlready(
            "the field work of this year has its grades",
            field="year",
            value=str(grades.year),
            remedy="check the year",
        )
    return (grades,)


def warnings_on(village: Village, id_: UUID, means: Means) -> tuple[str, ...]:
    """More money than was planned is a fact, and looks odd."""
    project = village.projects[id_]
    total = project.own_fen + project.coordinated_fen + means.fen
    return (BEYOND_PLAN,) if total > project.planned_fen else ()


def refuse_unequal(means: Means) -> None:
    """Raises SourcesDoNotAddUp."""
    drawn = sum(each.fen for each in means.portions)
    if drawn != means.fen:
        raise SourcesDoNotAddUp(
            f"the sources add up to {drawn} fen, {means.fen} fen are given",
            field="draws",
            value=str(drawn),
            remedy="draw exactly what is given",
        )


def _project(village: Village, id_: UUID, stages: tuple[str, ...], on: date) -> Project:
    project = village.projects.get(id_)
    if project is None:
        raise ProjectUnknown(
            "the village has no such project", field="project", value=str(id_), remedy="check the id"
        )
    if project.status not in stages:
        raise ProjectElsewhere(
            f"the project is {project.status}",
            field="project",
            value=project.status,
            remedy=f"it would have to be {' or '.join(stages)}",
        )
    refuse_earlier(project.last_on, on)
    return project
