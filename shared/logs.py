"""One line per command or message, static event names, values as keys; JSON unless a person is watching."""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from typing import Any

import structlog


def set_up(service: str, *, level: int = logging.INFO) -> None:
    """Configure structlog for a process; library warnings go the same way."""
    renderer = structlog.dev.ConsoleRenderer() if sys.stderr.isatty() else structlog.processors.JSONRenderer()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    structlog.contextvars.bind_contextvars(service=service)
    handler = logging.StreamHandler(sys.stderr)
    brief = "%(levelname)s %(name)s %(message)s"
    handler.setFormatter(_Brief(brief) if sys.stderr.isatty() else _Objects(service))
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)


class _Brief(logging.Formatter):
    """What libraries log, without tracebacks: they log those for every outage that they then wait out."""

    def formatException(self, ei: Any) -> str:  # noqa: N802  the name is logging's
        return f"({ei[0].__name__})" if ei[0] else ""


class _Objects(logging.Formatter):
    """The same, an object a line like our own: what libraries quote may hold ends of lines."""

    def __init__(self, service: str) -> None:
        super().__init__()
        self._service = service

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        said = {
            "logger": record.name,
            "message": record.getMessage(),
            "event": "library",
            "service": self._service,
            "level": record.levelname.lower(),
            "timestamp": datetime.fromtimestamp(record.created, UTC).isoformat(),
        }
        if record.exc_info and record.exc_info[0]:
            said["error"] = record.exc_info[0].__name__
        return json.dumps(said)


log = structlog.get_logger()


def log_defect(error: BaseException, **context: str) -> None:
    """A defect with its frames, but without its message: messages may quote personal data."""
    frames = [f"{f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(error.__traceback__)][-8:]
    log.error("defect", error=type(error).__name__, frames=frames, **context)
