"""The real command line, in a process that is forked and has it loaded."""

import os
import sys
from functools import partial
from importlib import import_module
from pathlib import Path

from digest.cli.main import run
from tests.crashlab.forks import fork

SAID = "said.txt"
"""What all commands of a newsroom print, each line whole."""

KEYS = {"DIGEST_MAILGUN_API_KEY": "key"}
LOADED = "digest.app.failure digest.app.rehearsal digest.cli.log digest.cli.progress digest.cli.report rich.progress"
"""What a command imports when it is needed, and those who are forked are to have."""


def load() -> None:
    """Import it."""
    for name in LOADED.split():
        import_module(name)


def start(newsroom: Path, *words: str) -> int:
    """Start `digest WORDS` in a newsroom's folder; the process's number."""
    return fork(partial(_digest, newsroom, words), complaints=newsroom / SAID)


def _digest(newsroom: Path, words: tuple[str, ...]) -> int:
    os.chdir(newsroom)
    said = os.open(SAID, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for stream in (1, 2):
        os.dup2(said, stream)
    os.environ.update(KEYS)
    sys.argv = ["digest", *words]
    code = run()
    sys.stdout.flush()
    sys.stderr.flush()
    return code
