"""For every history of credentials the stock that events move is a plain count of what is held."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from services.membership.domain import certificates, credentials
from services.membership.domain.certificates import CertificateSet, complete, decide_change
from services.membership.domain.credentials import Credential
from services.membership.domain.placed import At
from services.projection import catalogue
from services.projection.fold import moves_of
from shared.contracts import Event
from shared.contracts.membership import Span
from shared.envelope import Place, Provenance, Recorded
from shared.errors import Refused
from tests.support.builders import named
from tests.unit.membership.credits import (
    CERTIFICATE,
    STAR,
    apply,
    grant,
    inspect,
    paper,
    refuse,
    renew,
    revoke,
    target,
)

FIRST = date(2020, 12, 1)
# `on`: the next step there is, so that histories get somewhere; the others come at any time.
ACTS = st.sampled_from(["on", "on", "on", "on", "target", "apply", "inspect", "refuse", "renew", "revoke"])
TRIALS = st.lists(
    st.tuples(ACTS, st.sampled_from([STAR, CERTIFICATE]), st.integers(0, 20), st.integers(-1, 60)),
    max_size=40,
)
Trial = tuple[str, str, int, int]
DAYS = [FIRST + timedelta(days=n) for n in range(1200)]


def tried(state: Credential | None, trial: Trial, on: date) -> tuple[At, ...]:
    """The events of one attempt; none where it is refused, or where there is nothing to act on."""
    act, scheme, _, length = trial
    act = "apply" if state is None and act == "on" else act
    grade = ("three_star", "four_star")[length % 2] if scheme == STAR else None
    said = paper(on + timedelta(days=length) if length % 5 else None, grade)
    begin = {"target": target(on, on.year, scheme=scheme), "apply": apply(on, scheme=scheme)}
    if state is None and act not in begin:
        return ()
    if state is not None and act == "on":
        act = next_step(state, scheme)
    decides = begin | {
        "inspect": inspect(on, passed=length % 4 > 0),
        "grant": grant(said, on),
        "refuse": refuse(on),
        "renew": renew(on, said),
        "revoke": revoke(on),
    }
    try:
        return decides[act](state)
    except Refused:
        return ()


def next_step(state: Credential, scheme: str) -> str:
    """What usually comes next."""
    if state.stage not in {"applied", "granted"}:
        return "apply"
    if scheme == STAR and not state.passed:
        return "inspect"
    return "grant" if state.stage == "applied" else "renew"


def history(trials: list[Trial]) -> tuple[dict[str, Credential], list[At]]:
    """Present states and all events; the days go on, up to three weeks at a time."""
    states: dict[str, Credential] = {}
    events: list[At] = []
    on = FIRST
    for trial in trials:
        on += timedelta(days=trial[2])
        decided = tried(states.get(trial[1]), trial, on)
        for event in decided:
            states[trial[1]] = credentials.evolve(states.get(trial[1]), event)
        events += decided
    return states, events


def moved(metric: str, events: list[Event]) -> Counter[date]:
    """What the events move on each day."""
    number = catalogue.metric(metric).number
    count: Counter[date] = Counter()
    for event in events:
        place = Place(named("union"), (named("union"),), (), named("union"))
        why = Provenance("ada", UUID(int=1), UUID(int=1))
        for move in moves_of(Recorded(UUID(int=2), UUID(int=3), 1, datetime.now(UTC), place, why, event)):
            count[move.day] += move.amount if move.metric == number else 0
    return count


def levels(changes: Counter[date]) -> list[int]:
    """The stock on every day."""
    stock, found = 0, []
    for day in DAYS:
        stock += changes[day]
        found.append(stock)
    return found


@given(TRIALS)
def test_the_stock_of_a_day_is_what_is_held_on_it(trials: list[Trial]) -> None:
    states, events = history(trials)
    assert levels(moved("credentials", [event for _, event in events])) == [
        sum(state.held(day) for state in states.values()) for day in DAYS
    ]


@given(TRIALS)
def test_a_holder_never_has_two_of_a_scheme(trials: list[Trial]) -> None:
    states, _ = history(trials)
    for state in states.values():
        for day in DAYS[::50]:
            held = [s for s in state.spans if s.first <= day and (s.last is None or day <= s.last)]
            assert len(held) <= 1


SPANS = st.lists(st.tuples(st.integers(0, 1100), st.integers(0, 300)), max_size=3)
PAPERS = st.fixed_dictionaries(dict.fromkeys(sorted(certificates.certificates()), SPANS))


@given(st.lists(PAPERS, min_size=1, max_size=4))
def test_a_union_counts_on_the_days_on_which_it_holds_what_the_day_demands(
    changes: list[dict[str, list[tuple[int, int]]]],
) -> None:
    state, events = CertificateSet(union=named("union")), list[Event]()
    papers: dict[str, tuple[Span, ...]] = {}
    for change in changes:
        papers = {scheme: spans_of(lengths) for scheme, lengths in change.items()}
        for event in decide_change(state, complete(papers, ""), FIRST):
            state = certificates.evolve(state, event)
            events.append(event)
    legal, credit = papers["legal_person_certificate"], papers["credit_code_certificate"]
    wanted = [holds(legal, day) and (day >= date(2021, 1, 1) or holds(credit, day)) for day in DAYS]
    assert levels(moved("certificate_sets", events)) == [int(each) for each in wanted]


def spans_of(lengths: list[tuple[int, int]]) -> tuple[Span, ...]:
    return tuple(Span(first=DAYS[n], last=DAYS[n] + timedelta(days=m)) for n, m in lengths)


def holds(spans: tuple[Span, ...], day: date) -> bool:
    return any(span.first <= day <= (span.last or day) for span in spans)
