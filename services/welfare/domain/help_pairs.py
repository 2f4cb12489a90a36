"""One person helps another: matched, helping, ended; what was pledged and given stand side by side."""

from datetime import date
from typing import Literal, NamedTuple, assert_never
from uuid import UUID

from shared.contracts.welfare import HelpDelivered, HelpPairEnded, HelpPairMatched
from shared.errors import Malformed, Refused
from shared.frozen import Frozen

PairEvent = HelpPairMatched | HelpDelivered | HelpPairEnded
GAVE_MORE = "given-more-than-pledged"


class HelpsOneself(Malformed):
    """Helper and helped are the same person."""

    code = "helps-oneself"


class PairExists(Refused):
    """These two are a pair of this kind."""

    code = "help-pair-exists"


class PairEnded(Refused):
    """The pair has ended."""

    code = "help-pair-ended"


class NothingDelivered(Malformed):
    """Neither money nor sessions."""

    code = "nothing-delivered"


class BeforePairStep(Refused):
    """The date lies before the step it follows."""

    code = "before-pair-step"


class HelpPair(Frozen):
    """One pair."""

    union: UUID
    kind: str
    helper: UUID
    helped: UUID
    pledged_fen: int
    given_fen: int = 0
    sessions: int = 0
    stage: Literal["matched", "helping", "ended"] = "matched"
    latest_on: date


class Match(NamedTuple):
    """Who helps whom, and with how much money."""

    kind: str
    helper: UUID
    helped: UUID
    pledged_fen: int
    on: date


def decide_match(present: UUID | None, union: UUID, match: Match) -> tuple[HelpPairMatched]:
    """`present` is the pair that these two are."""
    if match.helper == match.helped:
        raise HelpsOneself(
            "two people make a pair", field="helped", value=str(match.helped), remedy="name another person"
        )
    if present is not None:
        raise PairExists(
            f"they are pair {present}",
            field="helped",
            value=str(match.helped),
            remedy="go on with that pair, or end it first",
        )
    return (
        HelpPairMatched(
            occurredon=match.on,
            union=union,
            kind=match.kind,
            helper=match.helper,
            helped=match.helped,
            pledged_fen=match.pledged_fen,
        ),
    )


def decide_deliver(state: HelpPair, given_fen: int, sessions: int, on: date) -> tuple[HelpDelivered]:
    """Money, sessions, or both."""
    _refuse_ended(state, on, "delivered_on")
    if not given_fen and not sessions:
        raise NothingDelivered(
            "nothing was given", field="given_fen", value="0", remedy="give money or sessions"
        )
    return (
        HelpDelivered(
            occurredon=on, kind=state.kind, helped=state.helped, given_fen=given_fen, sessions=sessions
        ),
    )


def warnings_on(state: HelpPair, event: HelpDelivered) -> tuple[str, ...]:
    """More than was pledged is welcome, but looks odd."""
    beyond = bool(state.pledged_fen) and state.given_fen + event.given_fen > state.pledged_fen
    return (GAVE_MORE,) if beyond else ()


def decide_end(state: HelpPair, on: date) -> tuple[HelpPairEnded]:
    """With what was given in all."""
    _refuse_ended(state, on, "ended_on")
    return (
        HelpPairEnded(
            occurredon=on,
            kind=state.kind,
            helped=state.helped,
            pledged_fen=state.pledged_fen,
            given_fen=state.given_fen,
        ),
    )


def evolve(state: HelpPair | None, event: PairEvent) -> HelpPair:
    """The pair after the event."""
    if isinstance(event, HelpPairMatched):
        return HelpPair(
            union=event.union,
            kind=event.kind,
            helper=event.helper,
            helped=event.helped,
            pledged_fen=event.pledged_fen,
            latest_on=event.occurredon,
        )
    assert state is not None
    match event:
        case HelpDelivered():
            given = {
                "given_fen": state.given_fen + event.given_fen,
                "sessions": state.sessions + event.sessions,
            }
            return state.model_copy(update={"stage": "helping", "latest_on": event.occurredon, **given})
        case HelpPairEnded():
            return state.model_copy(update={"stage": "ended", "latest_on": event.occurredon})
        case _:
            assert_never(event)


def _refuse_ended(state: HelpPair, on: date, field: str) -> None:
    if state.stage == "ended":
        raise PairEnded(
            f"it ended on {state.latest_on}",
            field="pair",
            value=state.stage,
            remedy="match the two again",
        )
    if on < state.latest_on:
        raise BeforePairStep(
            f"the step before it is of {state.latest_on}",
            field=field,
            value=str(on),
            remedy="give that day or a later one",
        )
