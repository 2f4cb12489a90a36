"""What a demo leaves in its folder: which scenario it loaded, and where the places of the figures are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import httpx
from pydantic import TypeAdapter
from pydantic_core import to_json

from unionstream.demo.checking import Checked, check, places
from unionstream.demo.loading import load
from unionstream.demo.scenario import fingerprint, read
from unionstream.embedded.faults import UnusableFolder
from unionstream.embedded.leftovers import erase
from unionstream.embedded.state import sole_owner

Places = dict[str, dict[str, UUID]]
PLACES: TypeAdapter[Places] = TypeAdapter(Places)
SECONDS = 60


@dataclass(frozen=True)
class Kept:
    """The folder of a demo."""

    folder: Path

    def prepare(self, *, fresh: bool) -> bool:
        """Make the folder ready for this scenario; true if data of an earlier demo had to go.

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

    async def load_and_check(self, urls: dict[str, str]) -> list[Checked]:
        """Load what is not there yet, and ask for every figure.

        Raises StoryRefused, NeverCaughtUp, or an error of httpx for a service that does not answer.
        """
        async with httpx.AsyncClient(timeout=SECONDS, trust_env=False) as client:
            if not self._places.exists():
                scenario = read()
                self._remember(places(scenario, await load(scenario, urls, client)))
            found = PLACES.validate_json(self._places.read_bytes())
            return await check(found, urls["projection"], client)

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
