"""HTML -> a picture of the whole page, taken by Chromium, which is asked over a pipe (the DevTools protocol)."""

import base64
import json
import os
import shutil
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any, cast

from digest.errors import PictureFailed

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PATIENCE_SECONDS = 60
FIRST_HEIGHT = 800
"""CSS pixels; the page is measured at this height and then shown whole."""
TALLEST = 16_000
"""CSS pixels; Chromium paints no surface of more than 16,384."""
LONGEST_COMPLAINT = 600

_OPTIONS = (
    "--headless",
    "--remote-debugging-pipe",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--disable-breakpad",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)
_PIPED = 'exec "$@" 3<&0 4>&1 </dev/null >&2'
"""Chromium reads orders from descriptor 3 and answers on 4; they are made of the pipes that every child can have."""
_CHUNK = 1 << 20


class ChromiumCamera:
    """`ports.Camera` by the Chromium of this machine: a start, a profile of its own and no network for each picture."""

    def __init__(self, *, names: Sequence[str] = NAMES, patience: float = PATIENCE_SECONDS) -> None:
        """`names` are what Chromium may be called on the PATH; after `patience` seconds it is ended."""
        self._names = names
        self._patience = patience

    def picture(self, html: str, *, width: int, dark: bool = False) -> bytes:
        """The page as PNG, `width` pixels wide and as tall as it is, in the light or dark scheme; no script runs.

        Nothing is fetched: a picture from elsewhere shows the words that stand for it. Raises
        PictureFailed when there is no Chromium, or when it does not do what it is asked.
        """
        with _talking(self._program(), self._patience) as chromium:
            page = chromium.new_page()
            return page.photographed(html, width=width, scheme="dark" if dark else "light")

    def _program(self) -> str:
        found = next((path for name in self._names if (path := shutil.which(name))), None)
        if found is None:
            detail = f"none of {', '.join(self._names)} is on the PATH"
            raise PictureFailed(detail, mend="install Chromium, or look at the letter with `digest preview`.")
        return found


class _Chromium:
    """Orders to a Chromium and its answers: JSON messages, each with a zero byte behind it."""

    def __init__(self, program: str, orders: IO[bytes], answers: IO[bytes], complaints: Path) -> None:
        self._program = program
        self._orders = orders
        self._messages = _messages(answers)
        self._complaints = complaints
        self._count = 0
        self._events: set[str] = set()

    def new_page(self) -> "_Page":
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        return _Page(self, self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"])

    def ask(self, method: str, *, session: str = "", **params: object) -> dict[str, Any]:
        self._count += 1
        order = {"id": self._count, "method": method, "params": params} | ({"sessionId": session} if session else {})
        try:
            _write(self._orders, json.dumps(order).encode() + b"\0")
        except BrokenPipeError as error:
            raise self._failed("it ended") from error
        answer = self._first(lambda message: message.get("id") == self._count)
        if "error" in answer:
            raise self._failed(f"{method}: {answer['error']['message']}")
        result: dict[str, Any] = answer["result"]
        return result

    def wait_for(self, event: str) -> None:
        if event not in self._events:
            self._first(lambda message: message.get("method") == event)

    def _first(self, is_wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        for message in self._messages:
            self._events.add(message.get("method", ""))
            if is_wanted(message):
                return message
        raise self._failed("it ended, or was ended for taking too long")

    def _failed(self, what: str) -> PictureFailed:
        """With the last that Chromium itself said, for that is where a missing library or sandbox is named."""
        said = self._complaints.read_text(errors="replace").strip()[-LONGEST_COMPLAINT:]
        detail = f"{self._program}: {what}" + (f"\n{said}" if said else "")
        return PictureFailed(detail, mend="see whether this Chromium starts with --headless at all.")


class _Page:
    """One tab."""

    def __init__(self, chromium: _Chromium, session: str) -> None:
        self._chromium = chromium
        self._session = session

    def photographed(self, html: str, *, width: int, scheme: str) -> bytes:
        self._ask("Page.enable")
        self._ask("Emulation.setScriptExecutionDisabled", value=True)
        self._ask("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        self._measure(width, FIRST_HEIGHT)
        self._show(html)
        height = round(self._ask("Page.getLayoutMetrics")["cssContentSize"]["height"])
        if height > TALLEST:
            detail = f"the page is {height:,} pixels tall at a width of {width}, and {TALLEST:,} can be painted"
            raise PictureFailed(detail, mend="choose a wider view, or print fewer stories.")
        self._measure(width, height)
        return base64.b64decode(self._ask("Page.captureScreenshot", format="png")["data"])

    def _show(self, html: str) -> None:
        """A data: address is an origin of its own, from which no file can be read."""
        address = "data:text/html;charset=utf-8;base64," + base64.b64encode(html.encode()).decode()
        if trouble := self._ask("Page.navigate", url=address).get("errorText"):
            raise PictureFailed(f"Chromium does not open the page: {trouble}", mend="is it longer than a megabyte?")
        self._chromium.wait_for("Page.loadEventFired")

    def _measure(self, width: int, height: int) -> None:
        self._ask("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def _ask(self, method: str, **params: object) -> dict[str, Any]:
        return self._chromium.ask(method, session=self._session, **params)


@contextmanager
def _talking(program: str, patience: float) -> Iterator[_Chromium]:
    """A Chromium with a profile that is thrown away; whatever happens, it and its children are gone at the end."""
    with TemporaryDirectory(prefix="digest-chromium-", ignore_cleanup_errors=True) as folder:
        complaints = Path(folder) / "stderr"
        # Chromium refuses to start as root inside its sandbox; for everybody else the sandbox stays.
        options = [*_OPTIONS, f"--user-data-dir={folder}/profile", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
        with (
            complaints.open("wb") as stderr,
            subprocess.Popen(  # noqa: S603 - a program found by our own list of names
                ["/bin/sh", "-c", _PIPED, "sh", program, *options],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=stderr,
                bufsize=0,
                start_new_session=True,
            ) as process,
        ):
            alarm = threading.Timer(patience, _end, [process])
            alarm.start()
            try:
                yield _Chromium(program, _pipe(process.stdin), _pipe(process.stdout), complaints)
            finally:
                alarm.cancel()
                _end(process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)


def _write(stream: IO[bytes], message: bytes) -> None:
    rest = memoryview(message)
    while rest:
        rest = rest[os.write(stream.fileno(), rest) :]


def _messages(stream: IO[bytes]) -> Iterator[dict[str, Any]]:
    rest = b""
    while chunk := os.read(stream.fileno(), _CHUNK):
        *whole, rest = (rest + chunk).split(b"\0")
        yield from map(json.loads, whole)


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    """What Popen was asked for and therefore made; its type leaves open whether it was asked."""
    return cast("IO[bytes]", pipe)
