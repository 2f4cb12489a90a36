"""Apply for relief, approve, refuse, withdraw (DOMAIN WEL-05 to WEL-07, WEL-13, FIN-20)."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from services.welfare.domain.entries import refuse_earlier
from services.welfare.domain.programmes import Programme, programmes, stages
from services.welfare.domain.relief import ReliefCase, Status
from shared.approval import refuse_own
from shared.contracts.welfare import (
    ReliefAbout,
    ReliefApplied,
    ReliefApproved,
    ReliefRefused,
    ReliefWithdrawn,
)
from shared.errors import Malformed, Refused

NONE = "none"


class RecipientNotOfProgramme(Refused):
    """The programme is for others."""

    code = "recipient-not-of-programme"


class RecipientIncomplete(Malformed):
    """What the programme must know of the recipient is missing."""

    code = "recipient-incomplete"


class ConsentMissing(Refused):
    """Data of a child under 14 need a parent's consent."""

    code = "consent-missing"


class CaseElsewhere(Refused):
    """The case is not at the stage that this needs."""

    code = "case-not-at-this-stage"


class BeyondRequest(Refused):
    """Nobody gets more than was asked for; less is possible."""

    code = "beyond-request"


class Request(NamedTuple):
    """What is asked for, and by whom it is recorded."""

    union: UUID
    requested_fen: int
    recorder: str
    consent: str = ""


def decide_apply(about: ReliefAbout, request: Request, on: date) -> tuple[ReliefApplied]:
    """A new case."""
    programme = programmes()[about.programme]
    _refuse_others(programme, about)
    _refuse_incomplete(programme, about)
    if programme.staged and stages()[about.stage].consent and not request.consent:
        raise ConsentMissing(
            "the parent's consent must be on file",
            field="consent",
            value=about.stage,
            remedy="give the number of the signed consent",
        )
    return (
        ReliefApplied(
            occurredon=on,
            about=about,
            union=request.union,
            requested_fen=request.requested_fen,
            recorder=request.recorder,
            consent=request.consent,
        ),
    )


def decide_approve(
    case: ReliefCase, approved_fen: int | None, approver: str, on: date
) -> tuple[ReliefApproved]:
    """All that was asked for, or (`approved_fen`) less of it."""
    refuse_unless(case, "applied", on=on)
    refuse_own(case.recorder, approver)
    fen = case.requested_fen if approved_fen is None else approved_fen
    if fen > case.requested_fen:
        raise BeyondRequest(
            f"{case.requested_fen} fen were asked for",
            field="approved_fen",
            value=str(fen),
            remedy="approve at most that much",
        )
    return (
        ReliefApproved(
            occurredon=on,
            about=case.about,
            requested_fen=case.requested_fen,
            approved_fen=fen,
            recorder=case.recorder,
            approver=approver,
        ),
    )


def decide_refuse(case: ReliefCase, refusal: str, approver: str, on: date) -> tuple[ReliefRefused]:
    """A refusal, with its reason."""
    refuse_unless(case, "applied", on=on)
    refuse_own(case.recorder, approver)
    return (
        ReliefRefused(
            occurredon=on,
            about=case.about,
            refusal=refusal,
            recorder=case.recorder,
            approver=approver,
        ),
    )


def decide_withdraw(case: ReliefCase, on: date) -> tuple[ReliefWithdrawn]:
    """Before anything was paid."""
    refuse_unless(case, "applied", "approved", on=on)
    return (ReliefWithdrawn(occurredon=on, about=case.about),)


def refuse_unless(case: ReliefCase, *stages_: Status, on: date) -> None:
    """Raises CaseElsewhere, or BeforeLastEntry for a day before the case's last one."""
    if case.status not in stages_:
        raise CaseElsewhere(
            f"the case is {case.status}",
            field="case",
            value=case.status,
            remedy=f"it would have to be {' or '.join(stages_)}",
        )
    refuse_earlier(case.last_on, on)


def _refuse_others(programme: Programme, about: ReliefAbout) -> None:
    if about.recipient not in programme.recipients:
        raise RecipientNotOfProgramme(
            f"{programme.id} is for {', '.join(programme.recipients)}",
            field="recipient",
            value=about.recipient,
            remedy="choose another recipient or programme",
        )


def _refuse_incomplete(programme: Programme, about: ReliefAbout) -> None:
    missing = {
        "person": about.recipient == "person" and about.person is None,
        "employer": about.recipient == "employer" and about.employer is None,
        "people": about.recipient in {"employer", "members", "group"} and not about.people,
        "households": about.recipient == "household" and not about.households,
        "stage": programme.staged and about.stage == NONE,
        "level": programme.levelled and about.level == NONE,
    }
    for field, lacks in missing.items():
        if lacks:
            raise RecipientIncomplete(
                f"{programme.id} for {about.recipient} must say this",
                field=field,
                remedy=f"give {field}",
            )
