"""The processes of the stack, in the order in which they start; they stop in the opposite order."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Process:
    """One service process: `python -m MODULE ROLE`, with settings under the prefix of its name.

    `keys` lists the settings that name a key file, such as MASTER_KEY_FILE. `reader`: questions sign in to
    the database with a role of their own.
    """

    name: str
    module: str
    topic: str | None = None
    role: str = "all"
    keys: tuple[str, ...] = field(default=())
    reader: bool = False

    @property
    def prefix(self) -> str:
        return self.name.upper()

    @property
    def query_role(self) -> str:
        """The role that owns nothing, by which questions are put where there is a `reader`."""
        return f"{self.name}_query"


# Embedded, the roles of one service share a process; in production each role is its own.
PROCESSES = (
    Process("membership", "services.membership.main", topic="union.membership", keys=("MASTER_KEY_FILE",)),
    Process("finance", "services.finance.main", topic="union.finance"),
    Process("welfare", "services.welfare.main", topic="union.welfare"),
    Process("events", "services.events.main", topic="union.events"),
    Process("rights", "services.rights.main", topic="union.rights", keys=("MASTER_KEY_FILE",)),
    Process("affairs", "services.affairs.main", topic="union.affairs", keys=("MASTER_KEY_FILE",)),
    Process("exchange", "services.exchange.main", topic="union.exchange", keys=("MASTER_KEY_FILE",)),
    Process("projection", "services.projection.main", topic="union.projection", reader=True),
)

# Whose events the other services keep copies of; the projection has no copies, it is rebuilt.
FOLLOWED = "membership"
FOLLOWERS = tuple(
    process.name for process in PROCESSES if process.topic and process.name not in {FOLLOWED, "projection"}
)
