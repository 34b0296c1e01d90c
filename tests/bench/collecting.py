"""`digest collect` in turn with the plain program and rss2email: first run, all unchanged, and a crowd in trouble."""

import json
import shutil
import sqlite3
import sys
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from digest.app.shipped import shipped
from digest.config.sources import as_toml
from digest.model.news import Source
from tests.bench import crowd, newsroom
from tests.bench.crowd import ENTRIES, HOSTS, is_troubled
from tests.bench.measure import Command, CommandFailed, Cost, measure

PLAIN = Path(__file__).with_name("plain.py")
DEADLINE_SECONDS = 5.0
"""Of one feed, for ours and for the plain program, where some are in trouble."""

PARTIAL = 4
"""The exit code of a collection in which a source failed."""

CONFIG = """\
[newsroom]
name = "Labour Daily"
sender = "Labour Daily <news@example.org>"

[collect]
feed_deadline_seconds = {deadline}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """One way to collect: how to start it in a prepared folder, and how many items it then has."""

    command: Callable[[Path], Command]
    items: Callable[[Path], int]


def _ours(folder: Path) -> Command:
    return Command(words=newsroom.ours("collect"), folder=folder, environment=newsroom.environment())


def _ours_in_trouble(folder: Path) -> Command:
    return Command(words=newsroom.ours("collect"), folder=folder, environment=newsroom.environment(), status=PARTIAL)


def _plain(folder: Path) -> Command:
    words = (sys.executable, str(PLAIN), "feeds.txt", "plain.json", str(DEADLINE_SECONDS))
    return Command(words=words, folder=folder, environment=newsroom.environment())


def _rss2email(folder: Path) -> Command:
    """Fetch, parse and make every mail, but send none: the kindest measure."""
    program = str(Path(sys.executable).with_name("r2e"))
    words = (program, "--config", "rss2email.cfg", "--data", "rss2email.json", "run", "--no-send")
    return Command(words=words, folder=folder, environment=newsroom.environment())


def _our_items(folder: Path) -> int:
    with closing(sqlite3.connect(folder / "var" / "digest.db")) as connection:
        return int(connection.execute("SELECT count(*) FROM items").fetchone()[0])


def _plain_items(folder: Path) -> int:
    return len(json.loads((folder / "plain.json").read_text())["seen"])


def _rss2email_items(folder: Path) -> int:
    feeds = json.loads((folder / "rss2email.json").read_text())["feeds"]
    return sum(len(feed["seen"]) for feed in feeds)


OURS = Program(command=_ours, items=_our_items)
PLAINLY = Program(command=_plain, items=_plain_items)
RSS2EMAIL = Program(command=_rss2email, items=_rss2email_items)
ALL: Mapping[str, Program] = {"ours": OURS, "plain": PLAINLY, "rss2email": RSS2EMAIL}
IN_TROUBLE: Mapping[str, Program] = {"ours": Program(command=_ours_in_trouble, items=_our_items), "plain": PLAINLY}

Costs = Mapping[str, list[Cost]]


def first_runs(folder: Path, count: int, *, rounds: int, warm_up: bool) -> Costs:
    """Every program in turn, each time with an empty memory."""
    with crowd.running(count) as port:
        return _in_turn(ALL, folder, port, count, "feeds", rounds=rounds, warm_up=warm_up, expected=count * ENTRIES)


def unchanged_runs(folder: Path, count: int, *, rounds: int, warm_up: bool) -> Costs:
    """Every program in turn, each time with the memory of a first run, and nothing new anywhere."""
    with crowd.running(count) as port:
        known = folder / "known"
        _prepare(known, port, count, "feeds")
        for name, program in ALL.items():
            measure(program.command(known), log=folder / f"{name}.first.log")
        _tally(port)

        def again(place: Path) -> None:
            shutil.copytree(known, place)

        def nothing_came() -> None:
            given = _tally(port)
            if given != {"unchanged": count}:
                raise CommandFailed(f"{count} feeds were unchanged, but the server gave {given}")

        return _measured(
            ALL, folder, again, rounds=rounds, warm_up=warm_up, expected=count * ENTRIES, after=nothing_came
        )


def troubled_runs(folder: Path, count: int, *, rounds: int, warm_up: bool) -> Costs:
    """As `first_runs`, where one feed in twenty hangs, drips, fails or breaks off; the others must be complete."""
    good = sum(1 for number in range(count) if not is_troubled(number))
    with crowd.running(count) as port:
        return _in_turn(
            IN_TROUBLE, folder, port, count, "troubled", rounds=rounds, warm_up=warm_up, expected=good * ENTRIES
        )


def _in_turn(
    programs: Mapping[str, Program],
    folder: Path,
    port: int,
    count: int,
    kind: str,
    *,
    rounds: int,
    warm_up: bool,
    expected: int,
) -> Costs:
    return _measured(
        programs,
        folder,
        lambda place: _prepare(place, port, count, kind),
        rounds=rounds,
        warm_up=warm_up,
        expected=expected,
        after=lambda: None,
    )


def _measured(
    programs: Mapping[str, Program],
    folder: Path,
    prepare: Callable[[Path], None],
    *,
    rounds: int,
    warm_up: bool,
    expected: int,
    after: Callable[[], None],
) -> Costs:
    """A B C, A B C …; CommandFailed when a program has not as many items as there are."""
    costs: Costs = {name: [] for name in programs}
    for number in range(rounds + warm_up):
        for name, program in programs.items():
            place = folder / f"{number}-{name}"
            prepare(place)
            cost = measure(program.command(place), log=folder / f"{number}-{name}.log")
            if (found := program.items(place)) != expected:
                raise CommandFailed(f"{name}: not the same work. Found {found} items, wanted {expected}")
            after()
            shutil.rmtree(place)
            if number or not warm_up:
                costs[name].append(cost)
    return costs


def _prepare(folder: Path, port: int, count: int, kind: str) -> None:
    """Write the same list of feeds for every program."""
    folder.mkdir()
    urls = [f"http://{HOSTS[number % len(HOSTS)]}:{port}/{kind}/{number}" for number in range(count)]
    sources = [
        Source(id=f"outlet-{number}", name=f"Outlet {number}", url=url, publisher=f"Outlet {number}", own_host=True)
        for number, url in enumerate(urls)
    ]
    (folder / "config.toml").write_text(CONFIG.format(deadline=DEADLINE_SECONDS), encoding="utf-8")
    (folder / "schedules").mkdir()
    shutil.copyfile(shipped("schedules") / "daily.toml", folder / "schedules" / "daily.toml")
    (folder / "sources.toml").write_text(as_toml(sources), encoding="utf-8")
    (folder / "feeds.txt").write_text("\n".join(urls), encoding="utf-8")
    (folder / "rss2email.cfg").write_text(_rss2email_config(urls), encoding="utf-8")


def _rss2email_config(urls: Sequence[str]) -> str:
    tables = "".join(f"[feed.outlet-{number}]\nurl = {url}\n\n" for number, url in enumerate(urls))
    return f"[DEFAULT]\nto = desk@example.org\n\n{tables}"


def _tally(port: int) -> dict[str, int]:
    with urllib.request.urlopen(f"http://{HOSTS[0]}:{port}/tally") as answer:
        return dict(json.load(answer))
