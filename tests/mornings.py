"""The sample day and real mornings through the whole line, as a newcomer's commands do it -> a table of their letters.

`python -m tests.mornings` prints the table that docs/email.md holds. The mornings are those of the shared recorded
stream (real headlines, no summaries), served from loopback; nothing of it is kept.
"""

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import socket
from tempfile import TemporaryDirectory

from digest.adapters.store.editions import SqlEditions
from digest.adapters.store.engine import open_engine
from digest.edit.codec import load
from digest.model.edition import Edition
from digest.model.mail import Email, Finding
from digest.render.checks import check
from digest.render.sheet import sheets
from tests.conftest import SHARED

MORNINGS = ("2026-05-14", "2026-05-15", "2026-05-20", "2026-05-21", "2026-05-28")
HOUR = "T05:30:00Z"
HEADER = "| day | HTML, bytes | sheets, bytes | stories | words | errors, warnings, advice |\n|---|---|---|---|---|---|"
WORD = re.compile(r"[^\W_][\w’'.,-]*")
ADDRESS = re.compile(r"<[^<>\s]*>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One day's edition with its mail and what the checks find in it."""

    day: str
    edition: Edition
    email: Email
    findings: tuple[Finding, ...]

    @property
    def row(self) -> str:
        """The letter as a line of the table."""
        grades = Counter(finding.severity.value for finding in self.findings)
        style = sum(len(text.encode()) for text, _ in sheets(self.email.html))
        words = len(WORD.findall(ADDRESS.sub("", self.email.text)))
        found = ", ".join(str(grades[grade]) for grade in ("error", "warning", "advice"))
        size = len(self.email.html.encode())
        return f"| {self.day} | {size:,} | {style:,} | {len(self.edition.pieces)} | {words} | {found} |"


def letters(mornings: Sequence[str] = MORNINGS, *, folder: Path) -> Iterator[Letter]:
    """The sample day, then each morning, in rooms under `folder`."""
    _digest("demo", "--folder", f"{folder}/sample", "--fresh")
    yield _letter(folder / "sample", "sample day")
    for morning in mornings:
        room = folder / morning
        _digest("init", str(room))
        with _served(morning) as address:
            _digest("--config", f"{room}/config.toml", "sources", "import", f"{address}/opml", "--yes")
            _digest("--config", f"{room}/config.toml", "run", "--at-once", "--now", f"{morning}{HOUR}")
        yield _letter(room, morning)


def _letter(room: Path, day: str) -> Letter:
    engine = open_engine(f"sqlite:///{room}/var/digest.db", create=False)
    try:
        store = SqlEditions(engine)
        record = store.find("daily", store.days("daily")[0][0])
    finally:
        engine.dispose()
    assert record is not None
    assert record.email is not None, f"{day}: {record.reason}"
    edition = load(record.edition_json).edition
    return Letter(day=day, edition=edition, email=record.email, findings=check(record.email, edition))


def _digest(*words: str) -> None:
    done = subprocess.run([sys.executable, "-m", "digest", *words], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"digest {' '.join(words)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")


@contextmanager
def _served(morning: str) -> Iterator[str]:
    """The recorded stream as it stood that morning, at an address of its own."""
    with closing(socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = [
        sys.executable,
        str(SHARED / "tools" / "serve_stream.py"),
        "--now",
        f"{morning}{HOUR}",
        "--port",
        str(port),
    ]
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as server:
        assert server.stdout
        server.stdout.readline()
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def main() -> None:
    """Print the table."""
    print(HEADER)
    with TemporaryDirectory(prefix="digest-mornings-") as folder:
        for letter in letters(folder=Path(folder)):
            print(letter.row)


if __name__ == "__main__":
    main()
