"""Steps of one command are one trace, and nothing happens where nobody asked for it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from shared import tracing
from tests.support.collecting import Collector, collecting

TRACE, ASKED = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"


def scope(flags: str = "01") -> dict[str, Any]:
    return {"headers": [(b"host", b"here"), (b"traceparent", f"00-{TRACE}-{ASKED}-{flags}".encode())]}


def event(traceparent: bytes) -> bytes:
    return b'{"id":"1","traceparent":"%s","data":{}}' % traceparent


@pytest.fixture
def collector(monkeypatch: pytest.MonkeyPatch) -> Iterator[Collector]:
    with collecting() as running:
        monkeypatch.setattr(tracing, "_tracing", None)
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", running.url)
        tracing.set_up("finance")
        yield running


def test_request_send_and_apply_are_one_trace(collector: Collector) -> None:
    request = scope()
    with tracing.entering(request, "POST /v1/dues"):
        own = dict(request["headers"])[b"traceparent"]
    tracing.passed("send union.finance", [event(own), b'{"id":"2","data":{}}'], 1)
    tracing.passed("apply in projection", [event(own)], 1)
    tracing.shut_down()
    spans = {each.name: each for each in collector.of(TRACE)}
    assert spans.keys() == {"POST /v1/dues", "send union.finance", "apply in projection"}
    assert spans["POST /v1/dues"].parent == ASKED
    parents = {spans[name].parent for name in ("send union.finance", "apply in projection")}
    assert parents == {spans["POST /v1/dues"].id} == {own.decode().split("-")[2]}
    assert {each.service for each in collector.spans} == {"finance"}


def test_what_a_caller_does_not_want_traced_is_not(collector: Collector) -> None:
    request = scope("00")
    with tracing.entering(request, "POST /v1/dues"):
        own = dict(request["headers"])[b"traceparent"]
    tracing.passed("send union.finance", [event(own)], 1)
    tracing.shut_down()
    assert collector.spans == []
    assert own.endswith(b"-00")


def test_while_it_is_off_a_request_stays_as_it_came_and_nothing_is_imported() -> None:
    program = (
        "import sys; from shared import tracing; tracing.set_up('finance'); scope = {'headers': []}\n"
        "with tracing.entering(scope, 'POST /'): pass\n"
        "tracing.passed('send', [b'{}'], 1); tracing.shut_down()\n"
        "assert scope == {'headers': []}\n"
        "assert not any(name.startswith('opentelemetry') for name in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True, env={"PATH": ""}, timeout=60)
