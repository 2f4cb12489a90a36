"""Who the people of a file are: documents in, ids of the register of people out, before any row is sent.

Only membership ever sees a document. Every other service gets the random id that membership answers.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from unionstream.imports.answers import ProblemAnswer, RowAnswer
from unionstream.imports.asking import Destination, Endpoint
from unionstream.imports.problems import CellInvalid

ROUTE = "/people/bulk"


@dataclass(frozen=True)
class Person:
    """What the register is told of one person, by its own names of fields; never shown."""

    told: tuple[tuple[str, str], ...] = field(repr=False)

    @classmethod
    def of(cls, told: Mapping[str, str | None]) -> "Person":
        """Whatever is known of the person."""
        return cls(tuple(sorted((name, value) for name, value in told.items() if value)))


class People:
    """Remembers whom a file names; knows their ids once `look_up` has asked for them."""

    def __init__(self) -> None:
        """Nobody has been met yet."""
        self._met: dict[Person, str | CellInvalid | None] = {}

    @property
    def unknown(self) -> list[Person]:
        """Those met who have not been looked up yet."""
        return [person for person, known in self._met.items() if known is None]

    def id_of(self, person: Person) -> str:
        """The id; nothing before the person has been looked up. Raises CellInvalid as membership refused."""
        known = self._met.get(person)
        if isinstance(known, CellInvalid):
            raise known
        self._met[person] = known
        return known or ""

    async def look_up(self, destination: Destination, progress: Callable[[], None]) -> None:
        """Asks membership about everybody unknown; raises SendingStopped.

        Asking again changes nothing, so a row's reference needs to hold for this run only; one made from the
        document would tell who it is.
        """
        async with Endpoint.opened(destination) as endpoint:
            unknown = self.unknown
            for start in range(0, len(unknown), destination.chunk_rows):
                chunk = unknown[start : start + destination.chunk_rows]
                rows = [
                    dict(person.told) | {"reference": f"{destination.run}-{start + n}"}
                    for n, person in enumerate(chunk)
                ]
                for result in await endpoint.answer(rows):
                    self._met[chunk[result.row]] = _told(result)
                progress()


def _told(result: RowAnswer) -> str | CellInvalid:
    if result.id is not None:
        return str(result.id)
    problem = result.problem or ProblemAnswer(code="refused")
    return CellInvalid(problem.code, "", problem.remedy)
