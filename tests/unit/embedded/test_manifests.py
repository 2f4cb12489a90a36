"""What somebody has written into a backup leads nowhere else."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from unionstream.embedded.backups import MANIFEST, BackupUnusable, restore
from unionstream.embedded.deadline import silent

ELSEWHERE = b"somebody else's"


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("finance", "../secret.dump"),
        ("finance", "/etc/passwd"),
        ("finance", "a/../../secret.dump"),
        ("finance", "secret.dump\n"),
        ('x" WITH (FORCE); DROP DATABASE "finance', "finance.dump"),
        ("postgres", "finance.dump"),
    ],
)
def test_a_backup_names_its_own_files_and_our_databases(tmp_path: Path, name: str, file: str) -> None:
    source, data = tmp_path / "backup", tmp_path / "data"
    source.mkdir()
    for each in (tmp_path / "secret.dump", source / "finance.dump"):
        each.write_bytes(ELSEWHERE)
    dump = {"file": file, "sha256": sha256(ELSEWHERE).hexdigest()}
    manifest = {"made": datetime.now(UTC).isoformat(), "databases": {name: dump}}
    (source / MANIFEST).write_text(json.dumps(manifest), "utf-8")
    with pytest.raises(BackupUnusable) as caught:
        restore(data, source, [], silent)
    assert caught.value.remedy
    assert not data.exists()
