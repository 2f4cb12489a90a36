"""A small aggregate to write against: jars that hold pebbles, each with a label that only one jar has."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.contracts import Event
from shared.errors import NotFound, Refused
from shared.work.changes import Answer
from shared.work.kinds import Claim, Kind, UnitView
from shared.work.submission import Submission
from shared.work.work import Work

UNIT = UUID(int=999999)
DAY = date(2024, 2, 29)


class JarEvent(Event):
    service = "jars"

    label: str = ""
    pebbles: int = 0


class JarLabelled(JarEvent):
    pass


class PebblesAdded(JarEvent):
    pass


class Jar(BaseModel):
    model_config = ConfigDict(frozen=True)

    label: str
    pebbles: int = 0


class Full(Refused):
    code = "jar-full"


class Label(BaseModel):
    model_config = ConfigDict(extra="forbid")

    jar: UUID
    label: str


class Add(BaseModel):
    model_config = ConfigDict(extra="forbid")

    jar: UUID
    pebbles: int = 1
    most: int = 1_000_000


class Stumble(BaseModel):
    """A command whose use case is wrong."""

    jar: UUID


def _evolve(state: Jar | None, event: JarEvent) -> Jar:
    before = state or Jar(label="")
    return Jar(label=event.label or before.label, pebbles=before.pebbles + event.pebbles)


JAR = Kind(
    "jar",
    Jar,
    _evolve,
    unit=lambda _state: UNIT,
    claims=lambda state: frozenset({Claim("label", state.label)}),
)


def look(_work: Work, _unit: UUID) -> UnitView:
    return UnitView(None, 6, ())


def label(work: Work, command: Label) -> Answer:
    return work.record(JAR, command.jar, [JarLabelled(occurredon=DAY, label=command.label)], UNIT)


def add(work: Work, command: Add) -> Answer:
    jar = work.get(JAR, command.jar)
    if jar is None:
        raise NotFound("no such jar", field="jar")
    if jar.pebbles + command.pebbles > command.most:
        raise Full("no room", field="pebbles", value=str(command.pebbles))
    return work.record(JAR, command.jar, [PebblesAdded(occurredon=DAY, pebbles=command.pebbles)], UNIT)


def stumble(work: Work, command: Stumble) -> Answer:
    work.record(JAR, command.jar, [PebblesAdded(occurredon=DAY, pebbles=5)], UNIT)
    raise ZeroDivisionError


USE_CASES: dict[type[BaseModel], Any] = {Label: label, Add: add, Stumble: stumble}


def ask(command: BaseModel, key: str = "", *, reference: str = "", if_match: int | None = None) -> Submission:
    """A submission as the HTTP edge makes it."""
    body = sha256(command.model_dump_json().encode()).digest()
    return Submission(command, "tester", key, body, reference=reference, if_match=if_match)
