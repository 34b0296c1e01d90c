"""`digest stories`, the plain method and the scorers, each run as the process it is."""

import gzip
import json
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from tests.bench.newsroom import environment

PLAIN = Path(__file__).with_name("plain.py")
SIMILARITIES = (0.04, 0.06, 0.08, 0.1, 0.12, 0.14, 0.16, 0.18, 0.2, 0.25, 0.3, 0.35)
"""At which the plain method is tried; its best one is shown, chosen in sample, which favours it."""

ANY_DAY = datetime(2026, 5, 12, tzinfo=UTC)
"""For rows without times, of which the labelled stream has none."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a bench works: the shared folder, and a folder of its own."""

    shared: Path
    folder: Path

    def data(self, name: str) -> Path:
        """A file of labelled stories."""
        return self.shared / "data" / "stories" / name


def read(path: Path) -> list[Row]:
    """The rows of a file of JSON Lines."""
    return [json.loads(line) for line in text(path)]


def text(path: Path) -> list[str]:
    """The lines of a file of JSON Lines, whether it is compressed or not."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        return list(lines)


def write(path: Path, rows: Iterable[Mapping[str, Any]]) -> Path:
    """Write JSON Lines."""
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return path


def stories(items: Path, out: Path, ranking: Path | None = None) -> None:
    """Run `digest stories`."""
    wanted = ("--ranking", str(ranking)) if ranking else ()
    run(sys.executable, "-m", "digest", "stories", "--items", str(items), "--out", str(out), *wanted)


def has_plain() -> bool:
    """Whether scikit-learn is there."""
    return find_spec("sklearn") is not None


def plain(items: Path, out: Path) -> list[Path]:
    """Run the plain method at every similarity; one file each."""
    run(sys.executable, str(PLAIN), str(items), str(out), *map(str, SIMILARITIES))
    return [Path(f"{out}.{similarity}") for similarity in SIMILARITIES]


def score_groups(place: Place, gold: Path, said: Path) -> Row:
    """Score a grouping; stories of different windows never compare."""
    return _scored(place, "score_groups.py", gold, said, "--by", "window")


def score_ranking(place: Place, ranking: Path, *items: Path) -> Row:
    """Score a ranking of the labelled stream, with `items` relevance and kind too."""
    gold = (place.data("labour_rankings.json"), place.data("labour_stream.jsonl.gz"))
    return _scored(place, "score_ranking.py", *gold, ranking, *items)


def _scored(place: Place, tool: str, *words: object) -> Row:
    found: Row = json.loads(run(sys.executable, str(place.shared / "tools" / tool), *map(str, words)))
    return found


def run(*words: str) -> str:
    """Run a command to its end; what it says when it fails is said here too."""
    done = subprocess.run(words, env=dict(environment()), capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{_shown(words)} ended with {done.returncode}:\n{done.stderr}")
    return done.stdout


def _shown(words: Sequence[str]) -> str:
    return " ".join(words)
