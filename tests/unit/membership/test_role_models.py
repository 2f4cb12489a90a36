"""Role models: nominated, named at levels, withdrawn (DOMAIN ACT-02, WEL-13)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from services.membership.domain import role_models
from services.membership.domain.applying import Deed
from services.membership.domain.dates import BeforeLatestFact
from services.membership.domain.placed import At
from services.membership.domain.role_models import RoleModel, Wish
from services.projection import catalogue as book
from services.projection.fold import moves_of
from shared.approval import ApproverIsRecorder
from shared.catalogues import NotInCatalogue, catalogue
from shared.contracts import membership as m
from shared.envelope import Place, Provenance, Recorded
from shared.errors import Refused
from tests.support.builders import TODAY, named
from tests.support.scenario import Scenario

ON = date(2010, 4, 1)
DAY = timedelta(days=1)
Decide = Callable[[Any], tuple[At, ...]]


def model(*events: m.RoleModelEvent) -> Scenario[RoleModel]:
    return Scenario(role_models.evolve).given(*(At(named("union"), each) for each in events))


def nominated(level: str = "county", year: int = 2010) -> m.RoleModelNominated:
    who: dict[str, Any] = {"person": named("ada"), "level": level, "title": "model_worker"}
    return m.RoleModelNominated(**who, occurredon=ON, year=year, recorder="ada")


def was_named(level: str = "county", old: str | None = None, highest: str = "county") -> m.RoleModelNamed:
    who: dict[str, Any] = {"person": named("ada"), "level": level, "title": "model_worker", "document": None}
    ranks: dict[str, Any] = {"old_highest": old, "highest": highest}
    return m.RoleModelNamed(**who, **ranks, occurredon=ON, recorder="ada", approver="bo")


def withdrawn(level: str = "county") -> m.RoleModelWithdrawn:
    who: dict[str, Any] = {"person": named("ada"), "level": level, "title": "model_worker"}
    return m.RoleModelWithdrawn(**who, occurredon=ON, reason="deceased", approver="bo")


def nominate(level: str = "county", title: str = "model_worker", year: int = 2010, **more: Any) -> Decide:
    who, on = (named(more.get("person", "ada")), named("union")), more.get("on", ON)
    wish = Wish(level, title, year)
    return lambda state: role_models.decide_nominate(state, who, wish, Deed(on, TODAY, "ada"))


def name(level: str = "county", on: date = ON, actor: str = "bo") -> Decide:
    return lambda state: role_models.decide_name(state, level, None, Deed(on, TODAY, actor))


def withdraw(reason: str = "deceased", on: date = ON) -> Decide:
    return lambda state: role_models.decide_withdraw(state, reason, Deed(on, TODAY, "bo"))


def placed(event: m.RoleModelEvent) -> At:
    return At(named("union"), event)


def test_who_is_nominated_may_be_named_by_somebody_else() -> None:
    model().when(nominate()).then(placed(nominated()))
    after = model(nominated()).when(name()).then(placed(was_named()))
    assert (after.highest, after.candidacies) == ("county", {})
    model(nominated()).when(name(actor="ada")).then_refused(ApproverIsRecorder)


def test_nobody_is_named_without_a_nomination_for_the_level() -> None:
    model(nominated()).when(name("nation")).then_refused(role_models.NotNominated, "level")


def test_level_and_title_are_of_the_catalogues() -> None:
    model().when(nominate("town")).then_refused(NotInCatalogue, "level")
    model().when(nominate(title="hero")).then_refused(NotInCatalogue, "title")


def test_a_level_is_named_once_and_a_candidate_of_a_year_nominated_once() -> None:
    model(nominated(), was_named()).when(nominate()).then_refused(role_models.NamedAlready, "level")
    model(nominated()).when(nominate()).then_refused(role_models.NominatedAlready, "level")
    model(nominated()).when(nominate(year=2011)).then(placed(nominated(year=2011)))


def test_facts_come_in_the_order_of_their_dates() -> None:
    model(nominated()).when(name(on=ON - DAY)).then_refused(BeforeLatestFact)


def test_a_higher_level_replaces_the_lower_and_a_lower_one_changes_nothing() -> None:
    county = (nominated(), was_named())
    up = was_named("nation", "county", "nation")
    assert model(*county, nominated("nation")).when(name("nation")).then(placed(up)).highest == "nation"
    down = was_named("county", "nation", "nation")
    nation = (nominated("nation"), was_named("nation", None, "nation"))
    assert model(*nation, nominated()).when(name()).then(placed(down)).highest == "nation"


def test_a_role_model_is_withdrawn_for_a_reason() -> None:
    held = model(nominated(), was_named())
    assert held.when(withdraw()).then(placed(withdrawn())).highest is None
    held.when(withdraw("whim")).then_refused(NotInCatalogue, "reason")
    model(nominated()).when(withdraw()).then_refused(role_models.NotRoleModel, "person")


TRIALS = st.lists(
    st.tuples(
        st.sampled_from(["nominate", "name", "withdraw"]),
        st.sampled_from(["ada", "bob", "eve"]),
        st.sampled_from(list(catalogue("role_model_levels"))),
        st.integers(0, 3),
    ),
    max_size=60,
)


@given(TRIALS)
def test_every_living_role_model_counts_once_at_the_highest_level(
    trials: list[tuple[str, str, str, int]],
) -> None:
    states: dict[str, RoleModel] = {}
    stock: Counter[str] = Counter()
    on = ON
    for act, person, level, later in trials:
        on += timedelta(days=later)
        decides: dict[str, Decide] = {
            "nominate": nominate(level, year=on.year, on=on, person=person),
            "name": name(level, on),
            "withdraw": withdraw(on=on),
        }
        if person not in states and act != "nominate":
            continue
        try:
            events = decides[act](states.get(person))
        except Refused:
            continue
        for event in events:
            states[person] = role_models.evolve(states.get(person), event)
            stock.update(moved(event))
    assert {level: n for level, n in stock.items() if n} == Counter(
        state.highest for state in states.values() if state.highest
    )


def moved(placed: At) -> dict[str, int]:
    """What an event adds to the stock of each level."""
    number = book.metric("role_models").number
    place = Place(placed.unit, (placed.unit,), (), placed.unit)
    why = Provenance("ada", UUID(int=1), UUID(int=1))
    moves = moves_of(Recorded(UUID(int=2), UUID(int=3), 1, datetime.now(UTC), place, why, placed.event))
    count: Counter[str] = Counter()
    for move in moves:
        count[dict(move.dims).get("role_model_level", "")] += move.amount if move.metric == number else 0
    return count
