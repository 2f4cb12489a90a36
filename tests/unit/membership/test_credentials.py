"""Credentials from target to end (DOMAIN ORG-08 to ORG-11, ORG-22)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from services.membership.domain import applying, granting, schemes
from services.membership.domain.dates import BeforeLatestFact, DateInFuture, NothingChanges
from shared.approval import ApproverIsRecorder
from shared.catalogues import NotInCatalogue, catalogue
from tests.unit.membership.credits import (
    CERTIFICATE,
    END,
    ON,
    SATISFIED,
    TODAY,
    applied,
    apply,
    at,
    credential,
    end,
    grant,
    granted,
    inspect,
    inspected,
    paper,
    refuse,
    refused,
    renew,
    renewed,
    revoke,
    revoked,
    target,
    targeted,
)

DAY = timedelta(days=1)
LATER = date(2022, 1, 10)
CERTIFIED: dict[str, Any] = {"scheme": CERTIFICATE}


def test_who_is_targeted_may_apply_and_the_year_is_remembered() -> None:
    credential().when(target()).then(at(targeted()))
    after = credential(targeted(2022)).when(apply()).then(at(applied()))
    assert (after.stage, after.year) == ("applied", 2022)


def test_a_target_may_be_moved_to_another_year_but_not_set_twice() -> None:
    credential(targeted(2021)).when(target(year=2022)).then(at(targeted(2022)))
    credential(targeted(2021)).when(target(year=2021)).then_refused(applying.AlreadyTargeted, "year")


def test_an_enterprise_title_is_not_for_a_union() -> None:
    credential().when(apply(scheme=SATISFIED)).then_refused(schemes.SchemeNotForHolder, "scheme")


@pytest.mark.parametrize(("scheme", "grade"), [("star_rating", "model_home"), (CERTIFICATE, "one_star")])
def test_a_grade_is_one_of_the_scheme(scheme: str, grade: str) -> None:
    credential().when(apply(scheme=scheme, grade=grade)).then_refused(schemes.GradeNotOfScheme, "grade")


def test_nothing_is_recorded_before_it_happens_or_before_the_latest_fact() -> None:
    credential().when(apply(on=TODAY + DAY)).then_refused(DateInFuture)
    credential(applied()).when(inspect(ON - DAY)).then_refused(BeforeLatestFact)
    credential(applied(**CERTIFIED)).when(grant(on=ON - DAY)).then_refused(BeforeLatestFact)


def test_one_application_at_a_time() -> None:
    credential(applied()).when(apply()).then_refused(applying.ApplicationOpen)
    credential(applied()).when(target()).then_refused(applying.ApplicationOpen)


def test_who_holds_it_need_not_apply_until_it_has_expired() -> None:
    held = credential(applied(**CERTIFIED), granted(**CERTIFIED))
    held.when(apply(END, scheme=CERTIFICATE)).then_refused(applying.CredentialHeld)
    held.when(apply(END + DAY, scheme=CERTIFICATE)).then(at(applied(on=END + DAY, **CERTIFIED)))


def test_after_a_refusal_or_a_revocation_one_may_apply_again() -> None:
    credential(applied(), refused()).when(apply(LATER)).then(at(applied(on=LATER)))
    given = (applied(**CERTIFIED), granted(**CERTIFIED), revoked(on=LATER, **CERTIFIED))
    credential(*given).when(apply(LATER, scheme=CERTIFICATE)).then(at(applied(on=LATER, **CERTIFIED)))


def test_who_recorded_the_application_neither_inspects_nor_decides() -> None:
    credential(applied()).when(inspect(actor="ada")).then_refused(ApproverIsRecorder)
    credential(applied(**CERTIFIED)).when(grant(actor="ada")).then_refused(ApproverIsRecorder)
    credential(applied()).when(refuse(actor="ada")).then_refused(ApproverIsRecorder)
    held = credential(applied(**CERTIFIED), granted(**CERTIFIED))
    held.when(renew(END, actor="ada")).then_refused(ApproverIsRecorder)
    held.when(revoke(END, actor="ada")).then_refused(ApproverIsRecorder)


def test_what_nobody_applied_for_is_neither_inspected_nor_granted() -> None:
    credential(targeted()).when(inspect()).then_refused(applying.NothingToInspect)
    credential(targeted()).when(grant()).then_refused(granting.NotApplied)


def test_stars_are_granted_after_a_passed_inspection() -> None:
    credential(applied()).when(grant(paper(grade="three_star"))).then_refused(granting.InspectionMissing)
    failed = credential(applied(), inspected(passed=False))
    failed.when(grant(paper(grade="three_star"))).then_refused(granting.InspectionFailed)
    after = (
        credential(applied(), inspected(passed=False), inspected())
        .when(grant(paper(grade="three_star")))
        .then(at(granted(until=None, grade="three_star")))
    )
    assert after.living(TODAY)


def test_a_scheme_with_grades_is_granted_in_one() -> None:
    credential(applied(), inspected()).when(grant()).then_refused(granting.GradeNeeded, "grade")


def test_the_grade_applied_for_counts_where_none_is_said() -> None:
    asked = credential(applied(grade="two_star"), inspected(grade="two_star"))
    asked.when(grant()).then(at(granted(until=None, grade="two_star")))


def test_a_certificate_is_granted_by_a_level_that_may() -> None:
    asked = credential(applied(**CERTIFIED))
    asked.when(grant(paper(level="company"))).then_refused(schemes.LevelNotGranting, "level")
    asked.when(grant(paper(level="moon"))).then_refused(NotInCatalogue, "level")


def test_a_certificate_is_valid_to_the_end_of_the_committees_term() -> None:
    end = date(2024, 3, 31)
    asked = credential(applied(**CERTIFIED))
    asked.when(grant(paper(term_end=end))).then(at(granted(until=end, **CERTIFIED)))


def test_without_a_known_term_it_is_valid_for_the_longest_the_rule_allows() -> None:
    doubt = (granting.WITHOUT_TERM,)
    credential(applied(**CERTIFIED)).when(grant()).then(at(granted(warnings=doubt, **CERTIFIED)))


def test_before_the_rule_of_2021_a_certificate_has_no_end() -> None:
    on = date(2014, 5, 1)
    credential(applied(on=on, **CERTIFIED)).when(grant(on=on)).then(
        at(granted(until=None, on=on, **CERTIFIED))
    )


@pytest.mark.parametrize("until", [date(2024, 5, 30), date(2026, 6, 1)])
def test_a_validity_outside_three_to_five_years_is_doubted(until: date) -> None:
    doubt = (granting.OUTSIDE_TERM,)
    credential(applied(**CERTIFIED)).when(grant(paper(until))).then(
        at(granted(until=until, warnings=doubt, **CERTIFIED))
    )


def test_nothing_ends_before_it_begins() -> None:
    asked = credential(applied(**CERTIFIED))
    asked.when(grant(paper(ON - DAY))).then_refused(granting.EndsBeforeItBegins, "valid_until")


def test_a_target_or_an_application_may_come_to_nothing() -> None:
    credential(targeted()).when(refuse()).then(at(refused()))
    after = credential(applied()).when(refuse()).then(at(refused()))
    assert after.stage == "refused"
    credential(applied(), refused()).when(refuse()).then_refused(granting.NotApplied)


def test_a_renewal_in_the_last_thirty_days_begins_where_the_old_one_ends() -> None:
    on, until = date(2026, 5, 10), date(2030, 5, 31)
    held = credential(applied(**CERTIFIED), granted(**CERTIFIED))
    after = held.when(renew(on, paper(until))).then(at(renewed(END, until, on=on, **CERTIFIED)))
    assert [(span.first, span.last) for span in after.spans] == [(ON, until)]


def test_an_early_renewal_is_doubted() -> None:
    on, until = date(2026, 5, 1), date(2030, 5, 31)
    told = renewed(END, until, on=on, warnings=(granting.BEFORE_WINDOW,), **CERTIFIED)
    credential(applied(**CERTIFIED), granted(**CERTIFIED)).when(renew(on, paper(until))).then(at(told))


def test_a_late_renewal_leaves_a_gap() -> None:
    on, until = END + 10 * DAY, date(2030, 5, 31)
    told = renewed(END, until, late=True, on=on, warnings=(granting.AFTER_EXPIRY,), **CERTIFIED)
    held = credential(applied(**CERTIFIED), granted(**CERTIFIED))
    after = held.when(renew(on, paper(until))).then(at(told))
    assert not after.held(END + DAY)
    assert after.held(on)


def test_stars_are_renewed_after_another_inspection_perhaps_with_one_more() -> None:
    held = (applied(), inspected(), granted(until=None, grade="three_star"))
    more = paper(grade="four_star")
    credential(*held).when(renew(LATER, more)).then_refused(granting.InspectionMissing)
    again = credential(*held, inspected(on=LATER, grade="three_star"))
    told = renewed(None, None, on=LATER, grade="four_star", old_grade="three_star")
    assert again.when(renew(LATER, more)).then(at(told)).grade == "four_star"


def test_a_renewal_changes_something() -> None:
    held = credential(applied(scheme="six_haves_union"), granted(until=None, scheme="six_haves_union"))
    held.when(renew(LATER)).then_refused(NothingChanges)


def test_what_is_not_held_is_neither_renewed_nor_revoked() -> None:
    asked = credential(applied(**CERTIFIED))
    asked.when(renew(LATER)).then_refused(granting.NotHeld)
    asked.when(revoke(LATER)).then_refused(granting.NotHeld)
    expired = credential(applied(**CERTIFIED), granted(**CERTIFIED))
    expired.when(revoke(END + DAY)).then_refused(granting.NotHeld)


def test_a_credential_is_revoked_for_a_reason_of_the_catalogue() -> None:
    held = credential(applied(**CERTIFIED), granted(**CERTIFIED))
    after = held.when(revoke(LATER)).then(at(revoked(on=LATER, **CERTIFIED)))
    assert (after.held(LATER - DAY), after.held(LATER)) == (True, False)
    held.when(revoke(LATER, "whim")).then_refused(NotInCatalogue, "reason")


def test_schemes_name_what_other_catalogues_have() -> None:
    for scheme in schemes.schemes().values():
        assert scheme.family in catalogue("credential_families")
        assert set(scheme.grades) <= set(catalogue("credential_grades"))
        assert set(scheme.granted_by) <= set(catalogue("granting_levels"))
        assert set(scheme.holders) <= {"union", "employer"}
        assert scheme.inspection or not scheme.reinspection


def test_a_year_from_a_leap_day_ends_on_the_last_of_february() -> None:
    assert schemes.last_day(date(2024, 2, 29), 3) == date(2027, 2, 28)
    assert schemes.last_day(date(2024, 3, 1), 5) == date(2029, 2, 28)


def test_what_a_union_holds_ends_with_it_whoever_records_that() -> None:
    held = credential(applied(**CERTIFIED), granted(**CERTIFIED))
    told = revoked(on=LATER, **CERTIFIED).model_copy(update={"reason": "holder_ended", "approver": "ada"})
    held.when(end(LATER)).then(at(told))
    later = granted(on=LATER, **CERTIFIED)
    given = told.model_copy(update={"occurredon": LATER})
    credential(applied(**CERTIFIED), later).when(end(ON)).then(at(given))
    held.when(end(END + DAY)).then()
    credential(applied(**CERTIFIED)).when(end(LATER)).then()
