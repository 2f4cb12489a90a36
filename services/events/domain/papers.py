"""Research papers: the number planned for a year, those handed in, those awarded."""

from datetime import date
from uuid import UUID, uuid5

from pydantic import BaseModel, ConfigDict

from shared.contracts.events import PaperAwarded, PapersPlanned, PaperSubmitted
from shared.errors import Refused


class PlanUnchanged(Refused):
    """Old and new numbers are the same."""

    code = "paper-plan-unchanged"


class MostBelowLeast(Refused):
    """At most cannot be fewer than at least."""

    code = "most-below-least"


class PaperAwardedTwice(Refused):
    """A paper has one prize."""

    code = "paper-awarded-twice"


class AwardBeforeSubmission(Refused):
    """A paper is judged after it was handed in."""

    code = "award-before-submission"


class PaperPlan(BaseModel):
    """What one union plans for one year."""

    model_config = ConfigDict(frozen=True)

    union: UUID
    year: int
    at_least: int
    at_most: int


class Paper(BaseModel):
    """One paper; its text is kept elsewhere."""

    model_config = ConfigDict(frozen=True)

    union: UUID
    receiver: UUID
    submitted_on: date
    paper_award: str | None = None


def plan_id(union: UUID, year: int) -> UUID:
    """One plan for a union and year."""
    return uuid5(union, f"papers of {year}")


def evolve_plan(_plan: PaperPlan | None, event: PapersPlanned) -> PaperPlan:
    """The plan after the event."""
    return PaperPlan(union=event.union, year=event.year, at_least=event.at_least, at_most=event.at_most)


def evolve(paper: Paper | None, event: PaperSubmitted | PaperAwarded) -> Paper:
    """The paper after the event."""
    if isinstance(event, PaperSubmitted):
        return Paper(union=event.union, receiver=event.receiver, submitted_on=event.occurredon)
    assert paper is not None, "a paper is handed in first"
    return paper.model_copy(update={"paper_award": event.paper_award})


def decide_plan(before: PaperPlan | None, wanted: PaperPlan, on: date) -> tuple[PapersPlanned]:
    """Anew as often as it changes."""
    if wanted.at_most < wanted.at_least:
        raise MostBelowLeast(
            f"at least {wanted.at_least} are planned",
            field="at_most",
            value=str(wanted.at_most),
            remedy="give at least that number",
        )
    if before == wanted:
        raise PlanUnchanged(
            "this is the plan", field="at_least", value=str(wanted.at_least), remedy="nothing is left to do"
        )
    return (
        PapersPlanned(
            occurredon=on,
            old_at_least=before.at_least if before else None,
            old_at_most=before.at_most if before else None,
            **wanted.model_dump(),
        ),
    )


def decide_award(paper: Paper, paper_award: str, on: date) -> tuple[PaperAwarded]:
    """Once, after it was handed in."""
    if paper.paper_award:
        raise PaperAwardedTwice(
            "the paper has a prize", field="paper", value=paper.paper_award, remedy="nothing is left to do"
        )
    if on < paper.submitted_on:
        raise AwardBeforeSubmission(
            f"it was handed in on {paper.submitted_on}",
            field="awarded_on",
            value=str(on),
            remedy="give that day or a later one",
        )
    return (PaperAwarded(occurredon=on, union=paper.union, paper_award=paper_award),)
