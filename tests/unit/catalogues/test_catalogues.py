"""Kinds as data, and rules between dates."""

from datetime import date

import pytest

from shared.catalogues import FOLDER, Labelled, NotInCatalogue, catalogue, catalogue_of
from shared.rules import NoRuleInForce, rule, rules

NAMES = sorted(path.stem for path in FOLDER.glob("*.yaml"))
THRESHOLD = "scale.industry_threshold_fen"


@pytest.mark.parametrize("name", NAMES)
def test_every_entry_has_both_labels(name: str) -> None:
    entries = catalogue_of(name, Labelled)
    assert len(entries) > 0
    assert all(entry.zh and entry.en and key == entry.id for key, entry in entries.items())


def test_every_industry_line_has_a_number_of_its_own() -> None:
    numbers = [entry.number for entry in catalogue("lines").values()]
    assert sorted(number or 0 for number in numbers) == list(range(1, len(numbers) + 1))


def test_every_kind_of_union_says_at_which_levels_it_stands() -> None:
    for entry in catalogue("union_kinds").values():
        assert entry.levels is not None
        assert 1 <= entry.levels[0] <= entry.levels[1] <= 8


def test_populations_of_targets_are_known() -> None:
    for entry in catalogue("union_kinds").values():
        assert entry.population is None or entry.population in catalogue("populations")


def test_an_unknown_id_is_refused_with_what_there_is() -> None:
    with pytest.raises(NotInCatalogue) as refusal:
        catalogue("sexes").checked("x", "sex")
    assert refusal.value.field == "sex"
    assert "female, male" in refusal.value.remedy


@pytest.mark.parametrize(
    ("on", "million"),
    [(date(1998, 1, 1), 5), (date(2010, 12, 31), 5), (date(2011, 1, 1), 20), (date(2030, 1, 1), 20)],
)
def test_the_threshold_of_scale_is_that_of_the_date(on: date, million: int) -> None:
    assert rule(THRESHOLD, on) == million * 1_000_000 * 100


def test_before_the_first_known_value_there_is_none() -> None:
    with pytest.raises(NoRuleInForce):
        rule(THRESHOLD, date(1997, 12, 31))


def test_a_key_that_nobody_has_written_is_a_mistake_of_the_software() -> None:
    with pytest.raises(KeyError):
        rule("scale.nothing", date(2020, 1, 1))


def test_every_rule_names_its_issuer_and_document() -> None:
    assert all(each.issuer and each.document for each in rules())
