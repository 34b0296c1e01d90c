"""Firefox, driven over WebDriver BiDi (https://w3c.github.io/webdriver-bidi/), which every release speaks by itself.

Its colours are preferences that are read at its start: a Firefox for each set of colours.
"""

import base64
import itertools
import json
import os
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from websockets.sync.client import ClientConnection, connect

from tests.browser.screen import HEIGHT, Scheme

NAMES = ("firefox-esr", "firefox")
LONGEST_SECONDS = 60
_QUIET = {
    "app.update.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
    "toolkit.telemetry.enabled": False,
}
"""It calls nobody of its own accord, and nobody for a page: the proxy is a port at which nothing listens."""
_COLOURS = {
    Scheme.LIGHT: {"layout.css.prefers-color-scheme.content-override": 1},
    Scheme.DARK: {"layout.css.prefers-color-scheme.content-override": 0},
    Scheme.FORCED: {"layout.css.prefers-color-scheme.content-override": 1, "browser.display.document_color_use": 2},
}


class Firefox:
    """`screen.Browser` by WebDriver BiDi; each set of colours is started when it is first wanted."""

    name = "Firefox"

    def __init__(self, program: str, starts: ExitStack) -> None:
        """`starts` ends what is started here."""
        self._program = program
        self._starts = starts
        self._tabs: dict[Scheme, _Tab] = {}
        self._tab: _Tab

    def open(self, html: str, scheme: Scheme) -> None:
        """Load the page in these colours; everything from elsewhere stays away."""
        if scheme not in self._tabs:
            self._tabs[scheme] = self._starts.enter_context(_started(self._program, scheme))
        self._tab = self._tabs[scheme]
        address = "data:text/html;charset=utf-8;base64," + base64.b64encode(html.encode()).decode()
        self._tab.ask("browsingContext.navigate", url=address, wait="complete")

    def resize(self, width: int) -> None:
        """Make the window that wide."""
        self._tab.ask("browsingContext.setViewport", viewport={"width": width, "height": HEIGHT})

    def evaluate(self, expression: str) -> object:
        """What the expression comes to."""
        written = f"Promise.resolve({expression}).then(value => JSON.stringify(value ?? null))"
        answer = self._tab.ask("script.evaluate", expression=written, target={}, awaitPromise=True)
        if answer["type"] != "success":
            raise RuntimeError(f"Firefox: {answer['exceptionDetails']['text']}")
        found: object = json.loads(answer["result"]["value"])
        return found


def find_firefox() -> str | None:
    """Where Firefox is on this machine."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


@contextmanager
def firefox(program: str) -> Iterator[Firefox]:
    """A Firefox that ends with the context, in however many sets of colours it was used."""
    with ExitStack() as starts:
        yield Firefox(program, starts)


class _Tab:
    """The one tab of a started Firefox, which every command is about."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._numbers = itertools.count(1)
        self._call("session.new", capabilities={})
        self._context: str = self._call("browsingContext.getTree")["contexts"][0]["context"]

    def ask(self, method: str, **params: object) -> dict[str, Any]:
        about = {"context": self._context}
        return self._call(method, **(params | ({"target": about} if "target" in params else about)))

    def end(self) -> None:
        self._call("browser.close")

    def _call(self, method: str, **params: object) -> dict[str, Any]:
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            answer = json.loads(self._socket.recv(timeout=LONGEST_SECONDS))
            if answer.get("id") == number:
                break
        if answer["type"] != "success":
            raise RuntimeError(f"Firefox, {method}: {answer['error']}: {answer['message']}")
        result: dict[str, Any] = answer["result"]
        return result


@contextmanager
def _started(program: str, scheme: Scheme) -> Iterator[_Tab]:
    with TemporaryDirectory(prefix="digest-firefox-", ignore_cleanup_errors=True) as profile:
        preferences = _QUIET | _COLOURS[scheme]
        lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in preferences.items())
        (Path(profile) / "user.js").write_text("\n".join(lines))
        words = [program, "--headless", "--remote-debugging-port=0", "--no-remote", "--profile", profile, "about:blank"]
        own = os.environ | {"HOME": profile, "MOZ_HEADLESS": "1"}
        with subprocess.Popen(words, env=own, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
            try:
                # A ping takes a number from `random`, which is Hypothesis's own while other tests run.
                with connect(_address(process), max_size=None, proxy=None, ping_interval=None) as socket:
                    tab = _Tab(socket)
                    yield tab
                    tab.end()
                process.wait(LONGEST_SECONDS)
            finally:
                process.kill()


def _address(process: "subprocess.Popen[str]") -> str:
    """Where Firefox listens, from what it says at its start; whatever it says later is read by a thread and let go."""
    alarm = threading.Timer(LONGEST_SECONDS, process.kill)
    alarm.start()
    said = []
    assert process.stderr is not None
    for line in process.stderr:
        said.append(line)
        if found := re.search(r"WebDriver BiDi listening on (ws://\S+)", line):
            alarm.cancel()
            threading.Thread(target=process.stderr.read, daemon=True).start()
            return f"{found[1]}/session"
    alarm.cancel()
    raise RuntimeError(f"Firefox did not start: {''.join(said)[-2000:]}")
