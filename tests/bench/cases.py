"""The cases: what is measured against what, how each round is prepared, and what has to be true afterwards."""

import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.bench import collecting, newsroom, sending
from tests.bench.measure import Command, Cost, measure
from tests.bench.report import Row

FULL_IMPORTS = Path(__file__).with_name("full_imports.py")
MEGABYTE = 1_000_000
MILLION = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """Where the cases work: a folder of their own, and the address of the world."""

    folder: Path
    world: str
    rounds: int


def start_up(bench: Bench) -> list[Row]:
    """`digest --help` and `digest status`, each in turn with a process that imports everything."""
    sample = bench.folder / "sample"
    newsroom.prepare_sample(sample)
    peer = _in(sample, (sys.executable, str(FULL_IMPORTS)))
    rows = []
    for name, words, goal in (("digest --help", ("--help",), 0.150), ("digest status", ("status",), 0.400)):
        ours = _in(sample, newsroom.ours(*words))
        own, others = in_turn(bench, name, _always(ours), _always(peer), rounds=2 * bench.rounds + 1, memory=False)
        rows.append(Row(case=name, what="wall", unit="s", ours=walls(own), peer=walls(others), goal=goal))
        rows.append(Row(case=name, what="CPU", unit="s", ours=cpus(own), peer=cpus(others)))
    return rows


def run(bench: Bench) -> list[Row]:
    """`digest run --at-once` in turn with the naive stack; both must have done the whole work each time."""
    prepared = bench.folder / "newsroom"
    newsroom.prepare(prepared, bench.world)
    case = "digest run"
    own, others = in_turn(
        bench,
        case,
        lambda folder: newsroom.our_run(_copy(prepared, folder)),
        lambda folder: newsroom.naive_run(_copy(prepared, folder), bench.world),
        after=(
            lambda folder: newsroom.check_work(folder / "var" / "digest.db", bench.world),
            lambda folder: newsroom.check_work(folder / "naive.db", bench.world),
        ),
        rounds=bench.rounds,
        memory=True,
    )
    timed, others_timed = own[:-1], others[:-1]  # the last round was watched for its memory, which costs time
    return [
        Row(case=case, what="wall", unit="s", ours=walls(timed), peer=walls(others_timed), goal_ratio=0.35),
        Row(case=case, what="CPU", unit="s", ours=cpus(timed), peer=cpus(others_timed), goal_ratio=0.35),
        Row(case=case, what="largest process", unit="MB", ours=largest(timed), peer=largest(others_timed), goal=120),
        Row(case=case, what="all processes", unit="MB", ours=together(own), peer=together(others), goal=120),
    ]


def stages(bench: Bench) -> list[Row]:
    """Grouping and rendering, timed inside a process of their own."""
    command = _in(Path.cwd(), (sys.executable, "-m", "tests.bench.stages"))
    found: list[dict[str, float]] = []
    for number in range(bench.rounds):
        log = bench.folder / f"stages-{number}.log"
        measure(command, log=log)
        found.append(json.loads(log.read_text()))
    ours = [one["render"] for one in found]
    return [
        Row(case="group 600 items", what="time", unit="s", ours=[one["group"] for one in found]),
        *(
            Row(
                case=f"render, inline and check 40 stories / {peer} alone",
                what="time",
                unit="s",
                ours=ours,
                peer=[one[peer] for one in found],
                goal=0.300,
            )
            for peer in ("premailer", "css-inline")
        ),
    ]


def collect(bench: Bench) -> list[Row]:
    """`digest collect` against the plain program and rss2email: 200 feeds and, in one round, 1,000."""
    rows = []
    for count, rounds in ((200, bench.rounds), (1000, 1)):
        is_big = count > 200
        name = f"{count:,} feeds"
        first = collecting.first_runs(_folder(bench, f"{count}-first"), count, rounds=rounds, warm_up=not is_big)
        rows += _against(f"{name}, first run", "plain", first, wall=0.35, cpu=0.60)
        rows += _against(f"{name}, first run", "rss2email", first)
        again = collecting.unchanged_runs(
            _folder(bench, f"{count}-unchanged"), count, rounds=rounds, warm_up=not is_big
        )
        rows += _against(f"{name}, all 304", "plain", again)
        rows += _against(f"{name}, all 304", "rss2email", again, wall=0.6)
    troubled = collecting.troubled_runs(_folder(bench, "troubled"), 200, rounds=bench.rounds, warm_up=True)
    in_time = collecting.DEADLINE_SECONDS + 1
    ours, plain = walls(troubled["ours"]), walls(troubled["plain"])
    return [
        *rows,
        Row(case="200 feeds, 5 % in trouble / plain", what="wall", unit="s", ours=ours, peer=plain, goal=in_time),
    ]


def send(bench: Bench) -> list[Row]:
    """`digest send` to a million readers beside the naive program, and what Postmark's largest calls hold in memory."""
    rounds = min(bench.rounds, 3)
    costs, handing = sending.million(_folder(bench, "million"), MILLION, rounds=rounds)
    ours, naive, case = costs["ours"], costs["naive"], "send to 1,000,000 / naive"
    large = sending.large_calls(_folder(bench, "large"), 20_000, rounds=1)
    return [
        Row(case=case, what="wall", unit="s", ours=walls(ours), peer=walls(naive)),
        Row(case=case, what="first call to last answer", unit="s", ours=handing, goal=MILLION / 100_000),
        Row(case=case, what="CPU", unit="s", ours=cpus(ours), peer=cpus(naive), goal=MILLION * 10e-6),
        Row(case=case, what="largest process", unit="MB", ours=largest(ours), peer=largest(naive), goal=120),
        Row(case="Postmark, 500 a call of 50 MB", what="largest process", unit="MB", ours=largest(large), goal=200),
    ]


CASES: dict[str, Callable[[Bench], list[Row]]] = {
    "start-up": start_up,
    "run": run,
    "stages": stages,
    "collect": collect,
    "send": send,
}
"""By the name that `--only` takes."""

Prepare = Callable[[Path], Command]
Check = Callable[[Path], None]


def _nothing(folder: Path) -> None:
    """Start-up leaves nothing to check."""


def in_turn(
    bench: Bench,
    name: str,
    ours: Prepare,
    peer: Prepare,
    *,
    after: tuple[Check, Check] = (_nothing, _nothing),
    rounds: int,
    memory: bool,
) -> tuple[list[Cost], list[Cost]]:
    """Measure ours and the peer in turn, after a first round that only warms the disk; with `memory`, one more each."""
    costs: tuple[list[Cost], list[Cost]] = ([], [])
    for number in range(rounds + 1 + memory):
        for side, (prepare, check) in enumerate(zip((ours, peer), after, strict=True)):
            place = bench.folder / f"{name.replace(' ', '-')}-{number}-{side}"
            place.mkdir()
            command = prepare(place / "work")
            cost = measure(command, log=place / "log", sample_memory=memory and number == rounds + 1)
            check(place / "work")
            shutil.rmtree(place)
            if number:
                costs[side].append(cost)
    return costs


def _always(command: Command) -> Prepare:
    return lambda _: command


def _in(folder: Path, words: tuple[str, ...]) -> Command:
    return Command(words=words, folder=folder, environment=newsroom.environment())


def _folder(bench: Bench, name: str) -> Path:
    folder = bench.folder / name
    folder.mkdir()
    return folder


def _against(
    case: str, peer: str, costs: collecting.Costs, *, wall: float | None = None, cpu: float | None = None
) -> list[Row]:
    """Wall, CPU and memory of ours beside one peer's; goals are shares of the peer's median."""
    ours, others, named = costs["ours"], costs[peer], f"{case} / {peer}"
    return [
        Row(case=named, what="wall", unit="s", ours=walls(ours), peer=walls(others), goal_ratio=wall),
        Row(case=named, what="CPU", unit="s", ours=cpus(ours), peer=cpus(others), goal_ratio=cpu),
        Row(case=named, what="largest process", unit="MB", ours=largest(ours), peer=largest(others)),
    ]


def _copy(prepared: Path, folder: Path) -> Path:
    shutil.copytree(prepared, folder)
    return folder


def walls(costs: list[Cost]) -> list[float]:
    """Wall seconds of each round."""
    return [cost.wall for cost in costs]


def cpus(costs: list[Cost]) -> list[float]:
    """CPU seconds of each round."""
    return [cost.cpu for cost in costs]


def largest(costs: list[Cost]) -> list[float]:
    """Peak of the largest process, in megabytes."""
    return [cost.largest / MEGABYTE for cost in costs]


def together(costs: list[Cost]) -> list[float]:
    """Peak of all processes at once, in megabytes, of the rounds that were watched."""
    return [cost.together / MEGABYTE for cost in costs if cost.together]
