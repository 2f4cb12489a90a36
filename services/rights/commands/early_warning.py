"""Groups that warn of labour risks: require, form, dissolve; warn and resolve."""

from uuid import UUID

from pydantic import BaseModel

from services.rights.commands.steps import Step, said, take
from services.rights.domain import early_warning as rules
from services.rights.domain.early_warning import Group, Risk, group_id
from shared.contracts.rights import EarlyWarningGroupFormed, LabourRiskWarned
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import (
    BusinessDate,
    CatalogueId,
    Command,
    Count,
    CountOrZero,
    DocumentNumber,
    UnionText,
)
from shared.http.listing import Listing
from shared.referring import find_union, need_of_union, refuse_bad_date
from shared.standing import refuse_future
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.finding import find
from shared.work.kinds import Kind
from shared.work.needs import Own
from shared.work.work import Work

GROUP: Kind[Group] = Kind("warning-group", Group, rules.evolve, lambda group: group.union)
RISK: Kind[Risk] = Kind("labour-risk", Risk, rules.evolve_risk, lambda risk: risk.union)


class RequireWarningGroup(Command):
    """The union shall form a group."""

    union: UnionText
    document: DocumentNumber
    required_on: BusinessDate


class FormWarningGroup(Command):
    """The union has formed a group, required or not."""

    union: UnionText
    document: DocumentNumber
    members: Count
    formed_on: BusinessDate


class DissolveWarningGroup(Command):
    """The group is there no more."""

    group: UUID
    dissolved_on: BusinessDate


class WarnOfLabourRisk(Command):
    """The group warns; `workers` are those whom it may concern."""

    group: UUID
    kind: CatalogueId
    workers: CountOrZero = 0
    warned_on: BusinessDate


class ResolveLabourRisk(Command):
    """With an outcome."""

    risk: UUID
    outcome: CatalogueId
    resolved_on: BusinessDate


def require(work: Work, command: RequireWarningGroup) -> Answer:
    """The id answered is the group's, formed or not."""
    work.want(need_of_union(command.union))
    union = find_union(work, command.union)
    refuse_bad_date(work, union, command.required_on, "required_on")
    id_ = group_id(union)
    events = rules.decide_require(work.get(GROUP, id_), union, command.document, command.required_on)
    return said(work, GROUP, id_, events, union)


def form(work: Work, command: FormWarningGroup) -> Answer:
    """The id answered is the group's."""
    work.want(need_of_union(command.union))
    union = find_union(work, command.union)
    refuse_bad_date(work, union, command.formed_on, "formed_on")
    id_ = group_id(union)
    formed = EarlyWarningGroupFormed(
        occurredon=command.formed_on,
        union=union,
        document=command.document,
        members=command.members,
        required=False,
    )
    return said(work, GROUP, id_, rules.decide_form(work.get(GROUP, id_), formed), union)


def dissolve(work: Work, command: DissolveWarningGroup) -> Answer:
    """Another may be formed."""
    step = Step(command.group, command.dissolved_on, "dissolved_on")
    return take(work, GROUP, step, lambda group: rules.decide_dissolve(group, step.on))


def warn(work: Work, command: WarnOfLabourRisk) -> Answer:
    """The id answered is the risk's."""
    id_ = work.new_id()
    work.want(Own(command.group))
    refuse_future(command.warned_on, work.today, "warned_on")
    group = find(work, GROUP, command.group, "group")
    warned = LabourRiskWarned(
        occurredon=command.warned_on,
        kind=command.kind,
        workers=command.workers,
        union=group.union,
        group=command.group,
    )
    return said(work, RISK, id_, rules.decide_warn(group, warned), group.union)


def resolve(work: Work, command: ResolveLabourRisk) -> Answer:
    """Once."""
    step = Step(command.risk, command.resolved_on, "resolved_on")
    return take(work, RISK, step, lambda risk: rules.decide_resolve(risk, command.outcome, step.on))


USE_CASES: dict[type[BaseModel], UseCase] = {
    RequireWarningGroup: require,
    FormWarningGroup: form,
    DissolveWarningGroup: dissolve,
    WarnOfLabourRisk: warn,
    ResolveLabourRisk: resolve,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/warning-groups/require", RequireWarningGroup, "Require a group", creates=True),
    BulkRoute("/warning-groups/require/bulk", RequireWarningGroup, "Require groups"),
    CommandRoute("/warning-groups", FormWarningGroup, "Tell that a group was formed", creates=True),
    BulkRoute("/warning-groups/bulk", FormWarningGroup, "Tell that groups were formed"),
    CommandRoute("/warning-groups/{group}/dissolve", DissolveWarningGroup, "Dissolve a group"),
    CommandRoute("/warning-groups/{group}/warn", WarnOfLabourRisk, "Warn of a labour risk", creates=True),
    CommandRoute("/labour-risks/{risk}/resolve", ResolveLabourRisk, "Resolve a labour risk"),
)
LISTINGS: tuple[Listing, ...] = (
    Listing("/warning-groups", GROUP, "Early warning groups"),
    Listing("/labour-risks", RISK, "Labour risks that groups warn of"),
)
