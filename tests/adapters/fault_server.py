"""A server with every bad habit of the web, for hundreds of connections at a time: asyncio in a thread of its own.

It listens on several addresses of loopback, so that feeds can be of several hosts. `/good/N` is a feed; every other
path names a fault, `/FAULT/N`.
"""

import asyncio
import contextlib
import gzip
import socket
import struct
import threading
import zlib
from collections.abc import Awaitable, Callable, Iterator

ADDRESSES = tuple(f"127.0.0.{last}" for last in range(1, 9))
GOOD = b"<rss version='2.0'><channel>" + b"<item><title>News</title></item>" * 200 + b"</channel></rss>"
OK = b"HTTP/1.1 200 OK\r\n"
DRIP_SECONDS = 0.05

Fault = Callable[[asyncio.StreamWriter], Awaitable[None]]


class FaultServer:
    """Serves until it is closed; whatever hangs then is let go."""

    def __init__(self) -> None:
        """Listen on one port of every address."""
        self._loop = asyncio.new_event_loop()
        self._tasks: set[asyncio.Task[None]] = set()
        self._started = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self.port = 0
        self._thread.start()
        self._started.wait(10)

    @property
    def own_hosts(self) -> frozenset[str]:
        """What a fetcher must be told."""
        return frozenset(f"{address}:{self.port}" for address in ADDRESSES)

    def url(self, kind: str, number: int) -> str:
        """The address of a feed: `kind` is good or the name of a fault."""
        return f"http://{ADDRESSES[number % len(ADDRESSES)]}:{self.port}/{kind}/{number}"

    def close(self) -> None:
        """Stop."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        servers = self._loop.run_until_complete(self._listen())
        self._started.set()
        self._loop.run_forever()
        for server in servers:
            server.close()
        for task in self._tasks:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*self._tasks, return_exceptions=True))
        self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        self._loop.close()

    async def _listen(self) -> list[asyncio.Server]:
        first = await asyncio.start_server(self._accepted, ADDRESSES[0], 0, backlog=500)
        self.port = first.sockets[0].getsockname()[1]
        others = [await asyncio.start_server(self._accepted, one, self.port, backlog=500) for one in ADDRESSES[1:]]
        return [first, *others]

    async def _accepted(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            head = await reader.readuntil(b"\r\n\r\n")
            kind = head.split(b" ", 2)[1].split(b"/")[1].decode()
            await FAULTS[kind](writer) if kind in FAULTS else await _good(writer)
        writer.transport.abort() if writer.transport.is_closing() else writer.close()
        self._tasks.discard(task)


def serving() -> Iterator[FaultServer]:
    """A server for one test."""
    server = FaultServer()
    yield server
    server.close()


async def _send(writer: asyncio.StreamWriter, data: bytes) -> None:
    writer.write(data)
    await writer.drain()


async def _good(writer: asyncio.StreamWriter) -> None:
    await _send(writer, OK + b"Content-Length: %d\r\nConnection: close\r\n\r\n" % len(GOOD) + GOOD)


def _says(data: bytes) -> Fault:
    """Send and close."""
    return lambda writer: _send(writer, data)


def _status(line: str, *headers: str) -> Fault:
    return _says("\r\n".join([f"HTTP/1.1 {line}", *headers, "Content-Length: 0", "Connection: close", "", ""]).encode())


def _hangs(after: bytes) -> Fault:
    """Send, and then nothing more."""

    async def behave(writer: asyncio.StreamWriter) -> None:
        await _send(writer, after)
        await asyncio.Event().wait()

    return behave


def _drips(after: bytes, drop: bytes) -> Fault:
    """Send, and then a drop now and again."""

    async def behave(writer: asyncio.StreamWriter) -> None:
        await _send(writer, after)
        while True:
            await _send(writer, drop)
            await asyncio.sleep(DRIP_SECONDS)

    return behave


def _floods(after: bytes, wave: bytes) -> Fault:
    """Send, and then as much as is taken."""

    async def behave(writer: asyncio.StreamWriter) -> None:
        await _send(writer, after)
        while True:
            await _send(writer, wave)
            await asyncio.sleep(0)

    return behave


async def _resets(writer: asyncio.StreamWriter) -> None:
    await _send(writer, OK + b"Content-Length: 1000\r\n\r\nhalf")
    raw: socket.socket = writer.get_extra_info("socket")
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def _endless_gzip(writer: asyncio.StreamWriter) -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    await _send(writer, OK + b"Content-Encoding: gzip\r\nConnection: close\r\n\r\n")
    while True:
        await _send(writer, packer.compress(b" " * 1_000_000) + packer.flush(zlib.Z_SYNC_FLUSH))


_BOMB = gzip.compress(b" " * 60_000_000)
_CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
_ENDLESS = OK + b"Connection: close\r\n\r\n"

FAULTS: dict[str, Fault] = {
    "hangs-before-the-head": _hangs(b""),
    "hangs-in-the-head": _hangs(OK + b"Content-Ty"),
    "hangs-in-the-body": _hangs(OK + b"Content-Length: 5000\r\n\r\n<rss"),
    "drips-the-status": _drips(b"HTTP/1.1 200 ", b"O"),
    "drips-headers": _drips(OK, b"X-Drop: 1\r\n"),
    "drips-one-header": _drips(OK + b"X-Long: ", b"x"),
    "drips-the-body": _drips(OK + b"Content-Length: 100000\r\n\r\n", b"x"),
    "drips-chunks": _drips(_CHUNKED, b"1\r\nx\r\n"),
    "drips-a-chunk-size": _drips(_CHUNKED, b"0"),
    "never-ends-its-interim-answers": _drips(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 50),
    "resets": _resets,
    "says-too-long-and-closes": _says(OK + b"Content-Length: 90000\r\nConnection: close\r\n\r\n" + GOOD),
    "says-too-long-and-waits": _hangs(OK + b"Content-Length: 90000\r\n\r\n" + GOOD),
    "says-too-short": _says(OK + b"Content-Length: 10\r\n\r\n" + GOOD),
    "bomb": _says(OK + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(_BOMB) + _BOMB),
    "endless-gzip": _endless_gzip,
    "endless-body": _floods(_ENDLESS, b"x" * 65_536),
    "endless-headers": _floods(OK, b"X-More: 1\r\n" * 100),
    "endless-header": _floods(OK + b"X-Long: ", b"x" * 65_536),
    "endless-chunk-size": _floods(_CHUNKED, b"0" * 65_536),
    "redirects-in-circles": _status("301 Moved", "Location: ?again"),
    "redirects-with-an-endless-body": _floods(b"HTTP/1.1 302 Found\r\nLocation: ?again\r\n\r\n", b"x" * 65_536),
    "fails-with-an-endless-body": _floods(b"HTTP/1.1 502 Bad Gateway\r\n\r\n", b"x" * 65_536),
    "answers-429": _status("429 Too Many Requests", "Retry-After: 600"),
    "answers-500": _status("500 Internal Server Error"),
    "answers-410": _status("410 Gone"),
    "answers-garbage": _says(b"\x00\xff\x16\x03\x01 no HTTP at all\n\n"),
    "answers-nothing": _says(b""),
    "says-gzip-but-is-not": _says(OK + b"Content-Encoding: gzip\r\nConnection: close\r\n\r\n" + GOOD),
    "says-brotli": _says(OK + b"Content-Encoding: br\r\nConnection: close\r\n\r\n" + GOOD),
}
"""What can go wrong, by name."""
