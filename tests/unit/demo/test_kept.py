"""What the demo may erase, and what is nobody's to erase."""

from __future__ import annotations

from pathlib import Path

import pytest

from unionstream.demo.kept import Kept
from unionstream.demo.land import fingerprint
from unionstream.embedded.faults import AlreadyRunning, UnusableFolder
from unionstream.embedded.state import sole_owner


def used(folder: Path, scenario: str | None) -> Path:
    """A folder in which a stack has run; with `scenario`, a demo of it."""
    (folder / "sample").mkdir()
    (folder / "passwords.json").write_text("{}")
    if scenario is not None:
        (folder / "sample" / "scenario").write_text(scenario)
        (folder / "sample" / "places.json").write_text("{}")
    return folder


def test_the_folder_of_another_stack_is_refused_and_stays(tmp_path: Path) -> None:
    for fresh in (False, True):
        with pytest.raises(UnusableFolder, match="not a demo"):
            Kept(tmp_path if (tmp_path / "sample").exists() else used(tmp_path, None)).prepare(fresh=fresh)
    assert (tmp_path / "passwords.json").exists()


def test_the_same_scenario_is_kept_unless_a_fresh_start_is_asked_for(tmp_path: Path) -> None:
    folder = used(tmp_path, fingerprint())
    assert Kept(folder).prepare(fresh=False) is False
    assert (folder / "sample" / "places.json").exists()
    assert Kept(folder).prepare(fresh=True) is True
    assert not (folder / "sample" / "places.json").exists()
    assert not (folder / "passwords.json").exists()


def test_another_scenario_is_loaded_anew(tmp_path: Path) -> None:
    assert Kept(used(tmp_path, "older")).prepare(fresh=False) is True
    assert Kept(tmp_path).prepare(fresh=False) is False


def test_nothing_is_erased_under_a_demo_that_runs(tmp_path: Path) -> None:
    folder = used(tmp_path, fingerprint())
    with sole_owner(folder), pytest.raises(AlreadyRunning):
        Kept(folder).prepare(fresh=True)
    assert (folder / "sample" / "places.json").exists()
