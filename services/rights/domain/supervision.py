"""Supervision of an employer: inspected, written to, put right or passed on (DOMAIN RIG-18)."""

from datetime import date
from typing import NamedTuple, assert_never
from uuid import UUID

from services.rights.domain.deadlines import working_days_after
from shared.catalogues import Catalogue, Entry, catalogue, catalogue_of
from shared.contracts.rights import (
    EmployerInspected,
    LawSupervisionClosed,
    LawSupervisionOpened,
    RectificationVerified,
    SupervisionLetterAnswered,
    SupervisionLetterSent,
)
from shared.errors import Malformed, Refused
from shared.frozen import Frozen
from shared.rules import rule_or_none
from shared.stages import refuse_step

SupervisionEvent = (
    LawSupervisionOpened
    | EmployerInspected
    | SupervisionLetterSent
    | SupervisionLetterAnswered
    | RectificationVerified
    | LawSupervisionClosed
)
TOO_FEW_SUPERVISORS = "fewer-supervisors-than-the-rule"


class Letter(Entry):
    """What holds for a kind of letter; see the catalogue."""

    after: str | None = None
    lowest_level: int | None = None
    term: str | None = None


class Outcome(Entry):
    """How a supervision ends, from which stages."""

    stages: tuple[str, ...]


class EarlierLetterMissing(Refused):
    """Letters escalate one by one."""

    code = "earlier-letter-missing"


class LetterAlreadySent(Refused):
    """Each kind of letter once in a supervision."""

    code = "letter-already-sent"


class LevelTooLow(Refused):
    """Only unions of a county and above propose to the labour authority."""

    code = "letter-not-of-this-level"


class SenderNotAbove(Refused):
    """The letter comes from the union that supervises, or one above it."""

    code = "letter-sender-not-above"


class SupervisorTwice(Malformed):
    """A supervisor is named once."""

    code = "supervisor-twice"


class NothingFound(Refused):
    """Letters are about violations."""

    code = "no-violation-found"


class ResultOutOfTurn(Refused):
    """At its present stage the supervision does not end so."""

    code = "supervision-result-does-not-fit"


class Supervision(Frozen):
    """One supervision; `letters` in the order sent, `due_on` of the answer awaited now."""

    union: UUID
    employer: UUID
    topic: str
    violations: int = 0
    letters: tuple[str, ...] = ()
    due_on: date | None = None
    stage: str = "opened"
    since: date


class Sending(NamedTuple):
    """A letter, its sender and where that stands."""

    letter: str
    sender: UUID
    level: int
    lineage: tuple[UUID, ...]
    document: str
    on: date


def letters() -> Catalogue[Letter]:
    """All kinds of letters."""
    return catalogue_of("supervision_letters", Letter)


def decide_open(opened: LawSupervisionOpened) -> tuple[LawSupervisionOpened]:
    """On a topic of the catalogue."""
    catalogue("supervision_topics").checked(opened.topic, "topic")
    return (opened,)


def decide_inspect(state: Supervision, inspected: EmployerInspected, area: str) -> tuple[EmployerInspected]:
    """Warns of fewer supervisors than the rule asks for."""
    refuse_step(state, ("opened", "inspected"), inspected.occurredon, "inspected_on")
    if len(set(inspected.supervisors)) < len(inspected.supervisors):
        raise SupervisorTwice(
            "one is named twice",
            field="supervisors",
            value=str(len(inspected.supervisors)),
            remedy="name each supervisor once",
        )
    least = rule_or_none("supervision.inspectors", inspected.occurredon, area)
    few = least is not None and len(inspected.supervisors) < least
    return (inspected.model_copy(update={"warnings": (TOO_FEW_SUPERVISORS,) if few else ()}),)


def decide_send(state: Supervision, sending: Sending, area: str) -> tuple[SupervisionLetterSent]:
    """One after the other; the term for an answer is that of the area."""
    kind = letters().checked(sending.letter, "letter")
    refuse_step(state, ("inspected", "written", "answered"), sending.on, "sent_on")
    _refuse_sending(state, kind, sending)
    days = rule_or_none(kind.term, sending.on, area) if kind.term else None
    return (
        SupervisionLetterSent(
            occurredon=sending.on,
            topic=state.topic,
            letter=kind.id,
            earlier=state.letters[-1] if state.letters else None,
            sender=sending.sender,
            document=sending.document,
            due_on=working_days_after(sending.on, days) if days is not None else None,
            in_time_due=_in_time(state, sending.on),
            overdue_to=_late(state, sending.on),
        ),
    )


def decide_answer(state: Supervision, document: str, on: date) -> tuple[SupervisionLetterAnswered]:
    """To the last letter."""
    refuse_step(state, ("written",), on, "answered_on")
    return (
        SupervisionLetterAnswered(
            occurredon=on,
            topic=state.topic,
            letter=state.letters[-1],
            document=document,
            in_time_due=_in_time(state, on),
            overdue_to=_late(state, on),
        ),
    )


def decide_verify(state: Supervision, on: date) -> tuple[RectificationVerified]:
    """Answered or not."""
    refuse_step(state, ("written", "answered"), on, "verified_on")
    return (
        RectificationVerified(
            occurredon=on,
            topic=state.topic,
            letter=state.letters[-1],
            in_time_due=_in_time(state, on),
            overdue_to=_late(state, on),
        ),
    )


def decide_close(state: Supervision, result: str, on: date) -> tuple[LawSupervisionClosed]:
    """Put right, passed on with a proposal, or nothing was found."""
    refuse_step(state, ("inspected", "written", "answered", "rectified"), on, "closed_on")
    stages = catalogue_of("supervision_results", Outcome).checked(result, "result").stages
    here = {state.stage, state.letters[-1]} if state.letters else {state.stage}
    if not here & set(stages) or (result == "no_violation" and state.violations):
        raise ResultOutOfTurn(
            f"it is {state.stage} with {state.violations} violations found",
            field="result",
            value=result,
            remedy="write, verify or propose first, or close it with the result that fits",
        )
    return (
        LawSupervisionClosed(
            occurredon=on,
            topic=state.topic,
            letter=state.letters[-1] if state.letters else None,
            result=result,
            in_time_due=_in_time(state, on),
            overdue_to=_late(state, on),
        ),
    )


def evolve(state: Supervision | None, event: SupervisionEvent) -> Supervision:
    """The supervision after the event."""
    if isinstance(event, LawSupervisionOpened):
        return Supervision(
            union=event.union, employer=event.employer, topic=event.topic, since=event.occurredon
        )
    assert state is not None
    changes: dict[str, object] = {"since": event.occurredon, "due_on": None}
    match event:
        case EmployerInspected():
            changes |= {"stage": "inspected", "violations": state.violations + event.violations}
        case SupervisionLetterSent():
            sent = (*state.letters, event.letter)
            changes |= {"stage": "written", "letters": sent, "due_on": event.due_on}
        case SupervisionLetterAnswered():
            changes |= {"stage": "answered"}
        case RectificationVerified():
            changes |= {"stage": "rectified"}
        case LawSupervisionClosed():
            changes |= {"stage": "closed"}
        case _:
            assert_never(event)
    return state.model_copy(update=changes)


def _refuse_sending(state: Supervision, kind: Letter, sending: Sending) -> None:
    reason: tuple[type[Refused], str, str] | None = None
    if not state.violations:
        reason = NothingFound, "no violation was found", "inspect the employer, or close it"
    elif kind.id in state.letters:
        reason = LetterAlreadySent, "it was sent", "escalate, or verify what was done"
    elif kind.after is not None and kind.after not in state.letters:
        reason = EarlierLetterMissing, f"no {kind.after} was sent", f"send the {kind.after} first"
    elif kind.lowest_level is not None and sending.level > kind.lowest_level:
        reason = LevelTooLow, f"the sender is of level {sending.level}", "let a union of the county send it"
    elif sending.sender not in sending.lineage:
        reason = SenderNotAbove, "the sender is not above", "let the supervising union or one above it send"
    if reason:
        refusal, detail, remedy = reason
        raise refusal(detail, field="letter", value=kind.id, remedy=remedy)


def _in_time(state: Supervision, on: date) -> date | None:
    return state.due_on if state.due_on is not None and on <= state.due_on else None


def _late(state: Supervision, on: date) -> date | None:
    return on if state.due_on is not None and on > state.due_on else None
