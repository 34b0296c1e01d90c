"""A connection -> requests in, answers out, and everything that can go wrong with a socket."""

import select
import socket
import struct
import time
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from threading import Event
from typing import Any, Protocol, cast
from urllib.parse import unquote

from digest.simulator.exchange import Answer, Request
from digest.simulator.office import Office, Reply
from digest.simulator.script import Do, Rule

LARGEST_BODY = 100_000_000
GARBAGE = b"<!doctype html><title>502</title>It works!"
PIECES = 20
"""In how many drops a slow answer comes."""


class Listener(Protocol):
    """What a connection asks of the server it belongs to."""

    office: Office
    stopping: Event
    url: str

    def control(self, request: Request) -> Answer | None:
        """The answer of our own pages, if it is one of theirs."""
        ...

    def pause(self) -> None:
        """Take half of the time that a call takes."""
        ...

    def maybe_refuse(self) -> bool:
        """Stop listening, if the script wants the next call refused."""
        ...


class Wire(BaseHTTPRequestHandler):
    """One connection; a call after another."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    rbufsize = 1 << 16

    def do_POST(self) -> None:
        """Take a call, or ask what any request asks."""
        listener = cast("Listener", self.server)
        is_call = listener.office.dialect.sends(self._request(b""))
        number, rule = listener.office.arrive() if is_call else (0, None)
        if rule:
            listener.office.note(self._request(b""), number, Reply(answer=None, rule=rule))
            self._reset()
            return
        body = self._body()
        if body is None:
            return
        request = self._request(body)
        if not is_call:
            self._send(listener.control(request) or listener.office.list(request))
            return
        reply = listener.office.handle(request, number, pause=listener.pause)
        if listener.maybe_refuse():
            self.close_connection = True
        self._spoil(reply)

    do_GET = do_PUT = do_DELETE = do_POST  # noqa: N815 - the names are the standard library's

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is the standard library's
        """Print nothing: /_simulator/calls has it."""

    def version_string(self) -> str:
        """Name ourselves."""
        return "digest-simulator"

    def _request(self, body: bytes) -> Request:
        path, _, query = self.path.partition("?")
        return Request(
            method=self.command,
            path=unquote(path),
            query=query,
            headers={name.lower(): value for name, value in self.headers.items()},
            body=body,
            base=cast("Listener", self.server).url,
        )

    def _body(self) -> bytes | None:
        """All of it; None when the client went away, or does not say how long it is (then it is told so)."""
        length = self.headers.get("Content-Length", "0")
        if "Transfer-Encoding" in self.headers or not length.isdecimal():
            self._send(Answer(status=HTTPStatus.LENGTH_REQUIRED))
            self.close_connection = True
            return None
        if int(length) > LARGEST_BODY:
            self._send(Answer(status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE))
            self.close_connection = True
            return None
        body = self.rfile.read(int(length))
        if len(body) < int(length):
            self.close_connection = True
            return None
        return body

    def _spoil(self, reply: Reply) -> None:
        """Answer as the rule wants it."""
        answer, rule = reply.answer, reply.rule
        match rule.do if rule else None:
            case Do.RESET_BEFORE | Do.RESET:
                self._reset()
            case Do.CLOSE:
                self.close_connection = True
            case Do.HANG | Do.HANG_BEFORE:
                self._hang(rule, answer)
            case Do.GARBAGE:
                self._send(Answer(status=HTTPStatus.OK, headers=(("Content-Type", "text/html"),), body=GARBAGE))
            case Do.TRUNCATE if answer:
                self.wfile.write(self._halved(answer))
                self.close_connection = True
            case Do.SLOW if answer and rule:
                self._drip(answer, rule)
            case _ if answer:
                self._send(answer)
            case _:
                self.close_connection = True

    def _send(self, answer: Answer) -> None:
        self.wfile.write(self._written(answer))

    def _written(self, answer: Answer) -> bytes:
        return self._head(answer) + answer.body

    def _halved(self, answer: Answer) -> bytes:
        """The head and half of the body; of an answer that is all head, half of that."""
        whole = self._written(answer)
        return whole[: -(len(answer.body) // 2 or len(whole) // 2)]

    def _head(self, answer: Answer) -> bytes:
        phrase = HTTPStatus(answer.status).phrase if answer.status in set(HTTPStatus) else "Unknown"
        lines = [
            f"HTTP/1.1 {answer.status} {phrase}",
            f"Server: {self.version_string()}",
            f"Date: {self.date_time_string()}",
            *(f"{name}: {value}" for name, value in answer.headers),
            *(["Connection: close"] if self.close_connection else []),
            f"Content-Length: {len(answer.body)}",
        ]
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")

    def _reset(self) -> None:
        """Close with a RST: what was read is lost to the client, and so is what was not."""
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    def _hang(self, rule: Rule | None, answer: Answer | None) -> None:
        """Say nothing until the client goes, or for some seconds; then the answer, if there is one."""
        seconds = rule.seconds if rule else 0.0
        if self._left_alone(seconds) and answer:
            self._send(answer)
        else:
            self.close_connection = True

    def _left_alone(self, seconds: float) -> bool:
        """Wait; True when the time is over and the client is still there. No time is: until the client goes."""
        until = time.monotonic() + seconds
        while not seconds or time.monotonic() < until:
            left = until - time.monotonic() if seconds else None
            readable, _, _ = select.select([self.connection], [], [], left)
            if readable:
                if not self.connection.recv(1, socket.MSG_PEEK):
                    return False
                cast("Listener", self.server).stopping.wait(0.05)  # bytes of a next request: it has to wait as well
        return True

    def _drip(self, answer: Answer, rule: Rule) -> None:
        """Send the head or the body drop by drop, in so many seconds."""
        head, body = self._head(answer), answer.body
        whole, slow = (b"", head + body) if rule.where == "head" else (head, body)
        self.wfile.write(whole)
        size = max(1, -(-len(slow) // PIECES))
        for start in range(0, len(slow), size):
            if cast("Listener", self.server).stopping.wait(rule.seconds / PIECES):
                break
            self.wfile.write(slow[start : start + size])
