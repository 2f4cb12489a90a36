"""The whole system as in production: every role of every service is a process of its own."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path

from shared.process import bring_up_to_date
from unionstream.embedded.deadline import run_aside
from unionstream.embedded.keys import Keys
from unionstream.embedded.ports import free_port
from unionstream.embedded.processes import PROCESSES, Process
from unionstream.embedded.service import Service, make_service
from unionstream.embedded.stack import Stack
from unionstream.embedded.topics import PARTITIONS, make_topics

SERVICES = {process.name: process for process in PROCESSES}
ONCE = (
    "membership-api",
    "membership-relay",
    "finance-api",
    "finance-relay",
    "finance-worker",
    "projection-api",
    "projection-worker",
)
"""One process per role."""

TOLD, LINES = 3, 40


@dataclass(frozen=True)
class RoleProcess(Process):
    """A role of a service, named as the process; settings and database are the service's."""

    service: str = ""

    @property
    def prefix(self) -> str:
        return self.service.upper()


class Roles:
    """The servers of a stack, and role processes upon them; make and start it on the main thread."""

    def __init__(
        self,
        stack: Stack,
        modules: Mapping[str, str] | None = None,
        environments: Mapping[str, Mapping[str, str]] | None = None,
    ) -> None:
        """Databases, topics and schemas are made; no role runs yet.

        `modules` has processes, by name, run another module than the service's own; `environments` adds
        variables to theirs.
        """
        self.stack = stack
        self._modules = modules or {}
        self._environments = environments or {}
        keys = Keys(stack.data)
        self._passwords = {name: keys.password(name) for name in SERVICES}
        stack.postgres.make_databases(self._passwords)
        for process in (each for each in PROCESSES if each.reader):
            stack.postgres.make_reader(process.name, process.query_role, keys.password(process.query_role))
        topics = [process.topic for process in PROCESSES if process.topic]
        run_aside(lambda: make_topics(self.kafka, topics, stack.broker.replication, PARTITIONS))
        run_aside(lambda: self.migrate(*SERVICES))

    @property
    def kafka(self) -> str:
        return self.stack.broker.bootstrap

    @property
    def services(self) -> dict[str, Service]:
        """Every role process by name, such as membership-api or projection-worker-2."""
        return self.stack.services

    def url(self, service: str) -> str:
        """Where the API of a service answers."""
        return self.services[f"{service}-api"].url

    def database(self, service: str, name: str = "") -> str:
        """The address of a service's database (or of another one under its role)."""
        return self.stack.postgres.url(name or service, service, self._passwords[service])

    def start(self, names: Sequence[str]) -> None:
        """Start these processes at once, and return when all are ready."""
        for name in names:
            self.begin(name)
        for name in names:
            self.services[name].wait_ready()

    def begin(self, name: str) -> Service:
        """Start this process and return at once."""
        self.services[name] = self._service(name)
        self.services[name].start()
        return self.services[name]

    def fallen(self) -> list[str]:
        """Processes that ended without having been killed or stopped by the test."""
        return sorted(self.stack.fallen())

    def _service(self, name: str) -> Service:
        service, role, number = [*name.split("-"), "1"][:3]
        known = SERVICES[service]
        module = self._modules.get(name, known.module)
        process = RoleProcess(name, module, role=role, keys=known.keys, service=service)
        settings = {**self._settings(known), "INSTANCE": number}
        made = make_service(process, settings, (free_port(), free_port()), self.stack.data / "logs")
        program = made.child.program
        more = self._environments.get(name, {})
        made.child.program = replace(program, env={**program.env, **more})
        return made

    def _settings(self, process: Process) -> dict[str, str]:
        keys = {key: str(Keys(self.stack.data).master_key_file(process.name)) for key in process.keys}
        if process.reader:
            password = Keys(self.stack.data).password(process.query_role)
            keys["QUERY_DATABASE_URL"] = self.stack.postgres.url(process.name, process.query_role, password)
        return {
            "DATABASE_URL": self.database(process.name),
            "KAFKA": self.kafka,
            "PARTITIONS": str(PARTITIONS),
            **Keys(self.stack.data).signing_in(),
            **keys,
        }

    async def migrate(self, *names: str) -> None:
        """All at once, and in this process: seven interpreters would take longer than the migrations."""
        services = {name: import_module(SERVICES[name].module).SERVICE for name in names}
        ways = (bring_up_to_date(service, self.database(name)) for name, service in services.items())
        await asyncio.gather(*ways)


@contextmanager
def role_stack(
    folder: Path, names: Sequence[str] = ONCE, modules: Mapping[str, str] | None = None
) -> Iterator[Roles]:
    """PostgreSQL and the broker in `folder`, and these role processes, all ended at the end."""
    with Stack(folder, processes=()) as stack:
        roles = Roles(stack, modules)
        try:
            roles.start(names)
            yield roles
        except BaseException:
            tell_faults(stack.data / "logs")  # the folder is about to go
            raise


def tell_faults(logs: Path) -> None:
    """The last errors of every process, for whoever reads why a test failed."""
    for log in sorted(logs.glob("*-*.log")):
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
        bad = [
            number for number, line in enumerate(lines) if '"level": "error"' in line or "Traceback" in line
        ]
        for number in bad[-TOLD:]:
            told = "\n  ".join(lines[number : number + (LINES if "Traceback" in lines[number] else 1)])
            sys.stdout.write(f"{log.stem}: {told[:3000]}\n")
