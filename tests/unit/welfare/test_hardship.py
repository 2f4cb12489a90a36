"""Hardship archives from survey to exit."""

from datetime import date

import pytest

from services.welfare.domain import filing
from services.welfare.domain.entries import BeforeLastEntry
from services.welfare.domain.hardship import archive_id
from services.welfare.domain.hardship_classes import computed, standard
from shared.approval import ApproverIsRecorder
from tests.unit.welfare.hardship_stories import (
    HOLDER,
    SPOUSE,
    after,
    assessed,
    cancelled,
    exited,
    filed,
    household,
    means,
    surveyed,
    updated,
    verified,
)

SPRING, AUTUMN = date(2021, 3, 1), date(2021, 9, 1)


@pytest.mark.parametrize(
    ("but", "wanted"),
    [
        ({"income_fen": 2_159_999}, "deep"),
        ({"income_fen": 2_160_000}, "relative"),  # 600 yuan a head exactly
        ({"income_fen": 2_560_000, "costs_fen": 400_001}, "deep"),
        ({"income_fen": 4_320_000}, "none"),
        ({"income_fen": 9_000_000, "loss_fen": 7_200_001}, "accident"),
        ({"income_fen": 9_000_000, "loss_fen": 7_200_000}, "none"),
        ({"standard_fen": None}, "none"),
    ],
)
def test_the_class_follows_from_means_and_standard(but: dict[str, int | None], wanted: str) -> None:
    assert computed(means(**but), SPRING, "533123") == wanted


@pytest.mark.parametrize(("income", "wanted"), [(3_240_000, "near_subsistence"), (3_240_001, "none")])
def test_older_classes_hold_for_their_time(income: int, wanted: str) -> None:
    assert computed(means(income_fen=income), date(2013, 3, 1), "533123") == wanted


def test_the_standard_is_that_of_the_day() -> None:
    assert standard(date(2013, 3, 1), "") != standard(SPRING, "")
    assert standard(date(1999, 1, 1), "") is None


def test_filing_tells_what_speaks_against_it() -> None:
    doubtful = assessed("relative", ("second_home",))
    (event,) = filing.decide_file(None, household(), doubtful, SPRING, "ada")
    assert event.computed_class == "deep"
    assert event.warnings == ("class-differs", "exclusion-found")
    (event,) = filing.decide_file(None, household(), assessed("subsistence"), SPRING, "ada")
    assert event.warnings == ("class-not-in-use", "class-differs")
    (event,) = filing.decide_file(None, household(), assessed("deep", standard_fen=None), SPRING, "ada")
    assert event.warnings == ("no-standard-known",)


def test_a_household_has_one_open_archive() -> None:
    with pytest.raises(filing.ArchiveOpen):
        filed(AUTUMN)(after(filed(SPRING)))
    with pytest.raises(filing.ArchiveOpen):
        surveyed(AUTUMN)(after(filed(SPRING)))


def test_the_archive_of_a_holder_is_the_same_everywhere() -> None:
    assert archive_id(HOLDER) == archive_id(HOLDER)
    assert archive_id(HOLDER) != archive_id(SPOUSE)


def test_everybody_named_lives_in_the_household() -> None:
    with pytest.raises(filing.HouseholdTooSmall):
        filing.decide_file(None, household(1, (SPOUSE,)), assessed(size=1), SPRING, "ada")


def test_a_household_may_come_back_into_hardship() -> None:
    archive = after(surveyed(SPRING), filed(SPRING), exited(AUTUMN))
    (event,) = filed(date(2022, 1, 5))(archive)
    assert event.refiled
    assert not filed(SPRING)(after(surveyed(SPRING)))[0].refiled


def test_relief_that_is_recorded_late_is_judged_by_the_day_it_was_given() -> None:
    archive = after(filed(SPRING), exited(AUTUMN), filed(date(2022, 1, 5)))
    days = (date(2021, 2, 28), SPRING, date(2021, 8, 31), AUTUMN, date(2022, 1, 5), date(2030, 1, 1))
    assert [archive.open_on(day) for day in days] == [False, True, True, False, True, True]
    assert not after(surveyed(SPRING)).open_on(AUTUMN)


def test_who_recorded_it_does_not_verify_it() -> None:
    with pytest.raises(ApproverIsRecorder):
        verified(AUTUMN, "ada")(after(filed(SPRING)))
    with pytest.raises(ApproverIsRecorder):
        verified(AUTUMN, "cy")(after(filed(SPRING), updated(SPRING)))


def test_a_verification_is_due_every_year() -> None:
    (event,) = verified(AUTUMN)(after(filed(SPRING)))
    assert (event.was_due_on, event.due_on) == (date(2022, 3, 1), date(2022, 9, 1))
    assert event.cleared_on == date(2022, 3, 2)
    (late,) = verified(date(2022, 5, 1))(after(filed(SPRING)))
    assert late.cleared_on == date(2022, 5, 1)


def test_a_due_day_that_a_month_lacks_is_its_last() -> None:
    assert filing.months_after(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert filing.months_after(date(2021, 8, 31), 6) == date(2022, 2, 28)


@pytest.mark.parametrize(
    ("since", "warnings"),
    [
        (date(2021, 3, 1), ()),
        (date(2021, 3, 2), ("above-standard-too-short",)),
        (date.max, ("above-standard-too-short",)),
    ],
)
def test_an_exit_wants_six_months_above_the_standard(since: date, warnings: tuple[str, ...]) -> None:
    (event,) = exited(AUTUMN, since)(after(filed(date(2021, 1, 1))))
    assert event.warnings == warnings


@pytest.mark.parametrize("step", [verified(AUTUMN), updated(AUTUMN), exited(AUTUMN), cancelled(AUTUMN)])
def test_only_an_open_archive_is_changed_or_closed(step: object) -> None:
    for archive in (after(surveyed(SPRING)), after(filed(SPRING), cancelled(SPRING))):
        with pytest.raises(filing.ArchiveNotOpen):
            step(archive)  # type: ignore[operator]


def test_an_archive_is_kept_in_the_order_of_its_days() -> None:
    with pytest.raises(BeforeLastEntry):
        exited(SPRING)(after(filed(AUTUMN)))


def test_an_update_tells_the_old_class_and_size() -> None:
    (event,) = updated(AUTUMN)(after(filed(SPRING)))
    assert (event.old_class, event.hardship_class) == ("deep", "relative")
    assert (event.old_size, event.household_size) == (3, 4)
