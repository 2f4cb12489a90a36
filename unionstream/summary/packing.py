"""A zip package without the time of its making: the same parts give the same bytes."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

EPOCH = (1980, 1, 1, 0, 0, 0)


def repacked(package: bytes, replaced: Mapping[str, bytes] | None = None) -> bytes:
    """The package with fixed times, in its own order; `replaced` gives some parts another content."""
    parts = dict(replaced or {})
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(package)) as old, zipfile.ZipFile(file, "w") as new:
        for entry in old.infolist():
            content = parts.get(entry.filename)
            fixed = zipfile.ZipInfo(entry.filename, EPOCH)
            fixed.compress_type = zipfile.ZIP_DEFLATED
            fixed.external_attr = 0o600 << 16
            fixed.create_system = 3
            new.writestr(fixed, old.read(entry) if content is None else content)
    return file.getvalue()
