"""A web server that keeps what is posted to it and answers as it is told; how a simulator is made to post."""

import base64
import hmac
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import requests

from digest.simulator.server import Habits, Running
from tests.simulator.calls import CALLS

READERS = ["reader@example.org", "bounce-hard@example.org", "bounce-soft@example.org", "policy@example.org"]
READERS += ["complaint@example.org", "unsubscribe@example.org"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Got:
    """A webhook as it came in; header names in lower case."""

    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """`answers` are the statuses to give, one after another; then 200."""

    url: str = ""
    answers: list[int] = field(default_factory=list)
    got: list[Got] = field(default_factory=list)

    def waits_for(self, count: int) -> list[Got]:
        """What came in, once there are so many."""
        deadline = time.monotonic() + 10
        while len(self.got) < count and time.monotonic() < deadline:
            time.sleep(0.005)
        assert len(self.got) >= count, f"{len(self.got)} webhooks came, {count} were expected"
        return list(self.got)


@contextmanager
def receiving(*answers: int) -> Iterator[Receiver]:
    """Receive while the context is open."""
    receiver = Receiver(answers=list(answers))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status = receiver.answers.pop(0) if receiver.answers else 200
            receiver.got.append(Got(headers={k.lower(): v for k, v in self.headers.items()}, body=body))
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the standard library's name
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver.url = f"http://127.0.0.1:{server.server_port}/hooks"
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def habits(receiver: Receiver, secret: str = "") -> Habits:
    return Habits(webhook=receiver.url, secret=secret)


def sent(name: str, running: Running, to: list[str]) -> None:
    assert CALLS[name](to).to(running).ok
    running.move_clock(timedelta(minutes=1))


def confirmed(running: Running, receiver: Receiver) -> None:
    """Confirm with the token of Amazon's first message, at the simulator: the address in it is Amazon's own."""
    first = json.loads(receiver.waits_for(1)[0].body)
    assert first["Type"] == "SubscriptionConfirmation"
    assert requests.get(f"{running.url}/_simulator/sns/confirm?Token=wrong", timeout=10).status_code == 403
    assert first["SubscribeURL"].startswith("https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&")
    assert requests.get(f"{running.url}/_simulator/sns/confirm?Token={first['Token']}", timeout=10).ok


def is_svix(got: Got, secret: str) -> bool:
    key = base64.b64decode(secret.removeprefix("whsec_"))
    text = f"{got.headers['svix-id']}.{got.headers['svix-timestamp']}.".encode() + got.body
    return got.headers["svix-signature"] == "v1," + base64.b64encode(hmac.digest(key, text, "sha256")).decode()
