"""`unionstream republish`: topics filled again from the event logs."""

from __future__ import annotations

from typing import Annotated

import typer

from unionstream.cli import jobs
from unionstream.cli.stack import DEFAULT_DATA, Data, faults_told

Service = Annotated[
    str | None, typer.Argument(metavar="[SERVICE]", help="One of the services; left out: all of them.")
]


def republish(
    service: Service = None,
    data: Data = DEFAULT_DATA,
    *,
    everything: Annotated[
        bool, typer.Option("--everything", help="Send from number 1 on, whatever the topic holds.")
    ] = False,
) -> None:
    """Restore lost topics from the event logs: the same numbers, chains and bytes; readers go on by number.

    A topic that is gone is made anew. One that holds what its log does not is a fork, and refused.

    On a cluster the same is the job `python -m services.<name>.main republish`; with --recreate it also moves
    a topic to another number of partitions that divides 24.
    """
    with faults_told():
        from unionstream.embedded.processes import PROCESSES

        known = [process.name for process in PROCESSES if process.topic]
        if service is not None and service not in known:
            raise typer.BadParameter(
                f"{service} has no topic; one of: {', '.join(known)}", param_hint="SERVICE"
            )
        failed = False
        for name in [service] if service else known:
            job = ["republish", *(["--everything"] if everything else [])]
            code, reports = jobs.run(data.absolute(), name, job)
            failed = failed or code != 0
            for each in reports:
                jobs.say(f"{each['topic']}: {each['events']} events are on the topic.")
    if failed:
        raise typer.Exit(1)
