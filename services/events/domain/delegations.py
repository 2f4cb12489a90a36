"""Delegations: held by the host, delegated by the sender (DOMAIN ACT-04, ACT-08)."""

from datetime import date
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.contracts import events as e
from shared.errors import Refused

DelegationEvent = e.DelegationSent | e.DelegationResultRecorded | e.SkillGradePromoted


class ResultBeforeSent(Refused):
    """The contest would have been held before anybody was sent."""

    code = "result-before-sent"


class ResultsBeyondSent(Refused):
    """More people with results than were sent."""

    code = "results-beyond-sent"


class RankMissing(Refused):
    """A rank goes with the award for one, and with no other."""

    code = "rank-not-with-award"


class PromotedBeforeResult(Refused):
    """Promotion rests on a result."""

    code = "promoted-before-result"


class PromotedAlready(Refused):
    """The person was promoted for this contest."""

    code = "promoted-already"


class CertificateTaken(Refused):
    """A certificate has one holder."""

    code = "certificate-taken"


class Delegation(BaseModel):
    """`told` is how many of the people sent have a result."""

    model_config = ConfigDict(frozen=True)

    union: UUID
    contest_level: str
    discipline: str
    edition: int | None = None
    people: int
    sent_on: date
    held_on: date | None = None
    told: int = 0
    promoted: tuple[UUID, ...] = ()
    certificates: tuple[str, ...] = ()

    @property
    def about(self) -> dict[str, Any]:
        """What every event repeats."""
        return {
            "contest_level": self.contest_level,
            "discipline": self.discipline,
            "edition": self.edition,
        }


def evolve(state: Delegation | None, event: DelegationEvent) -> Delegation:
    """The delegation after the event."""
    if isinstance(event, e.DelegationSent):
        said = event.model_dump(include={"union", "contest_level", "discipline", "edition", "people"})
        return Delegation.model_validate(said | {"sent_on": event.occurredon})
    assert state is not None, "a delegation is sent first"
    if isinstance(event, e.DelegationResultRecorded):
        return state.model_copy(update={"told": state.told + event.people, "held_on": event.held_on})
    return state.model_copy(
        update={
            "promoted": (*state.promoted, event.person),
            "certificates": (*state.certificates, event.certificate),
        }
    )


def decide_result(state: Delegation, result: e.DelegationResultRecorded) -> tuple[e.DelegationResultRecorded]:
    """Raises ResultBeforeSent, ResultsBeyondSent, RankMissing."""
    if result.held_on < state.sent_on:
        raise ResultBeforeSent(
            f"they were sent on {state.sent_on}",
            field="held_on",
            value=str(result.held_on),
            remedy="check the day of the contest",
        )
    if (result.award == "ranked") != (result.rank is not None):
        raise RankMissing(
            "a rank belongs to the award for one",
            field="rank",
            value=str(result.rank),
            remedy="give a rank with the award ranked, and with no other",
        )
    if state.told + result.people > state.people:
        raise ResultsBeyondSent(
            f"{state.people} were sent, {state.told} have a result",
            field="people",
            value=str(result.people),
            remedy="count only those who were sent",
        )
    return (result,)


def decide_promote(state: Delegation, promoted: e.SkillGradePromoted) -> tuple[e.SkillGradePromoted]:
    """Raises PromotedBeforeResult, PromotedAlready."""
    if state.held_on is None or promoted.occurredon < state.held_on:
        raise PromotedBeforeResult(
            "there is no result by then",
            field="promoted_on",
            value=str(promoted.occurredon),
            remedy="record the result first",
        )
    if promoted.person in state.promoted:
        raise PromotedAlready(
            "this person was promoted for it",
            field="person",
            value=str(promoted.person),
            remedy="nothing is to be done",
        )
    if promoted.certificate in state.certificates:
        raise certificate_taken(promoted.certificate)
    return (promoted,)


def certificate_taken(number: str) -> CertificateTaken:
    """The refusal for a number that somebody has."""
    return CertificateTaken(
        "somebody has a certificate of this number",
        field="certificate",
        value=number,
        remedy="check the number",
    )
