"""A little country of its own, and an importer, for every test."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from tests.e2e.conftest import CommandLine
from tests.e2e.imports.filling import Importer
from tests.support.field import Field, founded


@pytest.fixture
async def field(http: httpx.AsyncClient, urls: dict[str, str]) -> Field:
    return await founded(http, urls)


@pytest.fixture
def importer(cli: CommandLine, http: httpx.AsyncClient, urls: dict[str, str], tmp_path: Path) -> Importer:
    return Importer(cli, http, urls, tmp_path)
