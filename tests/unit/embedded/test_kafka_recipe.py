"""What a broker is told, and what is fetched for it."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from unionstream.embedded.faults import DownloadFailed, NoBroker
from unionstream.embedded.kafka_jars import check_sums, jars_at_hand, kafka_version, recipe
from unionstream.embedded.kafka_settings import NodePorts, server_properties

THREE = [
    NodePorts(9092, 9093, 9192, 9092),
    NodePorts(9094, 9095, 9194, 9094),
    NodePorts(9096, 9097, 9196, 9296),
]


def settings(number: int, nodes: list[NodePorts], files: Path = Path("/data")) -> dict[str, str]:
    lines = server_properties(number, nodes, files).splitlines()
    return dict(line.split("=", 1) for line in lines)


def test_three_nodes_vote_and_lose_nothing_with_one() -> None:
    told = settings(2, THREE)
    assert told["controller.quorum.voters"] == "1@127.0.0.1:9093,2@127.0.0.1:9095,3@127.0.0.1:9097"
    own = "PLAINTEXT://127.0.0.1:9094,PEERS://127.0.0.1:9194"
    assert told["listeners"] == f"{own},CONTROLLER://127.0.0.1:9095"
    assert told["advertised.listeners"] == own
    assert (told["default.replication.factor"], told["min.insync.replicas"]) == ("3", "2")
    assert told["unclean.leader.election.enable"] == "false"


def test_clients_are_told_the_port_of_what_stands_before_a_broker() -> None:
    told = settings(3, THREE)
    assert "PLAINTEXT://127.0.0.1:9096," in told["listeners"]
    assert told["advertised.listeners"] == "PLAINTEXT://127.0.0.1:9296,PEERS://127.0.0.1:9196"
    assert told["inter.broker.listener.name"] == "PEERS"


def test_one_node_can_keep_one_copy() -> None:
    told = settings(1, THREE[:1])
    assert (told["offsets.topic.replication.factor"], told["min.insync.replicas"]) == ("1", "1")


def test_nothing_expires_and_no_topic_comes_by_accident() -> None:
    told = settings(1, THREE[:1])
    assert (told["log.retention.ms"], told["log.retention.bytes"]) == ("-1", "-1")
    assert told["auto.create.topics.enable"] == "false"


def test_a_folder_of_any_name_is_understood_by_java() -> None:
    told = settings(1, THREE[:1], Path("/d ü会😀\\x"))
    assert told["log.dirs"] == r"/d \u00fc\u4f1a\ud83d\ude00\u005cx"


def test_the_sums_are_those_of_the_version_in_the_pom() -> None:
    listed = (recipe() / "SHA256SUMS").read_text(encoding="ascii")
    assert f" kafka_2.13-{kafka_version()}.jar" in listed
    assert f" kafka-clients-{kafka_version()}.jar" in listed


@pytest.mark.parametrize("harm", ["changed", "missing", "added"])
def test_a_jar_that_is_not_the_listed_one_is_refused(tmp_path: Path, harm: str) -> None:
    jars = tmp_path / "jars"
    jars.mkdir()
    (jars / "a.jar").write_bytes(b"a")
    sums = tmp_path / "SHA256SUMS"
    sums.write_text(f"{sha256(b'a').hexdigest()}  a.jar\n", encoding="ascii")
    check_sums(jars, sums)
    match harm:
        case "changed":
            (jars / "a.jar").write_bytes(b"b")
        case "missing":
            (jars / "a.jar").unlink()
        case _:
            (jars / "b.jar").write_bytes(b"b")
    with pytest.raises(DownloadFailed, match=r"\.jar"):
        check_sums(jars, sums)


def test_a_kafka_home_without_kafka_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAFKA_HOME", str(tmp_path))
    with pytest.raises(NoBroker, match="holds no Kafka"):
        jars_at_hand()
    (tmp_path / "libs").mkdir()
    (tmp_path / "libs" / "kafka_2.13-4.1.0.jar").touch()
    assert jars_at_hand() == tmp_path / "libs"
