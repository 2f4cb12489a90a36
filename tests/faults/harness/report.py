"""A run told in Markdown: what was done, how often, what it took, what was found."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator
from statistics import median

from tests.faults.harness.course import Outcome
from tests.faults.harness.plan import KINDS


def report(outcome: Outcome) -> str:
    """The whole report, ending in a line break."""
    return "\n".join(_lines(outcome)) + "\n"


def _lines(outcome: Outcome) -> Iterator[str]:
    accepted = outcome.commands["accepted"]
    refused = outcome.commands.total() - accepted
    low, high = min(outcome.loads, default=0.0), max(outcome.loads, default=0.0)
    yield f"Seed {outcome.seed}, {outcome.seconds:.0f} s under load, {len(outcome.injected)} faults."
    yield f"{os.cpu_count()} cores; load of the machine from {low:.0f} to {high:.0f}."
    yield ""
    yield "Seconds from the end of each fault until a new command stood in its figure, shortest first:"
    yield ""
    yield "| fault | whom | times | median | each |"
    yield "|---|---|---|---|---|"
    yield from _faults(outcome)
    yield ""
    total = outcome.commands.total()
    yield f"- {total:,} commands answered ({outcome.asked:,} requests): {accepted:,} accepted,"
    yield f"  {refused:,} refused ({', '.join(f'{n} {code}' for code, n in _refusals(outcome))})."
    yield f"- {outcome.events:,} events in the logs; {outcome.repeats:,} sent more than once, counted once."
    yield f"- {outcome.cut:,} connections cut, {outcome.spoilt:,} chunks spoilt."
    yield f"- {outcome.figures:,} figures compared with a plain count over the logs."
    yield f"- Findings: {len(outcome.findings) or 'none'}."
    yield from (f"  - {finding}" for finding in outcome.findings)


def _faults(outcome: Outcome) -> Iterator[str]:
    took: dict[tuple[str, str], list[float]] = defaultdict(list)
    for each in outcome.injected:
        took[each.fault.kind, _sort(each.fault.victim)].append(each.recovered)
    for kind in KINDS:
        whom = sorted(victim for one, victim in took if one == kind)
        for victim in whom:
            all_ = sorted(took[kind, victim])
            told = " ".join(f"{seconds:.1f}" for seconds in all_)
            yield f"| {kind} | {victim} | {len(all_)} | {median(all_):.1f} | {told} |"
        if not whom:
            yield f"| {kind} | nobody | 0 | | |"


def _sort(victim: str) -> str:
    """What kind of process it is: broker, postgres, api, relay, worker."""
    if victim.startswith("kafka-"):
        return "broker"
    return victim.removesuffix("-2").rpartition("-")[2]


def _refusals(outcome: Outcome) -> list[tuple[str, int]]:
    return [(code, count) for code, count in outcome.commands.most_common() if code != "accepted"]
