"""Signed heads: the format is the one others read, and nothing that was changed passes."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from shared.checkpoints.notes import Signer, SigningKeyUnusable, checkpoint, read_signer
from unionstream.verifying.checkpoints import BadKey, Heads, read_keys

TOPIC = "union.finance"
CHAIN = sha256(b"anything").digest()
OLD, NEW = Signer(TOPIC, b"\x01" * 32), Signer(TOPIC, b"\x02" * 32)

# The example of Go's note package, made by others.
GO_SECRET = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
GO_PUBLIC = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_TEXT = (
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
)
GO_SIGNATURE = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpR"
    "Zb6KE6RyyBwJnAM="
)


def key_file(folder: Path, text: str, mode: int = 0o600) -> Path:
    file = folder / "signing.key"
    file.write_text(text + "\n", encoding="ascii")
    file.chmod(mode)
    return file


def faults(note: str, *signers: Signer) -> list[str]:
    heads = Heads(TOPIC)
    heads.take(note, read_keys([each.verifier for each in signers]))
    return [each.what for each in heads.differences]


def head(sequence: int = 93, chain: bytes = CHAIN) -> str:
    return checkpoint(TOPIC, 7, sequence, chain)


def test_what_go_signs_we_sign_alike(tmp_path: Path) -> None:
    signer = read_signer(key_file(tmp_path, GO_SECRET))
    assert signer.verifier == GO_PUBLIC
    assert signer.sign(GO_TEXT) == f"{GO_TEXT}\n{GO_SIGNATURE}\n"


def test_a_checkpoint_has_origin_size_and_hash() -> None:
    lines = OLD.sign(head()).split("\n")
    assert lines[:2] == ["union.finance/7", "93"]
    assert (lines[3], lines[4][:16], lines[5]) == ("", "— union.finance ", "")


def test_a_signed_head_is_believed_under_its_key() -> None:
    heads = Heads(TOPIC)
    heads.take(OLD.sign(head()), read_keys([OLD.verifier]))
    assert (heads.differences, heads.chains[7]) == ([], {93: CHAIN.hex().encode()})


def test_after_a_rotation_both_keys_are_known() -> None:
    for note in (OLD.sign(head(93)), NEW.sign(head(94))):
        assert faults(note, OLD, NEW) == []
    assert faults(OLD.sign(head()), NEW) == ["its checkpoint is signed by no key that is known here"]


@pytest.mark.parametrize(
    "change", [("93", "92"), ("/7", "/8"), (head()[19:40], head(93, sha256().digest())[19:40])]
)
def test_a_changed_head_has_a_wrong_signature(change: tuple[str, str]) -> None:
    note = OLD.sign(head()).replace(*change, 1)
    assert faults(note, OLD) == [f"its checkpoint has a wrong signature of {TOPIC}"]


def test_two_heads_of_one_number_are_told() -> None:
    heads, keys = Heads(TOPIC), read_keys([OLD.verifier])
    for chain in (CHAIN, sha256(b"other").digest()):
        heads.take(OLD.sign(head(93, chain)), keys)
    assert [each.what for each in heads.differences] == ["two checkpoints name different chains"]


def test_what_is_there_is_held_against_what_was_signed() -> None:
    heads = Heads(TOPIC)
    heads.take(OLD.sign(head()), read_keys([OLD.verifier]))
    heads.compare(7, 93, b"other", "the log")
    heads.compare(7, 92, b"other", "the log")
    heads.beyond({7: 90}, "the topic")
    heads.beyond({7: 93}, "the topic")
    assert [str(each) for each in heads.differences] == [
        "stream 7, number 93: the log has another chain than its signed checkpoint",
        "stream 7, number 93: was signed in a checkpoint, and the topic ends at 90",
    ]


def test_a_key_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    with pytest.raises(SigningKeyUnusable, match="read by others"):
        read_signer(key_file(tmp_path, OLD.secret, 0o644))


@pytest.mark.parametrize(
    "text", ["", "PRIVATE+KEY+a+b", OLD.verifier, OLD.secret.replace("finance", "welfare")]
)
def test_what_is_no_key_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(SigningKeyUnusable):
        read_signer(key_file(tmp_path, text))


@pytest.mark.parametrize(
    "line", ["union.finance", OLD.verifier[:-5], OLD.verifier.replace("finance", "welfare")]
)
def test_a_public_key_that_was_mistyped_is_named(line: str) -> None:
    with pytest.raises(BadKey, match="no public key"):
        read_keys([line])


def test_the_seed_is_never_shown() -> None:
    assert repr(OLD) == f"Signer({OLD.verifier})"
