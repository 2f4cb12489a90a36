"""The command modules of a service, a subject each, put together; and the routes of a service that writes."""

from collections.abc import Sequence
from types import ModuleType
from typing import NamedTuple

from fastapi import APIRouter
from pydantic import BaseModel

from shared.database import Pool
from shared.http.commands import BulkRoute, CommandRoute, router_of
from shared.http.events import events_router
from shared.http.listing import Listing, listings
from shared.http.refusals import refusals_router
from shared.http.streams import streams_router
from shared.work.bulk import Bulk
from shared.work.desk import Desk, UseCase

UseCases = dict[type[BaseModel], UseCase]


class Gathered(NamedTuple):
    """What all subjects of a service say, as its `commands` tell it."""

    routes: tuple[CommandRoute, ...]
    bulk_routes: tuple[BulkRoute, ...]
    listings: tuple[Listing, ...]


def gathered(subjects: Sequence[ModuleType]) -> Gathered:
    """The ROUTES of every module, singles and lists apart, and its LISTINGS where it has some."""
    routes = [route for subject in subjects for route in subject.ROUTES]
    return Gathered(
        tuple(route for route in routes if isinstance(route, CommandRoute)),
        tuple(route for route in routes if isinstance(route, BulkRoute)),
        tuple(each for subject in subjects for each in getattr(subject, "LISTINGS", ())),
    )


def use_cases_of(subjects: Sequence[ModuleType]) -> UseCases:
    """The USE_CASES of every module."""
    return {command: use_case for subject in subjects for command, use_case in subject.USE_CASES.items()}


def routers_of(
    pool: Pool, desk: Desk, said: Gathered, topic: str, own: Sequence[APIRouter] = ()
) -> list[APIRouter]:
    """Commands, the service's `own` questions, lists, the log, the streams, the access log."""
    return [
        router_of(desk, said.routes, said.bulk_routes, Bulk(pool, desk)),
        *own,
        listings(pool, said.listings, desk.reach),
        events_router(pool, desk.reach),
        streams_router(pool, topic, desk.reach),
        refusals_router(pool, desk.reach),
    ]
