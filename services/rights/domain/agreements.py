"""A contract between a union and employers, from the offer to its end: its state and kinds."""

from datetime import date
from typing import Literal
from uuid import UUID

from shared.catalogues import Catalogue, Entry, catalogue_of
from shared.contracts.rights import (
    CollectiveContractEnded,
    CollectiveContractRenewed,
    CollectiveContractSigned,
    ContractCoverageRecorded,
    ContractFiled,
    ContractObjected,
    CoveredEmployer,
    DraftVoted,
    NegotiationAnswered,
    NegotiationOffered,
)
from shared.errors import Refused
from shared.frozen import Frozen
from shared.rules import rule

Signed = CollectiveContractSigned | CollectiveContractRenewed
AgreementEvent = (
    NegotiationOffered
    | NegotiationAnswered
    | DraftVoted
    | Signed
    | ContractFiled
    | ContractObjected
    | ContractCoverageRecorded
    | CollectiveContractEnded
)
Stage = Literal["offered", "answered", "negotiating", "draft_passed", "signed", "filed", "objected", "ended"]
ENTERPRISE = "enterprise"


class AgreementKind(Entry):
    """`rules` is the first part of the keys of its terms and limits."""

    rules: str


class SizeClass(Entry):
    """`rule` is the key of its least number of workers; none for the smallest."""

    rule: str | None = None


class AgreementStageWrong(Refused):
    """The contract is at another stage of its course."""

    code = "agreement-stage-wrong"


class BeforeAgreementStep(Refused):
    """The date lies before the step it follows."""

    code = "before-agreement-step"


class Agreement(Frozen):
    """One contract; `latest_on` is the day of its latest step, `in_force_on` is set by filing."""

    union: UUID
    kind: str
    level: str
    renews: UUID | None
    root: UUID | None = None
    stage: Stage = "offered"
    offered_on: date
    latest_on: date
    covered: tuple[CoveredEmployer, ...] = ()
    valid_from: date | None = None
    valid_until: date | None = None
    signed_on: date | None = None
    in_force_on: date | None = None


def agreement_kinds() -> Catalogue[AgreementKind]:
    """All kinds of contracts."""
    return catalogue_of("agreement_kinds", AgreementKind)


def size_of(employed: int, on: date) -> str:
    """The size class by workers employed on a day (DOMAIN RIG-07)."""
    classes = catalogue_of("agreement_sizes", SizeClass)
    return next(id_ for id_, each in classes.items() if not each.rule or employed >= rule(each.rule, on))


def refuse_step(state: Agreement, on: date, field: str, *stages: Stage) -> None:
    """Raises AgreementStageWrong, BeforeAgreementStep."""
    if state.stage not in stages:
        raise AgreementStageWrong(
            f"the contract is {state.stage}",
            field="agreement",
            value=state.stage,
            remedy=f"this is done while it is {' or '.join(stages)}",
        )
    if on < state.latest_on:
        raise BeforeAgreementStep(
            f"the step before it is of {state.latest_on}",
            field=field,
            value=str(on),
            remedy="give that day or a later one",
        )


def evolve(state: Agreement | None, event: AgreementEvent) -> Agreement:
    """The contract after the event."""
    if isinstance(event, NegotiationOffered):
        return Agreement(
            union=event.union,
            kind=event.kind,
            level=event.level,
            renews=event.renews,
            offered_on=event.occurredon,
            latest_on=event.occurredon,
        )
    assert state is not None
    return state.model_copy(update={"latest_on": event.occurredon, **_changed(state, event)})


def _changed(state: Agreement, event: AgreementEvent) -> dict[str, object]:
    match event:
        case DraftVoted():
            return {"stage": "draft_passed" if event.passed else "negotiating"}
        case CollectiveContractSigned() | CollectiveContractRenewed():
            return _signed(event)
        case ContractFiled():
            return {"stage": "filed", "in_force_on": event.in_force_on}
        case ContractCoverageRecorded():
            return {"covered": _with(state.covered, event)}
        case _:
            return _PLAIN[type(event)]


_PLAIN: dict[type[AgreementEvent], dict[str, object]] = {
    NegotiationAnswered: {"stage": "answered"},
    ContractObjected: {"stage": "objected", "in_force_on": None},
    CollectiveContractEnded: {"stage": "ended"},
}


def _signed(event: Signed) -> dict[str, object]:
    kept = ("root", "covered", "valid_from", "valid_until")
    return {"stage": "signed", "signed_on": event.occurredon} | {name: getattr(event, name) for name in kept}


def _with(
    covered: tuple[CoveredEmployer, ...], event: ContractCoverageRecorded
) -> tuple[CoveredEmployer, ...]:
    others = tuple(each for each in covered if each.employer != event.employer)
    if not event.workers:
        return others
    return (*others, CoveredEmployer(employer=event.employer, workers=event.workers, size=event.size))
