"""A thousand feeds on loopback, in a process of their own: `python -m tests.bench.crowd COUNT`.

Prints its port and serves on HOSTS loopback addresses until its input ends. GET /feeds/N gives feed N with
validators, or 304 to whoever sends them back; /troubled/N is the same, but every twentieth hangs, drips, fails or
breaks off; /tally says how many feeds were given whole and how many were unchanged since it was last asked.
"""

import asyncio
import contextlib
import json
import random
import sys
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from email.utils import format_datetime
from html import escape
from subprocess import PIPE, Popen

from digest.app.clock import clock
from tests.bench.news import TELLINGS, a_sentence, an_event

ENTRIES = 45
SEED = 20260516
HOSTS = tuple(f"127.0.0.{number}" for number in range(1, 21))
"""So many hosts that a limit for each is not what is measured."""

TROUBLED = 20
"""One feed in so many is in trouble, where trouble is asked for."""


def is_troubled(number: int) -> bool:
    """Whether feed `number` misbehaves under /troubled/."""
    return number % TROUBLED == 0


def document(number: int, *, now: datetime) -> bytes:
    """Feed `number`: some 69 KB of RSS, the same at every run; no two feeds tell one event."""
    dice = random.Random(f"{SEED} {number}")
    entries = "".join(_entry(dice, number, position, now) for position in range(ENTRIES))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<channel><title>Outlet {number}</title><link>https://outlet-{number}.example/</link>"
        f"<description>Politics from outlet {number}</description>\n{entries}</channel></rss>\n"
    ).encode()


def _entry(dice: random.Random, number: int, position: int, now: datetime) -> str:
    event = an_event(dice)
    title = dice.choice(TELLINGS).format(**event)
    link = f"https://outlet-{number}.example/politics/{position}?utm_source=rss&utm_medium=feed"
    published = format_datetime(now - timedelta(minutes=dice.randint(5, 20 * 60)))
    summary = "".join(f"<p>{escape(a_sentence(dice, event))}</p>" for _ in range(9))
    return (
        f"<item><title>{escape(title[0].upper() + title[1:])} ({position})</title><link>{escape(link)}</link>"
        f'<guid isPermaLink="false">outlet-{number}:{position}</guid><pubDate>{published}</pubDate>'
        f"<dc:creator>Staff reporter {position % 7}</dc:creator><category>Politics</category>"
        f"<category>{escape(event['matter'])}</category><description>{escape(summary)}</description></item>\n"
    )


class Crowd:
    """The feeds, and what was asked of them."""

    def __init__(self, bodies: Sequence[bytes]) -> None:
        self.bodies = bodies
        self.given: Counter[str] = Counter()

    async def meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one connection's requests until it ends; a caller who goes, or our own end, is no fault."""
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                await self._answer(head.decode("latin-1"), writer)
                await writer.drain()
        writer.close()

    async def _answer(self, head: str, writer: asyncio.StreamWriter) -> None:
        path = head.split(" ", 2)[1]
        _, kind, *rest = path.split("/")
        if kind == "tally":
            said, self.given = json.dumps(self.given).encode(), Counter()
            writer.write(_response(200, said))
            return
        number = int(rest[0])
        if kind == "troubled" and is_troubled(number):
            await TROUBLES[number // TROUBLED % len(TROUBLES)](writer, self.bodies[number])
            return
        tag = f'"{number}-1"'
        unchanged = f"if-none-match: {tag}" in head.lower()
        self.given["unchanged" if unchanged else "whole"] += 1
        writer.write(_response(304, b"", tag) if unchanged else _response(200, self.bodies[number], tag))


def _response(status: int, body: bytes, tag: str = "") -> bytes:
    lines = [
        f"HTTP/1.1 {status} {'Not Modified' if status == 304 else 'OK' if status == 200 else 'Internal Server Error'}",
        *(
            []
            if status == 304
            else ["Content-Type: application/rss+xml; charset=utf-8", f"Content-Length: {len(body)}"]
        ),
        *([f"ETag: {tag}", "Last-Modified: Fri, 15 May 2026 03:00:00 GMT"] if tag else []),
    ]
    return "\r\n".join([*lines, "", ""]).encode() + body


async def _hang(writer: asyncio.StreamWriter, body: bytes) -> None:
    del writer, body
    await asyncio.sleep(3600)


async def _drip(writer: asyncio.StreamWriter, body: bytes) -> None:
    """Bytes that come too often for a timeout between two of them, for ten seconds, and never all."""
    for byte in _response(200, body)[:20]:
        writer.write(bytes([byte]))
        await writer.drain()
        await asyncio.sleep(0.5)
    writer.close()
    raise ConnectionResetError


async def _fail(writer: asyncio.StreamWriter, body: bytes) -> None:
    del body
    writer.write(_response(500, b"sorry"))


async def _break_off(writer: asyncio.StreamWriter, body: bytes) -> None:
    writer.write(_response(200, body)[:-30_000])
    await writer.drain()
    writer.close()
    raise ConnectionResetError


TROUBLES: Sequence[Callable[[asyncio.StreamWriter, bytes], Awaitable[None]]] = (_hang, _drip, _fail, _break_off)


@contextmanager
def running(count: int) -> Iterator[int]:
    """Start the crowd in a process of its own; its port, the same on all HOSTS."""
    with Popen([sys.executable, "-m", __name__, str(count)], stdin=PIPE, stdout=PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield int(process.stdout.readline())
        finally:
            process.stdin.close()  # which ends it


async def serve(bodies: Sequence[bytes]) -> None:
    """Serve until the input ends."""
    crowd = Crowd(bodies)
    first = await asyncio.start_server(crowd.meet, HOSTS[0], 0, backlog=256)
    port = int(first.sockets[0].getsockname()[1])
    rest = [await asyncio.start_server(crowd.meet, host, port, backlog=256) for host in HOSTS[1:]]
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    for server in (first, *rest):
        server.close()


def main() -> None:
    """Write every feed, then serve them."""
    now = clock()()
    asyncio.run(serve([document(number, now=now) for number in range(int(sys.argv[1]))]))


if __name__ == "__main__":
    main()
