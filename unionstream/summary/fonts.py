"""A font with Chinese characters for the charts: as named, as known by file, or as fontconfig finds it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from unionstream.summary.faults import FontMissing

VARIABLE = "UNIONSTREAM_FONT"
SAMPLE = "工会帮扶户篇"
SECONDS = 20
FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "C:/Windows/Fonts",
)
# In the order in which they are preferred: Debian, Fedora, Arch, macOS, Windows.
NAMES = (
    "NotoSansCJK-Regular.ttc",
    "NotoSansCJKsc-Regular.otf",
    "NotoSansSC-Regular.otf",
    "NotoSansSC-Regular.ttf",
    "SourceHanSansSC-Regular.otf",
    "SourceHanSansCN-Regular.otf",
    "wqy-microhei.ttc",
    "wqy-zenhei.ttc",
    "PingFang.ttc",
    "Hiragino Sans GB.ttc",
    "msyh.ttc",
    "simhei.ttf",
    "simsun.ttc",
)


@cache
def chinese() -> Path:
    """A font file that has the characters of a summary; raises FontMissing."""
    for path in _candidates():
        if _has_characters(path):
            return path
    raise FontMissing


def _candidates() -> Iterator[Path]:
    named = os.environ.get(VARIABLE)
    if named:
        yield Path(named)  # whoever names one wants that one: an unfit one is told, not replaced
        return
    folders = [Path(folder).expanduser() for folder in FOLDERS]
    found = {path.name: path for folder in folders if folder.is_dir() for path in folder.rglob("*.[ot]t[fc]")}
    yield from (found[name] for name in NAMES if name in found)
    yield from _of_fontconfig()


def _of_fontconfig() -> Iterator[Path]:
    if shutil.which("fc-list") is None:
        return
    asked = ["fc-list", ":lang=zh-cn", "--format=%{file}\n"]
    done = subprocess.run(asked, capture_output=True, text=True, timeout=SECONDS, check=False)
    yield from (Path(line) for line in sorted(set(done.stdout.splitlines())))


def _has_characters(path: Path) -> bool:
    from matplotlib.ft2font import FT2Font  # noqa: PLC0415 - half a second that only charts pay

    try:
        known = FT2Font(str(path)).get_charmap()
    except (OSError, RuntimeError, ValueError):
        return False
    return all(ord(character) in known for character in SAMPLE)
