"""How a unit speaks of itself and of everything below it (LAN-08): 全省, 全县, 街道, 我会."""

from __future__ import annotations

PROVINCE, PREFECTURE, COUNTY, TOWN, VILLAGE = 1, 2, 3, 4, 5
# The first ending found in the name decides; the last entry of a level stands for all other names.
SCOPES: dict[int, tuple[tuple[str, str], ...]] = {
    PROVINCE: (("自治区", "全区"), ("兵团", "全兵团"), ("市", "全市"), ("", "全省")),
    PREFECTURE: (("州", "全州"), ("盟", "全盟"), ("地区", "全地区"), ("", "全市")),
    COUNTY: (("自治县", "全县"), ("县", "全县"), ("旗", "全旗"), ("区", "全区"), ("", "全市")),
    TOWN: (("街道", "街道"), ("乡", "全乡"), ("镇", "全镇"), ("", "辖区内")),
    VILLAGE: (("社区", "社区"), ("村", "全村"), ("", "辖区内")),
}
OWN: tuple[tuple[str, str], ...] = (
    ("学校", "全校"),
    ("小学", "全校"),
    ("中学", "全校"),
    ("大学", "全校"),
    ("学院", "全院"),
    ("医院", "全院"),
    ("公司", "全公司"),
    ("厂", "全厂"),
    ("", "本单位"),
)


def scope(level: int, name: str) -> str:
    """Everything below the unit, in its own words."""
    endings = SCOPES.get(level, OWN)
    return next(said for ending, said in endings if ending in name)
