"""Real processes: the exit codes of README.md, pipes that close, and output as machines read it."""

import json
import os
import pty
import re
import socket
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

from digest import __version__
from tests.cli.newsroom import DAY, MOMENT
from tests.cli.serving import first_line, interrupt, serving

Done = subprocess.CompletedProcess[str]


def digest(newsroom: Path, *words: str, **given: object) -> Done:
    command = [sys.executable, "-m", "digest", *words]
    return subprocess.run(command, cwd=newsroom, capture_output=True, text=True, timeout=60, check=False, **given)  # type: ignore[call-overload,no-any-return]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("status",), 0),
        (("--version",), 0),
        (("run", "--now", "2026-05-16T12:00:00Z"), 3),
        (("collect", "--now", MOMENT), 4),
        (("run", "--no-such-option"), 2),
        (("no-such-command",), 2),
        ((), 2),
        (("--config", "nowhere.toml", "status"), 2),
        (("show",), 2),
        (("db", "backup", "var/digest.db"), 5),
    ],
)
def test_a_process_ends_with_the_code_the_readme_promises(newsroom: Path, words: tuple[str, ...], code: int) -> None:
    done = digest(newsroom, *words)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr


def test_the_version_is_that_of_the_package(newsroom: Path) -> None:
    assert digest(newsroom, "--version").stdout == f"{__version__}\n"


def test_the_config_may_be_named_by_the_environment(newsroom: Path, tmp_path: Path) -> None:
    surroundings = os.environ | {"DIGEST_CONFIG": str(newsroom / "config.toml")}
    assert digest(tmp_path, "status", env=surroundings).returncode == 0


@pytest.mark.parametrize("words", [("show", "-f", "html"), ("show",), ("explain", "--help"), ("status",)])
def test_a_reader_that_goes_away_is_no_error(drafted: Path, words: tuple[str, ...]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        command = [sys.executable, "-m", "digest", *words]
        done = subprocess.run(command, cwd=drafted, stdout=writing, stderr=subprocess.PIPE, timeout=60, check=False)
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


def test_under_cron_the_log_is_one_object_a_line_and_the_output_stays_short(drafted: Path) -> None:
    done = digest(drafted, "run", "--now", MOMENT)
    assert done.returncode == 0
    assert done.stdout == ""
    told = [json.loads(line) for line in done.stderr.splitlines()]
    assert [(one["event"], one["id"], one["day"]) for one in told] == [
        ("newsletter", "daily", DAY),
        ("newsletter", "weekly", DAY),
    ]


def test_no_address_and_no_secret_stands_in_any_output(newsroom: Path) -> None:
    canary = "canary-0123456789abcdef"
    surroundings = os.environ | {"DIGEST_SECRET_KEY": canary, "DIGEST_MAILGUN_API_KEY": canary}
    said = [
        digest(newsroom, *words, env=surroundings)
        for words in (("run", "--at-once", "--now", MOMENT), ("status",), ("status", "--json"), ("doctor",))
    ]
    printed = "".join(done.stdout + done.stderr for done in said)
    assert canary not in printed
    assert "birtwhistle" not in printed.lower()


def test_the_page_is_served_where_it_says_and_ends_when_it_is_told_to(newsroom: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with serving("serve", "--port", str(port), cwd=newsroom) as running:
        assert first_line(running) == f"Listening on http://127.0.0.1:{port} – stop with Ctrl-C.\n"
        with urlopen(f"http://127.0.0.1:{port}/healthz?nonce=x", timeout=10) as answer:
            assert len(json.loads(answer.read())["proof"]) == 64
        _, errors = interrupt(running)
    assert "Traceback" not in errors


def test_nobody_at_the_prompt_is_a_refusal_and_not_a_crash(newsroom: Path) -> None:
    (newsroom / "r.csv").write_text("email,name,frequency,consent_source\nnew@example.org,N,daily,form\n")
    done = digest(newsroom, "subscribers", "import", "r.csv", stdin=subprocess.DEVNULL)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def in_a_terminal(newsroom: Path, *words: str) -> str:
    """What a person sees: the program runs on a pseudo-terminal, and all it writes there comes back."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "120"}
    command = [sys.executable, "-m", "digest", *words]
    with subprocess.Popen(
        command, cwd=newsroom, stdin=theirs, stdout=theirs, stderr=theirs, env=environment
    ) as process:
        os.close(theirs)
        seen = b""
        while True:
            try:
                seen += os.read(ours, 65_536)
            except OSError:  # Linux answers EIO once the other side has closed (pty(7))
                break
        process.wait(60)
    os.close(ours)
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", seen.decode())


def test_a_person_sees_bars_and_a_line_for_each_newsletter_and_no_json(newsroom: Path) -> None:
    seen = in_a_terminal(newsroom, "run", "--now", "2026-05-15T05:00:00Z")
    assert "Collecting feeds" in seen
    assert "daily 2026-05-15: drafting begins at 06:30 Europe/London" in seen
    assert '"event"' not in seen
    assert seen.index("Collecting feeds") < seen.index("daily 2026-05-15")
