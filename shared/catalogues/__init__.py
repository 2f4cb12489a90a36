"""Kinds as data: ids that stand in commands and events, with their labels, and rules that hold between dates.

Adding a kind is a line in a YAML file. An id, and the number of an industry line, never changes its meaning.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from shared.errors import Malformed
from shared.yamls import read_yaml

FOLDER = Path(__file__).parent


class NotInCatalogue(Malformed):
    """A kind, reason or line that no catalogue entry stands for."""

    code = "not-in-catalogue"


class Entry(BaseModel):
    """One kind. `number` only for industry lines; `levels` and `population` only for kinds of union."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    zh: str
    en: str
    number: int | None = Field(default=None, ge=1)
    levels: tuple[int, int] | None = None
    population: str | None = None


class Labelled(Entry):
    """An entry of any catalogue, of which only id and labels are wanted."""

    model_config = ConfigDict(frozen=True, extra="ignore")


E = TypeVar("E", bound=Entry)


class Catalogue(Mapping[str, E], Generic[E]):
    """The entries of one file by id, in the order of the file."""

    def __init__(self, name: str, model: type[E]) -> None:
        """Reads and checks the file; raises ValueError when two entries share an id or a number."""
        raw = read_yaml((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
        entries = [model.model_validate(each) for each in raw]
        numbers = [entry.number for entry in entries if entry.number is not None]
        self.name = name
        self._entries = MappingProxyType({entry.id: entry for entry in entries})
        if len(self._entries) != len(entries) or len(set(numbers)) != len(numbers):
            raise ValueError(f"{name}.yaml has an id or a number twice")

    def __getitem__(self, key: str) -> E:
        """The entry; KeyError if there is none. For input use `checked`."""
        return self._entries[key]

    def __iter__(self) -> Iterator[str]:
        """Ids in the order of the file."""
        return iter(self._entries)

    def __len__(self) -> int:
        """How many entries."""
        return len(self._entries)

    def checked(self, key: str, field: str) -> E:
        """The entry that input names; raises NotInCatalogue, naming the field and what there is."""
        entry = self._entries.get(key)
        if entry is None:
            raise NotInCatalogue(
                f"there is no such entry in the catalogue {self.name}",
                field=field,
                value=key,
                remedy=f"use one of {', '.join(self._entries)}",
            )
        return entry


@cache
def catalogue(name: str) -> Catalogue[Entry]:
    """A catalogue by the name of its file, read once."""
    return Catalogue(name, Entry)


@cache
def catalogue_of(name: str, model: type[E]) -> Catalogue[E]:
    """A catalogue whose entries say more than id and labels, as `model` has it."""
    return Catalogue(name, model)
