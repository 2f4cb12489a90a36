"""What a verification found, as a file of metrics: for jobs that run by a calendar and nobody scrapes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from prometheus_client import CollectorRegistry, Gauge, write_to_textfile

from unionstream.verifying.comparing import Verdict


def write_metrics(file: Path, verdicts: Sequence[Verdict]) -> None:
    """In the text format that a node exporter reads, whole or not at all."""
    registry = CollectorRegistry()
    differences = Gauge(
        "unionstream_verify_differences",
        "What does not agree between topic, log, trail and checkpoints.",
        ["topic"],
        registry=registry,
    )
    finished = Gauge("unionstream_verify_finished_seconds", "When it ended, as Unix time.", registry=registry)
    for each in verdicts:
        differences.labels(each.topic).set(len(each.differences))
    finished.set_to_current_time()
    write_to_textfile(str(file), registry)
