"""The register of capabilities says what the code says."""

from __future__ import annotations

import pytest

from services.projection import catalogue
from shared import capabilities
from shared.contracts import RELEASED
from tests.contracts.writing_services import SERVICES

REGISTER = capabilities.register()
# Who may do what is no work of a union; tests/access shows it.
OF_THE_SYSTEM = {"GrantRole", "WithdrawRole", "RoleGranted.v1", "RoleWithdrawn.v1"}
NONE: tuple[capabilities.Capability, ...] = ()
OUTWARDS = {"exchange"}  # serves other agencies, and no line of a summary
COMMANDS = {
    name: {route.command.__name__ for route in (*service.ROUTES, *service.BULK_ROUTES)}
    for name, service in SERVICES.items()
    if name not in OUTWARDS
}
EVENTS = {
    name: {f"{event.__name__}.v{event.version}" for event in RELEASED.values() if event.service == name}
    for name in COMMANDS
}


def test_the_page_is_up_to_date() -> None:
    assert capabilities.PAGE.read_text("utf-8") == capabilities.page(), "run `make docs`"


@pytest.mark.parametrize("service", COMMANDS)
def test_what_a_service_registers_is_there(service: str) -> None:
    figures = catalogue.load().figures
    for each in REGISTER.get(service, NONE):
        assert set(each.commands) <= COMMANDS[service], each.id
        assert set(each.events) <= EVENTS[service], each.id
        assert set(each.figures) <= set(figures), each.id


@pytest.mark.parametrize("service", COMMANDS)
def test_every_command_and_event_of_a_service_serves_a_capability(service: str) -> None:
    commands = {name for each in REGISTER.get(service, NONE) for name in each.commands}
    events = {name for each in REGISTER.get(service, NONE) for name in each.events}
    assert commands == COMMANDS[service] - OF_THE_SYSTEM
    assert events == EVENTS[service] - OF_THE_SYSTEM


@pytest.mark.parametrize("service", COMMANDS)
def test_every_capability_is_shown_by_a_test_through_the_public_interfaces(service: str) -> None:
    shown = capabilities.tests()
    for each in REGISTER.get(service, NONE):
        assert any(name.startswith("tests/capabilities/") for name in shown.get(each.id, ())), each.id
