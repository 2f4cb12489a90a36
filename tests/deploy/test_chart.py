"""The chart renders in every size into resources that are valid, hardened, and what the code knows."""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from shared.brokers import checked
from shared.settings import ServiceSettings
from tests.deploy.tools import CHART, OWN, ROOT, SIZES, Tools, resources
from unionstream.embedded.processes import PROCESSES, Process
from unionstream.rights import AGENCIES, Right, rights

VALUES: dict[str, Any] = yaml.safe_load((CHART / "values.yaml").read_text("utf-8"))
NAMES = [process.name for process in PROCESSES]
# The address of a database is a Secret that the operator makes; processes read it from the environment alone.
ACCEPTED = "CKV_K8S_35"


@cache
def _rendered(tools: Tools, size: str) -> str:
    return tools.rendered(size)


@pytest.fixture(params=SIZES)
def size(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def rendered(tools: Tools, size: str) -> str:
    return _rendered(tools, size)


@pytest.fixture
def found(rendered: str) -> dict[tuple[str, str], dict[str, Any]]:
    return resources(rendered)


def roles(process: Process) -> set[str]:
    return set(import_module(process.module).SERVICE.parts)


def test_helm_finds_nothing_to_say_of_it(tools: Tools) -> None:
    settings = [f"--set={each}" for each in OWN]
    values = CHART / "values-small.yaml"
    tools.python("deploy/checks/render.py", "--lint", *settings, "--", CHART, values).fine()


def test_every_resource_is_valid(tools: Tools, rendered: str) -> None:
    said = tools.python("deploy/checks/validate.py", given=rendered).fine()
    assert said.strip().endswith(", 0 faults")


FAULTS = {
    "  podManagementPolicy: Parallel": "  podManagementPolicies: Parallel",
    "  enableSuperuserAccess: false": "  enableSuperusers: false",
    "    type: simple\n": "    type: simpler\n",
    "  jobLabel:": "  jobLabels:",
}


def test_a_fault_would_be_found(tools: Tools) -> None:
    planted = _rendered(tools, "province")
    for right, wrong in FAULTS.items():
        assert right in planted
        planted = planted.replace(right, wrong, 1)
    ended = tools.python("deploy/checks/validate.py", given=planted)
    assert ended.code == 1
    for wrong in ("podManagementPolicies", "enableSuperusers", "'simple' was expected", "jobLabels"):
        assert wrong in ended.out


def test_checkov_finds_nothing(tools: Tools, size: str, rendered: str, tmp_path: Path) -> None:
    file = tmp_path / f"{size}.yaml"
    file.write_text(rendered, "utf-8")
    checkov = tools.folder / "checkov" / "bin" / "checkov"
    options = ("--framework", "kubernetes", "--compact", "--quiet", "--skip-download")
    tools.run(checkov, "-f", file, *options, "--skip-check", ACCEPTED).fine()


@pytest.mark.parametrize(
    "setting", ["partitions=7", "image.tagg=1", "services.payroll.topic=x", "kafka.heap=2"]
)
def test_values_that_mean_nothing_are_refused(tools: Tools, setting: str) -> None:
    words = [f"--set={each}" for each in (*OWN, setting)]
    ended = tools.python("deploy/checks/render.py", CHART, CHART / "values-small.yaml", *words)
    assert ended.code == 1
    assert setting.split("=", maxsplit=1)[0].split(".", maxsplit=1)[0] in ended.out


@pytest.mark.parametrize("missing", ["oidc.issuer", "ingress.tlsSecret", "databases.backup.destination"])
def test_what_must_be_said_is_asked_for_by_name(tools: Tools, missing: str) -> None:
    words = [f"--set={each}" for each in OWN if not each.startswith(missing)]
    ended = tools.python("deploy/checks/render.py", CHART, CHART / "values-province.yaml", *words)
    assert ended.code == 1
    assert missing in ended.out


def test_the_services_are_those_of_the_code() -> None:
    said = {
        name: (each["topic"], set(each["roles"]), each["keys"]) for name, each in VALUES["services"].items()
    }
    assert said == {each.name: (each.topic, roles(each), list(each.keys)) for each in PROCESSES}


@pytest.mark.parametrize("name", NAMES)
def test_every_process_runs_with_every_setting_it_needs(
    found: dict[tuple[str, str], dict[str, Any]], name: str
) -> None:
    process = next(each for each in PROCESSES if each.name == name)
    needed = {field.upper() for field, info in ServiceSettings.model_fields.items() if info.is_required()}
    for role in roles(process):
        kind = "StatefulSet" if role == "worker" else "Deployment"
        pod = found[kind, f"unionstream-{name}-{role}"]["spec"]["template"]["spec"]
        (container,) = pod["containers"]
        assert container["args"] == [process.module, role]
        given = {each["name"] for each in container["env"]}
        assert {f"{process.prefix}_{each}" for each in needed | set(process.keys)} <= given


def test_questions_alone_sign_in_with_a_role_that_owns_nothing(
    found: dict[tuple[str, str], dict[str, Any]],
) -> None:
    assert {name for name, each in VALUES["services"].items() if each.get("reader")} == {
        each.name for each in PROCESSES if each.reader
    }
    secret = VALUES["databases"]["reader"]["secret"]
    for process in PROCESSES:
        told = {
            role: _query_secret(found, process, role)
            for role in roles(process)
            if _query_secret(found, process, role)
        }
        assert told == ({"api": secret} if process.reader else {})
        made = found.get(("Cluster", f"unionstream-{process.name}-db"), {"spec": {}})["spec"]
        role = {
            "name": process.query_role,
            "ensure": "present",
            "login": True,
            "passwordSecret": {"name": secret},
        }
        assert made.get("managed", {}).get("roles", []) == ([role] if made and process.reader else [])


def _query_secret(found: dict[tuple[str, str], dict[str, Any]], process: Process, role: str) -> str:
    kind = "StatefulSet" if role == "worker" else "Deployment"
    (container,) = found[kind, f"unionstream-{process.name}-{role}"]["spec"]["template"]["spec"]["containers"]
    name = f"{process.prefix}_QUERY_DATABASE_URL"
    given = [each["valueFrom"]["secretKeyRef"] for each in container["env"] if each["name"] == name]
    return str(given[0]["name"]) if given else ""


def test_every_topic_is_made_and_kept(found: dict[tuple[str, str], dict[str, Any]]) -> None:
    topics = {
        each["spec"]["topicName"]: each["spec"] for (kind, _), each in found.items() if kind == "KafkaTopic"
    }
    written = {each.name for each in rights() if (each.resource, each.operation) == ("topic", "Write")}
    assert topics.keys() == written - {AGENCIES}
    for topic in topics.values():
        assert topic["config"]["cleanup.policy"] == "delete"
        assert topic["config"]["retention.ms"] == topic["config"]["retention.bytes"] == -1


@pytest.mark.parametrize("name", NAMES)
def test_a_service_has_the_rights_at_the_brokers_that_are_printed_for_it(
    found: dict[tuple[str, str], dict[str, Any]], name: str
) -> None:
    acls = found["KafkaUser", f"unionstream-{name}"]["spec"]["authorization"]["acls"]
    said = [
        Right(name, what["type"], what["name"], operation, what["patternType"] == "prefix")
        for what, operations in ((each["resource"], each["operations"]) for each in acls)
        for operation in operations
    ]
    assert sorted(said) == sorted(each for each in rights() if each.principal == name)


@pytest.mark.parametrize("name", NAMES)
def test_a_process_signs_in_to_the_brokers_with_the_files_it_is_given(
    found: dict[tuple[str, str], dict[str, Any]], name: str
) -> None:
    process = next(each for each in PROCESSES if each.name == name)
    (listener,) = found["Kafka", "unionstream-kafka"]["spec"]["kafka"]["listeners"]
    for role in roles(process):
        kind = "StatefulSet" if role == "worker" else "Deployment"
        pod = found[kind, f"unionstream-{name}-{role}"]["spec"]["template"]["spec"]
        (container,) = pod["containers"]
        (kafka,) = (each["value"] for each in container["env"] if each["name"] == f"{process.prefix}_KAFKA")
        parts = urlsplit(checked(kafka))
        assert (parts.scheme, parts.username) == ("sasl+ssl", f"unionstream-{name}")
        assert ("KafkaUser", parts.username) in found
        assert parts.port == listener["port"]
        assert listener["tls"]
        assert listener["authentication"] == {"type": "scram-sha-512"}
        assert set(parse_qs(parts.query)) == {"password_file", "ca"}
        assert {file for (file,) in parse_qs(parts.query).values()} == mounted(pod, container)


def mounted(pod: dict[str, Any], container: dict[str, Any]) -> set[str]:
    """The files about brokers in a container; of the Secrets that Strimzi makes for a user and a cluster."""
    (place,) = (each["mountPath"] for each in container["volumeMounts"] if each["name"] == "brokers")
    (volume,) = (each["projected"] for each in pod["volumes"] if each["name"] == "brokers")
    secrets = {
        item["key"]: each["secret"]["name"] for each in volume["sources"] for item in each["secret"]["items"]
    }
    user = pod["serviceAccountName"]
    assert secrets == {"password": user, "ca.crt": "unionstream-kafka-cluster-ca-cert"}
    return {f"{place}/{item['path']}" for each in volume["sources"] for item in each["secret"]["items"]}


@pytest.mark.parametrize("name", NAMES)
def test_a_service_reaches_its_own_database_and_no_other(
    found: dict[tuple[str, str], dict[str, Any]], name: str
) -> None:
    (policy,) = (
        each
        for (kind, own), each in found.items()
        if kind == "NetworkPolicy" and own == f"unionstream-{name}"
    )
    clusters = [
        peer["podSelector"]["matchLabels"].get("cnpg.io/cluster")
        for rule in policy["spec"]["egress"]
        for peer in rule["to"]
    ]
    assert [each for each in clusters if each] == [f"unionstream-{name}-db"]


def test_everything_that_is_not_allowed_is_denied(found: dict[tuple[str, str], dict[str, Any]]) -> None:
    spec = found["NetworkPolicy", "unionstream-nothing"]["spec"]
    assert spec == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}


def test_workers_are_scaled_by_the_lag_of_the_group_they_read_in(tools: Tools) -> None:
    found = resources(_rendered(tools, "province"))
    scaled = {name: each for (kind, name), each in found.items() if kind == "ScaledObject"}
    readers = [each for each in PROCESSES if "worker" in roles(each)]
    assert scaled.keys() == {f"unionstream-{each.name}-worker" for each in readers}
    for process in readers:
        spec = scaled[f"unionstream-{process.name}-worker"]["spec"]
        assert {each["metadata"]["consumerGroup"] for each in spec["triggers"]} == {process.name}
        assert spec["maxReplicaCount"] <= VALUES["partitions"]


def test_the_rules_in_the_cluster_are_the_rules(tools: Tools) -> None:
    rule = resources(_rendered(tools, "small"))["PrometheusRule", "unionstream"]
    assert rule["spec"] == yaml.safe_load((ROOT / "deploy/prometheus/rules.yml").read_text("utf-8"))


def test_prometheus_knows_our_processes_by_the_job_that_rules_speak_of(tools: Tools) -> None:
    found = resources(_rendered(tools, "small"))
    label = found["ServiceMonitor", "unionstream"]["spec"]["jobLabel"]
    jobs = {
        each["metadata"]["labels"][label]
        for (kind, _), each in found.items()
        if kind == "Service" and each["metadata"]["labels"].get("app.kubernetes.io/component")
    }
    rules = (ROOT / "deploy/prometheus/rules.yml").read_text("utf-8")
    (asked,) = re.findall(r'\bup\{job=~"([^"]+)"\}', rules)
    assert jobs
    assert all(re.fullmatch(asked, job) for job in jobs)


def test_without_signing_in_to_brokers_nothing_is_asked_of_clients(tools: Tools) -> None:
    found = resources(tools.rendered("province", "kafka.authentication=false"))
    kafka = found["Kafka", "unionstream-kafka"]["spec"]["kafka"]
    assert "authorization" not in kafka
    assert "authentication" not in kafka["listeners"][0]
    assert not kafka["listeners"][0]["tls"]
    assert not {kind for kind, _ in found} & {"KafkaUser", "TriggerAuthentication"}
    pod = found["Deployment", "unionstream-finance-api"]["spec"]["template"]["spec"]
    (kafka,) = (each["value"] for each in pod["containers"][0]["env"] if each["name"] == "FINANCE_KAFKA")
    assert kafka == "unionstream-kafka-kafka-bootstrap:9092"
    assert "brokers" not in {each["name"] for each in pod["volumes"]}


def test_at_brokers_of_somebody_else_each_service_signs_in_under_its_name(tools: Tools) -> None:
    secrets = [f"kafka.secrets.{name}=of-{name}" for name in NAMES]
    others = ("kafka.create=false", "kafka.bootstrap=broker.example:9093", *secrets)
    found = resources(tools.rendered("small", *others))
    assert not {kind for kind, _ in found} & {"Kafka", "KafkaUser", "KafkaTopic"}
    pod = found["Deployment", "unionstream-finance-relay"]["spec"]["template"]["spec"]
    (kafka,) = (each["value"] for each in pod["containers"][0]["env"] if each["name"] == "FINANCE_KAFKA")
    assert checked(kafka).startswith("sasl+ssl://finance@broker.example:9093?")
    (volume,) = (each["projected"] for each in pod["volumes"] if each["name"] == "brokers")
    assert [each["secret"]["name"] for each in volume["sources"]] == ["of-finance"]
