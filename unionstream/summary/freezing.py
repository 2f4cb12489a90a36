"""Handing a summary to affairs to be kept to the byte, and reading it back."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from unionstream.summary.asking import Service
from unionstream.summary.faults import ModelUnusable
from unionstream.summary.model import FORMAT, Summary, loaded

ACTOR = "cli:summary"
KEYS = UUID("6f0c4c1e-3b0a-4f0e-9f57-5a2f6f0f8d11")


def freeze(affairs: Service, summary: Summary, replaces: str, today: date) -> str:
    """Its id at affairs; sent again, the same summary gives the same id. Raises Refused."""
    body: dict[str, Any] = {
        "union": summary.union.id,
        "first_day": summary.first.isoformat(),
        "last_day": summary.last.isoformat(),
        "line": summary.line,
        "cut": summary.cut,
        "template": f"unionstream/{FORMAT}@{summary.templates.version}"[:80],
        "document": summary.dumped().decode(),
        "frozen_on": today.isoformat(),
    }
    if replaces:
        body["replaces"] = replaces
    key = str(uuid5(KEYS, f"{summary.sha256}/{replaces}/{today}"))
    answer = affairs.post("/v1/summaries", body, key, ACTOR)
    return str(answer["id"])


def frozen(affairs: Service, summary: str) -> Summary:
    """As it was frozen; raises ModelUnusable when a byte is not as its hash says."""
    answer = affairs.fetched(f"/v1/summaries/{summary}/document")
    if answer.headers.get("ETag", "").strip('"') != hashlib.sha256(answer.content).hexdigest():
        raise ModelUnusable(
            "The summary is not the one that was frozen: its hash differs.",
            "Tell those who run affairs; its event has the hash.",
        )
    return loaded(answer.content)
