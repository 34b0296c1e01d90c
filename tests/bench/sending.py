"""`digest send` in turn with a naive program, to a million readers of a simulated Mailgun; and calls of 50 MB."""

import json
import re
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from subprocess import PIPE, Popen
from zoneinfo import ZoneInfo

from digest.adapters.store.editions import SqlEditions
from digest.adapters.store.engine import open_engine
from digest.app.clock import clock
from digest.model.edition import Edition
from digest.model.mail import EditionState, Email
from digest.render.fingerprint import sha256
from tests.bench import newsroom
from tests.bench.measure import Command, CommandFailed, Cost, measure

NAIVE = Path(__file__).with_name("naive_sending.py")
CONNECTIONS = 24
CALL_MILLISECONDS = "50-150"
HOME = ZoneInfo("Europe/London")

CONFIG = """\
[newsroom]
name = "Labour Daily"
sender = "Labour Daily <news@example.org>"
public_url = "http://127.0.0.1:{port}"

[provider]
name = "{provider}"

[provider.{provider}]
{options}
base_url = "{url}"
"""

NAIVE_TABLES = """\
PRAGMA journal_mode = WAL;
CREATE TABLE readers (id INTEGER PRIMARY KEY, email TEXT UNIQUE, active INTEGER);
CREATE TABLE sent (reader INTEGER PRIMARY KEY, message TEXT);
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Road:
    """A provider as it is told of: its name, the lines of its table, and how much longer than usual the letter is."""

    name: str
    options: str
    padding: int = 0


MAILGUN = Road(name="mailgun", options=f'domain = "mg.example.org"\nconnections = {CONNECTIONS}')
POSTMARK = Road(name="postmark", options="", padding=40_000)
"""With its own habits, and a letter of which five hundred nearly fill the 50 MB of a call."""


def million(folder: Path, readers: int, *, rounds: int) -> tuple[Mapping[str, list[Cost]], list[float]]:
    """Ours and the naive program in turn, each round in a fresh copy; and ours from the first call to the last answer.

    The latter is in seconds, one for each round. CommandFailed unless every reader got one copy each time.
    """
    port = newsroom.free_port()
    ready = _prepared(folder / "ready", MAILGUN, port, readers)
    costs: dict[str, list[Cost]] = {"ours": [], "naive": []}
    handing: list[float] = []
    programs: Mapping[str, Callable[[Path], Command]] = {"ours": _ours, "naive": lambda place: _naive(place, port)}
    for number in range(rounds):
        for name, program in programs.items():
            place = folder / f"{name}-{number}"
            shutil.copytree(ready, place)
            costs[name].append(_sent(program(place), MAILGUN, port, readers, delay=CALL_MILLISECONDS))
            if name == "ours":
                handing.append(_handing_seconds(place))
            shutil.rmtree(place)
    return costs, handing


def large_calls(folder: Path, readers: int, *, rounds: int) -> list[Cost]:
    """Postmark's road with calls of five hundred that nearly fill their 50 MB."""
    port = newsroom.free_port()
    ready = _prepared(folder / "ready", POSTMARK, port, readers)
    costs = []
    for number in range(rounds):
        place = folder / f"{number}"
        shutil.copytree(ready, place)
        costs.append(_sent(_ours(place), POSTMARK, port, readers, delay="0"))
        shutil.rmtree(place)
    return costs


def _sent(command: Command, road: Road, port: int, readers: int, *, delay: str) -> Cost:
    """Measure a sending, and look into the provider's log whether it was one."""
    log = command.folder / "accepted.jsonl"
    with _simulated(road.name, port, log, delay=delay):
        cost = measure(command, log=command.folder / "log")
    copies, addresses = 0, set()
    with log.open(encoding="utf-8") as file:
        for line in file:
            found = [copy[0] for copy in json.loads(line)["copies"]]
            copies += len(found)
            addresses.update(found)
    if not copies == len(addresses) == readers:
        raise CommandFailed(f"{readers:,} readers got {copies:,} copies at {len(addresses):,} addresses")
    return cost


def _handing_seconds(folder: Path) -> float:
    """From the first call's record to the last answer's, as the books have them."""
    with closing(sqlite3.connect(folder / "var" / "digest.db")) as connection:
        spent = "SELECT (julianday(max(ended_at)) - julianday(min(started_at))) * 86400 FROM attempts"
        return float(connection.execute(spent).fetchone()[0])


def _ours(folder: Path) -> Command:
    return Command(words=newsroom.ours("send", "-n", "daily"), folder=folder, environment=newsroom.environment())


def _naive(folder: Path, port: int) -> Command:
    words = (sys.executable, str(NAIVE), "naive.db", "letter.json", f"http://127.0.0.1:{port}", f"{CONNECTIONS}")
    return Command(words=words, folder=folder, environment=newsroom.environment())


def _prepared(folder: Path, road: Road, port: int, readers: int) -> Path:
    """A newsroom with so many readers and a letter that is signed, and the naive program's own database beside it."""
    sample = folder.with_name("sample")
    newsroom.prepare_sample(sample)
    (folder / "var").mkdir(parents=True)
    shutil.copytree(sample / "schedules", folder / "schedules")
    shutil.copyfile(sample / "sources.toml", folder / "sources.toml")
    page = newsroom.free_port()
    told = CONFIG.format(port=page, provider=road.name, options=road.options, url=f"http://127.0.0.1:{port}")
    (folder / "config.toml").write_text(told, encoding="utf-8")
    letter = _letter(sample, road)
    (folder / "letter.json").write_text(
        json.dumps({"subject": letter.subject, "html": letter.html, "text": letter.text}), encoding="utf-8"
    )
    _write_readers(folder, readers)
    newsroom.see_public_address(folder, page)
    _sign(folder, letter)
    return folder


def _letter(sample: Path, road: Road) -> Email:
    """The sample day's letter, padded where the road wants a longer one."""
    database = next((sample / "var").glob("*.db"))
    engine = open_engine(f"sqlite:///{database}", create=False)
    with closing(sqlite3.connect(database)) as connection:
        (number,) = connection.execute("SELECT min(id) FROM editions WHERE html <> ''").fetchone()
    letter = SqlEditions(engine).get(number).email
    engine.dispose()
    if letter is None:
        raise CommandFailed("the sample day made no letter")
    return replace(letter, html=letter.html.replace("</body>", f"<!-- {'x' * road.padding} --></body>"))


def _write_readers(folder: Path, readers: int) -> None:
    """Straight into both databases; importing them is measured elsewhere."""
    engine = open_engine(f"sqlite:///{folder / 'var' / 'digest.db'}", create=True)
    engine.dispose()
    at = f"{clock()():%Y-%m-%d %H:%M:%S.%f}"
    with closing(sqlite3.connect(folder / "var" / "digest.db")) as ours:
        ours.execute("INSERT INTO newsletters (id) VALUES ('daily')")
        ours.executemany(
            "INSERT INTO subscribers (id, address, address_key, name, created_at) VALUES (?, ?, ?, ?, ?)",
            ((n, _address(n), _address(n), f"Reader {n}", at) for n in range(1, readers + 1)),
        )
        ours.execute(
            "INSERT INTO subscriptions"
            " (newsletter, subscriber_id, state, consent_source, consent_at, changed_at, reason)"
            " SELECT 'daily', id, 'active', 'sign-up form 2026', created_at, created_at, '' FROM subscribers"
        )
        ours.commit()
    with closing(sqlite3.connect(folder / "naive.db")) as naive:
        naive.executescript(NAIVE_TABLES)
        naive.executemany("INSERT INTO readers VALUES (?, ?, 1)", ((n, _address(n)) for n in range(1, readers + 1)))
        naive.commit()


def _address(number: int) -> str:
    return f"reader.{number:07}@mail-{number % 40:02}.example.org"


def _sign(folder: Path, letter: Email) -> None:
    """Today's edition, approved: what a desk would have done."""
    now = clock()()
    engine = open_engine(f"sqlite:///{folder / 'var' / 'digest.db'}", create=False)
    editions = SqlEditions(engine)
    edition = Edition(newsletter="daily", day=now.astimezone(HOME).date())
    editions.create(edition, "{}", letter, state=EditionState.DRAFT, reason="", at=now)
    record = editions.find("daily", edition.day)
    if record is None or not editions.approve(
        record.id, letter, expected=EditionState.DRAFT, sha256=sha256(letter), by="bench", reason="", at=now
    ):
        raise CommandFailed("the letter could not be signed")
    engine.dispose()


@contextmanager
def _simulated(name: str, port: int, log: Path, *, delay: str) -> Iterator[None]:
    """The provider, in a process of its own."""
    words = newsroom.ours("simulate-provider", name, "--port", f"{port}", "--delay", delay, "--log", str(log))
    with Popen([*words, "--no-validate"], stdout=PIPE, text=True, env=newsroom.environment()) as process:
        if process.stdout is None or not re.search(rf":{port}\b", process.stdout.readline()):
            raise CommandFailed(f"the simulated {name} did not start")
        try:
            yield
        finally:
            process.terminate()
            process.wait()
