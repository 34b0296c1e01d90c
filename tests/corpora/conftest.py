"""Every corpus goes through the line once, in processes of its own, and every letter into Chromium once."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from tests.corpora.browser import Opened, find_browser, open_pages, page_name
from tests.corpora.passage import Passage
from tests.corpora.plan import HERE
from tests.corpora.trap import set_trap

ROOT = Path(__file__).parents[2]
AT_ONCE = 2
PAGES_A_START = 150
LONGEST_SECONDS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """How a corpus came through, and who called the trap meanwhile."""

    passage: Passage
    calls: tuple[bytes, ...]


@pytest.fixture(scope="session")
def letters(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder into which every letter goes."""
    return tmp_path_factory.mktemp("letters")


@pytest.fixture(scope="session")
def crossings(shared: Path, letters: Path) -> Mapping[str, Crossing]:
    """Every corpus that is read here, by name."""
    folder = shared / "data" / "corpora"
    with ThreadPoolExecutor(AT_ONCE) as pool:
        crossed = pool.map(lambda name: cross(folder / f"{name}.jsonl", letters), HERE)
        return dict(zip(HERE, crossed, strict=True))


@pytest.fixture(scope="session")
def opened(crossings: Mapping[str, Crossing], letters: Path) -> list[Opened]:
    """What Chromium made of every letter; skipped (and counted) where there is none, required in CI."""
    program = find_browser()
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is absent: in CI every letter must be opened in it")
        pytest.skip("there is no Chromium on this machine")
    files = sorted(letters.glob("*.html"))
    assert len(files) == sum(crossing.passage.letters for crossing in crossings.values())
    pages = [(page_name(file), file.read_text(encoding="utf-8")) for file in files]
    starts = [dict(pages[first : first + PAGES_A_START]) for first in range(0, len(pages), PAGES_A_START)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(partial(open_pages, program), starts))


def cross(corpus: Path, letters: Path, *options: str) -> Crossing:
    """Send one corpus through the line in a fresh process, with a trap and a canary of its own."""
    canary = letters / f"{corpus.stem}{len(options)}.canary"
    canary.write_text("nobody reads this")
    words = (sys.executable, "-m", "tests.corpora.passage", str(corpus), "--letters", str(letters), *options)
    with set_trap() as trap:
        done = subprocess.run(
            [*words, "--trap", trap.url, "--canary", str(canary)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=LONGEST_SECONDS,
            check=False,
        )
    if done.returncode:
        raise RuntimeError(f"{corpus.name} did not come through: {done.stderr}")
    return Crossing(passage=Passage(**json.loads(done.stdout)), calls=tuple(trap.calls))
