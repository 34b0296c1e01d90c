"""Threads at work: deadlines that hold, nobody kept waiting, nothing lost, nothing left behind."""

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import pytest

from digest.adapters.fetcher import HttpFetcher
from digest.adapters.limits import Limits
from digest.model.feed import Document, FetchFailure
from tests.adapters.feed_server import FeedServer, answer, serving
from tests.adapters.fetching import failure, request

pytestmark = pytest.mark.alone

QUICK = Limits(seconds=0.3)


@pytest.fixture
def server() -> Iterator[FeedServer]:
    yield from serving()


@pytest.mark.parametrize(
    "before",
    [
        None,
        b"",
        b"HTTP/1.1 200 OK\r\nX-Long: ",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
    ],
    ids=["hangs", "drips its status", "drips a header", "drips its body", "drips the size of a chunk"],
)
def test_the_deadline_holds_wherever_a_server_dawdles(server: FeedServer, before: bytes | None) -> None:
    url = server.serves("/feed", server.hangs() if before is None else server.drips(before, b"0"))
    started = time.monotonic()
    assert failure(url, limits=QUICK).error == "timed out after 0.3 s"
    assert time.monotonic() - started < 2
    _all_threads_end()


def test_hanging_feeds_do_not_keep_the_others_waiting(server: FeedServer) -> None:
    bad = [
        request(server.serves(f"/bad{n}", server.drips(b"HTTP/1.1 200 OK\r\nX: ", b"y")), source_id=f"bad{n}")
        for n in range(4)
    ]
    good = [request(server.serves(f"/good{n}", answer()), source_id=f"good{n}") for n in range(20)]
    made = list(HttpFetcher(threads=4, limits=QUICK, own_hosts=server.own_hosts).fetch(bad + good))
    assert {one.source_id for one in made if isinstance(one, Document)} == {one.source_id for one in good}
    assert {one.source_id for one in made if isinstance(one, FetchFailure)} == {one.source_id for one in bad}
    assert len(made) == 24


def test_answers_come_in_order_of_arrival(server: FeedServer) -> None:
    go = threading.Event()

    def waits(peer: socket.socket, text: str) -> None:
        go.wait(5)
        answer()(peer, text)

    slow = request(server.serves("/slow", waits), source_id="slow")
    fast = request(server.serves("/fast", answer()), source_id="fast")
    answers = HttpFetcher(own_hosts=server.own_hosts).fetch([slow, fast])
    assert next(answers).source_id == "fast"
    go.set()
    assert next(answers).source_id == "slow"
    assert list(answers) == []


def test_the_whole_collection_has_a_deadline_too(server: FeedServer) -> None:
    urls = [server.serves(f"/{n}", server.hangs()) for n in range(5)]
    fetcher = HttpFetcher(threads=2, total_seconds=0.2, own_hosts=server.own_hosts)
    made = list(fetcher.fetch([request(url, source_id=url) for url in urls]))
    assert {one.source_id for one in made} == set(urls)
    assert {one.error for one in made if isinstance(one, FetchFailure)} == {
        "no time left: the collection's 0.2 s are over"
    }
    _all_threads_end()


def test_whoever_stops_listening_leaves_no_thread_behind(server: FeedServer) -> None:
    urls = [server.serves("/fast", answer()), server.serves("/slow", server.hangs())]
    answers = HttpFetcher(own_hosts=server.own_hosts).fetch([request(url) for url in urls])
    assert isinstance(next(answers), Document)
    answers.close()  # type: ignore[attr-defined]
    _all_threads_end()


def test_a_feed_that_arrived_in_time_is_not_lost_when_the_caller_is_slow(server: FeedServer) -> None:
    urls = [server.serves(f"/{n}", answer()) for n in range(2)]
    answers = HttpFetcher(total_seconds=0.2, own_hosts=server.own_hosts).fetch([request(url) for url in urls])
    first = next(answers)
    _all_threads_end()
    threading.Event().wait(0.25)  # the caller is busy beyond the deadline; nothing but time can show this
    assert isinstance(first, Document)
    assert isinstance(next(answers), Document)


def test_the_deadline_holds_in_the_middle_of_a_tls_handshake() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"https://127.0.0.1:{silent.getsockname()[1]}/"
        assert failure(url, limits=QUICK).error == "timed out after 0.3 s"


def test_the_program_ends_although_a_server_drips(server: FeedServer) -> None:
    url = server.serves("/feed", server.drips(b"HTTP/1.1 200 OK\r\nX: ", b"y"))
    program = (
        "import sys; from digest.adapters.fetcher import HttpFetcher; from digest.model.feed import FetchRequest;"
        f"fetcher = HttpFetcher(total_seconds=0.2, own_hosts={set(server.own_hosts)!r});"
        f"answers = fetcher.fetch([FetchRequest(source_id='x', url={url!r})]);"
        "print(next(answers).error); sys.exit('feedparser' in sys.modules)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=20, check=True, env=dict(os.environ)
    )
    assert ended.stdout.startswith("no time left")


def _all_threads_end() -> None:
    for thread in threading.enumerate():
        if thread.name == "digest-fetch":
            thread.join(5)
            assert not thread.is_alive()
