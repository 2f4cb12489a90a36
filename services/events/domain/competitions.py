"""A competition from its announcement to the commendation (DOMAIN ACT-04, ACT-06)."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.events.domain.ranking import PrizeRule, RankRule
from shared.catalogues import Catalogue, Entry, catalogue_of
from shared.contracts import events as e
from shared.contracts.events import RankedEntry
from shared.errors import Refused
from shared.stages import refuse_step

CompetitionEvent = (
    e.CompetitionAnnounced
    | e.CompetitionEntered
    | e.CompetitionEntryWithdrawn
    | e.CompetitionStarted
    | e.CompetitionRoundHeld
    | e.CompetitionHeld
    | e.CompetitionRanked
    | e.CompetitionPrizesDecided
    | e.CompetitionCommended
    | e.CompetitionClosed
    | e.CompetitionCancelled
)
NO_DISCIPLINE, TEAM, PERSON = "other", "team", "person"
_STAGES: Mapping[type[CompetitionEvent], str] = {
    e.CompetitionStarted: "running",
    e.CompetitionRoundHeld: "running",
    e.CompetitionHeld: "held",
    e.CompetitionRanked: "ranked",
    e.CompetitionCommended: "commended",
    e.CompetitionClosed: "closed",
    e.CompetitionCancelled: "cancelled",
}


class DisciplineMissing(Refused):
    """A skill contest says in which craft."""

    code = "discipline-missing"


class EnteredAlready(Refused):
    """The same person or unit has entered."""

    code = "entered-already"


class CompetitionFull(Refused):
    """No more entries are taken."""

    code = "competition-full"


class EntryUnknown(Refused):
    """There is no such entry in this competition."""

    code = "entry-not-in-competition"


class EntriesCounted(Refused):
    """Who took part is known from the entries."""

    code = "competition-has-entries"


class NobodyTookPart(Refused):
    """A competition is held with somebody in it."""

    code = "competition-without-participants"


class RoundOutOfOrder(Refused):
    """Rounds are numbered from 1 on."""

    code = "round-out-of-order"


class CompetitionKind(Entry):
    """A kind of competition; see the head of the catalogue."""

    discipline: bool = False


class CompetitionEntry(BaseModel):
    """One entry; `people` compete in it."""

    model_config = ConfigDict(frozen=True)

    entrant_kind: str
    entrant: UUID
    people: int


class Competition(BaseModel):
    """`results` by the number of the single event; `prized` are those whose prizes are decided."""

    model_config = ConfigDict(frozen=True)

    stage: str
    since: date
    union: UUID
    kind: str
    discipline: str
    theme: str
    edition: int | None = None
    level: int | None = None
    rank_rule: RankRule
    prize_rule: PrizeRule
    single_events: int
    limit: int
    rounds: int = 0
    held_on: date | None = None
    entries: Mapping[UUID, CompetitionEntry] = {}
    results: Mapping[int, tuple[RankedEntry, ...]] = {}
    prized: tuple[int, ...] = ()

    @property
    def about(self) -> dict[str, Any]:
        """What every event repeats."""
        return self.model_dump(include={"kind", "discipline", "theme", "edition", "level"})


class Turnout(NamedTuple):
    """What was counted when it was held; 0 where nobody counted."""

    times: int = 1
    participants: int = 0
    person_times: int = 0
    teams: int = 0
    units: int = 0


def kinds() -> Catalogue[CompetitionKind]:
    """Kinds of competitions."""
    return catalogue_of("competition_kinds", CompetitionKind)


def evolve(state: Competition | None, event: CompetitionEvent) -> Competition:
    """The competition after the event."""
    if isinstance(event, e.CompetitionAnnounced):
        said = event.model_dump(include=set(Competition.model_fields))
        return Competition.model_validate(said | {"stage": "announced", "since": event.occurredon})
    assert state is not None, "a competition is announced first"
    steps = {"stage": _STAGES.get(type(event), state.stage), "since": max(state.since, event.occurredon)}
    return state.model_copy(update=steps | _changes(state, event))


def _changes(state: Competition, event: CompetitionEvent) -> dict[str, object]:
    match event:
        case e.CompetitionEntered() | e.CompetitionEntryWithdrawn():
            return {"entries": _entries(state, event)}
        case e.CompetitionRoundHeld(number=number):
            return {"rounds": number}
        case e.CompetitionHeld():
            return {"held_on": event.occurredon}
        case e.CompetitionRanked():
            return {"results": {**state.results, event.single_event: event.results}}
        case e.CompetitionPrizesDecided():
            return {"prized": (*state.prized, event.single_event)}
        case _:
            return {}


def _entries(
    state: Competition, event: e.CompetitionEntered | e.CompetitionEntryWithdrawn
) -> dict[UUID, CompetitionEntry]:
    left = {id_: each for id_, each in state.entries.items() if id_ != event.entry}
    if isinstance(event, e.CompetitionEntryWithdrawn):
        return left
    entered = event.model_dump(include={"entrant_kind", "entrant", "people"})
    return left | {event.entry: CompetitionEntry(**entered)}


def decide_announce(announced: e.CompetitionAnnounced) -> tuple[e.CompetitionAnnounced]:
    """A skill contest names its discipline."""
    if kinds()[announced.kind].discipline and announced.discipline == NO_DISCIPLINE:
        raise DisciplineMissing(
            "this kind of competition is held in a craft",
            field="discipline",
            value=announced.discipline,
            remedy="name the discipline",
        )
    return (announced,)


def decide_enter(state: Competition, id_: UUID, entry: CompetitionEntry, on: date) -> tuple[CompetitionEvent]:
    """A person, an employer or a union once; of one union any number of teams."""
    refuse_step(state, ("announced",), on, "on")
    if len(state.entries) >= state.limit:
        raise CompetitionFull(
            f"{state.limit} have entered", field="competition", value=str(state.limit), remedy="enter no more"
        )
    same = {(each.entrant_kind, each.entrant) for each in state.entries.values() if each.entrant_kind != TEAM}
    if (entry.entrant_kind, entry.entrant) in same:
        raise EnteredAlready(
            "it has entered", field="entrant", value=str(entry.entrant), remedy="nothing is to be done"
        )
    return (e.CompetitionEntered(occurredon=on, entry=id_, **state.about, **entry.model_dump()),)


def decide_withdraw(state: Competition, entry: UUID, on: date) -> tuple[CompetitionEvent]:
    """Until it is held."""
    refuse_step(
        state,
        (
            "announced",
            "running",
        ),
        on,
        "on",
    )
    said = entry_of(state, entry).model_dump()
    return (e.CompetitionEntryWithdrawn(occurredon=on, entry=entry, **state.about, **said),)


def decide_start(state: Competition, on: date) -> tuple[CompetitionEvent]:
    """Entering ends."""
    refuse_step(state, ("announced",), on, "on")
    return (e.CompetitionStarted(occurredon=on, **state.about),)


def decide_round(state: Competition, number: int, entries: int, on: date) -> tuple[CompetitionEvent]:
    """Preliminary rounds in their order."""
    refuse_step(
        state,
        (
            "announced",
            "running",
        ),
        on,
        "on",
    )
    if number != state.rounds + 1:
        raise RoundOutOfOrder(
            f"round {state.rounds + 1} comes next",
            field="number",
            value=str(number),
            remedy="tell the rounds in their order",
        )
    return (e.CompetitionRoundHeld(occurredon=on, number=number, entries=entries, **state.about),)


def decide_hold(state: Competition, turnout: Turnout, on: date) -> tuple[CompetitionEvent]:
    """Counts come from the entries, or are told where nobody entered by name."""
    refuse_step(
        state,
        (
            "announced",
            "running",
        ),
        on,
        "on",
    )
    counted = turnout if not state.entries else _counted(state, turnout)
    if not any(counted[1:]):
        raise NobodyTookPart(
            "nobody took part",
            field="participants",
            value="0",
            remedy="tell how many people, person-times, teams or units took part",
        )
    said = counted._asdict()
    return (e.CompetitionHeld(occurredon=on, single_events=state.single_events, **state.about, **said),)


def decide_commend(state: Competition, commended: e.CompetitionCommended) -> tuple[CompetitionEvent]:
    """After it was held."""
    refuse_step(
        state,
        (
            "held",
            "ranked",
        ),
        commended.occurredon,
        "on",
    )
    return (commended,)


def decide_close(state: Competition, on: date) -> tuple[CompetitionEvent]:
    """After it was held."""
    refuse_step(
        state,
        (
            "held",
            "ranked",
            "commended",
        ),
        on,
        "on",
    )
    return (e.CompetitionClosed(occurredon=on, **state.about),)


def decide_cancel(state: Competition, on: date) -> tuple[CompetitionEvent]:
    """Before it was held."""
    refuse_step(
        state,
        (
            "announced",
            "running",
        ),
        on,
        "on",
    )
    return (e.CompetitionCancelled(occurredon=on, **state.about),)


def entry_of(state: Competition, entry: UUID) -> CompetitionEntry:
    """Raises EntryUnknown."""
    found = state.entries.get(entry)
    if found is None:
        raise EntryUnknown(
            "it is not among the entries", field="entry", value=str(entry), remedy="name one that entered"
        )
    return found


def _counted(state: Competition, told: Turnout) -> Turnout:
    if told.participants or told.teams or told.units:
        raise EntriesCounted(
            "the entries say who took part",
            field="participants",
            value=str(told.participants),
            remedy="leave people, teams and units out",
        )
    entries = state.entries.values()
    people = sum(each.people for each in entries)
    teams = sum(each.entrant_kind == TEAM for each in entries)
    units = sum(each.entrant_kind not in {TEAM, PERSON} for each in entries)
    return Turnout(told.times, people, told.person_times or people, teams, units)
