"""Which broker is started, and what the user is told about it."""

from __future__ import annotations

import pytest

from unionstream.embedded import broker
from unionstream.embedded.broker import choose, make_broker
from unionstream.embedded.deadline import silent
from unionstream.embedded.faults import NoBroker
from unionstream.embedded.java import Java, java_version


@pytest.fixture
def no_java(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path_factory.mktemp("empty")))


@pytest.mark.usefixtures("no_java")
def test_without_java_the_embedded_broker_is_chosen_and_the_reason_told() -> None:
    choice = choose("auto")
    assert (choice.kind, choice.reason) == ("embedded", "Apache Kafka cannot run here: there is no Java")


@pytest.mark.usefixtures("no_java")
def test_kafka_asked_for_where_it_cannot_run_is_refused_with_the_way_out() -> None:
    with pytest.raises(NoBroker, match="there is no Java") as refused:
        choose("kafka")
    assert "Install Java 17 and Maven" in refused.value.remedy


def test_an_old_java_does_not_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(broker, "find_java", lambda: broker_java(11))
    assert choose("auto").reason == "Apache Kafka cannot run here: Java is 11, and Kafka needs 17"


def test_java_without_maven_and_without_kafka_does_not_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(broker, "find_java", lambda: broker_java(21))
    monkeypatch.setattr(broker, "jars_at_hand", lambda: None)
    monkeypatch.setattr(broker, "find_maven", lambda: None)
    assert "Maven" in choose("auto").reason


def test_java_and_maven_give_kafka(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KAFKA_HOME", raising=False)
    monkeypatch.setattr(broker, "find_java", lambda: broker_java(21))
    monkeypatch.setattr(broker, "jars_at_hand", lambda: None)
    monkeypatch.setattr(broker, "find_maven", lambda: "mvn")
    choice = choose("auto")
    assert choice.kind == "kafka"
    assert choice.reason.endswith("on Java 21")


def test_the_variable_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROKER", "embedded")
    assert choose().kind == "embedded"


def test_an_unknown_wish_names_the_known_ones() -> None:
    with pytest.raises(NoBroker) as refused:
        choose("rabbit")
    assert refused.value.remedy == "Use one of: auto, kafka, embedded."


def test_the_embedded_broker_stands_alone(tmp_path_factory: pytest.TempPathFactory) -> None:
    with pytest.raises(NoBroker, match="3 times"):
        make_broker(choose("embedded"), tmp_path_factory.mktemp("data"), 3, silent)


@pytest.mark.parametrize(
    ("told", "major"),
    [
        ('openjdk version "17.0.15" 2025-04-15', 17),
        ('openjdk version "25" 2025-09-16', 25),
        ('java version "1.8.0_402"', 8),
        ("no java here", None),
    ],
)
def test_java_tells_its_version(told: str, major: int | None) -> None:
    assert java_version(told) == major


def broker_java(major: int) -> Java:
    return Java("java", major)
