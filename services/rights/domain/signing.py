"""The signing: terms, sides, coverage, a first contract or a renewal (DOMAIN RIG-03 to RIG-07)."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from services.rights.domain.agreements import (
    ENTERPRISE,
    Agreement,
    Signed,
    agreement_kinds,
    refuse_step,
    size_of,
)
from services.rights.domain.deadlines import months_after
from shared.contracts.rights import (
    CollectiveContractRenewed,
    CollectiveContractSigned,
    CoveredEmployer,
)
from shared.errors import Refused
from shared.rules import rule, rule_or_none


class TermBackwards(Refused):
    """It would end before it begins."""

    code = "term-backwards"


class EmployerTwice(Refused):
    """An employer stands in the list once."""

    code = "employer-twice"


class OneEnterpriseOnly(Refused):
    """A contract at the level of an enterprise covers that one."""

    code = "one-enterprise-only"


class Coverage(NamedTuple):
    """An employer with its workers covered and employed on the day of signing."""

    employer: UUID
    workers: int
    employed: int


class Sides(NamedTuple):
    """Negotiators a side; `experts` are those of both sides who come from outside."""

    workers: int
    employer: int
    experts: int


class Terms(NamedTuple):
    """What was signed; without `valid_until` the usual term of its kind holds."""

    sides: Sides
    covered: tuple[Coverage, ...]
    valid_from: date
    valid_until: date | None
    women_topics: bool
    document: str


def decide_sign(
    agreement: UUID, state: Agreement, terms: Terms, on: date, earlier: Agreement | None
) -> tuple[Signed]:
    """`earlier` is the contract to renew; when it has expired by then, this is a new signing (RIG-03)."""
    refuse_step(state, on, "signed_on", "draft_passed")
    refuse_wrong_employers(state.level, terms.covered)
    until = _until(state.kind, terms, on)
    lasting = earlier is not None and _lasts(earlier, on)
    said = {
        "occurredon": on,
        "kind": state.kind,
        "level": state.level,
        "covered": tuple(covered(each, on) for each in terms.covered),
        "workers": sum(each.workers for each in terms.covered),
        "size": size_of(terms.covered[0].employed, on) if state.level == ENTERPRISE else None,
        "valid_from": terms.valid_from,
        "valid_until": until,
        "document": terms.document,
        "warnings": (
            *_warnings(state.kind, terms, until, on),
            *(("renewal-of-expired",) if earlier is not None and not lasting else ()),
        ),
    }
    if earlier is None or not lasting:
        return (CollectiveContractSigned.model_validate(said | {"root": agreement}),)
    renewal = {"root": earlier.root, "renews": state.renews}
    return (CollectiveContractRenewed.model_validate(said | renewal),)


def covered(coverage: Coverage, on: date) -> CoveredEmployer:
    """As it stands in events, with its size class of that day."""
    size = size_of(coverage.employed, on)
    return CoveredEmployer(employer=coverage.employer, workers=coverage.workers, size=size)


def coverage_warnings(covered: Sequence[Coverage]) -> tuple[str, ...]:
    """More workers covered than employed is told, not refused."""
    return ("covers-more-than-employed",) if any(c.workers > c.employed for c in covered) else ()


def refuse_wrong_employers(level: str, covered: Sequence[Coverage]) -> None:
    """Raises EmployerTwice, OneEnterpriseOnly."""
    names = [each.employer for each in covered]
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise EmployerTwice(
            "an employer stands there twice", field="covered", value=str(twice), remedy="give it once"
        )
    if level == ENTERPRISE and len(names) > 1:
        raise OneEnterpriseOnly(
            f"{len(names)} employers are named",
            field="covered",
            value=str(len(names)),
            remedy="make it a contract of an industry or region, or one contract for each",
        )


def _until(kind: str, terms: Terms, on: date) -> date:
    if terms.valid_until is None:
        usual = rule(f"{agreement_kinds()[kind].rules}.months_usual", on)
        return months_after(terms.valid_from, usual) - timedelta(1)
    if terms.valid_until < terms.valid_from:
        raise TermBackwards(
            f"it begins on {terms.valid_from}",
            field="valid_until",
            value=str(terms.valid_until),
            remedy="give a later day",
        )
    return terms.valid_until


def _lasts(earlier: Agreement, on: date) -> bool:
    return earlier.stage != "ended" and earlier.valid_until is not None and on <= earlier.valid_until


def _warnings(kind: str, terms: Terms, until: date, on: date) -> tuple[str, ...]:
    rules, sides = agreement_kinds()[kind].rules, terms.sides
    after = until + timedelta(1)
    least = months_after(terms.valid_from, rule(f"{rules}.months_least", on))
    most = months_after(terms.valid_from, rule(f"{rules}.months_most", on))
    fewest = rule("agreement.negotiators_least", on)
    one_in = rule("agreement.experts_one_in", on)
    topics = kind == "comprehensive" and rule_or_none("agreement.women_topics", on) and not terms.women_topics
    told = {
        "term-outside-rule": not least <= after <= most,
        "too-few-negotiators": min(sides.workers, sides.employer) < fewest,
        "employer-side-larger": sides.employer > sides.workers,
        "too-many-experts": sides.experts * one_in > sides.workers + sides.employer,
        "women-topics-missing": bool(topics),
    }
    return (*(code for code, true in told.items() if true), *coverage_warnings(terms.covered))
