"""The sample day over loopback HTTP, with conditional GET, gzip and the faults of the real web."""

import gzip
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from email.message import Message
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import TracebackType
from typing import Any, Self, cast

from digest.model.news import Source
from digest.sample.day import Fault, SampleDay, SampleFeed
from digest.sample.feeds import CONTENT_TYPES, document

PREFIX = "/feeds/"


class SampleServer:
    """Serves every feed of the day at /feeds/<id> on a free port of 127.0.0.1 while the context is open.

    Set `edition` to 2 between two collections to let the second one see the changed headline.
    """

    def __init__(self, day: SampleDay, *, now: datetime) -> None:
        """`now` (aware) is the moment all feeds are written for: their dates count back from it."""
        self.day = day
        self.now = now
        self.edition = 1
        self._listener = _Listener(self._respond)
        self._thread = Thread(target=self._listener.serve_forever, name="sample-server", daemon=True)

    def __enter__(self) -> Self:
        """Answer requests from a thread of its own."""
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Stop answering and free the port."""
        self._listener.shutdown()
        self._thread.join()
        self._listener.server_close()

    @property
    def url(self) -> str:
        """Where the server listens: http://127.0.0.1:<port>."""
        return f"http://127.0.0.1:{self._listener.server_port}"

    def sources(self) -> tuple[Source, ...]:
        """The sources of the day, each with its address on this server, which is the newsroom's own."""
        return tuple(
            replace(feed.source, url=f"{self.url}{PREFIX}{feed.source.id}", own_host=True) for feed in self.day.feeds
        )

    def _respond(self, path: str, headers: Message) -> "Answer":
        feeds = {PREFIX + feed.source.id: feed for feed in self.day.feeds}
        if path not in feeds:
            return Answer(status=HTTPStatus.NOT_FOUND)
        return answer(
            feeds[path],
            now=self.now,
            edition=self.edition,
            if_none_match=headers.get("If-None-Match", ""),
            takes_gzip="gzip" in headers.get("Accept-Encoding", ""),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An HTTP response as a value."""

    status: HTTPStatus
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""


def answer(feed: SampleFeed, *, now: datetime, edition: int, if_none_match: str, takes_gzip: bool) -> Answer:
    """What the feed's server says: 200, 304 when the reader has this version (RFC 9110, 13.1.2), or 500 when dead."""
    if feed.fault is Fault.DEAD:
        return Answer(status=HTTPStatus.INTERNAL_SERVER_ERROR, body=b"The database is having a lie-down.\n")
    body = document(feed, now=now, edition=edition)
    # Weak, because the same version may go out compressed or not (RFC 9110, 8.8.1).
    etag = f'W/"{hashlib.sha256(body).hexdigest()[:16]}"'
    headers: tuple[tuple[str, str], ...] = (("ETag", etag), ("Vary", "Accept-Encoding"))
    if etag in (tag.strip() for tag in if_none_match.split(",")):
        return Answer(status=HTTPStatus.NOT_MODIFIED, headers=headers)
    headers = (*headers, ("Content-Type", CONTENT_TYPES[feed.format]))
    if feed.gzip and takes_gzip:
        return Answer(
            status=HTTPStatus.OK,
            headers=(*headers, ("Content-Encoding", "gzip")),
            body=gzip.compress(body, mtime=0),
        )
    return Answer(status=HTTPStatus.OK, headers=headers, body=body)


class _Listener(ThreadingHTTPServer):
    """A socket that hands every GET to one function."""

    def __init__(self, respond: Callable[[str, Message], Answer]) -> None:
        self.respond = respond
        super().__init__(("127.0.0.1", 0), _Handler)


class _Handler(BaseHTTPRequestHandler):
    """Writes an answer to the wire, and nothing to the terminal: the demo draws its own progress there."""

    def do_GET(self) -> None:
        given = cast("_Listener", self.server).respond(self.path, self.headers)
        self.send_response(given.status)
        for name, value in given.headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(given.body)))
        self.end_headers()
        self.wfile.write(given.body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is the standard library's
        pass
