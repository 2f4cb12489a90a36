"""What a demo leaves in its folder: what it loaded, and where the units of the figures are."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
from pydantic import TypeAdapter
from pydantic_core import to_json

from unionstream.demo.asking import Asker
from unionstream.demo.coverage import Coverage
from unionstream.demo.drawing import shipped
from unionstream.demo.land import fingerprint, read
from unionstream.demo.loading import load
from unionstream.demo.story import chapters, scenario
from unionstream.demo.telling import Story
from unionstream.embedded.faults import UnusableFolder
from unionstream.embedded.leftovers import erase
from unionstream.embedded.state import sole_owner
from unionstream.signing import signed

if TYPE_CHECKING:
    from unionstream.demo.asking import Answer

Places = dict[int, dict[str, Any]]
PLACES: TypeAdapter[Places] = TypeAdapter(Places)
SECONDS = 120
ASKED_AT_ONCE = 4


@dataclass(frozen=True)
class Kept:
    """The folder of a demo."""

    folder: Path

    def prepare(self, *, fresh: bool) -> bool:
        """Make the folder ready for what is loaded; true if data of an earlier demo had to go.

        Raises UnusableFolder for the folder of a stack that is no demo, which is nobody's to erase.
        """
        used = (self.folder / "passwords.json").exists()
        if used and not self._stamp.exists():
            raise UnusableFolder(
                f"{self.folder} holds the data of a stack that is not a demo.",
                remedy="Name another folder with --data, or erase that one with `unionstream down --erase`.",
            )
        erased = used and (fresh or self._stamp.read_text() != fingerprint())
        if erased:
            with sole_owner(self.folder):
                self._places.unlink(missing_ok=True)
            erase(self.folder)
        try:
            self._stamp.parent.mkdir(parents=True, exist_ok=True)
        except OSError as why:
            raise UnusableFolder(
                f"{self.folder} cannot be used: {why.strerror}.",
                remedy="Name a folder that may be written with --data.",
            ) from why
        self._stamp.write_text(fingerprint())
        return erased

    async def load_and_ask(self, urls: dict[str, str]) -> Coverage:
        """Load what is not there yet, and ask for every figure.

        Raises what `load` raises, or an error of httpx for a service that does not answer.
        """
        told = stories()
        async with httpx.AsyncClient(auth=signed(self.folder), timeout=SECONDS, trust_env=False) as client:
            if not self._places.exists():
                self._remember(await load(read(), told, urls, client))
            return await coverage(told, self.places(), urls["projection"], client)

    def places(self) -> Places:
        """The ids of units that figures are asked at, by chapter and name. After loading."""
        return PLACES.validate_json(self._places.read_bytes())

    def _remember(self, found: Places) -> None:
        draft = self._places.with_suffix(".new")
        draft.write_bytes(to_json(found))
        draft.replace(self._places)

    @property
    def _stamp(self) -> Path:
        return self.folder / "sample" / "scenario"

    @property
    def _places(self) -> Path:
        return self.folder / "sample" / "places.json"


def stories() -> list[Story]:
    """All chapters that there are, with the numbers that are printed."""
    return [Story(scenario(each), shipped(scenario(each))) for each in chapters()]


async def coverage(told: list[Story], places: Places, url: str, client: httpx.AsyncClient) -> Coverage:
    """Everything asked about stories that were told, several chapters at once."""
    gate = asyncio.Semaphore(ASKED_AT_ONCE)

    async def one(story: Story) -> list[Answer]:
        async with gate:
            return await Asker(story, places[story.scenario.chapter], url, client).all()

    answers = await asyncio.gather(*map(one, told))
    return Coverage([each for some in answers for each in some])
