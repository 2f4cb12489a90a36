"""A little of everything, recorded through the public interfaces, and by which values it goes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import yaml

from tests.e2e.settling import caught_up
from tests.support.codes import citizen_number, credit_code
from tests.support.load import Client, founded

CATALOGUES = Path(__file__).parents[2] / "shared" / "catalogues"
DAY = "2012-05-05"
A_DAY = "a day"
BORN = date(1980, 1, 1)
PEOPLE = [citizen_number(BORN, serial) for serial in range(1, 31)]
OF_UNIONS = (
    "union",
    "unit",
    "parent",
    "to",
    "successor",
    "issuer",
    "under",
    "organiser",
    "granter",
    "receiver",
)
PLURAL = re.compile(r"(?<=x)es$|s$")

Known = dict[str, list[str | int]]
"""Values by the name of the parameter or field that takes them; those of every date are under `A_DAY`."""


async def seeded(http: httpx.AsyncClient, urls: Mapping[str, str]) -> Known:
    """A small tree, an employer covered, members, money; the figures have seen all of it."""
    client = Client(http, urls.__getitem__)
    land = await founded(client)
    unions = land.unions
    code = credit_code(1, "91")
    register = {"name": "示例单位", "kind": "enterprise", "credit_code": code, "registered_on": DAY}
    employer = await _made(client, "membership", "/v1/employers", register | {"unit": land.towns[0].id})
    await _made(client, "membership", f"/v1/unions/{unions[0]}/cover", {"employer": employer, "on": DAY})
    joins = {"union": unions[0], "name": "示例会员", "joined_on": DAY}
    pays = {"period": "2012-05", "channel": "own", "amount_fen": 500, "received_on": DAY}
    owes = {"period": "2012-05", "amount_fen": 900, "assessed_on": DAY}
    known: dict[str, list[Any]] = {
        "member": [
            await _made(client, "membership", "/v1/members", joins | {"document_number": number})
            for number in PEOPLE[:6]
        ],
        "receipt": [
            await _made(client, "finance", "/v1/dues/receipts", pays | {"union": union}) for union in unions
        ],
        "assessment": [
            await _made(client, "finance", "/v1/dues/assessments", owes | {"union": union})
            for union in unions
        ],
        "document_kind": ["citizen"],
        "document_number": PEOPLE,
        "old_document_number": PEOPLE,
        "division": ["999999101000", "999999102000"],
        "employer": [employer, code],
        "credit_code": [credit_code(n) for n in range(2, 6)],
        "payer_credit_code": [code],
        "period": ["2012", "2012-05", "2012-Q2"],
        "year": [2012],
        "name": ["示例", "示例工会"],
        "phone": ["13800000000"],
        "document": ["镇工〔2012〕12号"],
        "evidence": ["镇工财〔2012〕7号"],
        A_DAY: [DAY, DAY, DAY, "2012-06-30", "2013-01-01", "2024-02-29", "0001-01-01", "9999-12-31"],
    }
    known |= dict.fromkeys(OF_UNIONS, land.everywhere)
    members = [await http.get(f"{urls['membership']}/v1/members/{each}") for each in known["member"]]
    known["person"] = [each.raise_for_status().json()["person"] for each in members]
    known |= await _of_figures(http, urls, land.province)
    return _catalogues() | known


async def _made(client: Client, service: str, path: str, body: dict[str, Any]) -> str:
    told = await client.command(service, path, body)
    assert told.acknowledged, told
    return str(told.answer["id"])


async def _of_figures(http: httpx.AsyncClient, urls: Mapping[str, str], province: str) -> Known:
    """What the projection's own parameters take: figures, a cut, events."""
    url = urls["projection"]
    cut = await caught_up(http, urls)
    catalogue = (await http.get(f"{url}/v1/catalogue")).raise_for_status().json()
    trail = (await http.get(f"{url}/v1/trail", params={"unit": province})).raise_for_status().json()
    return {
        "figure": [each["id"] for each in catalogue["figures"]][:20],
        "by": sorted({part["id"] for each in catalogue["figures"] for part in each["by"]}),
        "cut": [cut],
        "event": [each["id"] for each in trail["events"]][:10],
    }


def _catalogues() -> Known:
    """Ids of every catalogue under its name: those of `worker_kinds` for `worker_kind`, and for `kind`."""
    found: defaultdict[str, list[str | int]] = defaultdict(list)
    for file in sorted(CATALOGUES.glob("*.yaml")):
        ids = [each["id"] for each in yaml.safe_load(file.read_text(encoding="utf-8")) if "id" in each]
        for name in _names(file.stem):
            found[name] += ids
    return found


def _names(stem: str) -> Iterator[str]:
    name = PLURAL.sub("", stem)
    yield name
    if "_" in name:
        yield name.rpartition("_")[2]
