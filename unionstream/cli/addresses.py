"""Where a service answers: as given, or as the stack that runs on this machine says."""

from __future__ import annotations

from pathlib import Path

from unionstream.cli.stack import faults_told


def service_address(service: str, given: str | None, data: Path) -> str:
    """The address, no slash at its end; `given` wins over the stack in `data`. Exits 3 if there is none."""
    if given:
        return given.rstrip("/")
    with faults_told():
        from unionstream.embedded import state

        return state.urls(data.absolute())[service].rstrip("/")
