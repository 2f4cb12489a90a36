"""A credential of one holder under one scheme, from target to end (DOMAIN ORG-08 to ORG-11).

Facts of one credential are recorded in the order of their dates. When it ends by the calendar nothing happens
to it: `living` knows. What was refused, revoked or has expired may be applied for again.
"""

from datetime import date, timedelta
from typing import Any, Literal
from uuid import UUID, uuid5

from pydantic import BaseModel, ConfigDict

from services.membership.domain.placed import At
from services.membership.domain.schemes import NO_GRADE, Scheme, schemes
from shared.contracts.membership import (
    CredentialApplied,
    CredentialEvent,
    CredentialGranted,
    CredentialInspected,
    CredentialRefused,
    CredentialRenewed,
    CredentialRevoked,
    CredentialTargeted,
    Span,
)

Stage = Literal["targeted", "applied", "granted", "refused", "revoked"]


class Credential(BaseModel):
    """State; `recorder` recorded the target or the application, `passed`: of the inspection since then.

    `spans` are the days on which it was held or will be; `valid_until` is the end of the last one.
    """

    model_config = ConfigDict(frozen=True)

    scheme: str
    family: str
    holder: UUID
    holder_kind: str
    unit: UUID
    stage: Stage
    latest_on: date
    recorder: str
    grade: str = NO_GRADE
    level: str | None = None
    year: int | None = None
    passed: bool | None = None
    valid_until: date | None = None
    spans: tuple[Span, ...] = ()

    @property
    def kind(self) -> Scheme:
        """Its scheme."""
        return schemes()[self.scheme]

    def living(self, on: date) -> bool:
        """Whether it is granted and has not expired on a day from the latest fact on."""
        return self.stage == "granted" and (self.valid_until is None or on <= self.valid_until)

    def held(self, on: date) -> bool:
        """Whether it was held on any day, past or future, as far as is recorded."""
        return any(span.first <= on and (span.last is None or on <= span.last) for span in self.spans)


def credential_of(holder: UUID, scheme: str) -> UUID:
    """The id where a holder has one at a time: so nobody can have two living ones."""
    return uuid5(holder, f"credential/{scheme}")


def about(credential: Credential) -> dict[str, Any]:
    """The fields of `CredentialEvent`, but for the date."""
    fields = CredentialEvent.model_fields.keys() - {"occurredon"}
    return credential.model_dump(include=set(fields))


def evolve(credential: Credential | None, placed: At) -> Credential:
    """The next state; the unit counts, for it is not in the event's body."""
    unit, event = placed
    if isinstance(event, CredentialTargeted | CredentialApplied):
        return _begun(credential, unit, event)
    if credential is None:
        raise TypeError(f"{type(event).__name__} before anybody applied")
    return credential.model_copy(update={"latest_on": event.occurredon, **_change(credential, event)})


def _begun(
    credential: Credential | None, unit: UUID, event: CredentialTargeted | CredentialApplied
) -> Credential:
    targeted = isinstance(event, CredentialTargeted)
    before = credential.year if credential and credential.stage == "targeted" else None
    return Credential(
        **event.model_dump(include=set(CredentialEvent.model_fields) - {"occurredon"}),
        unit=unit,
        stage="targeted" if targeted else "applied",
        latest_on=event.occurredon,
        recorder=event.recorder,
        year=event.year if isinstance(event, CredentialTargeted) else before,
        spans=credential.spans if credential else (),
    )


def _change(credential: Credential, event: Any) -> dict[str, Any]:
    match event:
        case CredentialInspected():
            return {"passed": event.passed}
        case CredentialRefused():
            return {"stage": "refused", "passed": None}
        case CredentialGranted():
            span = Span(first=event.occurredon, last=event.valid_until)
            return _held(event, (*credential.spans, span))
        case CredentialRenewed():
            return _held(event, renewed(credential.spans, event))
        case CredentialRevoked():
            spans = cut(credential.spans, event.occurredon)
            return {"stage": "revoked", "valid_until": None, "passed": None, "spans": spans}
        case _:
            raise TypeError(f"{type(event).__name__} does not happen to a credential")


def _held(event: CredentialGranted | CredentialRenewed, spans: tuple[Span, ...]) -> dict[str, Any]:
    return {
        "stage": "granted",
        "grade": event.grade,
        "level": event.level,
        "valid_until": event.valid_until,
        "passed": None,
        "spans": spans,
    }


def renewed(spans: tuple[Span, ...], event: CredentialRenewed) -> tuple[Span, ...]:
    """The last span made longer, or another one after a time without."""
    if event.late:
        return (*spans, Span(first=event.occurredon, last=event.valid_until))
    return (*spans[:-1], Span(first=spans[-1].first, last=event.valid_until))


def cut(spans: tuple[Span, ...], on: date) -> tuple[Span, ...]:
    """What is left of the last span when it ends before `on`; nothing where it began on that day."""
    last = spans[-1]
    left = (Span(first=last.first, last=on - timedelta(days=1)),) if last.first < on else ()
    return (*spans[:-1], *left)
