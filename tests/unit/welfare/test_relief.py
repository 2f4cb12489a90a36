"""Cases of relief from the application to the decision."""

from datetime import date
from uuid import UUID

import pytest

from services.welfare.domain import relieving
from services.welfare.domain.entries import BeforeLastEntry
from services.welfare.domain.programmes import payers, programmes
from services.welfare.domain.relief import evolve
from services.welfare.domain.sources import purposes, sources
from shared.approval import ApproverIsRecorder
from shared.catalogues import catalogue
from shared.rules import rules
from tests.unit.welfare.relief_stories import APPLIED, APPROVED, about, applied, approved

SCHOOL = {"programme": "tuition_aid", "occasion": "autumn_term", "stage": "university"}


def test_every_programme_speaks_of_what_there_is() -> None:
    written = {each.key for each in rules()}
    for programme in programmes().values():
        assert programme.purpose in purposes()
        assert set(programme.recipients) <= set(catalogue("relief_recipients"))
        assert set(programme.forms) <= set(catalogue("relief_forms"))
        assert set(programme.payers) <= set(payers())
        for key in (programme.cap_year, None if programme.staged else programme.cap_time):
            assert key is None or key in written


def test_every_cap_of_a_student_is_a_rule_that_somebody_wrote() -> None:
    tuition = programmes()["tuition_aid"]
    for stage in ("university", "secondary", "primary"):
        for holder in (True, False):
            assert tuition.cap_a_time(stage, date(2008, 9, 1), "533400", holder=holder) == 300_000
    assert tuition.cap_a_time("university", date(2024, 9, 1), "429006", holder=True) == 500_000


def test_every_payer_but_the_union_has_a_source() -> None:
    assert {each.source for each in payers().values() if each.id != "union"} <= set(sources())


def test_an_application_says_who_receives() -> None:
    (event,) = relieving.decide_apply(about(), relieving.Request(applied().union, 5, "ada"), APPLIED)
    assert (event.about.people, event.requested_fen, event.recorder) == (1, 5, "ada")


def test_a_programme_is_for_its_own() -> None:
    with pytest.raises(relieving.RecipientNotOfProgramme):
        applied(recipient="members", person=None, people=100)


@pytest.mark.parametrize(
    "lacking",
    [
        {"person": None},
        {"recipient": "household", "person": None, "people": 0},
        {"programme": "heat_relief", "recipient": "employer", "person": None},
        {"programme": "heat_relief", "recipient": "employer", "employer": UUID(int=1), "people": 0},
        {"programme": "festival_goods", "recipient": "members", "people": 0},
        {"programme": "childrens_day", "recipient": "group", "people": 0},
        SCHOOL | {"stage": "none"},
        {"programme": "role_model_visit"},
    ],
)
def test_what_the_programme_must_know_is_not_left_out(lacking: dict[str, object]) -> None:
    with pytest.raises(relieving.RecipientIncomplete):
        applied(**lacking)  # type: ignore[arg-type]


def test_a_pupils_aid_needs_a_parents_consent() -> None:
    with pytest.raises(relieving.ConsentMissing):
        applied(**SCHOOL | {"stage": "primary"})  # type: ignore[arg-type]
    assert applied(consent="同意2013-1", **SCHOOL | {"stage": "primary"}).status == "applied"  # type: ignore[arg-type]
    assert applied(**SCHOOL).status == "applied"  # type: ignore[arg-type]


def test_what_helps_once_a_year_is_held_until_it_is_refused() -> None:
    case = applied(**SCHOOL)  # type: ignore[arg-type]
    assert case.once is not None
    assert applied().once is None
    (refused,) = relieving.decide_refuse(case, "no_money", "bo", APPROVED)
    assert evolve(case, refused).once is None


def test_who_recorded_it_does_not_decide_on_it() -> None:
    with pytest.raises(ApproverIsRecorder):
        relieving.decide_approve(applied(), None, "ada", APPROVED)
    with pytest.raises(ApproverIsRecorder):
        relieving.decide_refuse(applied(), "no_money", "ada", APPROVED)


def test_less_may_be_approved_and_no_more() -> None:
    (event,) = relieving.decide_approve(applied(1000), 600, "bo", APPROVED)
    assert (event.requested_fen, event.approved_fen) == (1000, 600)
    with pytest.raises(relieving.BeyondRequest):
        relieving.decide_approve(applied(1000), 1001, "bo", APPROVED)


def test_a_case_is_decided_once() -> None:
    with pytest.raises(relieving.CaseElsewhere):
        relieving.decide_approve(approved(), None, "bo", APPROVED)
    (gone,) = relieving.decide_withdraw(approved(), APPROVED)
    with pytest.raises(relieving.CaseElsewhere):
        relieving.decide_withdraw(evolve(approved(), gone), APPROVED)


def test_nothing_is_decided_before_it_was_applied_for() -> None:
    with pytest.raises(BeforeLastEntry):
        relieving.decide_approve(applied(), None, "bo", date(2013, 1, 4))
