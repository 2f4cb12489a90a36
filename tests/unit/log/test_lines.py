"""A line of the log is one JSON object, whoever logs and whatever is in it."""

from __future__ import annotations

import json
import subprocess
import sys

HOSTILE = 'a\r\nb\n{"level": "error", "event": "forged"}\u2028\x00\x1b[31m'
PROGRAM = f"""
import logging
from shared.logs import log, log_defect, set_up

set_up("finance")
hostile = {HOSTILE!r}
log.info("asked", value=hostile, **{{"key " + hostile: 1}})
logging.getLogger("aiokafka.conn").error("Unable to connect to %s", hostile)
try:
    raise ValueError(hostile)
except ValueError as error:
    logging.getLogger("asyncio").warning(hostile, exc_info=True)
    log_defect(error, part=hostile)
"""


def test_every_line_is_one_object_and_none_is_forged() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, check=True, timeout=60)
    said = [json.loads(line) for line in done.stderr.decode().split("\n") if line]
    assert [each["event"] for each in said] == ["asked", "library", "library", "defect"]
    assert {each["service"] for each in said} == {"finance"}
    assert {frozenset({"level", "timestamp"}) <= each.keys() for each in said} == {True}
    assert (said[0]["value"], said[3]["part"]) == (HOSTILE, HOSTILE)
    assert said[1]["message"] == f"Unable to connect to {HOSTILE}"
    assert said[2]["error"] == "ValueError"
    assert b"\x1b" not in done.stderr
