"""docker-compose.yml runs what the code knows: services, roles, settings, topics and broker version."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

from shared.process import ROLES
from shared.settings import ServiceSettings
from unionstream.embedded.processes import PROCESSES
from unionstream.embedded.topics import PARTITIONS

ROOT = Path(__file__).parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
OURS = {
    name: each
    for name, each in COMPOSE["services"].items()
    if each["image"] == "unionstream:local" and "profiles" not in each
}


def test_every_process_of_the_embedded_stack_runs_in_compose() -> None:
    modules = {each["command"][0] for each in OURS.values()}
    assert modules == {process.module for process in PROCESSES}


@pytest.mark.parametrize("name", OURS)
def test_a_container_runs_a_role_under_the_name_of_its_service(name: str) -> None:
    module, role = OURS[name]["command"]
    service, suffix = name.split("-")
    assert module == f"services.{service}.main"
    assert suffix == role
    assert role in ROLES


@pytest.mark.parametrize("name", OURS)
def test_a_container_is_told_every_setting_its_service_needs(name: str) -> None:
    given = OURS[name]["environment"]
    prefix = name.split("-", maxsplit=1)[0].upper() + "_"
    needed = {field.upper() for field, info in ServiceSettings.model_fields.items() if info.is_required()}
    keys = {key for process in PROCESSES if process.prefix + "_" == prefix for key in process.keys}
    assert {prefix + each for each in needed | keys} <= set(given)
    assert given[prefix + "PARTITIONS"] == str(PARTITIONS)


def test_writing_services_have_a_topic_and_a_database_of_their_own() -> None:
    topics = (ROOT / "deploy/compose/topics.sh").read_text("utf-8")
    databases = (ROOT / "deploy/compose/databases.sh").read_text("utf-8")
    for process in PROCESSES:
        assert process.topic is None or process.topic in topics
        assert process.name in databases


def test_questions_alone_sign_in_with_a_role_that_owns_nothing() -> None:
    databases = (ROOT / "deploy/compose/databases.sh").read_text("utf-8")
    told = {
        (name, setting, urlsplit(re.sub(r"\$\{\w+:\?\}", "x", value)).username)
        for name, container in OURS.items()
        for setting, value in container["environment"].items()
        if setting.endswith("_QUERY_DATABASE_URL")
    }
    readers = [process for process in PROCESSES if process.reader]
    assert told == {
        (f"{each.name}-api", f"{each.prefix}_QUERY_DATABASE_URL", each.query_role) for each in readers
    }
    for each in readers:
        assert f"CREATE ROLE {each.query_role} LOGIN" in databases
        assert f"GRANT CONNECT ON DATABASE {each.name} TO {each.query_role};" in databases


def test_the_broker_is_of_one_version_everywhere() -> None:
    pom = (ROOT / "deploy/kafka/pom.xml").read_text("utf-8")
    version = re.search(r"<kafka.version>(.+)</kafka.version>", pom)
    assert version is not None
    for name in ("kafka", "topics"):
        assert COMPOSE["services"][name]["image"] == f"apache/kafka:{version[1]}"


def test_every_variable_of_compose_is_in_the_example() -> None:
    wanted = set(re.findall(r"\$\{(\w+)", (ROOT / "docker-compose.yml").read_text("utf-8")))
    example = (ROOT / ".env.example").read_text("utf-8")
    assert wanted == set(re.findall(r"^(\w+)=", example, re.MULTILINE))
