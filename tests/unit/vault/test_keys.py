"""Master keys are changed in service: what was sealed opens, what is sealed is under the present key."""

from __future__ import annotations

import sys
from pathlib import Path
from uuid import UUID

import pytest

from shared.keys import FollowedKeys, KeyFile, KeyFileUnusable, KeyProgram, MasterKeys
from shared.vault import PersonalData, SealBroken, Sealed, Vault, open_vault

OLD, NEW, INDEX = bytes(range(32)), bytes(range(1, 33)), bytes(range(2, 34))
ADA = UUID(int=1)
DATA = PersonalData(document_kind="citizen", document_number="999999199202290018", name="示例会员")


def write(file: Path, keys: MasterKeys) -> None:
    """Whole or not at all, as whoever changes keys has to."""
    fresh = file.with_suffix(".new")
    fresh.write_text(keys.text + "\n")
    fresh.chmod(0o600)
    fresh.replace(file)


def test_a_new_key_opens_what_is_under_the_old_one_and_wraps_what_comes() -> None:
    before = Vault(MasterKeys((OLD,)))
    both = Vault(MasterKeys((OLD,)).with_new(NEW))
    assert both.open(ADA, before.seal(ADA, DATA)) == DATA
    with pytest.raises(SealBroken):
        before.open(ADA, both.seal(ADA, DATA))


def test_a_data_key_is_wrapped_anew_once_and_its_record_stays() -> None:
    sealed = Vault(OLD).seal(ADA, DATA)
    both = Vault(MasterKeys((NEW, OLD)))
    fresh = both.rewrapped(ADA, sealed.wrapped_key)
    assert fresh is not None
    assert both.rewrapped(ADA, fresh) is None
    assert Vault(NEW).open(ADA, Sealed(fresh, sealed.record)) == DATA
    with pytest.raises(SealBroken):
        Vault(NEW).rewrapped(ADA, sealed.wrapped_key)


def test_the_index_of_documents_stays_when_keys_change() -> None:
    entry = Vault(OLD).identity("citizen", DATA.document_number)
    both = MasterKeys((OLD,)).with_new(NEW)
    for keys in (both, both.present_alone, MasterKeys.of(both.present_alone.text), both.with_new(INDEX)):
        assert Vault(keys).identity("citizen", DATA.document_number) == entry
    assert Vault(NEW).identity("citizen", DATA.document_number) != entry


def test_a_running_process_follows_its_file(tmp_path: Path) -> None:
    file = tmp_path / "master.key"
    write(file, MasterKeys((OLD,)))
    running = open_vault(file)
    sealed = running.seal(ADA, DATA)
    write(file, MasterKeys((OLD,)).with_new(NEW))
    assert running.open(ADA, sealed) == DATA
    later = running.seal(ADA, DATA)
    assert Vault(NEW).open(ADA, later) == DATA
    file.unlink()  # for a moment, as some tools do it
    assert running.open(ADA, sealed) == DATA


def test_keys_may_come_from_a_program(tmp_path: Path) -> None:
    lines = tmp_path / "kept"
    lines.write_text(MasterKeys((OLD,)).text)
    command = f"{sys.executable} -c 'print(open(\"{lines}\").read())'"
    vault = open_vault(command)
    assert vault.open(ADA, Vault(OLD).seal(ADA, DATA)) == DATA
    with pytest.raises(SealBroken):
        vault.open(ADA, Vault(NEW).seal(ADA, DATA))


def test_a_program_is_asked_again_when_a_key_does_not_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = tmp_path / "kept"
    lines.write_text(MasterKeys((OLD,)).text)
    vault = Vault(FollowedKeys(KeyProgram(f"{sys.executable} -c 'print(open(\"{lines}\").read())'")))
    lines.write_text(MasterKeys((OLD,)).with_new(NEW).text)
    monkeypatch.setattr("shared.keys.AGAIN_SECONDS", 0.0)
    assert vault.open(ADA, Vault(NEW).seal(ADA, DATA)) == DATA


@pytest.mark.parametrize("command", ["false", "no-such-program-here", "echo ab", "echo index"])
def test_a_program_that_prints_no_keys_is_refused_without_its_words(command: str) -> None:
    with pytest.raises(KeyFileUnusable) as refused:
        open_vault(command)
    assert refused.value.remedy
    assert "ab" not in refused.value.detail.replace("program that prints", "").split()


@pytest.mark.parametrize(
    "text", ["", "zz", "ab", f"{OLD.hex()} {NEW.hex()}", f"index {OLD.hex()}", f"{OLD.hex()}\nindex\nindex"]
)
def test_lines_that_are_no_keys_are_refused(text: str, tmp_path: Path) -> None:
    file = tmp_path / "master.key"
    file.write_text(text)
    file.chmod(0o600)
    with pytest.raises(KeyFileUnusable) as refused:
        KeyFile(file).read()
    assert OLD.hex() not in str(refused.value)


def test_a_file_that_others_may_read_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "master.key"
    file.write_text(OLD.hex())
    file.chmod(0o640)
    with pytest.raises(KeyFileUnusable, match="read by others"):
        KeyFile(file).read()


def test_keys_do_not_show_themselves() -> None:
    assert OLD.hex() not in repr(MasterKeys((OLD,), INDEX))
    assert repr(OLD) not in repr(MasterKeys((OLD,), INDEX))
