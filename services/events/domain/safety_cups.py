"""The safety competition by rounds of two years (DOMAIN ACT-03)."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID, uuid5

from pydantic import BaseModel, ConfigDict

from shared.catalogues import Catalogue, Entry, catalogue, catalogue_of
from shared.contracts import events as e
from shared.errors import Refused
from shared.stages import refuse_out_of_turn

CupEvent = e.AnkangCupEntered | e.AnkangAccidentsReported | e.AnkangCupAssessed
_CUPS = UUID("0f4f35a5-0a6d-5d5b-8a3c-7b2f5f0f9d11")


class CupEnteredAlready(Refused):
    """A union takes part in a round once."""

    code = "cup-entered-already"


class YearOutsideRound(Refused):
    """The round has other years."""

    code = "year-outside-round"


class AccidentsNotReported(Refused):
    """Zero is told, too."""

    code = "accidents-not-reported"


class CupRound(Entry):
    """A round begins with `first_year` and lasts two years, in early times one."""

    first_year: int
    lasts: int = 2

    @property
    def years(self) -> tuple[int, ...]:
        """All of them."""
        return tuple(range(self.first_year, self.first_year + self.lasts))


class SafetyCup(BaseModel):
    """One union in one round; `accidents` by year and severity."""

    model_config = ConfigDict(frozen=True)

    union: UUID
    round: str
    stage: str
    since: date
    accidents: Mapping[int, Mapping[str, int]] = {}


def rounds() -> Catalogue[CupRound]:
    """All rounds."""
    return catalogue_of("ankang_rounds", CupRound)


def cup_id(union: UUID, round_: str) -> UUID:
    """One for each union and round."""
    return uuid5(_CUPS, f"{union}/{round_}")


def evolve(state: SafetyCup | None, event: CupEvent) -> SafetyCup:
    """The union's part after the event."""
    if isinstance(event, e.AnkangCupEntered):
        return SafetyCup(union=event.union, round=event.round, stage="entered", since=event.occurredon)
    assert state is not None, "a union enters first"
    if isinstance(event, e.AnkangCupAssessed):
        return state.model_copy(update={"stage": "assessed", "since": event.occurredon})
    told = {**state.accidents.get(event.year, {}), event.severity: event.accidents}
    return state.model_copy(update={"accidents": {**state.accidents, event.year: told}})


def decide_enter(state: SafetyCup | None, entered: e.AnkangCupEntered) -> tuple[e.AnkangCupEntered]:
    """Raises CupEnteredAlready."""
    if state is not None:
        raise CupEnteredAlready(
            "the union takes part in this round",
            field="round",
            value=entered.round,
            remedy="nothing is to be done",
        )
    return (entered,)


def decide_report(
    state: SafetyCup, report: e.AnkangAccidentsReported
) -> tuple[e.AnkangAccidentsReported, ...]:
    """Raises YearOutsideRound. The same again changes nothing."""
    years = rounds()[state.round].years
    if report.year not in years:
        raise YearOutsideRound(
            f"the round has {' and '.join(map(str, years))}",
            field="year",
            value=str(report.year),
            remedy="give one of them",
        )
    old = state.accidents.get(report.year, {}).get(report.severity)
    return () if old == report.accidents else (report.model_copy(update={"old_accidents": old}),)


def decide_assess(state: SafetyCup, assessed: e.AnkangCupAssessed) -> tuple[e.AnkangCupAssessed]:
    """Once every severity of every year was told. Raises AccidentsNotReported."""
    refuse_out_of_turn(state, "entered")
    wanted = [
        (year, each) for year in rounds()[state.round].years for each in catalogue("accident_severities")
    ]
    missing = [f"{year} {each}" for year, each in wanted if each not in state.accidents.get(year, {})]
    if missing:
        raise AccidentsNotReported(
            f"{len(missing)} figures of accidents are missing",
            field="accidents",
            value=missing[0],
            remedy="report every severity of every year of the round, zero too",
        )
    return (assessed,)
