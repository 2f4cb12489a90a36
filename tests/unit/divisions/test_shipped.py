"""The shipped provinces, whole: counts were taken from the published CSV files with awk."""

from collections import Counter
from datetime import date

import pytest

from unionstream.divisions import Division, load, load_retired

EDITION = date(2023, 6, 30)


@pytest.fixture(scope="module")
def zhejiang() -> dict[str, Division]:
    return {division.code: division for division in load("33")}


@pytest.fixture(scope="module")
def guizhou() -> dict[str, Division]:
    return {division.code: division for division in load("52")}


def levels(units: dict[str, Division]) -> dict[int, int]:
    return dict(Counter(unit.level for unit in units.values()))


def test_zhejiang_has_every_unit_but_the_placeholder_of_longgang(zhejiang: dict[str, Division]) -> None:
    # 1,387 town entries are published; one of them stands for no town.
    assert levels(zhejiang) == {1: 1, 2: 11, 3: 90, 4: 1386, 5: 25547}


def test_guizhou_has_every_unit(guizhou: dict[str, Division]) -> None:
    assert levels(guizhou) == {1: 1, 2: 9, 3: 88, 4: 1510, 5: 17964}


@pytest.mark.parametrize(
    ("code", "name", "parent", "kind"),
    [
        ("330000000000", "浙江省", None, "province"),
        ("330282000000", "慈溪市", "330200000000", "county_city"),
        ("330282121000", "周巷镇", "330282000000", "town"),
        ("330282121235", "天元村委会", "330282121000", "village"),
        ("330206007000", "戚家山街道", "330206000000", "street"),
    ],
)
def test_known_places_of_zhejiang(
    zhejiang: dict[str, Division], code: str, name: str, parent: str | None, kind: str
) -> None:
    assert zhejiang[code] == Division(code, name, zhejiang[code].level, parent, kind, EDITION)


def test_villages_of_a_city_without_towns_hang_on_the_city(zhejiang: dict[str, Division]) -> None:
    assert "330383198000" not in zhejiang
    below = [unit for unit in zhejiang.values() if unit.code.startswith("330383198")]
    assert below
    assert {unit.parent_code for unit in below} == {"330383000000"}


def test_bijie_stands_under_its_new_code(guizhou: dict[str, Division]) -> None:
    counties = [unit.name for unit in guizhou.values() if unit.parent_code == "520500000000"]
    assert guizhou["520500000000"].name == "毕节市"
    assert len(counties) == 8
    assert "七星关区" in counties


def test_retired_units_name_a_successor_that_exists_or_retired_later(
    zhejiang: dict[str, Division], guizhou: dict[str, Division]
) -> None:
    living = zhejiang | guizhou
    retired = {unit.code: unit for province in ("33", "52") for unit in load_retired(province)}
    assert len(retired) == 11
    assert not set(retired) & set(living)
    for unit in retired.values():
        assert unit.successor_code in living or unit.successor_code in retired
        assert unit.parent_code in living or unit.parent_code in retired
        assert unit.certainty in {"second-hand", "unchecked"}
        assert unit.source


def test_the_town_merged_in_2013_and_the_prefecture_renamed_in_2011_are_known() -> None:
    (town,) = load_retired("33")
    assert (town.name, town.successor_code, town.certainty) == ("天元镇", "330282121000", "unchecked")
    prefecture = next(load_retired("52"))
    assert (prefecture.name, prefecture.level, prefecture.successor_code) == ("毕节地区", 2, "520500000000")
    assert prefecture.valid_to == date(2011, 12, 27)
