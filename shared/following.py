"""A service that writes and follows membership: its API over a desk, its relay, a worker for its copies."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from fastapi import FastAPI

from shared.copies import apply_copies
from shared.database import Pool
from shared.http.tokens import Tokens
from shared.log.forked import no_fork
from shared.log.publisher import Publisher
from shared.log.republishing import republishing
from shared.migrate import of_service
from shared.process import Part, Service
from shared.reading.filled import filled
from shared.reading.reader import Reader
from shared.reading.refollowing import refollowing
from shared.roles import ROLE
from shared.settings import FollowerSettings
from shared.work.desk import Desk
from shared.work.kinds import CopyKind

FOLLOWED = "union.membership"

S = TypeVar("S", bound=FollowerSettings)
Job = Callable[[S, Sequence[str]], Awaitable[int]]
Api = tuple[Desk, Callable[[Tokens], FastAPI]]
"""The desk, and the application once it is known whose tokens it takes."""


@dataclass(frozen=True)
class Follower(Generic[S]):
    """`folder` has the service's own migrations; `copies` is what it keeps of membership's events."""

    name: str
    settings: Callable[[], S]
    folder: Path
    copies: Sequence[CopyKind[Any]]
    api: Callable[[Pool, S], Api]

    def serving(self, pool: Pool, settings: S) -> Part:
        """Ready once its copies have reached the end that they saw at the start."""
        desk, app = self.api(pool, settings)
        return Part(background=[desk.run], ready=[no_fork(pool), filled(pool, [FOLLOWED])], app=app)

    def reading(self, pool: Pool, settings: S) -> Part:
        """Keeps the copies."""
        reader = Reader(
            pool=pool,
            name=self.name,
            kafka=settings.kafka,
            topics=[FOLLOWED],
            partitions=settings.partitions,
            apply=apply_copies((*self.copies, ROLE)),
            group=self.name,
            instance=settings.instance,
        )
        return Part(background=[reader.run], ready=[reader.ready])

    def relaying(self, pool: Pool, settings: S) -> Part:
        """Numbers and sends its events."""
        publisher = Publisher(
            pool,
            topic=f"union.{self.name}",
            kafka=settings.kafka,
            partitions=settings.partitions,
            service=self.name,
        ).signing(settings.checkpoint_key_file)
        return Part(background=[publisher.stand], ready=[publisher.ready])


def following(follower: Follower[S], **jobs: Job[S]) -> Service[S]:
    """The service with its roles, and jobs of its own beside those that all have."""
    return Service(
        name=follower.name,
        settings=follower.settings,
        migrations=of_service(follower.folder, "writing", "copying"),
        parts={"api": follower.serving, "relay": follower.relaying, "worker": follower.reading},
        jobs={
            "republish": republishing(f"union.{follower.name}"),
            "refollow": refollowing(FOLLOWED),
            **jobs,
        },
    )
