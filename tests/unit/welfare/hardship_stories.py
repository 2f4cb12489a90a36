"""Households and their archives, with defaults that are valid."""

from collections.abc import Callable
from datetime import date
from functools import reduce
from typing import Any
from uuid import UUID

from services.welfare.domain import filing
from services.welfare.domain.hardship import HardshipArchive, evolve
from services.welfare.domain.hardship_classes import Means

UNION = UUID("0196f000-0000-7000-8000-000000000001")
HOLDER = UUID("0196f000-0000-7000-8000-0000000000b1")
SPOUSE = UUID("0196f000-0000-7000-8000-0000000000b2")

Step = Callable[[HardshipArchive | None], tuple[Any, ...]]


def household(size: int = 3, dependants: tuple[UUID, ...] = ()) -> filing.Household:
    return filing.Household(UNION, HOLDER, "female", size, dependants, "533123")


def means(**but: Any) -> Means:
    """Three people on 500 yuan a head and month, where the standard is 600 yuan."""
    usual = {"size": 3, "income_fen": 1_800_000, "costs_fen": 0, "loss_fen": 0, "standard_fen": 60_000}
    return Means(**(usual | but))


def assessed(kind: str = "deep", exclusions: tuple[str, ...] = (), **but: Any) -> filing.Assessment:
    return filing.Assessment(kind, means(**but), exclusions)


def surveyed(on: date) -> Step:
    return lambda archive: filing.decide_survey(archive, household(), on, "ada")


def filed(on: date, **but: Any) -> Step:
    return lambda archive: filing.decide_file(archive, household(), assessed(**but), on, "ada")


def verified(on: date, verifier: str = "bo") -> Step:
    return lambda archive: filing.decide_verify(_there(archive), on, verifier, "533123")


def updated(on: date, kind: str = "relative") -> Step:
    return lambda archive: filing.decide_update(_there(archive), household(4), assessed(kind), on, "cy")


def exited(on: date, above_since: date = date(2021, 1, 1)) -> Step:
    return lambda archive: filing.decide_exit(_there(archive), "out_of_hardship", above_since, on, "533123")


def cancelled(on: date) -> Step:
    return lambda archive: filing.decide_cancel(_there(archive), "moved", on)


def after(*steps: Step) -> HardshipArchive:
    archive: HardshipArchive | None = None
    for step in steps:
        archive = reduce(evolve, step(archive), archive)
    return _there(archive)


def _there(archive: HardshipArchive | None) -> HardshipArchive:
    return archive or HardshipArchive(
        union=UNION, holder=HOLDER, status="surveyed", household_size=3, recorder="ada", last_on=date.min
    )
