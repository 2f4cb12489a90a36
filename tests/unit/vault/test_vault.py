"""Personal data at rest."""

from pathlib import Path
from uuid import UUID

import pytest

from shared.vault import KeyFileUnusable, PersonalData, SealBroken, Sealed, Vault, open_vault

MASTER = bytes(range(32))
ADA, BOB = UUID(int=1), UUID(int=2)
DATA = PersonalData(
    document_kind="citizen", document_number="999999199202290018", name="示例会员", phone="19900000000"
)


def test_what_was_sealed_for_a_person_opens_for_that_person() -> None:
    vault = Vault(MASTER)
    assert vault.open(ADA, vault.seal(ADA, DATA)) == DATA


def test_it_opens_after_a_restart_with_the_same_master_key() -> None:
    assert Vault(MASTER).open(ADA, Vault(MASTER).seal(ADA, DATA)) == DATA


def test_it_does_not_open_for_another_person() -> None:
    vault = Vault(MASTER)
    with pytest.raises(SealBroken):
        vault.open(BOB, vault.seal(ADA, DATA))


def test_it_does_not_open_under_another_master_key() -> None:
    with pytest.raises(SealBroken):
        Vault(bytes(32)).open(ADA, Vault(MASTER).seal(ADA, DATA))


@pytest.mark.parametrize("place", [0, 12, -1])
def test_a_changed_byte_is_noticed(place: int) -> None:
    vault = Vault(MASTER)
    sealed = vault.seal(ADA, DATA)
    record = bytearray(sealed.record)
    record[place] ^= 1
    with pytest.raises(SealBroken):
        vault.open(ADA, Sealed(sealed.wrapped_key, bytes(record)))


def test_every_seal_has_a_key_of_its_own() -> None:
    vault = Vault(MASTER)
    first, second = vault.seal(ADA, DATA), vault.seal(ADA, DATA)
    with pytest.raises(SealBroken):
        vault.open(ADA, Sealed(first.wrapped_key, second.record))


def test_nothing_sealed_shows_what_it_holds() -> None:
    sealed = Vault(MASTER).seal(ADA, DATA)
    for part in (DATA.name, DATA.document_number, DATA.phone):
        assert part.encode() not in sealed.record + sealed.wrapped_key


def test_one_document_is_one_index_entry_and_tells_nothing_without_the_key() -> None:
    number = DATA.document_number
    entry = Vault(MASTER).identity("citizen", number)
    assert entry == Vault(MASTER).identity("citizen", number)
    assert entry != Vault(bytes(32)).identity("citizen", number)
    assert entry != Vault(MASTER).identity("other", number)


def test_printing_shows_no_personal_data() -> None:
    for part in (DATA.name, DATA.document_number, DATA.phone):
        assert part not in repr(DATA)


def key_file(folder: Path, text: str, mode: int = 0o600) -> Path:
    path = folder / "master.key"
    path.write_text(text, encoding="ascii")
    path.chmod(mode)
    return path


def test_the_master_key_comes_from_a_file(tmp_path: Path) -> None:
    vault = open_vault(key_file(tmp_path, MASTER.hex() + "\n"))
    assert vault.open(ADA, Vault(MASTER).seal(ADA, DATA)) == DATA


@pytest.mark.parametrize("text", ["", "ab", "z" * 64, "ab" * 31])
def test_a_file_without_thirty_two_bytes_in_hex_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(KeyFileUnusable):
        open_vault(key_file(tmp_path, text))


def test_a_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeyFileUnusable):
        open_vault(key_file(tmp_path, MASTER.hex(), 0o644))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeyFileUnusable):
        open_vault(tmp_path / "none.key")
