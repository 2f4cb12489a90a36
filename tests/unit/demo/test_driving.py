"""The steady load says what it lacks before it starts."""

from __future__ import annotations

import sys

import pytest

from unionstream.demo.driving import SERVICES, main


def said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """What stands on the error stream; it ends with 2."""
    monkeypatch.setattr(sys, "argv", ["driving", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    return capsys.readouterr().err


def test_addresses_that_are_missing_are_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("UNIONSTREAM_FINANCE_URL", "http://127.0.0.1:1")
    for name in ("MEMBERSHIP", "PROJECTION"):
        monkeypatch.delenv(f"UNIONSTREAM_{name}_URL", raising=False)
    told = said(monkeypatch, capsys)
    assert "set UNIONSTREAM_MEMBERSHIP_URL, UNIONSTREAM_PROJECTION_URL\n" in told


@pytest.mark.parametrize("rate", ["0", "-1", "fast"])
def test_a_rate_must_be_a_number_above_nothing(
    rate: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for service in SERVICES:
        monkeypatch.setenv(f"UNIONSTREAM_{service.upper()}_URL", "http://127.0.0.1:1")
    assert "--rate" in said(monkeypatch, capsys, f"--rate={rate}").rpartition("error:")[2]


def test_a_service_that_is_not_there_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["driving"])
    monkeypatch.setattr("unionstream.demo.driving.PATIENCE_SECONDS", 0.1)
    for service in SERVICES:
        monkeypatch.setenv(f"UNIONSTREAM_{service.upper()}_URL", "http://127.0.0.1:1")
    assert main() == 1
    assert "membership does not answer" in capsys.readouterr().err
