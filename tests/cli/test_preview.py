"""`digest preview`: for this machine only, and broken configs are told before it begins."""

import re
from http.client import HTTPConnection
from pathlib import Path

import pytest
from typer.testing import CliRunner

from digest.cli.main import digest
from digest.errors import ConfigError, UsageError
from tests.cli.newsroom import MOMENT, furnish
from tests.cli.serving import first_line, interrupt, serving


def refusal(*words: str) -> BaseException | None:
    return CliRunner().invoke(digest, [*words]).exception


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "news.example"])
def test_it_listens_to_this_machine_only(host: str) -> None:
    error = refusal("preview", "--host", host)
    assert isinstance(error, UsageError)
    assert "no login" in error.detail


def test_a_config_that_is_broken_from_the_start_is_told_at_once(tmp_path: Path) -> None:
    assert isinstance(refusal("--config", str(tmp_path / "config.toml"), "preview"), ConfigError)


def test_a_port_that_is_taken_names_the_option(tmp_path: Path) -> None:
    import socket

    config = newsroom(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        error = refusal("--config", str(config), "preview", "--port", str(port))
    assert isinstance(error, UsageError)
    assert "--port" in error.mend


def test_it_says_where_it_is_and_answers_there_until_it_is_stopped(tmp_path: Path) -> None:
    words = ("--config", str(newsroom(tmp_path)), "preview", "--port", "0", "--now", MOMENT)
    with serving(*words, cwd=tmp_path) as running:
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", first_line(running))
        assert found
        connection = HTTPConnection("127.0.0.1", int(found[1]), timeout=20)
        connection.request("GET", "/")
        assert connection.getresponse().headers["Location"] == "/daily/2026-05-15?view=phone&width=320"
        connection.close()
        code, _ = interrupt(running)
    assert code != 1


def newsroom(folder: Path) -> Path:
    from digest.sample.day import load
    from digest.sample.server import SampleServer
    from tests.cli.newsroom import NOW

    with SampleServer(load(), now=NOW) as server:
        return furnish(folder / "room", server)
