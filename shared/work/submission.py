"""Commands on their way in, and what became of them."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from shared.clock import Clock
from shared.envelope import Provenance
from shared.errors import Problem, Refused
from shared.ids import new_id
from shared.work.changes import Answer
from shared.work.refusals import Denial
from shared.work.work import At, Work

UseCase = Callable[[Work, Any], Answer]
Veil = Callable[[bytes], bytes]
"""Makes of anything 32 bytes that tell nothing without the key (`Vault.veiled`)."""


class KeyReused(Refused):
    """The same Idempotency-Key came with another body."""

    code = "key-reused"


@dataclass(frozen=True, slots=True)
class Submission:
    """One command with its circumstances.

    `key` and `body` (a hash) make repeats safe within 30 days; `reference` (`<source>/<id there>`) for good.
    `role` is what the actor must hold where the events count, None for founders and for the service itself;
    `about` the thing that the address names, if it names one.
    """

    command: BaseModel
    actor: str
    key: str = ""
    body: bytes = b""
    reference: str = ""
    correlation: UUID = field(default_factory=new_id)
    traceparent: str = ""
    if_match: int | None = None
    role: str | None = None
    about: UUID | None = None
    ids: list[UUID] = field(default_factory=list, compare=False)

    def veiled(self, veil: Veil) -> "Submission":
        """With key, hash and reference under a key, for what is kept of them."""
        return replace(
            self,
            key=self.key and veil(self.key.encode()).hex(),
            body=self.body and veil(self.body),
            reference=self.reference and veil(self.reference.encode()).hex(),
        )

    def at(self, clock: Clock) -> At:
        """Circumstances for one run."""
        why = Provenance(self.actor, self.correlation, self.correlation, self.traceparent)
        return At(clock(), why, self.if_match, self.ids, self.role)


@dataclass(frozen=True, slots=True)
class RequestKey:
    """The Idempotency-Key of a request of many rows, with a hash of its body.

    No answer is kept under it, for every row's reference makes its repeat safe; but another body is refused.
    """

    actor: str
    key: str
    body: bytes

    def veiled(self, veil: Veil) -> "RequestKey":
        """As of a submission."""
        return replace(self, key=veil(self.key.encode()).hex(), body=veil(self.body))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one command: `done`, `repeated` (done before), or `refused` with the problem.

    `denied`: it was refused for want of a role, for the access log.
    """

    status: str
    answer: Answer | None = None
    problem: Problem | None = None
    denied: Denial | None = None


def reused() -> KeyReused:
    """The refusal of a key that came earlier with another body."""
    return KeyReused(
        "this Idempotency-Key came earlier with another body",
        field="Idempotency-Key",
        remedy="use a fresh key for a new command",
    )
