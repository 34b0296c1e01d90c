"""The world on loopback, in a process of its own: 30 feeds, and a mail provider that takes what it is given.

`python -m tests.bench.server` prints its port and serves until its input ends. GET /feeds/<id> gives a feed; POST
/v3/<domain>/messages keeps the call and answers as Mailgun does, after LATENCY_SECONDS; GET /tally says what has come
since it was last asked.
"""

import json
import re
import sys
import threading
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from subprocess import PIPE, Popen

from digest.app.clock import clock
from tests.bench.news import feeds

SEED = 20260515
LATENCY_SECONDS = 0.05

_MULTIPART_TO = re.compile(rb'name="to"\r\n\r\n([^\r]+)\r\n')
_FORM_TO = re.compile(rb"(?:^|&)to=([^&]+)")


class World(ThreadingHTTPServer):
    """What is served, and the calls that have come in."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.pages = {f"/feeds/{feed.id}": feed.body for feed in feeds(seed=SEED, now=clock()())}
        self.calls: list[bytes] = []


class Handler(BaseHTTPRequestHandler):
    """Answers in one packet, over connections that stay open."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True
    server: World

    def do_GET(self) -> None:
        if self.path == "/tally":
            calls, self.server.calls = self.server.calls, []
            self._answer(200, "application/json", json.dumps(tally(calls)).encode())
        elif (body := self.server.pages.get(self.path)) is not None:
            self._answer(200, "application/rss+xml; charset=utf-8", body)
        else:
            self._answer(404, "text/plain", b"no such page")

    def do_POST(self) -> None:
        self.server.calls.append(self.rfile.read(int(self.headers["Content-Length"])))
        time.sleep(LATENCY_SECONDS)
        said = {"id": f"<{len(self.server.calls)}@bench.example>", "message": "Queued. Thank you."}
        self._answer(200, "application/json", json.dumps(said).encode())

    def _answer(self, status: int, content_type: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the standard library's
        pass


def tally(calls: list[bytes]) -> dict[str, int]:
    """How many calls, how many copies in them, and to how many different addresses."""
    addresses = [
        found if is_multipart else urllib.parse.unquote_to_bytes(found)
        for call in calls
        for is_multipart in [call.startswith(b"--")]
        for found in (_MULTIPART_TO if is_multipart else _FORM_TO).findall(call)
    ]
    return {"calls": len(calls), "copies": len(addresses), "addresses": len(set(addresses))}


@contextmanager
def running() -> Iterator[str]:
    """Start the world in a process of its own; its address."""
    with Popen([sys.executable, "-m", __name__], stdin=PIPE, stdout=PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        finally:
            process.stdin.close()  # which ends it


def main() -> None:
    """Serve until the input ends."""
    with World() as world:
        threading.Thread(target=world.serve_forever, daemon=True).start()
        print(world.server_port, flush=True)
        sys.stdin.read()
        world.shutdown()


if __name__ == "__main__":
    main()
