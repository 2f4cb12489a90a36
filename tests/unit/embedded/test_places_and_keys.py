"""Where an unprivileged account can reach, and what is kept from everybody else."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from unionstream.embedded import unprivileged
from unionstream.embedded.faults import UnusableFolder
from unionstream.embedded.keys import Keys
from unionstream.embedded.ports import free_ports, listening
from unionstream.embedded.state import FILE, read
from unionstream.embedded.unprivileged import SYSTEM_PLACE, Account, can_reach, place_for, reachable_copy

STRANGER = Account("stranger", 54321, 54321)


@pytest.fixture
def open_place(tmp_path: Path) -> Path:
    """A folder anybody may pass through, as far as this test decides it."""
    for step in [tmp_path, *tmp_path.parents]:
        if step.stat().st_uid == os.geteuid() and not step.stat().st_mode & 0o001:
            step.chmod(step.stat().st_mode | 0o011)
    return tmp_path


def test_a_folder_behind_a_closed_door_is_out_of_reach(open_place: Path) -> None:
    closed = open_place / "closed"
    closed.mkdir(mode=0o700)
    inner = closed / "inner"
    inner.mkdir(mode=0o755)
    assert can_reach(open_place, STRANGER)
    assert not can_reach(inner, STRANGER)
    assert can_reach(inner, Account("owner", closed.stat().st_uid, 0))


def test_the_files_go_outside_only_where_they_must(open_place: Path) -> None:
    closed = open_place / "closed"
    closed.mkdir(mode=0o700)
    assert place_for(open_place / "stack", STRANGER) == open_place / "stack" / "postgres"
    assert place_for(closed / "stack", None) == closed / "stack" / "postgres"
    outside = place_for(closed / "stack", STRANGER)
    assert outside.is_relative_to(SYSTEM_PLACE)
    assert outside != place_for(closed / "another", STRANGER)


def test_programs_out_of_reach_are_copied_once_with_the_libraries_beside_them(
    open_place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unprivileged, "SYSTEM_PLACE", open_place / "system")
    closed = open_place / "closed"
    program, library = closed / "package" / "bin" / "server", closed / "package.libs" / "lib.so"
    for file in (program, library):
        file.parent.mkdir(parents=True)
        file.write_bytes(b"x")
    program.chmod(0o700)
    library.chmod(0o600)
    closed.chmod(0o700)
    trees = [closed / "package", closed / "package.libs"]
    assert reachable_copy(trees, "server-1", None) == closed
    copy = reachable_copy(trees, "server-1", STRANGER)
    assert can_reach(copy / "package" / "bin", STRANGER)
    assert oct((copy / "package" / "bin" / "server").stat().st_mode & 0o777) == "0o755"
    assert oct((copy / "package.libs" / "lib.so").stat().st_mode & 0o777) == "0o644"
    assert reachable_copy(trees, "server-1", STRANGER) == copy
    assert [path.name for path in copy.parent.iterdir()] == ["server-1"]


def test_passwords_and_keys_are_made_once_and_for_their_owner_alone(tmp_path: Path) -> None:
    keys = Keys(tmp_path)
    password, key = keys.password("finance"), keys.master_key_file("membership")
    assert len(bytes.fromhex(key.read_text(encoding="ascii"))) == 32
    again = Keys(tmp_path)
    assert (again.password("finance"), again.master_key_file("membership")) == (password, key)
    assert again.password("membership") != password
    assert [oct(path.stat().st_mode & 0o777) for path in tmp_path.iterdir()] == ["0o600", "0o600"]


def test_ports_are_free_and_different() -> None:
    ports = free_ports(20)
    assert len(set(ports)) == 20
    assert not any(listening(port) for port in ports)
    with socket.create_server(("127.0.0.1", ports[0])):
        assert listening(ports[0])


def test_a_state_file_that_is_none_is_told_with_the_way_out(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('{"phase": "flying"}', encoding="ascii")
    with pytest.raises(UnusableFolder) as told:
        read(tmp_path)
    assert "remove that file" in told.value.remedy
