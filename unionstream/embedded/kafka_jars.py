"""The jars of Apache Kafka: from KAFKA_HOME, or fetched once by Maven and checked against known sums."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from hashlib import sha256
from pathlib import Path

from platformdirs import user_cache_path

from unionstream.embedded.deadline import Say
from unionstream.embedded.faults import DownloadFailed, NoBroker, UnusableFolder
from unionstream.embedded.java import find_maven

SUMS = "SHA256SUMS"
_VERSION = re.compile(r"<kafka\.version>([^<]+)</kafka\.version>")
_FETCHED = re.compile(r"Downloaded from \S+: \S+/([^/\s]+\.jar)")


def recipe() -> Path:
    """The folder with pom.xml and SHA256SUMS: in an installed package, or the checkout's deploy/kafka."""
    packed = Path(__file__).with_name("recipe")
    return packed if packed.exists() else Path(__file__).parents[2] / "deploy" / "kafka"


def kafka_version() -> str:
    """The release of Apache Kafka that pom.xml names."""
    match = _VERSION.search((recipe() / "pom.xml").read_text(encoding="utf-8"))
    assert match, "pom.xml names kafka.version"
    return match.group(1)


def jars_at_hand() -> Path | None:
    """The folder of jars if nothing needs to be fetched."""
    home = os.environ.get("KAFKA_HOME")
    if home:
        return _jars_of(Path(home))
    folder = _cache()
    return folder if folder.exists() else None


def kafka_jars(say: Say) -> Path:
    """The folder of jars; fetches them if need be, which takes about a minute on a usual connection.

    Several stacks may ask at once: each fetches into a folder of its own, and the first to end wins.
    """
    return jars_at_hand() or _fetch(_cache(), say)


def _jars_of(home: Path) -> Path:
    libs = home / "libs"
    if not any(libs.glob("kafka_2.*.jar")):
        raise NoBroker(
            f"KAFKA_HOME is {home}, but {libs} holds no Kafka.",
            remedy="Name the folder of an Apache Kafka 4 distribution, or unset KAFKA_HOME.",
        )
    return libs


def _cache() -> Path:
    sums = sha256((recipe() / SUMS).read_bytes()).hexdigest()[:12]
    return user_cache_path("unionstream") / f"kafka-{kafka_version()}-{sums}"


def _fetch(folder: Path, say: Say) -> Path:
    maven = find_maven()
    if maven is None:
        raise NoBroker(
            "Apache Kafka is not here yet, and Maven, which fetches it, is not on the path.",
            remedy="Install Maven, or set KAFKA_HOME, or use BROKER=embedded.",
        )
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        unfinished = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    except OSError as why:
        raise UnusableFolder(
            f"Apache Kafka cannot be kept in {folder.parent}: {why.strerror}.",
            remedy="Let XDG_CACHE_HOME name a folder that may be written.",
        ) from why
    try:
        _run_maven(maven, unfinished, say)
        check_sums(unfinished, recipe() / SUMS)
        unfinished.chmod(0o755)
        try:
            unfinished.rename(folder)
        except OSError:
            if not folder.exists():
                raise
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return folder


def _run_maven(maven: str, target: Path, say: Say) -> None:
    wanted = len((recipe() / SUMS).read_text(encoding="ascii").splitlines())
    say(f"Fetching Apache Kafka {kafka_version()} with Maven, once for all checkouts")
    fetched, told = 0, []
    # The pom is copied, for Maven must not write beside the original, which may be read-only.
    with tempfile.TemporaryDirectory(prefix="unionstream-") as folder:
        pom = shutil.copy(recipe() / "pom.xml", folder)
        command = [maven, "--batch-mode", "--strict-checksums", "--file", pom, "dependency:copy-dependencies"]
        # Java takes the home folder from the list of accounts, where containers have none; we take HOME.
        settings = [f"-Duser.home={Path.home()}", f"-DoutputDirectory={target}", "-DincludeScope=runtime"]
        with subprocess.Popen(
            [*command, "-Dstyle.color=never", *settings],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        ) as process:
            assert process.stdout is not None
            for line in process.stdout:
                told.append(line.rstrip())
                if match := _FETCHED.search(line):
                    fetched += 1
                    say(f"Fetching Apache Kafka: {match.group(1)} ({fetched} jars; Kafka itself is {wanted})")
    if process.returncode != 0:
        errors = [line for line in told if "ERROR" in line][:3] or told[-5:]
        raise DownloadFailed(
            "Maven could not fetch Apache Kafka.\n" + "\n".join(errors),
            remedy="Is Maven Central within reach? Otherwise set KAFKA_HOME, or use BROKER=embedded.",
        )


def check_sums(folder: Path, sums: Path) -> None:
    """Raises DownloadFailed unless the folder holds exactly the files listed, byte for byte."""
    lines = (line.split() for line in sums.read_text(encoding="ascii").splitlines())
    wanted = {name: digest for digest, name in lines}
    have = {file.name: sha256(file.read_bytes()).hexdigest() for file in folder.iterdir()}
    wrong = sorted(name for name in wanted.keys() | have.keys() if wanted.get(name) != have.get(name))
    if wrong:
        raise DownloadFailed(
            f"What was fetched is not what {SUMS} lists: {', '.join(wrong)}.",
            remedy="Remove these files from Maven's local repository and try again; if it stays so, tell us.",
        )
