"""Traces: a command, its event on the way to the topic, and every reader that applies it, in one trace.

The event carries the context (W3C `traceparent`), so nothing else has to. Off unless one of OpenTelemetry's
own variables names where traces go; then the standard OTEL_* variables say all the rest. While it is off,
nothing of OpenTelemetry is imported and nothing is measured.
"""

import contextlib
import os
import time
from collections.abc import Iterable, Iterator, MutableMapping
from typing import Any

import structlog

ENDPOINTS = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")
HEADER = b"traceparent"
MARK = b'"traceparent":"'
LENGTH = 55  # of a traceparent: version, trace, parent, flags


class _Tracing:
    """OpenTelemetry, set up by its variables."""

    def __init__(self, service: str) -> None:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415
        from opentelemetry.sdk.resources import Resource  # noqa: PLC0415
        from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
        from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415
        from opentelemetry.trace import SpanKind  # noqa: PLC0415
        from opentelemetry.trace.propagation.tracecontext import (  # noqa: PLC0415
            TraceContextTextMapPropagator,
        )

        named = {} if "OTEL_SERVICE_NAME" in os.environ else {"service.name": service}
        self.provider = TracerProvider(resource=Resource.create(named))
        self.provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
        self.tracer = self.provider.get_tracer("unionstream")
        self.kinds = SpanKind
        self._propagator = TraceContextTextMapPropagator()

    def context(self, traceparent: bytes) -> Any:
        """The context that a text names; none, if it names none."""
        return self._propagator.extract({"traceparent": traceparent.decode("ascii", "replace")})

    def traceparent(self) -> bytes:
        """The text for the step under way."""
        carrier: dict[str, str] = {}
        self._propagator.inject(carrier)
        return carrier["traceparent"].encode()


_tracing: _Tracing | None = None


def set_up(service: str) -> None:
    """Once in a process, before anything is served."""
    global _tracing  # noqa: PLW0603  one per process, as the variables are
    if any(os.environ.get(each) for each in ENDPOINTS):
        _tracing = _Tracing(service)


def shut_down() -> None:
    """Send what is left, for a few seconds at the most."""
    if _tracing is not None:
        _tracing.provider.shutdown()


@contextlib.contextmanager
def entering(scope: MutableMapping[str, Any], name: str) -> Iterator[None]:
    """A request: whatever it records carries this step as its parent, and so do its lines in the log."""
    if _tracing is None:
        yield
        return
    given = next((value for key, value in scope["headers"] if key == HEADER), b"")
    context, kind = _tracing.context(given), _tracing.kinds.SERVER
    with _tracing.tracer.start_as_current_span(name, context=context, kind=kind) as span:
        others = [each for each in scope["headers"] if each[0] != HEADER]
        scope["headers"] = [*others, (HEADER, _tracing.traceparent())]
        with structlog.contextvars.bound_contextvars(trace_id=f"{span.get_span_context().trace_id:032x}"):
            yield


def passed(step: str, values: Iterable[bytes], began: int) -> None:
    """These events, as they stand in the log, have made a step that began at this `time.time_ns()`."""
    if _tracing is None:
        return
    ended = time.time_ns()
    for value in values:
        start = value.find(MARK) + len(MARK)
        if start >= len(MARK):
            context = _tracing.context(value[start : start + LENGTH])
            _tracing.tracer.start_span(step, context=context, start_time=began).end(ended)
