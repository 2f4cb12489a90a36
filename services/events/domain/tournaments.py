"""Tournaments of several rounds (chapter 2: every member of a union group takes part in the preliminary)."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.events.domain.ranking import refuse_holes
from shared.contracts.events import (
    TournamentGroupCounted,
    TournamentPlace,
    TournamentPlanned,
    TournamentResultPublished,
    TournamentRoundHeld,
)
from shared.errors import Refused

NOT_ALL_TOOK_PART = "compulsory-not-all-took-part"
TournamentEvent = TournamentPlanned | TournamentGroupCounted | TournamentRoundHeld | TournamentResultPublished


class GroupCountedTwice(Refused):
    """The group was counted."""

    code = "group-counted-twice"


class GroupNotCounted(Refused):
    """No such group took part in the preliminary."""

    code = "group-not-counted"


class EntrantsBeyondGroup(Refused):
    """A group cannot send more than it has."""

    code = "entrants-beyond-group"


class EntrantsBeyondAdvanced(Refused):
    """Only those who went on play the next round."""

    code = "entrants-beyond-advanced"


class AdvancedBeyondEntrants(Refused):
    """More go on than played."""

    code = "advanced-beyond-entrants"


class TournamentOver(Refused):
    """All rounds were held, or the ranks are published."""

    code = "tournament-over"


class TournamentNotOver(Refused):
    """Ranks are published after the final."""

    code = "tournament-not-over"


class Tournament(BaseModel):
    """`held` rounds so far; `advanced` of the last one; `groups` by number with their entrants."""

    model_config = ConfigDict(frozen=True)

    union: UUID
    sport: str
    rounds: int
    compulsory: bool
    planned_for: date
    held: int = 0
    advanced: int = 0
    published: bool = False
    groups: Mapping[int, int] = {}


def evolve(tournament: Tournament | None, event: TournamentEvent) -> Tournament:
    """The tournament after the event."""
    if isinstance(event, TournamentPlanned):
        said = event.model_dump(include={"union", "sport", "rounds", "compulsory", "planned_for"})
        return Tournament.model_validate(said)
    assert tournament is not None, "a tournament is planned first"
    match event:
        case TournamentGroupCounted(group=group, entrants=entrants):
            changes: dict[str, object] = {"groups": {**tournament.groups, group: entrants}}
        case TournamentRoundHeld(number=number, advanced=advanced):
            changes = {"held": number, "advanced": advanced}
        case _:
            changes = {"published": True}
    return tournament.model_copy(update=changes)


def decide_count(
    tournament: Tournament, group: int, members: int, entrants: int, on: date
) -> tuple[TournamentGroupCounted]:
    """Each group once; warned of if all had to take part and some did not."""
    _refuse_published(tournament)
    if group in tournament.groups:
        raise GroupCountedTwice(
            "the group was counted", field="group", value=str(group), remedy="check the number of the group"
        )
    if entrants > members:
        raise EntrantsBeyondGroup(
            f"the group has {members} members",
            field="entrants",
            value=str(entrants),
            remedy="check both numbers",
        )
    short = tournament.compulsory and entrants < members
    return (
        TournamentGroupCounted(
            occurredon=on,
            sport=tournament.sport,
            group=group,
            members=members,
            entrants=entrants,
            warnings=(NOT_ALL_TOOK_PART,) if short else (),
        ),
    )


def decide_round(
    tournament: Tournament, entrants: int, advanced: int, on: date
) -> tuple[TournamentRoundHeld]:
    """The next round; nobody goes on after the final."""
    _refuse_published(tournament)
    number = tournament.held + 1
    if number > tournament.rounds:
        raise TournamentOver(
            f"all {tournament.rounds} rounds were held",
            field="tournament",
            value=str(tournament.held),
            remedy="publish the result",
        )
    if tournament.held and entrants > tournament.advanced:
        raise EntrantsBeyondAdvanced(
            f"{tournament.advanced} went on from the round before",
            field="entrants",
            value=str(entrants),
            remedy="check both rounds",
        )
    last = number == tournament.rounds
    if advanced > (0 if last else entrants):
        raise AdvancedBeyondEntrants(
            "nobody goes on from the final" if last else f"{entrants} played",
            field="advanced",
            value=str(advanced),
            remedy="check both numbers",
        )
    stage = "final" if last else "preliminary" if number == 1 else "intermediate"
    return (
        TournamentRoundHeld(
            occurredon=on,
            sport=tournament.sport,
            number=number,
            rounds=tournament.rounds,
            stage=stage,
            entrants=entrants,
            advanced=advanced,
        ),
    )


def decide_publish(
    tournament: Tournament, places: tuple[TournamentPlace, ...], document: str, on: date
) -> tuple[TournamentResultPublished]:
    """After the final, once; shared ranks leave out those that follow."""
    _refuse_published(tournament)
    if tournament.held < tournament.rounds:
        raise TournamentNotOver(
            f"{tournament.held} of {tournament.rounds} rounds were held",
            field="tournament",
            value=str(tournament.held),
            remedy="tell the rounds first",
        )
    groups = [place.group for place in places]
    for number, group in enumerate(groups):
        if group not in tournament.groups:
            raise GroupNotCounted(
                "no such group took part", field="group", value=str(group), remedy="count it first"
            )
        if group in groups[:number]:
            raise GroupCountedTwice(
                "the group has a rank", field="group", value=str(group), remedy="name it once"
            )
    refuse_holes([place.rank for place in places], "gapped")
    return (
        TournamentResultPublished(occurredon=on, sport=tournament.sport, places=places, document=document),
    )


def _refuse_published(tournament: Tournament) -> None:
    if tournament.published:
        raise TournamentOver(
            "its result is published", field="tournament", value=tournament.sport, remedy="plan a new one"
        )
