"""Commands, carried out as `digest …` carries them out, in a newsroom that has collected its day."""

import io
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from digest.cli.main import run
from digest.sample.day import load as load_day
from digest.sample.server import SampleServer
from tests.cli.newsroom import NOW, collect, draft, furnish, sign


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str


Digest = Callable[..., Said]


@pytest.fixture(autouse=True)
def plain_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("DIGEST_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("COLUMNS", "200")


@pytest.fixture(scope="session")
def server() -> Iterator[SampleServer]:
    """The sample day as it stood at MOMENT."""
    with SampleServer(load_day(), now=NOW) as open_server:
        yield open_server


@pytest.fixture(scope="session")
def collected(server: SampleServer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A newsroom's folder after the day's collection: to be copied, never changed."""
    folder = tmp_path_factory.mktemp("collected") / "newsroom"
    collect(furnish(folder, server))
    return folder


@pytest.fixture(scope="session")
def with_draft(collected: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with a draft: to be copied, never changed."""
    folder = Path(shutil.copytree(collected, tmp_path_factory.mktemp("drafted") / "newsroom"))
    draft(folder / "config.toml")
    return folder


@pytest.fixture(scope="session")
def with_signature(with_draft: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with a signed edition: to be copied, never changed."""
    folder = Path(shutil.copytree(with_draft, tmp_path_factory.mktemp("signed") / "newsroom"))
    sign(folder / "config.toml")
    return folder


@pytest.fixture
def newsroom(collected: Path, tmp_path: Path) -> Path:
    """A newsroom of the test's own."""
    return Path(shutil.copytree(collected, tmp_path / "newsroom"))


@pytest.fixture
def drafted(with_draft: Path, tmp_path: Path) -> Path:
    """A newsroom of the test's own, with a draft that nobody has signed."""
    return Path(shutil.copytree(with_draft, tmp_path / "newsroom"))


@pytest.fixture
def approved(with_signature: Path, tmp_path: Path) -> Path:
    """A newsroom of the test's own, with a signed edition."""
    return Path(shutil.copytree(with_signature, tmp_path / "newsroom"))


class Terminal(io.StringIO):
    """Standard input with a person behind it."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Digest:
    """Carry out one command with the configuration of `newsroom` (or another); `typed` is its standard input."""

    def carry_out(*words: object, config: Path | None = None, typed: str = "", by_a_person: bool = False) -> Said:
        chosen = config or tmp_path / "newsroom" / "config.toml"
        monkeypatch.setattr(sys, "argv", ["digest", "--config", str(chosen), *map(str, words)])
        monkeypatch.setattr(sys, "stdin", Terminal(typed) if by_a_person else io.StringIO(typed))
        capsys.readouterr()
        code = run()
        printed = capsys.readouterr()
        return Said(code=code, out=printed.out, err=printed.err)

    return carry_out
