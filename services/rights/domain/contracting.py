"""After the signing: filing, objection, coverage, an end before its time (DOMAIN RIG-02, RIG-06)."""

from datetime import date, timedelta

from services.rights.domain.agreements import Agreement, Stage, agreement_kinds, refuse_step
from services.rights.domain.signing import Coverage, coverage_warnings, covered, refuse_wrong_employers
from shared.catalogues import catalogue
from shared.contracts.rights import (
    CollectiveContractEnded,
    ContractCoverageRecorded,
    ContractFiled,
    ContractObjected,
    CoveredEmployer,
)
from shared.errors import Refused
from shared.rules import rule

OPEN: tuple[Stage, ...] = (
    "offered",
    "answered",
    "negotiating",
    "draft_passed",
    "signed",
    "filed",
    "objected",
)


class ObjectionTooLate(Refused):
    """The time to object is over: the contract is in force."""

    code = "objection-too-late"


class AgreementOver(Refused):
    """The contract's term has ended by itself."""

    code = "agreement-over"


class NotCovered(Refused):
    """The employer is not under this contract."""

    code = "employer-not-covered"


def decide_file(state: Agreement, area: str, document: str, on: date) -> tuple[ContractFiled]:
    """`on` is the day of receipt; late filing is told. After an objection it is filed anew."""
    refuse_step(state, on, "received_on", "signed", "objected")
    assert state.signed_on is not None
    assert state.valid_until is not None
    assert state.root is not None
    in_force_on = _in_force_on(state, on)
    _refuse_over(state, in_force_on, "received_on")
    limit = rule(f"{agreement_kinds()[state.kind].rules}.filing_days", state.signed_on, area)
    due_on = state.signed_on + timedelta(limit)
    return (
        ContractFiled(
            occurredon=on,
            kind=state.kind,
            level=state.level,
            root=state.root,
            covered=state.covered,
            due_on=due_on,
            late=on > due_on,
            in_force_on=in_force_on,
            valid_until=state.valid_until,
            document=document,
        ),
    )


def decide_object(state: Agreement, document: str, on: date) -> tuple[ContractObjected]:
    """Within the days that follow the receipt."""
    refuse_step(state, on, "objected_on", "filed")
    assert state.in_force_on is not None
    assert state.valid_until is not None
    assert state.root is not None
    if on > state.in_force_on:
        raise ObjectionTooLate(
            f"it is in force since {state.in_force_on}",
            field="objected_on",
            value=str(on),
            remedy="end the contract instead",
        )
    return (
        ContractObjected(
            occurredon=on,
            kind=state.kind,
            level=state.level,
            root=state.root,
            covered=state.covered,
            in_force_on=state.in_force_on,
            valid_until=state.valid_until,
            document=document,
        ),
    )


def decide_cover(state: Agreement, coverage: Coverage, on: date) -> tuple[ContractCoverageRecorded]:
    """An employer comes under the contract, changes its number of workers, or (0 workers) leaves."""
    refuse_step(state, on, "since", "filed")
    assert state.in_force_on is not None
    assert state.valid_until is not None
    _refuse_over(state, on, "since")
    old = _covered(state, coverage)
    others = [Coverage(c.employer, c.workers, c.workers) for c in state.covered if c != old]
    refuse_wrong_employers(state.level, [*others, coverage])
    new = covered(coverage, on)
    return (
        ContractCoverageRecorded(
            occurredon=on,
            kind=state.kind,
            level=state.level,
            **new.model_dump(exclude={"size"}),
            size=new.size if old is None else old.size,
            old_workers=old.workers if old else 0,
            joined=(new.workers > 0) - (old is not None),
            counts_from=max(on, state.in_force_on),
            valid_until=state.valid_until,
            warnings=coverage_warnings([coverage]) if coverage.workers else (),
        ),
    )


def decide_end(state: Agreement, reason: str, document: str, on: date) -> tuple[CollectiveContractEnded]:
    """Of a negotiation too; a contract whose term is over has ended by the calendar."""
    refuse_step(state, on, "ended_on", *OPEN)
    _refuse_over(state, on, "ended_on")
    return (
        CollectiveContractEnded(
            occurredon=on,
            kind=state.kind,
            level=state.level,
            root=state.root,
            covered=state.covered,
            reason=catalogue("agreement_ends").checked(reason, "reason").id,
            lapsed_from=max(on, state.in_force_on) if state.in_force_on else None,
            valid_until=state.valid_until if state.in_force_on else None,
            document=document,
        ),
    )


def _in_force_on(state: Agreement, received_on: date) -> date:
    assert state.valid_from is not None
    free_of_objection = received_on + timedelta(rule("agreement.objection_days", received_on))
    return max(free_of_objection, state.valid_from)


def _refuse_over(state: Agreement, on: date, field: str) -> None:
    if state.valid_until and on > state.valid_until:
        raise AgreementOver(
            f"its term ended on {state.valid_until}",
            field=field,
            value=str(on),
            remedy="nothing is to be done",
        )


def _covered(state: Agreement, coverage: Coverage) -> CoveredEmployer | None:
    known = next((each for each in state.covered if each.employer == coverage.employer), None)
    if known is None and not coverage.workers:
        raise NotCovered(
            "it is not under this contract",
            field="employer",
            value=str(coverage.employer),
            remedy="check the employer",
        )
    return known
