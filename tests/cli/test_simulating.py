"""`digest simulate-provider`: it says where it is, serves, keeps its log, and ends when it is told to."""

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from tests.cli.conftest import Digest

ROOT = Path(__file__).parents[2]
FORM = {
    "from": "news@example.org",
    "to": "reader@example.org",
    "subject": "Hello",
    "text": "Out",
    "h:List-Unsubscribe": "<https://news.example.org/u/1>",
    "h:List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
}


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_it_serves_until_it_is_stopped_and_what_it_accepted_stays(tmp_path: Path, ending: signal.Signals) -> None:
    log, script = tmp_path / "accepted.jsonl", tmp_path / "script.toml"
    script.write_text('[[rules]]\ndo = "status"\nstatus = 429\ncalls = [1]\n', encoding="utf-8")
    command = [sys.executable, "-m", "digest", "simulate-provider", "mailgun", "--port", "0", "--log", str(log)]
    with subprocess.Popen(
        [*command, "--script", str(script), "--delay", "1-5"],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    ) as process:
        assert process.stdout
        match = re.search(r"http://\S+", process.stdout.readline())
        assert match
        url = f"{match[0]}/v3/mg.example.org/messages"
        statuses = [requests.post(url, data=FORM, auth=("api", "k"), timeout=10).status_code for _ in range(2)]
        process.send_signal(ending)
        assert process.wait(10) == 0
    assert statuses == [429, 200]
    assert json.loads(log.read_text(encoding="utf-8"))["copies"][0][0] == "reader@example.org"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("pigeon",), "mailgun, ses"),
        (("mailgun", "--delay", "soon"), "--delay soon"),
        (("mailgun", "--delay", "9-3"), "shorter time first"),
        (("mailgun", "--host", "192.0.2.1"), "cannot be listened on"),
    ],
)
def test_a_mistake_is_told_and_nothing_is_started(digest: Digest, words: tuple[str, ...], why: str) -> None:
    told = digest("simulate-provider", "--port", "0", *words)
    assert told.code == 2
    assert why in told.err


def test_a_script_that_is_wrong_is_told_with_its_place(digest: Digest, tmp_path: Path) -> None:
    script = tmp_path / "script.json"
    script.write_text('{"rules": [{"do": "explode"}]}', encoding="utf-8")
    told = digest("simulate-provider", "mailgun", "--script", script)
    assert (told.code, "rules[1].do" in told.err) == (2, True)
