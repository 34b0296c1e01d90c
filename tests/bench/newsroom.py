"""The same newsroom for both programs, made once; every round begins with a copy of it."""

import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

from digest.app.shipped import shipped
from digest.config.sources import as_toml
from digest.model.news import Source, SourceKind
from tests.bench.measure import Command, CommandFailed
from tests.bench.news import ENTRIES, FEEDS, OUTLETS

READERS = 10_000
BATCHES = 10
LONGEST_START_SECONDS = 30
NAIVE = Path(__file__).with_name("naive.py")

CONFIG = """\
[newsroom]
name = "Labour Daily"
sender = "Labour Daily <news@example.org>"
public_url = "{public_url}"

[provider]
name = "mailgun"

[provider.mailgun]
domain = "mg.example.org"
base_url = "{world}"
"""


def environment() -> dict[str, str]:
    """What the measured programs find in their environment: the caller's, without our settings and with bytecode kept.

    A shell that forbids bytecode would have us compile our modules at every start, and no installed peer.
    """
    unwanted = ("DIGEST_", "PYTHONDONTWRITEBYTECODE")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(unwanted)}
    return {**kept, "DIGEST_MAILGUN_API_KEY": "x", "DIGEST_POSTMARK_SERVER_TOKEN": "x", "PYTHONHASHSEED": "0"}


def ours(*words: str) -> tuple[str, ...]:
    """A command of digest, started with this interpreter."""
    return (sys.executable, "-m", "digest", *words)


def prepare(folder: Path, world: str) -> None:
    """Write sources, readers and both databases, with our own commands wherever there is one."""
    folder.mkdir()
    port = free_port()
    config = CONFIG.format(public_url=f"http://127.0.0.1:{port}", world=world)
    (folder / "config.toml").write_text(config, encoding="utf-8")
    (folder / "schedules").mkdir()
    shutil.copyfile(shipped("schedules") / "daily.toml", folder / "schedules" / "daily.toml")
    sources = _sources(world)
    (folder / "sources.toml").write_text(as_toml(sources), encoding="utf-8")
    (folder / "feeds.txt").write_text("\n".join(source.url for source in sources), encoding="utf-8")
    (folder / "readers.csv").write_text("\n".join(_readers()), encoding="utf-8")
    _done(folder, ours("subscribers", "import", "readers.csv", "--yes"))
    _done(folder, (sys.executable, str(NAIVE), "prepare", "naive.db", "readers.csv"))
    see_public_address(folder, port)


def prepare_sample(folder: Path) -> None:
    """Walk the sample day: a small newsroom with an edition that was sent to 25 readers."""
    folder.mkdir()
    _done(folder, ours("demo", "--folder", "."))


def our_run(folder: Path) -> Command:
    """Our day."""
    return Command(words=ours("run", "--at-once"), folder=folder, environment=environment())


def naive_run(folder: Path, world: str) -> Command:
    """The peer's day."""
    words = (sys.executable, str(NAIVE), "run", "naive.db", "feeds.txt", world)
    return Command(words=words, folder=folder, environment=environment())


def check_work(database: Path, world: str) -> None:
    """CommandFailed unless all items came in, one edition was made and every reader got one copy in BATCHES calls."""
    with urllib.request.urlopen(f"{world}/tally") as answer:
        found = dict(json.load(answer))
    with closing(sqlite3.connect(database)) as connection:
        for table in ("items", "editions"):
            found[table] = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    wanted = {"calls": BATCHES, "copies": READERS, "addresses": READERS, "items": FEEDS * ENTRIES, "editions": 1}
    if found != wanted:
        raise CommandFailed(f"{database.name}: not the same work. Found {found}, wanted {wanted}")


def _sources(world: str) -> tuple[Source, ...]:
    kinds: Mapping[int, SourceKind] = {0: SourceKind.LABOUR, 1: SourceKind.NATIONAL, 2: SourceKind.REGIONAL}
    return tuple(
        Source(
            id=f"feed-{index:02}",
            name=name,
            url=f"{world}/feeds/feed-{index:02}",
            own_host=True,
            publisher=name,
            kind=kinds[index % 3],
            labour=index % 3 == 0,
        )
        for index, name in enumerate(OUTLETS)
    )


def _readers() -> Iterator[str]:
    yield "email,name,frequency,consent_source"
    for number in range(READERS):
        yield f"reader.{number:05}@mail-{number % 40:02}.example.org,Reader {number},daily,sign-up form 2026"


def see_public_address(folder: Path, port: int) -> None:
    """Let `digest doctor` see the unsubscribe page answer, without which no real provider is spoken to."""
    with subprocess.Popen(
        ours("serve", "--port", str(port)), cwd=folder, env=environment(), stdout=subprocess.DEVNULL
    ) as serving:
        try:
            _wait_for(port)
            _done(folder, ours("doctor"))
        finally:
            serving.terminate()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def _wait_for(port: int) -> None:
    """Return once somebody listens; CommandFailed when nobody does in LONGEST_START_SECONDS."""
    end = time.monotonic() + LONGEST_START_SECONDS
    while time.monotonic() < end:
        with socket.socket() as caller:
            if caller.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise CommandFailed(f"nobody listens on port {port} after {LONGEST_START_SECONDS} s")


def _done(folder: Path, words: tuple[str, ...]) -> None:
    done = subprocess.run(words, cwd=folder, env=environment(), capture_output=True, text=True, check=False)
    if done.returncode:
        raise CommandFailed(f"{' '.join(words)}\n{done.stdout}{done.stderr}")
