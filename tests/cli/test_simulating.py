"""`digest simulate-provider`: it says where it is, serves, keeps its log, and ends when it is told to."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from digest.sample.day import load
from digest.sample.server import SampleServer
from digest.simulator.server import simulator
from tests.cli.conftest import Digest
from tests.cli.newsroom import CONFIG, NOW, collect, draft, furnish, sign
from tests.cli.serving import first_line, serving

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


def a_free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as held:
        return int(held.getsockname()[1])


def test_a_signed_edition_goes_by_mailguns_road_to_every_reader_once(
    digest: Digest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIGEST_MAILGUN_API_KEY", "anything")
    with SampleServer(load(), now=NOW) as server:
        config = furnish(tmp_path / "newsroom", server)
        collect(config)
    draft(config)
    sign(config)
    port = a_free_port()
    public = f"http://127.0.0.1:{port}"
    with simulator("mailgun") as running:
        mailgun = f'[provider.mailgun]\ndomain = "mg.example.org"\nbase_url = "{running.url}"'
        tables = f'[serve]\nport = {port}\n[provider]\nname = "mailgun"\n{mailgun}\n'
        config.write_text(f'{CONFIG}public_url = "{public}"\n{tables}', encoding="utf-8")
        with serving("--config", str(config), "serve", cwd=ROOT) as pages:
            assert public in first_line(pages)
            assert "answers as ours" in digest("doctor").out
            told = digest("send")
        copies = running.copies()
    assert told.code == 0, told
    assert len(copies) == len({copy["address"] for copy in copies}) == 25
    assert all(str(copy["list_unsubscribe"]).startswith(f"<{public}/u/") for copy in copies)


def test_a_simulator_that_could_not_start_leaves_the_signals_as_they_were(digest: Digest) -> None:
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    assert digest("simulate-provider", "pigeon").code
    assert signal.pthread_sigmask(signal.SIG_BLOCK, ()) == before
