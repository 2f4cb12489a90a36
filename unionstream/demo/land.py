"""How much of the country the demo loads, as typed data."""

from datetime import date
from hashlib import sha256
from pathlib import Path

import yaml

from unionstream.demo.story import Frozen, folder

DATA = Path(__file__).parent / "data"


class Province(Frozen):
    """How much of a province is loaded: all, or down to the county with one prefecture (or county) whole.

    `deepest` is the last level loaded: 5 with villages, 4 without.
    """

    province: str
    whole: bool
    whole_prefecture: str = ""
    deepest: int = 5


class Land(Frozen):
    """The provinces, since when their bodies exist, and the places that chapters establish themselves."""

    founded_on: date
    provinces: tuple[Province, ...]
    told: tuple[str, ...]


def read() -> Land:
    """What the demo loads."""
    return Land.model_validate(yaml.safe_load((DATA / "land.yaml").read_text("utf-8")))


def fingerprint() -> str:
    """Changes whenever what is loaded changes, so that data of an older demo is recognised."""
    said = sha256((DATA / "land.yaml").read_bytes())
    for file in sorted(folder().glob("**/*.yaml")):
        if file.name not in {"expected.yaml", "relations.yaml"}:
            said.update(file.read_bytes())
    return said.hexdigest()[:16]
