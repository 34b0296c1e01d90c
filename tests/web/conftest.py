"""A newsroom whose edition has gone out, and its pages behind a real socket."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from io import StringIO
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import pytest
from rich.console import Console
from waitress.server import BaseWSGIServer

from digest.app.app import App, opened
from digest.app.clock import clock
from digest.cli.demo import walk
from digest.config.load import load
from digest.web.serve import listener
from tests.cli.folders import header, mails


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back over the wire."""

    status: int
    headers: dict[str, str]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The pages as they are served, with the program behind them."""

    app: App
    port: int
    outbox: Path

    def asks(self, method: str, path: str, *, body: bytes | None = None, **headers: str) -> Answer:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body=body, headers=named)
            answer = connection.getresponse()
            text = answer.read().decode()
            return Answer(status=answer.status, headers=dict(answer.getheaders()), text=text)
        finally:
            connection.close()

    def clicks_once(self, path: str) -> Answer:
        """The POST that a mail program makes (RFC 8058, section 3.2): no cookie, no login, nothing else."""
        form = "application/x-www-form-urlencoded"
        return self.asks("POST", path, body=b"List-Unsubscribe=One-Click", Content_Type=form)

    @property
    def links(self) -> list[str]:
        """The path of every copy's own link, from the headers of the mails themselves."""
        found = [header(message, "List-Unsubscribe").strip("<>") for message in mails(self.outbox)]
        return [urlsplit(link).path for link in found]

    @property
    def active(self) -> int:
        return int(self.app.line.readers.counts()["daily"].get("active", 0))


@pytest.fixture(scope="session")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a sample day that has been sent: to be copied, never changed."""
    folder = tmp_path_factory.mktemp("walked") / "sample"
    assert walk(folder, Console(file=StringIO())) == 0
    return folder


@pytest.fixture
def serves(walked: Path, tmp_path: Path) -> Iterator[Callable[..., Site]]:
    """Serve a copy of the sent sample day on a free port, with waitress, until the test ends."""
    with ExitStack() as stack:

        def served(*, name: str = "The Sample Round-up") -> Site:
            folder = Path(shutil.copytree(walked, tmp_path / "sample"))
            config = folder / "config.toml"
            config.write_text(
                config.read_text("utf-8").replace('name = "The Sample Round-up"', f'name = "{name}"'), encoding="utf-8"
            )
            settings = load(config)
            app = stack.enter_context(opened(settings, clock=clock(), progress=lambda *_: None))
            server = listener(app, host="127.0.0.1", port=0)
            assert isinstance(server, BaseWSGIServer)
            assert server.socket is not None
            thread = Thread(target=server.run, daemon=True)
            thread.start()
            stack.callback(_stop, server, thread)
            return Site(app=app, port=server.socket.getsockname()[1], outbox=folder / "var" / "outbox")

        yield served


def _stop(server: BaseWSGIServer, thread: Thread) -> None:
    """Close the server in the loop's own thread, which then has nothing left to watch and ends."""
    trigger: Any = server.trigger  # the stubs take it for a number
    with suppress(OSError):  # closed already: a request's own pull carried ours out before we pulled
        trigger.pull_trigger(server.close)
    thread.join(10)
    assert not thread.is_alive()
    server.task_dispatcher.shutdown()


@pytest.fixture
def site(serves: Callable[..., Site]) -> Site:
    """The pages of the sample day."""
    return serves()
