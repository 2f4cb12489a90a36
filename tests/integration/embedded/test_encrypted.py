"""Apache Kafka by TLS: our own clients, with the settings of a service, get in, or are told why not."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from aiokafka.errors import KafkaError
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from shared.brokers import BrokerSettingsUnusable, checked, reaching
from shared.log.producing import BrokerTrouble, Numbered, producing
from shared.log.route import Route
from shared.log.topics import administering
from shared.reading.consuming import Group, consumer_of, started
from shared.turned_away import turned_away
from unionstream.embedded.broker import choose, make_broker
from unionstream.embedded.deadline import run_aside, silent
from unionstream.embedded.kafka import Kafka
from unionstream.embedded.kafka_settings import Encrypted
from unionstream.embedded.topics import make_topics

pytestmark = [pytest.mark.real_kafka, pytest.mark.slow]
TOPIC = "union.finance"
LATEST = 60.0


@dataclass(frozen=True)
class Authority:
    """Signs certificates that are good for a day."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @classmethod
    def made(cls, name: str) -> Authority:
        key = ec.generate_private_key(ec.SECP256R1())
        return cls(key, _signed(name, key, name, key, ca=True))

    def broker(self) -> bytes:
        """Key and certificate of a broker on this machine, as one PEM text."""
        key = ec.generate_private_key(ec.SECP256R1())
        issuer = self.certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value
        own = _signed("broker", key, str(issuer), self.key, ca=False)
        private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        return private + own.public_bytes(serialization.Encoding.PEM) + self.pem()

    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)


def _signed(
    name: str, key: ec.EllipticCurvePrivateKey, issuer: str, by: ec.EllipticCurvePrivateKey, *, ca: bool
) -> x509.Certificate:
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
    )
    return made.sign(by, hashes.SHA256())


@pytest.fixture(scope="module")
def kafka() -> Iterator[Kafka]:
    """A broker that is reached by TLS alone, where one signs in besides."""
    with tempfile.TemporaryDirectory(prefix="unionstream-test-") as folder:
        own, ca, other = (Path(folder, name) for name in ("broker.pem", "ca.pem", "other.pem"))
        authority = Authority.made("the federation")
        own.write_bytes(authority.broker())
        ca.write_bytes(authority.pem())
        other.write_bytes(Authority.made("somebody else").pem())
        broker = make_broker(choose("kafka"), Path(folder), 1, silent)
        assert isinstance(broker, Kafka)
        broker.passwords, broker.encrypted = {"admin": "word-of-admin"}, Encrypted(own, ca)
        broker.start()
        try:
            broker.wait_ready()
            run_aside(lambda: make_topics(broker.bootstrap, [TOPIC], 1, 1))
            yield broker
        finally:
            broker.stop()


def record(value: bytes) -> Numbered:
    return Numbered(0, 1, datetime.now(UTC), b"\0" * 32, value)


async def sent(kafka: str, value: bytes) -> None:
    async with producing(Route(TOPIC, checked(kafka), 1), 0) as producer:
        await producer.send([record(value)])


async def test_what_a_service_sends_by_tls_another_reads_by_tls(kafka: Kafka) -> None:
    assert kafka.bootstrap.startswith("sasl+ssl://")
    await sent(kafka.bootstrap, b'{"told":"once"}')
    consumer = consumer_of(Group(kafka.bootstrap, "reader", "1", (TOPIC,)))
    async with started(consumer, (TOPIC,), lambda _: None):
        assert (await consumer.getone()).value == b'{"told":"once"}'
    assert await turned_away(kafka.bootstrap) == ""


def _otherwise(kafka: Kafka, what: str) -> str:
    wrong = kafka.home / "wrong.password"
    wrong.write_text("guessed", encoding="ascii")
    assert kafka.encrypted
    ca = kafka.encrypted.authority
    return {
        "another authority": kafka.bootstrap.replace(str(ca), str(ca.with_name("other.pem"))),
        "no authority": kafka.bootstrap.partition("&ca=")[0],
        "a wrong password": kafka.bootstrap.replace(str(kafka.home / "admin.password"), str(wrong)),
        "no encryption": kafka.bootstrap.replace("sasl+ssl", "sasl+plaintext").partition("&ca=")[0],
    }[what]


REASONS = {
    "another authority": "CERTIFICATE_VERIFY_FAILED",
    "no authority": "CERTIFICATE_VERIFY_FAILED",
    "a wrong password": "AuthenticationFailed",
    "no encryption": "127.0.0.1",
}


@pytest.mark.parametrize("what", REASONS)
async def test_who_is_not_let_in_is_told_why_and_does_not_hang(kafka: Kafka, what: str) -> None:
    address = _otherwise(kafka, what)
    async with asyncio.timeout(LATEST):
        with pytest.raises(BrokerTrouble, match=REASONS[what]) as caught:
            await sent(address, b"{}")
        assert "guessed" not in str(caught.value)
        with pytest.raises(BrokerTrouble, match=REASONS[what]):
            async with administering(address):
                pass
        consumer = consumer_of(Group(address, "reader", "1", (TOPIC,)))
        with pytest.raises(KafkaError):
            async with started(consumer, (TOPIC,), lambda _: None):
                pass


@pytest.mark.parametrize("file", ["password_file", "ca"])
def test_a_file_that_is_not_there_is_named(kafka: Kafka, file: str, tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    before = kafka.bootstrap.partition(f"{file}=")[2].partition("&")[0]
    with pytest.raises(BrokerSettingsUnusable) as caught:
        reaching(kafka.bootstrap.replace(before, str(gone)))
    assert (caught.value.field, caught.value.value) == (file, str(gone))
    assert caught.value.remedy
