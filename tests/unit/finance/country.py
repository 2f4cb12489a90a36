"""A county, its town and its unions in memory, to which whole commands are told: the use cases, no database.

prefecture ── county (area 4115, where the tax agency collects all from 2020 on) ── town ── UNIONS
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from services.finance.commands import USE_CASES
from services.finance.domain.basis import LevyBasis
from shared.contracts import Event
from shared.envelope import Provenance
from shared.errors import Problem
from shared.units import Cover, EmployerCopy, Hung, UnitCopy, look
from shared.work.changes import Answer, Changes, Saved
from shared.work.needs import Claimed, Copied, Listed, Missing, Named, Need, Own, Shelf
from shared.work.work import At, Work

PREFECTURE, COUNTY, TOWN, MINE, DOCK, ENDED, MERGED = (UUID(int=number) for number in range(2, 9))
UNIONS = (MINE, DOCK, ENDED, MERGED)
MINER, DOCKER, STRANGER = (UUID(int=number) for number in range(21, 24))
CODES = {MINER: "M" * 18, DOCKER: "D" * 18, STRANGER: "S" * 18}
BORN = date(2000, 1, 1)
END = date(2021, 7, 1)
NOW = datetime(2022, 2, 1, 4, 0, tzinfo=UTC)


def _unit(level: int, parent: UUID | None, **more: Any) -> UnitCopy:
    hung = Hung(line="", effective=BORN, version=1, parent=parent)
    said = {"division": None, "divisions": (), "established_on": BORN, "hung": (hung,)} | more
    return UnitCopy(name="示例工会", level=level, kind="enterprise", form="committee", **said)


def _employer(union: UUID | None, registered_at: UUID = TOWN) -> EmployerCopy:
    cover = Cover(version=1, covered=True, since=BORN, recorded=NOW)
    covers = {union: cover} if union else {}
    return EmployerCopy(
        name="示例企业",
        kind="private_enterprise",
        credit_code=None,
        registered_at=registered_at,
        covers=covers,
    )


def _copies() -> dict[tuple[str, UUID], BaseModel]:
    basis = LevyBasis(registered_on=BORN, notices=(date(2020, 5, 1),))
    return {
        ("union", PREFECTURE): _unit(2, None),
        ("union", COUNTY): _unit(3, PREFECTURE, division="411502000000"),
        ("union", TOWN): _unit(4, COUNTY),
        ("union", MINE): _unit(6, TOWN),
        ("union", DOCK): _unit(6, TOWN),
        ("union", ENDED): _unit(6, TOWN, ended_on=END),
        ("union", MERGED): _unit(6, TOWN, ended_on=END, successor=DOCK),
        ("employer", MINER): _employer(MINE),
        ("employer", DOCKER): _employer(DOCK),
        ("employer", STRANGER): _employer(None),
    } | {("levy-basis", employer): basis for employer in CODES}


@dataclass
class Country:
    """`told` has every event with the unit it counts for, in order; `refused` the codes of refusals."""

    copies: dict[tuple[str, UUID], BaseModel] = field(default_factory=_copies)
    saved: dict[UUID, Saved] = field(default_factory=dict)
    told: list[tuple[UUID, Event]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def tell(self, command: BaseModel, actor: str = "ada") -> Answer | None:
        """Carry it out; None where it is refused."""
        at = At(NOW, Provenance(actor, UUID(int=0), UUID(int=0)))
        shelf: Shelf = {}
        while True:
            work = Work(shelf, Changes(), look, at)
            try:
                answer = USE_CASES[type(command)](work, command)
            except Missing as missing:
                shelf |= {need: self._found(need) for need in missing.needs}
            except Problem as reason:
                self.refused.append(reason.code)
                return None
            else:
                self._take(work)
                return answer

    def cover(self, employer: UUID, union: UUID) -> None:
        """A union covers the employer from now on."""
        self.copies["employer", employer] = _employer(union)

    def state(self, id_: UUID) -> Any:
        """The present state of an aggregate; None if there is none."""
        return self.saved[id_].state if id_ in self.saved else None

    def states(self, kind: str) -> Iterable[Any]:
        """The states of all aggregates of a kind."""
        return [saved.state for saved in self.saved.values() if saved.kind.name == kind]

    def _take(self, work: Work) -> None:
        for id_, saved in work.changes.saved.items():
            text = saved.state.model_dump_json()
            state = saved.kind.state.model_validate_json(text)
            self.saved[id_] = Saved(saved.kind, saved.version, saved.version, state)
        self.told += [(unit, event) for _, unit, event in work.told]

    def _found(self, need: Need) -> Any:
        match need:
            case Own(id=id_):
                return self.saved.get(id_)
            case Copied(kind=kind, id=id_):
                known = self.copies.get((kind, id_))
                return (1, known) if known else None
            case Named(kind="credit-code", value=code):
                return tuple(id_ for id_, each in CODES.items() if each == code)
            case Listed(kind=kind, unit=unit):
                return tuple(
                    sorted(
                        id_
                        for id_, each in self.saved.items()
                        if each.kind.name == kind and each.kind.unit(each.state) == unit
                    )
                )
            case Claimed() | Named():
                return None if isinstance(need, Claimed) else ()
        raise TypeError(need)
