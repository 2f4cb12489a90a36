"""Where the brokers are and who signs in there, in one text without a password."""

from __future__ import annotations

from pathlib import Path

import pytest
from aiokafka import AIOKafkaConsumer

from shared.brokers import checked, reaching
from unionstream.embedded.processes import PROCESSES
from unionstream.rights import rights


def test_an_address_alone_is_taken_as_it_is() -> None:
    assert reaching(checked("one:9092,two:9092")) == {"bootstrap_servers": "one:9092,two:9092"}


async def test_a_user_signs_in_with_the_password_of_a_file(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text("secret\n", encoding="ascii")
    told = reaching(checked(f"sasl+ssl://finance@one:9093,two:9093?password_file={file}"))
    context = told.pop("ssl_context")
    assert context.check_hostname
    assert told == {
        "bootstrap_servers": "one:9093,two:9093",
        "security_protocol": "SASL_SSL",
        "sasl_mechanism": "SCRAM-SHA-512",
        "sasl_plain_username": "finance",
        "sasl_plain_password": "secret",
    }
    await AIOKafkaConsumer(**told, ssl_context=context).stop()
    file.write_text("another", encoding="ascii")
    again = reaching(f"sasl+plaintext://finance@one:9093?password_file={file}&mechanism=SCRAM-SHA-256")
    assert (again["sasl_plain_password"], again["sasl_mechanism"]) == ("another", "SCRAM-SHA-256")


@pytest.mark.parametrize(
    "kafka",
    [
        "http://one:9092",
        "sasl+ssl://one:9093",
        "sasl+ssl://finance@one:9093",
        "sasl+ssl://finance:secret@one:9093?password_file=x",
        "sasl+ssl://finance@one:9093?password_file=x&mechanism=PLAIN",
        "ssl://one:9093?secret=x",
    ],
)
def test_what_cannot_be_understood_is_refused(kafka: str) -> None:
    with pytest.raises(ValueError, match=r"\w") as caught:
        checked(kafka)
    assert "secret@" not in str(caught.value)


BESIDE = {"exchange": {"agency."}, "membership": {"union.erasures"}}
"""What agencies get, and the list of erasures."""


def test_every_service_writes_its_own_topic_and_no_other_of_ours() -> None:
    for process in PROCESSES:
        own = [each for each in rights() if each.principal == process.name]
        writes = {each.name for each in own if each.operation == "Write"}
        assert writes == {process.topic, "union.checkpoints"} | BESIDE.get(process.name, set())
    assert "--topic union.finance" in " ".join(each.command("b", "c") for each in rights())
