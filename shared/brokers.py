"""How a client reaches the brokers: their addresses, and beside them, where they ask for it, who it is.

    host:9092,other:9092
    sasl+ssl://membership@host:9093,other:9093?password_file=/run/secrets/kafka&ca=/run/secrets/ca.pem
    ssl://host:9093?ca=/run/secrets/ca.pem&certificate=/run/secrets/own.pem&key=/run/secrets/own.key

The mechanism is SCRAM-SHA-512 unless `mechanism=` says SCRAM-SHA-256. A password never stands in the address,
which may be logged: it is read from its file whenever a client is made, so that it may change.
"""

import asyncio
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import SplitResult, parse_qs, urlsplit

from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition
from aiokafka.errors import KafkaError

from shared.errors import Problem

PROTOCOLS = {"ssl", "sasl+ssl", "sasl+plaintext"}
MECHANISMS = ("SCRAM-SHA-512", "SCRAM-SHA-256")
BEGUN_SECONDS = 1.0
KNOWN = {"password_file", "mechanism", "ca", "certificate", "key"}


class BrokerSettingsUnusable(Problem):
    """A file that the brokers' address names cannot be used."""

    code = "broker-settings-unusable"


def checked(kafka: str) -> str:
    """The same text; raises ValueError where it cannot be understood."""
    parts, said = _read(kafka)
    if parts.scheme.startswith("sasl") and not (parts.username and "password_file" in said):
        raise ValueError("name the user before the @, and password_file= after the ?")
    if said.get("mechanism", MECHANISMS[0]) not in MECHANISMS:
        raise ValueError(f"the mechanism is one of {', '.join(MECHANISMS)}")
    return kafka


def reaching(kafka: str) -> dict[str, Any]:
    """What aiokafka's clients are told; raises BrokerSettingsUnusable."""
    parts, said = _read(kafka)
    told: dict[str, Any] = {"bootstrap_servers": parts.netloc.rpartition("@")[2]}
    if not parts.scheme:
        return told
    told["security_protocol"] = parts.scheme.upper().replace("+", "_")
    if parts.scheme.startswith("sasl"):
        told["sasl_mechanism"] = said.get("mechanism", MECHANISMS[0])
        told["sasl_plain_username"] = parts.username
        with _using(said, "password_file") as file:
            told["sasl_plain_password"] = Path(file).read_text(encoding="utf-8").strip()
    if parts.scheme.endswith("ssl"):
        told["ssl_context"] = _trusting(said)
    return told


class Client(Protocol):
    """A consumer, a producer or a client of administrators."""

    async def start(self) -> None:
        """Connects."""
        ...


async def begin(client: Client) -> None:
    """Start it; who is cancelled meanwhile waits a moment until that is done, and then stops it.

    Cut off in the middle, aiokafka 0.14 leaves a connection open which nobody can close any more.
    """
    starting = asyncio.create_task(client.start())
    try:
        await asyncio.shield(starting)
    except asyncio.CancelledError:
        await asyncio.wait({starting}, timeout=BEGUN_SECONDS)
        starting.add_done_callback(_heard)
        starting.cancel()
        raise


def _heard(started: asyncio.Task[None]) -> None:
    """How it ended is of no interest any more."""
    if not started.cancelled():
        started.exception()


async def fetched(
    consumer: AIOKafkaConsumer, *places: TopicPartition, timeout_ms: int, max_records: int | None = None
) -> dict[TopicPartition, list[ConsumerRecord]]:
    """As `getmany`; raises KafkaError where nothing will ever come any more.

    aiokafka 0.14 fetches in the background. An answer that it cannot understand ends that for ever, without a
    word to whoever asks for records (its issue 983): a flipped bit would leave a reader waiting for ever.
    """
    if consumer._fetcher.error_future.done():  # noqa: SLF001  there is no public word for it
        raise KafkaError("this consumer has stopped fetching")
    found: dict[TopicPartition, list[ConsumerRecord]] = await consumer.getmany(
        *places, timeout_ms=timeout_ms, max_records=max_records
    )
    return found


@contextmanager
def _using(said: dict[str, str], name: str) -> Iterator[str]:
    try:
        yield said[name]
    except (OSError, UnicodeDecodeError) as error:  # an ssl.SSLError is an OSError
        raise BrokerSettingsUnusable(
            f"what the address of the brokers names cannot be used: {type(error).__name__}",
            field=name,
            value=said[name],
            remedy="name a password file, and certificates in PEM, that this process may read",
        ) from error


def _read(kafka: str) -> tuple[SplitResult, dict[str, str]]:
    if "://" not in kafka:
        return SplitResult("", kafka, "", "", ""), {}
    parts = urlsplit(kafka)
    said = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    if parts.scheme not in PROTOCOLS or said.keys() - KNOWN or parts.path:
        ways, words = ", ".join(sorted(PROTOCOLS)), ", ".join(sorted(KNOWN))
        raise ValueError(f"write {ways}://USER@HOST:PORT?…, with any of {words}")
    if parts.password is not None:
        raise ValueError("a password belongs into a file: password_file=")
    return parts, said


def _trusting(said: dict[str, str]) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if "ca" in said:
        with _using(said, "ca") as authority:
            context = ssl.create_default_context(cafile=authority)
    if "certificate" in said:
        with _using(said, "certificate") as own:
            context.load_cert_chain(own, said.get("key"))
    return context
