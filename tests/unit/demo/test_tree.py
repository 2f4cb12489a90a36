"""The bodies of places, with the names that places once had."""

from __future__ import annotations

from unionstream.demo import tree
from unionstream.demo.land import Province, read

LITTLE = (Province(province="52", whole=False, whole_prefecture="5205", deepest=3),)


def test_a_place_is_founded_with_its_first_name_and_known_by_its_present_code() -> None:
    land = read().model_copy(update={"provinces": LITTLE})
    ((codes, batch),) = tree.bodies(land)
    bodies = dict(zip(codes, (item.body for item in batch.items), strict=True))
    prefecture, county = bodies["520500000000"], bodies["520502000000"]
    assert (prefecture["name"], prefecture["division"]) == ("毕节地区总工会", "522400000000")
    assert county["parent"] == prefecture["division"]
    assert batch.in_order
    (renamed,) = tree.renamings(land, {code: f"id of {code}" for code in codes})
    assert ("/v1/unions/id of 520500000000/rename", "520500000000") in {
        (item.path, item.body["division"]) for item in renamed.items
    }


def test_a_place_that_a_chapter_tells_is_left_to_it() -> None:
    land = read()
    zhejiang = next(each for each in land.provinces if each.province == "33")
    assert "330282119000" in land.told
    assert not [
        each for history in tree.histories(land, zhejiang) for each in history if each.code in land.told
    ]
