"""Honours from recommendation to award, and back (DOMAIN ACT-01)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from services.membership.domain import honouring, honours
from services.membership.domain.applying import Deed
from services.membership.domain.dates import BeforeLatestFact, DateInFuture
from services.membership.domain.honouring import Nomination, Recipient
from services.membership.domain.honours import Honour
from services.membership.domain.placed import At
from shared.approval import ApproverIsRecorder
from shared.catalogues import NotInCatalogue, catalogue
from shared.contracts import membership as m
from tests.support.builders import TODAY, named
from tests.support.scenario import Scenario

ON = date(2013, 4, 1)
DAY = timedelta(days=1)
MEDAL, UNION = "may_day_medal", "advanced_union"
Decide = Callable[[Any], tuple[At, ...]]


def honour(*events: m.HonourEvent) -> Scenario[Honour]:
    return Scenario(honours.evolve).given(*(At(named("union"), each) for each in events))


def about(series: str = MEDAL, kind: str = "person", level: str = "county", on: date = ON) -> dict[str, Any]:
    said = {"series": series, "level": level, "year": 2013, "recipient_kind": kind}
    return said | {"recipient": named("ada"), "occurredon": on}


def recommended(**more: Any) -> m.HonourRecommended:
    return m.HonourRecommended(**about(**more), document=None, recorder="ada")


def reviewed(*, passed: bool = True, **more: Any) -> m.HonourReviewed:
    return m.HonourReviewed(**about(**more), passed=passed, recorder="ada", reviewer="eve")


def awarded(was: str = "county", **more: Any) -> m.HonourAwarded:
    said = {"recommended_level": was, "document": None, "recorder": "ada", "approver": "bo"}
    return m.HonourAwarded.model_validate(about(**more) | said)


def not_awarded(**more: Any) -> m.HonourNotAwarded:
    return m.HonourNotAwarded(**about(**more), recorder="ada", approver="bo")


def revoked(on: date, reason: str) -> m.HonourRevoked:
    return m.HonourRevoked(**about(on=on), awarded_on=ON, reason=reason, recorder="ada", approver="bo")


def recommend(series: str = MEDAL, kind: str = "person", level: str = "county", on: date = ON) -> Decide:
    who, what = Recipient(kind, named("ada")), Nomination(series, level, 2013, None)
    return lambda _: honouring.decide_recommend(named("union"), who, what, Deed(on, TODAY, "ada"))


def review(on: date = ON, actor: str = "eve", *, passed: bool = True) -> Decide:
    return lambda state: honouring.decide_review(state, Deed(on, TODAY, actor), passed=passed)


def award(level: str | None = None, on: date = ON, actor: str = "bo") -> Decide:
    return lambda state: honouring.decide_award(state, level, None, Deed(on, TODAY, actor))


def not_award(actor: str = "bo") -> Decide:
    return lambda state: honouring.decide_not_award(state, Deed(ON, TODAY, actor))


def revoke(reason: str, on: date = ON + DAY) -> Decide:
    return lambda state: honouring.decide_revoke_honour(state, reason, Deed(on, TODAY, "bo"))


def test_a_union_recommends() -> None:
    after = honour().when(recommend()).then(At(named("union"), recommended()))
    assert honours.claims(after)


@pytest.mark.parametrize(
    ("series", "kind"),
    [("may_day_certificate", "person"), (MEDAL, "organisation"), ("worker_pioneer", "organisation")],
)
def test_a_wrong_kind_of_recipient_is_refused(series: str, kind: str) -> None:
    honour().when(recommend(series, kind)).then_refused(honouring.WrongRecipientKind, "series")


def test_series_and_level_are_of_the_catalogue_and_fit() -> None:
    honour().when(recommend("best_smile")).then_refused(NotInCatalogue, "series")
    honour().when(recommend(level="moon")).then_refused(NotInCatalogue, "level")
    honour().when(recommend(level="company")).then_refused(honouring.SeriesNotOfLevel, "level")


def test_the_future_and_the_past_of_the_latest_fact_are_refused() -> None:
    honour().when(recommend(on=TODAY + DAY)).then_refused(DateInFuture)
    honour(recommended()).when(review(ON - DAY)).then_refused(BeforeLatestFact)


def test_a_medal_is_awarded_after_a_passed_review_by_somebody_else() -> None:
    honour(recommended()).when(award()).then_refused(honouring.ReviewMissing)
    honour(recommended()).when(review(actor="ada")).then_refused(ApproverIsRecorder)
    honour(recommended(), reviewed(passed=False)).when(award()).then_refused(honouring.ReviewFailed)
    ready = honour(recommended(), reviewed(passed=False), reviewed())
    ready.when(award(actor="ada")).then_refused(ApproverIsRecorder)
    ready.when(award()).then(At(named("union"), awarded()))


def test_another_level_than_the_recommended_may_award() -> None:
    ready = honour(recommended(), reviewed())
    ready.when(award("prefecture")).then(At(named("union"), awarded(level="prefecture")))
    ready.when(award("company")).then_refused(honouring.SeriesNotOfLevel)


def test_what_is_decided_is_decided() -> None:
    honour(recommended(), reviewed(), awarded()).when(award()).then_refused(honouring.HonourDecided)
    after = honour(recommended()).when(not_award()).then(At(named("union"), not_awarded()))
    assert honours.claims(after) == frozenset()
    honour(recommended(), not_awarded()).when(review()).then_refused(honouring.HonourDecided)
    honour(recommended()).when(not_award("ada")).then_refused(ApproverIsRecorder)


def test_an_award_is_revoked_for_a_reason() -> None:
    held = honour(recommended(), reviewed(), awarded())
    told = At(named("union"), revoked(ON + DAY, "misconduct"))
    assert honours.claims(held.when(revoke("misconduct")).then(told)) == frozenset()
    held.when(revoke("whim")).then_refused(NotInCatalogue, "reason")
    honour(recommended()).when(revoke("misconduct")).then_refused(honouring.NotAwarded)


def test_an_organisation_may_have_several_teams_with_the_same_honour() -> None:
    team = about("worker_pioneer", "team")
    state = (
        honour(m.HonourRecommended(**team, document=None, recorder="ada"))
        .when(review())
        .then(At(named("union"), m.HonourReviewed(**team, passed=True, recorder="ada", reviewer="eve")))
    )
    assert honours.claims(state) == frozenset()


def test_series_name_what_other_catalogues_have() -> None:
    for series in honours.series().values():
        assert set(series.recipients) <= set(catalogue("recipient_kinds"))
        assert set(series.granted_by) <= set(catalogue("granting_levels"))
