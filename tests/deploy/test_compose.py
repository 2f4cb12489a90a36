"""docker-compose.yml and what it starts are what their tools and the code say they are."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import yaml

from shared.settings import ServiceSettings
from tests.contracts.published.boards import BOARDS, boards
from tests.deploy.tools import ROOT, Tools
from unionstream.embedded.processes import PROCESSES
from unionstream.signing import TOKEN

TEXT = (ROOT / "docker-compose.yml").read_text("utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load(TEXT)
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
# Services stand in the order in which they start, and their keys in the order in which one reads them.
ORDERS = ("services-alphabetical-order", "service-keys-order", "top-level-properties-order")


def roles(module: str) -> set[str]:
    return set(import_module(module).SERVICE.parts)


def test_it_is_one_by_the_specification(tools: Tools) -> None:
    assert (
        tools.python("deploy/checks/compose.py", "docker-compose.yml").fine() == f"{len(SERVICES)} services\n"
    )


def test_the_linter_finds_nothing(tools: Tools) -> None:
    dclint = tools.folder / "npm" / "node_modules" / "dclint" / "bin" / "dclint.cjs"
    rules = [word for order in ORDERS for word in ("--disable-rule", order)]
    tools.run(tools.node, dclint, "docker-compose.yml", "--max-warnings", "0", *rules).fine()


def test_every_role_of_every_service_runs_once_and_no_other() -> None:
    ours = {name for name, each in SERVICES.items() if str(each.get("image")) == "unionstream:local"}
    wanted = {
        f"{process.name}-{role}" for process in PROCESSES for role in {*roles(process.module), "migrate"}
    }
    assert wanted <= ours
    assert {name for name in ours - wanted if not SERVICES[name].get("profiles")} == set()


def test_the_load_is_what_the_code_has_and_is_told_where_services_are() -> None:
    module, *options = SERVICES["load"]["command"]
    driving = import_module(module)
    given = SERVICES["load"]["environment"]
    assert set(given) == {TOKEN, *(f"UNIONSTREAM_{name.upper()}_URL" for name in driving.SERVICES)}
    assert options == ["--rate", "${LOAD_RATE:-20}"]
    for name in driving.SERVICES:
        assert given[f"UNIONSTREAM_{name.upper()}_URL"] == f"http://{name}-api:8000"
        assert COMPOSE[f"x-{name}"][f"{name.upper()}_HTTP_PORT"] == "8000"


def test_every_setting_is_one_that_the_code_reads() -> None:
    for process in PROCESSES:
        settings: type[ServiceSettings] = import_module(process.module).SERVICE.settings
        known = {f"{process.prefix}_{field.upper()}" for field in settings.model_fields}
        assert set(COMPOSE[f"x-{process.name}"]) <= known


def test_every_file_that_is_mounted_is_there() -> None:
    mounted = [each.split(":")[0] for service in SERVICES.values() for each in service.get("volumes", ())]
    paths = [each for each in mounted if each.startswith("./")]
    assert len(paths) > 5
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_nobody_starts_before_what_they_need_is_healthy() -> None:
    for name, service in SERVICES.items():
        for other, how in service.get("depends_on", {}).items():
            if how["condition"] == "service_healthy":
                assert "healthcheck" in SERVICES[other], (name, other)


def test_prometheus_asks_every_process_where_it_answers(tools: Tools) -> None:
    tools.run(
        tools.prometheus("promtool"), "check", "config", "--syntax-only", "deploy/prometheus/prometheus.yml"
    ).fine()
    asked = yaml.safe_load((ROOT / "deploy/prometheus/processes.yml").read_text("utf-8"))
    told = {(*each["targets"], each["labels"]["service"], each["labels"]["role"]) for each in asked}
    assert told == {
        (f"{process.name}-{role}:{_operations(process.name)}", process.name, role)
        for process in PROCESSES
        for role in roles(process.module)
    }


def _operations(name: str) -> str:
    port: str = COMPOSE[f"x-{name}"][f"{name.upper()}_OPERATIONS_PORT"]
    return port


def test_alerts_fire_when_their_fault_is_there_and_not_before(tools: Tools) -> None:
    said = tools.run(
        tools.prometheus("promtool"), "test", "rules", "rules_test.yml", where=ROOT / "deploy/prometheus"
    )
    assert "SUCCESS" in said.fine()
    tested = yaml.safe_load((ROOT / "deploy/prometheus/rules_test.yml").read_text("utf-8"))["tests"]
    rules = yaml.safe_load((ROOT / "deploy/prometheus/rules.yml").read_text("utf-8"))["groups"]
    alerts = {rule["alert"] for group in rules for rule in group["rules"] if "alert" in rule}
    quiet, loud = ({each["alertname"] for each in test["alert_rule_test"]} for test in tested)
    fired = {each["alertname"] for each in tested[1]["alert_rule_test"] if each.get("exp_alerts")}
    assert quiet == loud == fired == alerts


def test_alerts_find_their_way(tools: Tools) -> None:
    tools.run(tools.prometheus("amtool"), "check-config", "deploy/prometheus/alertmanager.yml").fine()


def test_the_dashboards_are_provisioned() -> None:
    provider = yaml.safe_load(
        (ROOT / "deploy/grafana/provisioning/dashboards/unionstream.yml").read_text("utf-8")
    )
    folder = provider["providers"][0]["options"]["path"]
    assert f"./deploy/grafana/dashboards:{folder}:ro" in SERVICES["grafana"]["volumes"]
    assert {path.stem for path in BOARDS.glob("*.json")} == boards().keys()


def test_the_document_of_topics_is_valid(tools: Tools) -> None:
    ended = tools.run(
        tools.node, "deploy/checks/asyncapi.mjs", tools.folder / "npm", "docs/contracts/asyncapi.json"
    )
    assert ", 0 faults" in ended.fine()
