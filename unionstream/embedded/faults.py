"""What can go wrong on the user's machine, always with the way out."""

from __future__ import annotations

from pathlib import Path


class EmbeddedFault(Exception):
    """The embedded stack cannot do what was asked: `code` is stable, `remedy` says what to do about it."""

    code = "embedded-fault"

    def __init__(self, message: str, *, remedy: str) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


class NotInstalled(EmbeddedFault):
    code = "not-installed"


class NoBroker(EmbeddedFault):
    code = "no-broker"


class DownloadFailed(EmbeddedFault):
    code = "download-failed"


class NeverReady(EmbeddedFault):
    code = "never-ready"


class DiedAtStart(EmbeddedFault):
    """A child ended before it was ready; the message carries the last lines of its log."""

    code = "died-at-start"


class AlreadyRunning(EmbeddedFault):
    code = "already-running"


class NotRunning(EmbeddedFault):
    code = "not-running"


class UnusableFolder(EmbeddedFault):
    code = "unusable-folder"


class TopicDiffers(EmbeddedFault):
    """A topic exists with another number of partitions, so streams would be looked for in the wrong place."""

    code = "topic-differs"


def tail(log: Path, lines: int = 12, start: int = 0) -> str:
    """The last lines of a log from byte `start` on, for the message of a fault; empty when there is none."""
    try:
        text = log.read_bytes()[start:].decode(errors="replace")
    except OSError:
        return ""
    return "\n".join(text.splitlines()[-lines:])
