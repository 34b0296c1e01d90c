"""Pages -> what Chromium ran, fetched and built of them, each in a frame of its own, all in one start.

Three witnesses: Chromium's own report of every script, handler and javascript: address that it would have compiled
(Content-Security-Policy-Report-Only, https://www.w3.org/TR/CSP3/); every call that a page makes, to whatever host, for
all names lead to one port here; and the elements and attributes that its parser made of each page.
"""

import json
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
LONGEST_SECONDS = 180
POLICY = "script-src 'none'; report-uri /csp"

SENTINEL = "sentinel"
SCRIPTED = (
    "<!doctype html><title>Raw</title><img src='http://elsewhere.example/x.png' onerror='fetch(`http://elsewhere.example/handler`)'>"
    "<script>fetch('http://elsewhere.example/inline')</script><iframe src='javascript:parent.ran=1'></iframe>"
    "<script src='http://elsewhere.example/remote.js'></script>"
)
"""One raw payload of each sort. It stands behind the pages in every start: a witness silent about it is no witness."""

SENTINEL_CALLS = frozenset(f"http://elsewhere.example/{name}" for name in ("x.png", "handler", "inline", "remote.js"))
SENTINEL_REPORTS = frozenset(
    {"script-src-attr: inline", "script-src-elem: inline", "script-src-elem: http://elsewhere.example/remote.js"}
)

INSPECTOR = """<!doctype html><meta charset=utf-8><title>Frames</title>%s<pre id=found></pre><script>
const scheme = address => {
  try { return new URL(address, 'relative://x').protocol; }
  catch { return /^https?:/.exec(address)?.[0] ?? 'unreadable: ' + address; }  // a host that cannot be leads nowhere
};
onload = () => {
  const pages = {};
  for (const frame of document.querySelectorAll('iframe')) {
    const found = {elements: {}, attributes: {}, schemes: {}};
    const page = frame.contentDocument;
    for (const element of page.querySelectorAll('*')) {
      found.elements[element.localName] = 1;
      for (const {name, value} of element.attributes) {
        found.attributes[name] = 1;
        if (['href', 'src', 'action', 'formaction', 'data', 'background', 'poster', 'xlink:href'].includes(name))
          found.schemes[scheme(value)] = 1;
      }
    }
    pages[frame.id] = Object.fromEntries(Object.entries(found).map(([kind, names]) => [kind, Object.keys(names)]));
  }
  setTimeout(() => { document.querySelector('#found').textContent = JSON.stringify(pages); }, 1000);
};
</script>"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What the browser's parser made of one page: names of elements and attributes, schemes of addresses."""

    elements: frozenset[str]
    attributes: frozenset[str]
    schemes: frozenset[str]


@dataclass(slots=True, kw_only=True)
class Opened:
    """What came of opening pages: reports and calls by page, and what was built of each."""

    reports: dict[str, list[str]] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    built: dict[str, Built] = field(default_factory=dict)


def find_browser() -> str | None:
    """Where Chromium is on this machine."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def open_pages(program: str, pages: Mapping[str, str]) -> Opened:
    """Open every page, and the sentinel behind them. RuntimeError when Chromium did not come to the end."""
    with _serving({**pages, SENTINEL: SCRIPTED}) as server, TemporaryDirectory(prefix="digest-chromium-") as profile:
        address = f"127.0.0.1:{server.server_port}"
        done = subprocess.run(
            [program, *_options(profile, address), f"http://{address}/"],
            capture_output=True,
            text=True,
            timeout=LONGEST_SECONDS,
            check=False,
        )
    found = re.search(r"<pre id=\"found\">(.+?)</pre>", done.stdout, re.DOTALL)
    if not found:
        raise RuntimeError(f"Chromium ended ({done.returncode}) without a result:\n{done.stderr[-2000:]}")
    for name, kinds in json.loads(unescape(found[1])).items():
        server.opened.built[name] = Built(**{kind: frozenset(names) for kind, names in kinds.items()})
    return server.opened


def _options(profile: str, address: str) -> list[str]:
    """A Chromium that talks to nobody of its own accord, and to us whatever name a page asks for."""
    return [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-default-apps",
        "--disable-sync",
        "--disable-features=OptimizationHints,MediaRouter,HttpsUpgrades,HttpsFirstBalancedModeAutoEnable",
        f"--host-resolver-rules=MAP clients2.google.com ~NOTFOUND,MAP *.googleapis.com ~NOTFOUND,MAP * {address}",
        f"--user-data-dir={profile}",
        "--virtual-time-budget=300000",
        "--dump-dom",
    ]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, pages: Mapping[str, str]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.pages = {f"/page/{name}": text.encode("utf-8", "replace") for name, text in pages.items()}
        frames = "".join(f'<iframe id="{name}" src="/page/{name}"></iframe>' for name in pages)
        self.index = (INSPECTOR % frames).encode()
        self.opened = Opened()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    server: _Server

    def do_GET(self) -> None:
        """The frames, or one page under the policy, which blocks nothing; all else is asked for by a page."""
        host = self.headers.get("Host", "")
        if host != f"127.0.0.1:{self.server.server_port}":
            self.server.opened.calls.append(f"http://{host}{self.path}")
            self._answer(404, b"")
        elif self.path == "/":
            self._answer(200, self.server.index)
        elif page := self.server.pages.get(self.path):
            self._answer(200, page, ("Content-Security-Policy-Report-Only", POLICY))
        else:
            if self.path != "/favicon.ico":
                self.server.opened.calls.append(f"{self.path} from {self.headers.get('Referer', 'nobody')}")
            self._answer(404, b"")

    def do_POST(self) -> None:
        """A report of the policy, or a call of a page."""
        said = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path == "/csp":
            report: dict[str, Any] = json.loads(said)["csp-report"]
            name = str(report["document-uri"]).rpartition("/")[2]
            what = f"{report.get('violated-directive')}: {report.get('blocked-uri')}"
            self.server.opened.reports.setdefault(name, []).append(what)
        else:
            self.server.opened.calls.append(f"POST {self.path} from {self.headers.get('Referer', 'nobody')}")
        self._answer(204, b"")

    def _answer(self, status: int, body: bytes, *headers: tuple[str, str]) -> None:
        self.send_response(status)
        for name, value in (("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body))), *headers):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the standard library's
        pass


@contextmanager
def _serving(pages: Mapping[str, str]) -> Iterator[_Server]:
    with _Server(pages) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def page_name(file: Path) -> str:
    """A file's name as the name of a page."""
    return re.sub(r"[^a-z0-9-]", "-", file.stem.lower())
