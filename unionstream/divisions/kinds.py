"""The kind of a division, read from its name: digits tell it for 97 to 99 % only (DOMAIN COD-07)."""

import re

_KINDS: dict[int, tuple[tuple[str, str], ...]] = {
    1: (("自治区$", "autonomous_region"), ("市$", "municipality"), ("省$", "province")),
    2: (
        ("自治州$", "autonomous_prefecture"),
        ("地区$", "prefecture"),
        ("盟$", "league"),
        ("市$", "prefecture_city"),
    ),
    3: (
        ("自治县$|自治旗$", "autonomous_county"),
        ("(开发|园|管理|示范|产业|试验|新)区$", "zone"),
        ("旗$", "banner"),
        ("县$", "county"),
        ("市$", "county_city"),
        ("区$", "district"),
    ),
    4: (
        ("街道(办事处)?$", "street"),
        ("镇$", "town"),
        ("(民族|族)乡$|苏木$", "ethnic_township"),
        ("乡$", "township"),
    ),
    5: (
        ("(居委会|居民委员会|社区|居民区|居)$", "residents"),
        ("(村委会|村民委员会|村|嘎查)$", "village"),
    ),
}
_PATTERNS = {
    level: tuple((re.compile(pattern), kind) for pattern, kind in rows) for level, rows in _KINDS.items()
}


def kind_of(name: str, level: int) -> str:
    """The catalogue id of the kind, `other` where the name does not tell: farms, zones, markets."""
    return next((kind for pattern, kind in _PATTERNS[level] if pattern.search(name)), "other")
