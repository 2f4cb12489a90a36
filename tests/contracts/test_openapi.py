"""The description of the command routes holds together: every reference in it leads somewhere."""

import json
import re

import pytest
from pydantic.json_schema import models_json_schema

from shared.http.commands import SCHEMAS, CommandRouter
from tests.contracts.writing_services import SERVICES

ROUTERS = {name: CommandRouter(each.ROUTES, each.BULK_ROUTES) for name, each in SERVICES.items()}


@pytest.mark.parametrize("service", ROUTERS)
def test_every_reference_leads_somewhere(service: str) -> None:
    router = ROUTERS[service]
    _, models = models_json_schema(
        [(model, "validation") for model in router.models], ref_template=SCHEMAS + "{model}"
    )
    text = json.dumps([router.paths, models["$defs"]])
    assert set(re.findall(rf'"{SCHEMAS}(\w+)"', text)) <= set(models["$defs"])


GONE = {"/v1/members/{member}/person"}
"""About what may have been erased."""


@pytest.mark.parametrize("service", ROUTERS)
def test_every_command_says_what_it_takes_and_how_it_may_be_refused(service: str) -> None:
    for path, item in ROUTERS[service].paths.items():
        operation = item["post"]
        names = {parameter["name"] for parameter in operation["parameters"]}
        assert "Idempotency-Key" in names
        assert set(re.findall(r"{(\w+)}", path)) <= names
        refused = {"401", "403", "409", "422", "503"} | (set() if path.endswith("/bulk") else {"404", "412"})
        refused |= {"410"} if path in GONE else set()
        assert refused == {status for status in operation["responses"] if status >= "300"}
        assert operation["requestBody"]["content"]["application/json"]["schema"]
