"""The example client finds every lie of a feed by itself: a gap, a change, an end cut off, another past."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from shared.checkpoints.notes import Signer, checkpoint
from tests.support.streams import Ledger

CLIENT = Path(__file__).parents[3] / "examples/agency/follow.py"
NAME, SIGNER = "tax-2026", Signer("union.exchange", bytes(range(32)))
SIGNED = (3, 6)
Row = dict[str, Any]


@dataclass
class Feed:
    """What a feed answers, over HTTP; tests change it. `over`: the agreement is."""

    records: list[Row] = field(default_factory=list)
    notes: list[Row] = field(default_factory=list)
    over: bool = False
    url: str = ""


def told(values: list[str]) -> Feed:
    """An honest feed of these records, signed at some of them."""
    ledger = Ledger(f"agency.{NAME}", partitions=1)
    feed = Feed()
    for value in values:
        made = ledger.add(0, value.encode())
        row = {"stream": 0, "sequence": made.sequence, "sequenced": made.stamp.decode()}
        feed.records.append(row | {"chain": made.chain.hex(), "value": value})
        if made.sequence in SIGNED:
            note = SIGNER.sign(checkpoint(ledger.topic, 0, made.sequence, made.chain))
            feed.notes.append({"sequence": made.sequence, "note": note})
    return feed


@pytest.fixture
def feed() -> Iterator[Feed]:
    """Seven records, the third and the sixth signed."""
    honest = told([json.dumps({"n": n}) for n in range(7)])

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = urlsplit(self.path)
            after = int(parse_qs(asked.query)["after"][0])
            rows = honest.notes if asked.path.endswith("checkpoints") else honest.records
            body = "".join(json.dumps(each) + "\n" for each in rows if each["sequence"] > after).encode()
            self.send_response(410 if honest.over else 200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name is the library's
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    honest.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield honest
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def follow(feed: Feed, folder: Path) -> subprocess.CompletedProcess[str]:
    words = ["--url", feed.url, "--feed", NAME, "--key", SIGNER.verifier, "--folder", str(folder)]
    return subprocess.run(
        [sys.executable, "-I", str(CLIENT), *words],
        env={"NO_PROXY": "127.0.0.1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_an_honest_feed_is_kept_whole_and_gone_on_with(feed: Feed, tmp_path: Path) -> None:
    later = feed.records[4:]
    del feed.records[4:]
    notes, feed.notes[:] = list(feed.notes), feed.notes[:1]
    done = follow(feed, tmp_path)
    assert (done.returncode, done.stdout) == (0, "4 records in order, signed up to 3\n"), done.stderr
    feed.records += later
    feed.notes[:] = notes
    done = follow(feed, tmp_path)
    assert (done.returncode, done.stdout) == (0, "7 records in order, signed up to 6\n"), done.stderr
    kept = (tmp_path / "records.ndjson").read_text().splitlines()
    assert [json.loads(line) for line in kept] == feed.records


def leave_out(feed: Feed) -> None:
    del feed.records[3]


def renumber(feed: Feed) -> None:
    """One is left out, and the others close ranks."""
    del feed.records[3]
    for number, row in enumerate(feed.records, start=1):
        row["sequence"] = number


def change(feed: Feed) -> None:
    feed.records[4]["value"] = json.dumps({"n": 40})


def swap(feed: Feed) -> None:
    feed.records[1:3] = feed.records[2:0:-1]


def cut_off(feed: Feed) -> None:
    """The end is gone, but the union had signed it."""
    del feed.records[4:]


def write_anew(feed: Feed) -> None:
    """Another past, chained rightly: only what was signed tells."""
    feed.records[:] = told([json.dumps({"n": n + 100}) for n in range(7)]).records


def sign_falsely(feed: Feed) -> None:
    first, second = feed.notes
    text, _, signature = first["note"].partition("\n\n")
    second["note"] = f"{second['note'].partition(chr(10) * 2)[0]}\n\n{signature}"
    assert text


def sign_as_another(feed: Feed) -> None:
    other = Signer("union.exchange", bytes(reversed(range(32))))
    feed.notes[0]["note"] = other.sign(feed.notes[0]["note"].partition("\n\n")[0] + "\n")


def sign_for_another(feed: Feed) -> None:
    """A head of another agency's feed, rightly signed."""
    feed.notes[0]["note"] = SIGNER.sign(
        feed.notes[0]["note"].partition("\n\n")[0].replace(NAME, "stats-2026") + "\n"
    )


@pytest.mark.parametrize(
    ("lie", "said"),
    [
        (leave_out, "number 4 is missing"),
        (renumber, "number 4 does not continue the chain"),
        (change, "number 5 does not continue the chain"),
        (swap, "number 2 is missing"),
        (cut_off, "the feed ends at 4, and was signed up to 6"),
        (write_anew, "number 3 had another chain when it was signed"),
        (sign_falsely, "a checkpoint has a false signature"),
        (sign_as_another, "a checkpoint is signed by another key"),
        (sign_for_another, "a checkpoint is of agency.stats-2026/0"),
    ],
)
def test_a_lie_is_found_by_the_client_alone(
    feed: Feed, tmp_path: Path, lie: Callable[[Feed], None], said: str
) -> None:
    lie(feed)
    done = follow(feed, tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert said in done.stderr


def test_another_past_is_found_by_who_has_seen_the_first(feed: Feed, tmp_path: Path) -> None:
    del feed.records[5:], feed.notes[1:]
    assert follow(feed, tmp_path).returncode == 0
    feed.notes.clear()  # not even signed
    feed.records[:] = told([json.dumps({"n": n + 100}) for n in range(7)]).records
    done = follow(feed, tmp_path)
    assert done.returncode == 1
    assert "number 6 does not continue the chain" in done.stderr


def test_an_agreement_that_is_over_is_no_lie(feed: Feed, tmp_path: Path) -> None:
    feed.over = True
    done = follow(feed, tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("the agreement is over\n")
