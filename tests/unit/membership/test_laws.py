"""What holds for every history of memberships, whatever is tried in which order."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from hypothesis import given
from hypothesis import strategies as st

from services.membership.domain import joining, members, standing
from services.membership.domain.members import Member
from services.membership.domain.placed import At
from shared.contracts import membership as m
from shared.errors import Refused
from tests.support.builders import a_union, named

START = date(2006, 1, 1)
TODAY = date(2014, 2, 1)
UNIONS = ("union/1", "union/2", "union/3")

ACTS = st.sampled_from(["join", "transfer", "leave", "retire", "retain", "resume", "correct"])
TRIALS = st.lists(
    st.tuples(ACTS, st.sampled_from(["ada", "bob"]), st.sampled_from(UNIONS), st.integers(-3, 40)),
    max_size=40,
)
Trial = tuple[str, str, str, int]


def tried(member: Member | None, trial: Trial) -> tuple[At, ...]:
    """The events of one attempt; none where it is refused, or where there is nobody to act on."""
    act, person, union, day = trial
    on, target = START + timedelta(days=day), (named(union), a_union(union))
    if act == "join":
        who = joining.Applicant(named(person), "female", "general")
        return joining.decide_join(member, who, target, on, TODAY)
    if member is None:
        return ()
    decides: dict[str, Callable[..., tuple[At, ...]]] = {
        "transfer": partial(joining.decide_transfer, destination=target),
        "leave": partial(joining.decide_leave, reason="resigned"),
        "retire": standing.decide_retire,
        "retain": standing.decide_retain,
        "resume": standing.decide_resume,
        "correct": partial(standing.decide_correct, sex=None, worker_kind="migrant"),
    }
    return decides[act](member, on=on, today=TODAY)


def history(trials: list[Trial]) -> tuple[dict[str, Member], list[At]]:
    """Present states and all events of whatever was not refused."""
    states: dict[str, Member] = {}
    events: list[At] = []
    for trial in trials:
        try:
            decided = tried(states.get(trial[1]), trial)
        except Refused:
            continue
        for event in decided:
            states[trial[1]] = members.evolve(states.get(trial[1]), event)
        events += decided
    return states, events


def stock(events: list[At]) -> Counter[object]:
    """Living members of every union, counted from the events alone."""
    count: Counter[object] = Counter()
    for unit, event in events:
        count[unit] += isinstance(event, m.MemberJoined | m.MemberTransferredIn)
        count[unit] -= isinstance(event, m.MemberLeft | m.MemberTransferredOut)
    return count


@given(TRIALS)
def test_members_of_a_union_are_those_who_came_less_those_who_went(trials: list[Trial]) -> None:
    states, events = history(trials)
    assert +stock(events) == Counter(state.union for state in states.values() if state.living)


@given(TRIALS)
def test_transfers_out_equal_transfers_in(trials: list[Trial]) -> None:
    _, events = history(trials)
    out = [(e.person, at, e.destination) for at, e in events if isinstance(e, m.MemberTransferredOut)]
    into = [(e.person, e.origin, at) for at, e in events if isinstance(e, m.MemberTransferredIn)]
    assert out == into


@given(TRIALS)
def test_nobody_ever_has_two_living_memberships(trials: list[Trial]) -> None:
    _, events = history(trials)
    for person in ("ada", "bob"):
        living = 0
        for _, event in events:
            if getattr(event, "person", None) == named(person):
                living += isinstance(event, m.MemberJoined)
                living -= isinstance(event, m.MemberLeft)
                assert living in {0, 1}


@given(TRIALS)
def test_no_union_has_fewer_than_no_members_on_any_day(trials: list[Trial]) -> None:
    _, events = history(trials)
    for day in {event.occurredon for _, event in events}:
        assert min(stock([each for each in events if each.event.occurredon <= day]).values(), default=0) >= 0


@given(TRIALS)
def test_facts_of_one_membership_never_go_back_in_time(trials: list[Trial]) -> None:
    _, events = history(trials)
    for person in ("ada", "bob"):
        days = [e.occurredon for _, e in events if getattr(e, "person", None) == named(person)]
        assert days == sorted(days)
