"""Credentials in tests: the same holder and scheme unless a test says otherwise."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from services.membership.domain import applying, credentials, granting
from services.membership.domain.applying import Deed, Wanted
from services.membership.domain.credentials import Credential
from services.membership.domain.granting import Paper
from services.membership.domain.placed import At
from services.membership.domain.schemes import schemes
from shared.contracts import membership as m
from tests.support.builders import named
from tests.support.scenario import Scenario

TODAY = date(2026, 6, 30)
ON = date(2021, 6, 1)
END = date(2026, 5, 31)
STAR, CERTIFICATE, SATISFIED = "star_rating", "legal_person_certificate", "worker_satisfied_enterprise"

Decide = Callable[[Any], tuple[At, ...]]


def credential(*events: m.CredentialEvent) -> Scenario[Credential]:
    return Scenario(credentials.evolve).given(*(At(named("union"), each) for each in events))


def at(event: m.CredentialEvent) -> At:
    return At(named("union"), event)


def about(scheme: str = STAR, grade: str = "none", on: date = ON) -> dict[str, Any]:
    kind = {"scheme": scheme, "family": schemes()[scheme].family, "grade": grade}
    return kind | {"holder": named("union"), "holder_kind": "union", "occurredon": on}


def targeted(year: int = 2021, recorder: str = "ada", **more: Any) -> m.CredentialTargeted:
    return m.CredentialTargeted(**about(**more), year=year, recorder=recorder)


def applied(recorder: str = "ada", **more: Any) -> m.CredentialApplied:
    return m.CredentialApplied(**about(**more), document=None, recorder=recorder)


def inspected(*, passed: bool = True, **more: Any) -> m.CredentialInspected:
    return m.CredentialInspected(**about(**more), passed=passed, recorder="ada", inspector="eve")


def granted(until: date | None = END, warnings: tuple[str, ...] = (), **more: Any) -> m.CredentialGranted:
    said: dict[str, Any] = {"level": "county", "valid_until": until, "document": None, "warnings": warnings}
    return m.CredentialGranted(**about(**more), **said, recorder="ada", approver="bo")


def refused(**more: Any) -> m.CredentialRefused:
    return m.CredentialRefused(**about(**more), recorder="ada", approver="bo")


def renewed(old: date | None, until: date | None, *, late: bool = False, **more: Any) -> m.CredentialRenewed:
    said: dict[str, Any] = {
        "old_grade": "none",
        "old_level": "county",
        "level": "county",
        "document": None,
        "warnings": (),
    }
    said |= {key: more.pop(key) for key in ("old_grade", "warnings") if key in more}
    ends: dict[str, Any] = {"old_valid_until": old, "valid_until": until, "late": late}
    return m.CredentialRenewed(**about(**more), **said, **ends, recorder="ada", approver="bo")


def revoked(until: date | None = END, **more: Any) -> m.CredentialRevoked:
    said: dict[str, Any] = {"level": "county", "valid_until": until, "reason": "misconduct"}
    return m.CredentialRevoked(**about(**more), **said, recorder="ada", approver="bo")


def wanted(scheme: str = STAR, holder_kind: str = "union", grade: str | None = None) -> Wanted:
    return Wanted(schemes()[scheme], named("union"), holder_kind, named("union"), grade)


def target(on: date = ON, year: int = 2021, **more: Any) -> Decide:
    return lambda state: applying.decide_target(state, wanted(**more), year, Deed(on, TODAY, "ada"))


def apply(on: date = ON, **more: Any) -> Decide:
    return lambda state: applying.decide_apply(state, wanted(**more), None, Deed(on, TODAY, "ada"))


def inspect(on: date = ON, actor: str = "eve", *, passed: bool = True) -> Decide:
    return lambda state: applying.decide_inspect(state, Deed(on, TODAY, actor), passed=passed)


def paper(until: date | None = None, grade: str | None = None, level: str = "county", **more: Any) -> Paper:
    return Paper(grade, level, until, None, **more)


def grant(said: Paper | None = None, on: date = ON, actor: str = "bo") -> Decide:
    return lambda state: granting.decide_grant(state, said or paper(), Deed(on, TODAY, actor))


def refuse(on: date = ON, actor: str = "bo") -> Decide:
    return lambda state: granting.decide_refuse(state, Deed(on, TODAY, actor))


def renew(on: date, said: Paper | None = None, actor: str = "bo") -> Decide:
    return lambda state: granting.decide_renew(state, said or paper(), Deed(on, TODAY, actor))


def revoke(on: date, reason: str = "misconduct", actor: str = "bo") -> Decide:
    return lambda state: granting.decide_revoke(state, reason, Deed(on, TODAY, actor))


def end(on: date) -> Decide:
    return lambda state: granting.decide_end(state, Deed(on, TODAY, "ada"))
