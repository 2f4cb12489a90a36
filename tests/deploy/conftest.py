"""Tools that check what is deployed: `make deploy-check` installs them and names their folder.

Elsewhere these tests are skipped; in CI they run, and fail where a tool is missing.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.deploy.tools import ROOT, Tools

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if "UNIONSTREAM_TOOLS" not in os.environ:
        missing = pytest.mark.skip(reason="`make deploy-check` brings the tools")
        for item in items:
            if item.path.is_relative_to(HERE):
                item.add_marker(missing)


@pytest.fixture(scope="session")
def tools() -> Tools:
    folder = Path(os.environ["UNIONSTREAM_TOOLS"])
    node = shutil.which("node") or str(folder / "node" / "bin" / "node")
    return Tools(ROOT, folder, node)
