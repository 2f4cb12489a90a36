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
    yield "| fault | times | whom | from its end until a new command stood in its figure: median, longest |"
    yield "|---|---|---|---|"
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
    by_kind = defaultdict(list)
    for each in outcome.injected:
        by_kind[each.fault.kind].append(each)
    for kind in KINDS:
        done = by_kind[kind]
        if not done:
            yield f"| {kind} | 0 | | |"
            continue
        took = [each.recovered for each in done]
        whom = ", ".join(sorted({each.fault.victim for each in done}))
        yield f"| {kind} | {len(done)} | {whom} | {median(took):.1f} s, {max(took):.1f} s |"


def _refusals(outcome: Outcome) -> list[tuple[str, int]]:
    return [(code, count) for code, count in outcome.commands.most_common() if code != "accepted"]
