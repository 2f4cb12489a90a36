"""The whole system on one machine: PostgreSQL, a broker, the topics and every service process."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from unionstream.embedded import state
from unionstream.embedded.broker import Broker, Choice, choose, make_broker
from unionstream.embedded.child import Child, started_at
from unionstream.embedded.deadline import Say, run_aside, silent
from unionstream.embedded.endable import deaf, endable
from unionstream.embedded.keys import Keys
from unionstream.embedded.leftovers import end_leftovers
from unionstream.embedded.ports import LOOPBACK, free_ports
from unionstream.embedded.postgres import SUPERUSER, Postgres
from unionstream.embedded.processes import PROCESSES, Process
from unionstream.embedded.service import Service, make_service
from unionstream.embedded.topics import CHECKPOINTS, PARTITIONS, make_topics


@dataclass
class Stack:
    """Everything that runs on the data in one folder, as a context manager.

    Enter and leave it on the main thread: entering starts all and returns when all are ready; leaving
    stops all in the opposite order within bounded time, also after Ctrl-C, SIGTERM or a failed start. If
    this process is killed, the system ends its children. A second stack on one folder is refused with
    AlreadyRunning.
    """

    data: Path
    brokers: int = 1
    say: Say = silent
    wish: str | None = None
    processes: Sequence[Process] = PROCESSES
    partitions: int = PARTITIONS
    choice: Choice | None = None
    fronts: Sequence[tuple[int, int]] = ()
    services: dict[str, Service] = field(default_factory=dict)
    postgres_settings: Mapping[str, str] = field(default_factory=dict)

    postgres: Postgres = field(init=False)
    broker: Broker = field(init=False)
    _exits: ExitStack = field(init=False, default_factory=ExitStack)

    def __enter__(self) -> Self:
        self.data = self.data.absolute()
        with ExitStack() as undo:
            undo.enter_context(endable())
            try:
                self._start(undo)
            except BaseException:
                deaf()
                raise
            self._exits = undo.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        deaf()
        self._exits.close()

    def _start(self, undo: ExitStack) -> None:
        undo.enter_context(state.sole_owner(self.data))
        end_leftovers(self.data)
        undo.callback(state.forget, self.data)
        self._note("starting")
        self._start_servers(undo)
        self._start_services(undo)
        self._note("ready")
        undo.callback(self._note, "stopping")

    def url(self, service: str) -> str:
        """The HTTP address of a service, without a slash at its end."""
        return self.services[service].url

    def database_url(self, service: str) -> str:
        """The address of a service's database, with the service's own role and password."""
        return self.postgres.url(service, service, self._keys.password(service))

    @property
    def children(self) -> dict[str, Child]:
        """Every process by name: postgres, kafka-1 and so on, and the services."""
        found = {"postgres": self.postgres.child} if hasattr(self, "postgres") else {}
        if hasattr(self, "broker"):
            found.update(self.broker.children)
        found.update({service.name: service.child for service in self.services.values()})
        return {name: child for name, child in found.items() if child is not None}

    def fallen(self) -> dict[str, Child]:
        """Processes that ended without having been asked to."""
        return {
            name: child
            for name, child in self.children.items()
            if child.process is not None and not child.alive and not child.expected_end
        }

    @property
    def _keys(self) -> Keys:
        return Keys(self.data)

    @property
    def _logs(self) -> Path:
        return self.data / "logs"

    def _start_servers(self, undo: ExitStack) -> None:
        self.choice = choose(self.wish)
        self.say(f"Broker: {self.choice.kind} ({self.choice.reason})")
        self.broker = make_broker(self.choice, self.data, self.brokers, self.say, self.fronts)
        undo.callback(self.broker.stop)
        self.broker.start()
        self._note("starting")
        password = self._keys.password(SUPERUSER)
        log, more = self._logs / "postgres.log", self.postgres_settings
        self.postgres = Postgres(self.data, password, log, self.say, more=more)
        undo.callback(self.postgres.stop)
        self.postgres.start()
        self.postgres.wait_ready()
        self.say("PostgreSQL is ready")
        self.postgres.make_databases(
            {process.name: self._keys.password(process.name) for process in self.processes}
        )
        for reading in (process for process in self.processes if process.reader):
            self.postgres.make_reader(
                reading.name, reading.query_role, self._keys.password(reading.query_role)
            )
        self.broker.wait_ready()
        topics = [process.topic for process in self.processes if process.topic] + [CHECKPOINTS]
        run_aside(
            lambda: make_topics(self.broker.bootstrap, topics, self.broker.replication, self.partitions)
        )
        self.say(f"The broker is ready at {self.broker.bootstrap}")

    def _start_services(self, undo: ExitStack) -> None:
        """All at once, since each waits for what it needs; ready when the last one is."""
        undo.callback(self._stop_services)
        ports = free_ports(2 * len(self.processes))
        for process, http, operations in zip(self.processes, ports[::2], ports[1::2], strict=True):
            service = make_service(process, self._settings_of(process), (http, operations), self._logs)
            self.services[process.name] = service
            service.start()
        self._note("starting")
        for service in self.services.values():
            service.wait_ready()
            self.say(f"{service.name} is ready at {service.url}")

    def _stop_services(self) -> None:
        for service in self.services.values():
            service.child.ask_to_stop()
        for service in reversed(self.services.values()):
            service.child.await_stop()

    def _settings_of(self, process: Process) -> dict[str, str]:
        keys = {name: str(self._keys.master_key_file(process.name)) for name in process.keys}
        if process.topic:
            keys["CHECKPOINT_KEY_FILE"] = str(self._keys.checkpoint_key_file(process.name))
        if process.reader:
            password = self._keys.password(process.query_role)
            keys["QUERY_DATABASE_URL"] = self.postgres.url(process.name, process.query_role, password)
        return {
            "DATABASE_URL": self.database_url(process.name),
            "KAFKA": self.broker.bootstrap,
            "PARTITIONS": str(self.partitions),
            **self._keys.signing_in(),
            **keys,
        }

    def _note(self, phase: state.Phase) -> None:
        outside = self.postgres.home if hasattr(self, "postgres") else None
        if outside is not None and outside.is_relative_to(self.data):
            outside = None
        own = os.getpid()
        state.write(
            self.data,
            state.State(
                phase=phase,
                supervisor=state.Running(
                    name="supervisor",
                    pid=own,
                    started=started_at(own) or 0.0,
                    log=str(self._logs / "supervisor.log"),
                ),
                processes=tuple(self._describe(name, child) for name, child in self.children.items()),
                broker=self.choice.kind if self.choice else "",
                bootstrap=self.broker.bootstrap if hasattr(self, "broker") else "",
                partitions=self.partitions,
                urls={name: service.url for name, service in self.services.items()},
                operations={name: service.operations_url for name, service in self.services.items()},
                outside=str(outside) if outside else None,
            ),
        )

    def _describe(self, name: str, child: Child) -> state.Running:
        address = self._address_of(name)
        return state.Running(
            name=name, pid=child.pid or 0, started=child.started, log=str(child.program.log), address=address
        )

    def _address_of(self, name: str) -> str | None:
        if name in self.services:
            return self.services[name].url
        return f"{LOOPBACK}:{self.postgres.port}" if name == "postgres" else None
