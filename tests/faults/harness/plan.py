"""What happens when: drawn from a seed, so that a run can be told again."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["kill", "freeze", "cut", "delay", "corrupt", "disk full", "clock jump", "slow commits"]

KINDS: dict[Kind, int] = {
    "kill": 10,
    "freeze": 4,
    "cut": 3,
    "delay": 2,
    "corrupt": 2,
    "disk full": 1,
    "clock jump": 2,
    "slow commits": 1,
}
"""Every kind with its weight."""

TOGETHER = 0.25
"""How often the next fault does not wait until the last one is over."""


@dataclass(frozen=True)
class Fault:
    """`seconds` is how long it lasts, `gap` how long nothing happens before it; `victim` is a name."""

    number: int
    kind: Kind
    victim: str
    seconds: float
    gap: float
    alone: bool


@dataclass(frozen=True)
class Victims:
    """Whom what may happen to."""

    processes: Sequence[str]
    brokers: Sequence[str]
    disks: Sequence[str]
    clocks: Sequence[str]

    def of(self, kind: Kind) -> Sequence[str]:
        """By kind; `postgres` is killed and frozen like everybody else."""
        match kind:
            case "kill" | "freeze":
                return (*self.processes, *self.brokers, "postgres")
            case "cut" | "delay" | "corrupt":
                return self.brokers
            case "disk full":
                return self.disks
            case "clock jump":
                return self.clocks
            case "slow commits":
                return ("postgres",)


def plan(seed: int, victims: Victims) -> Iterator[Fault]:
    """Without end. Its first faults are of every kind once, so that a short run has met them all."""
    dice = random.Random(seed)
    first = [kind for kind in KINDS if victims.of(kind)]
    dice.shuffle(first)
    number = 0
    while True:
        kind = first.pop() if first else _drawn(dice, victims)
        number += 1
        yield Fault(
            number=number,
            kind=kind,
            victim=dice.choice(victims.of(kind)),
            seconds=round(dice.uniform(0.2, 3.0), 2),
            gap=round(dice.uniform(0.1, 1.0), 2),
            alone=dice.random() >= TOGETHER,
        )


def _drawn(dice: random.Random, victims: Victims) -> Kind:
    kinds = [kind for kind in KINDS if victims.of(kind)]
    return dice.choices(kinds, [KINDS[kind] for kind in kinds])[0]
