"""Selection campaigns: who is nominated is voted on, and the selected are among them."""

from collections.abc import Mapping
from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.contracts.events import (
    NomineeProposed,
    NomineeVotes,
    SelectionDecided,
    SelectionOpened,
    SelectionPlanned,
    SelectionVotesCounted,
)
from shared.errors import Refused

SelectionEvent = (
    SelectionPlanned | SelectionOpened | NomineeProposed | SelectionVotesCounted | SelectionDecided
)
Status = Literal["planned", "open", "voted", "decided"]
FEWER_VOTES = "selected-with-fewer-votes"


class SelectionElsewhere(Refused):
    """The campaign is not at the stage that this needs."""

    code = "selection-not-at-this-stage"


class NominatedTwice(Refused):
    """The number or the person is on the list."""

    code = "nominated-twice"


class NotNominated(Refused):
    """The number is not on the list."""

    code = "not-nominated"


class VotesBeyondVoters(Refused):
    """A voter gives a nominee one vote at most."""

    code = "votes-beyond-voters"


class SelectedBeyondPlaces(Refused):
    """More were selected than there are places."""

    code = "selected-beyond-places"


class Selection(BaseModel):
    """`votes` by number of the nominee; `persons` are those nominees who are persons of the register."""

    model_config = ConfigDict(frozen=True)

    union: UUID
    selection_kind: str
    places: int
    planned_for: date
    status: Status = "planned"
    votes: Mapping[int, int] = {}
    persons: frozenset[UUID] = frozenset()
    selected: tuple[int, ...] = ()


def evolve(selection: Selection | None, event: SelectionEvent) -> Selection:
    """The campaign after the event."""
    if isinstance(event, SelectionPlanned):
        said = event.model_dump(include={"union", "selection_kind", "places", "planned_for"})
        return Selection.model_validate(said)
    assert selection is not None, "a campaign is planned first"
    return selection.model_copy(update=_changes(selection, event))


def decide_open(selection: Selection, document: str, on: date) -> tuple[SelectionOpened]:
    """Once."""
    _refuse_unless(selection, "planned")
    return (SelectionOpened(occurredon=on, selection_kind=selection.selection_kind, document=document),)


def decide_propose(
    selection: Selection, nominee: int, person: UUID | None, on: date
) -> tuple[NomineeProposed]:
    """Every number and every person once."""
    _refuse_unless(selection, "open")
    if nominee in selection.votes or person in selection.persons:
        raise NominatedTwice(
            "it is on the list", field="nominee", value=str(nominee), remedy="nothing is left to do"
        )
    return (
        NomineeProposed(
            occurredon=on, selection_kind=selection.selection_kind, nominee=nominee, person=person
        ),
    )


def decide_vote(
    selection: Selection, voters: int, votes: tuple[NomineeVotes, ...], on: date
) -> tuple[SelectionVotesCounted]:
    """All votes at once; nominees who are not named have none."""
    _refuse_unless(selection, "open")
    for number, each in enumerate(votes):
        _refuse_not_listed(selection, each.nominee, [other.nominee for other in votes[:number]])
        if each.votes > voters:
            raise VotesBeyondVoters(
                f"{voters} voted", field="votes", value=str(each.votes), remedy="check both numbers"
            )
    return (
        SelectionVotesCounted(
            occurredon=on, selection_kind=selection.selection_kind, voters=voters, votes=votes
        ),
    )


def decide_select(
    selection: Selection, nominees: tuple[int, ...], document: str, on: date
) -> tuple[SelectionDecided]:
    """After the vote; warned of when somebody with more votes is left out."""
    _refuse_unless(selection, "voted")
    for number, nominee in enumerate(nominees):
        _refuse_not_listed(selection, nominee, nominees[:number])
    if len(nominees) > selection.places:
        raise SelectedBeyondPlaces(
            f"there are {selection.places} places",
            field="nominees",
            value=str(len(nominees)),
            remedy="select fewer",
        )
    left_out = [votes for nominee, votes in selection.votes.items() if nominee not in nominees]
    fewest = min(selection.votes[nominee] for nominee in nominees)
    return (
        SelectionDecided(
            occurredon=on,
            selection_kind=selection.selection_kind,
            nominated=len(selection.votes),
            selected=len(nominees),
            nominees=nominees,
            document=document,
            warnings=(FEWER_VOTES,) if max(left_out, default=0) > fewest else (),
        ),
    )


def _changes(now: Selection, event: SelectionEvent) -> dict[str, object]:
    match event:
        case NomineeProposed(nominee=nominee, person=person):
            persons = now.persons | ({person} if person else set())
            return {"votes": {**now.votes, nominee: 0}, "persons": persons}
        case SelectionVotesCounted(votes=votes):
            counted = {each.nominee: each.votes for each in votes}
            return {"status": "voted", "votes": {**now.votes, **counted}}
        case SelectionDecided(nominees=nominees):
            return {"status": "decided", "selected": nominees}
        case _:
            return {"status": "open"}


def _refuse_not_listed(selection: Selection, nominee: int, named: tuple[int, ...] | list[int]) -> None:
    if nominee in named:
        raise NominatedTwice("it is named twice", field="nominee", value=str(nominee), remedy="name it once")
    if nominee not in selection.votes:
        raise NotNominated(
            "no nominee has this number", field="nominee", value=str(nominee), remedy="propose it first"
        )


def _refuse_unless(selection: Selection, status: Status) -> None:
    if selection.status != status:
        raise SelectionElsewhere(
            f"the campaign is {selection.status}",
            field="selection",
            value=selection.status,
            remedy=f"it would have to be {status}",
        )
