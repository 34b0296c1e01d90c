"""HttpFetcher against a real server on loopback, well-behaved and hostile."""

import gzip
import os
import socket
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Iterator

import pytest

from digest import __version__
from digest.adapters.download import _next_hop
from digest.adapters.fetcher import HttpFetcher
from digest.adapters.limits import Limits, Refused
from digest.model.feed import Document, FetchAnswer, FetchFailure, FetchRequest
from tests.adapters.feed_server import FEED, FeedServer, answer, raw, serving

QUICK = Limits(seconds=0.3)


@pytest.fixture
def server() -> Iterator[FeedServer]:
    yield from serving()


def request(url: str, *, source_id: str = "post", etag: str = "", last_modified: str = "") -> FetchRequest:
    return FetchRequest(source_id=source_id, url=url, etag=etag, last_modified=last_modified)


def fetch(url: str, *, limits: Limits | None = None, etag: str = "", last_modified: str = "") -> FetchAnswer:
    (made,) = HttpFetcher(limits=limits).fetch([request(url, etag=etag, last_modified=last_modified)])
    return made


def failure(url: str, *, limits: Limits | None = None) -> FetchFailure:
    made = fetch(url, limits=limits)
    assert isinstance(made, FetchFailure)
    assert (made.source_id, made.url) == ("post", url)
    return made


def test_a_feed_arrives_with_its_validators(server: FeedServer) -> None:
    headers = ('ETag: "v1"', "Last-Modified: Wed, 14 May 2031 06:30:00 GMT", "Content-Type: application/rss+xml")
    made = fetch(server.serves("/feed", answer(headers=headers)))
    assert isinstance(made, Document)
    assert (made.status, made.body, made.url) == (200, FEED, server.url("/feed"))
    assert (made.etag, made.last_modified, made.content_type) == (
        '"v1"',
        "Wed, 14 May 2031 06:30:00 GMT",
        "application/rss+xml",
    )
    assert 0 < made.seconds < 5


def test_a_feed_that_has_not_changed_is_told_by_its_validators(server: FeedServer) -> None:
    url = server.serves("/feed", answer(b"", status="304 Not Modified"))
    made = fetch(url, etag='"v1"', last_modified="Wed, 14 May 2031 06:30:00 GMT")
    assert isinstance(made, Document)
    assert (made.is_unchanged, made.body, made.etag, made.last_modified) == (
        True,
        b"",
        '"v1"',
        "Wed, 14 May 2031 06:30:00 GMT",
    )
    assert 'If-None-Match: "v1"' in server.requests[0]
    assert "If-Modified-Since: Wed, 14 May 2031 06:30:00 GMT" in server.requests[0]


def test_not_modified_without_having_asked_is_a_failure(server: FeedServer) -> None:
    assert failure(server.serves("/feed", answer(b"", status="304 Not Modified"))).error == "answered 304 Not Modified"


def test_we_say_who_we_are_and_nothing_of_the_environment(server: FeedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    url = server.serves("/feed", answer(headers=("Set-Cookie: spy=1",)))
    fetcher = HttpFetcher(contact="desk@post.example", threads=1)
    assert all(isinstance(made, Document) for made in fetcher.fetch([request(url), request(url)]))
    assert len(server.requests) == 2
    for sent in server.requests:
        assert f"User-Agent: digest/{__version__} (+desk@post.example)" in sent
        assert "Cookie" not in sent
        assert "Authorization" not in sent


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("404 Not Found", "answered 404 Not Found"),
        ("500 <b>Oops</b>", "answered 500 Internal Server Error"),
        ("429 Slow down", "answered 429 Too Many Requests"),
        ("999 Go away", "answered 999"),
        ("204 No Content", "answered 204 No Content"),
    ],
)
def test_any_other_status_is_a_failure_in_standard_words(server: FeedServer, status: str, said: str) -> None:
    made = failure(server.serves("/feed", answer(b"", status=status)))
    assert (made.error, made.status) == (said, int(status[:3]))


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(FEED)),
        ("deflate", zlib.compress(FEED)),
        ("deflate", zlib.compress(FEED)[2:-4]),
        ("identity", FEED),
    ],
    ids=["gzip", "deflate", "raw deflate", "identity"],
)
def test_packed_feeds_are_unpacked(server: FeedServer, encoding: str, packed: bytes) -> None:
    made = fetch(server.serves("/feed", answer(packed, headers=(f"Content-Encoding: {encoding}",))))
    assert isinstance(made, Document)
    assert made.body == FEED


def test_chunked_feeds_are_put_together(server: FeedServer) -> None:
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(FEED), FEED) for _ in range(2)) + b"0\r\n\r\n"
    made = fetch(server.serves("/feed", raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks)))
    assert isinstance(made, Document)
    assert made.body == FEED * 2


@pytest.mark.parametrize(
    ("body", "encoding", "limits", "said"),
    [
        (b"x" * 2048, "identity", Limits(bytes=1024), "is larger than 1 KiB"),
        (gzip.compress(b"x" * 50_000_000), "gzip", Limits(), "is larger than 5 MiB"),
        (gzip.compress(b"x" * 4_000_000), "gzip", Limits(), "unpacks to more than 100 times its size"),
        (gzip.compress(FEED)[:-12], "gzip", Limits(), "broke off in the middle of its compressed text"),
        (b"not gzip at all", "gzip", Limits(), "its compressed text is damaged"),
        (b"\xff\xff\xff not deflate", "deflate", Limits(), "its compressed text is damaged"),
        (b"...", "br", Limits(), "is encoded as «br», which we did not ask for"),
        (b"...", "gzip, gzip", Limits(), "is encoded as «gzip, gzip», which we did not ask for"),
        (b"x" * 200, "identity", Limits(bytes=100), "is larger than 100 bytes"),
    ],
    ids=["large", "bomb", "ratio", "cut", "damaged", "damaged deflate", "brotli", "two layers", "tiny"],
)
def test_what_is_too_large_or_damaged_is_refused(
    server: FeedServer, body: bytes, encoding: str, limits: Limits, said: str
) -> None:
    url = server.serves("/feed", answer(body, headers=(f"Content-Encoding: {encoding}",)))
    assert failure(url, limits=limits).error == said


def test_a_feed_that_breaks_off_is_a_failure(server: FeedServer) -> None:
    assert failure(server.serves("/feed", answer(length=1000))).error == "broke off before the end"


def test_a_connection_that_is_reset_is_a_failure(server: FeedServer) -> None:
    assert failure(server.serves("/feed", server.resets())).error in {
        "reset the connection",
        "broke off before the end",
    }


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"SSH-2.0-OpenSSH\r\n", "does not speak HTTP"),
        (b"", "closed the connection without an answer"),
    ],
)
def test_what_is_no_http_is_a_failure(server: FeedServer, data: bytes, said: str) -> None:
    assert failure(server.serves("/feed", raw(data))).error == said


def test_a_port_on_which_nobody_listens_is_a_failure() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    assert failure(f"http://127.0.0.1:{port}/").error == "refused the connection"


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("ftp://127.0.0.1/feed", "is not an http or https address: ftp://127.0.0.1/feed"),
        ("file:///etc/passwd", "is not an http or https address: file:///etc/passwd"),
        ("http://", "is not an http or https address: http://"),
        ("http://jo:pw@127.0.0.1/", "has a user name in its address, which we do not send"),
        ("http://[::1/", "failed: ValueError: Invalid IPv6 URL"),
        ("http://no-such-host.invalid/", "its host name is not known"),
    ],
)
def test_an_address_that_leads_nowhere_is_a_failure(url: str, said: str) -> None:
    assert failure(url).error == said


def test_redirects_are_followed_and_the_last_address_is_the_document_s(server: FeedServer) -> None:
    server.serves("/old", answer(b"", status="301 Moved", headers=("Location: /new?x=1",)))
    server.serves("/new?x=1", answer())
    made = fetch(server.url("/old"), etag='"v1"')
    assert isinstance(made, Document)
    assert made.url == server.url("/new?x=1")
    assert all('If-None-Match: "v1"' in sent for sent in server.requests)


def test_a_redirect_without_a_target_is_its_status(server: FeedServer) -> None:
    assert failure(server.serves("/old", answer(b"", status="302 Found"))).error == "answered 302 Found"


def test_a_circle_of_redirects_ends(server: FeedServer) -> None:
    server.serves("/round", answer(b"", status="302 Found", headers=("Location: /round",)))
    assert failure(server.url("/round")).error == f"redirects more than 5 times, the last to {server.url('/round')}"
    assert len(server.requests) == 6


@pytest.mark.parametrize("target", ["file:///etc/passwd", "gopher://127.0.0.1/", "http://jo:pw@127.0.0.1/"])
def test_a_redirect_must_lead_to_a_plain_web_address(server: FeedServer, target: str) -> None:
    server.serves("/old", answer(b"", status="302 Found", headers=(f"Location: {target}",)))
    assert failure(server.url("/old")).error.startswith(("is not an http", "has a user name"))
    assert len(server.requests) == 1


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
    made = list(HttpFetcher(threads=4, limits=QUICK).fetch(bad + good))
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
    answers = HttpFetcher().fetch([slow, fast])
    assert next(answers).source_id == "fast"
    go.set()
    assert next(answers).source_id == "slow"
    assert list(answers) == []


def test_the_whole_collection_has_a_deadline_too(server: FeedServer) -> None:
    urls = [server.serves(f"/{n}", server.hangs()) for n in range(5)]
    made = list(HttpFetcher(threads=2, total_seconds=0.2).fetch([request(url, source_id=url) for url in urls]))
    assert {one.source_id for one in made} == set(urls)
    assert {one.error for one in made if isinstance(one, FetchFailure)} == {
        "no time left: the collection's 0.2 s are over"
    }
    _all_threads_end()


def test_whoever_stops_listening_leaves_no_thread_behind(server: FeedServer) -> None:
    urls = [server.serves("/fast", answer()), server.serves("/slow", server.hangs())]
    answers = HttpFetcher().fetch([request(url) for url in urls])
    assert isinstance(next(answers), Document)
    answers.close()  # type: ignore[attr-defined]
    _all_threads_end()


def test_a_feed_that_arrived_in_time_is_not_lost_when_the_caller_is_slow(server: FeedServer) -> None:
    urls = [server.serves(f"/{n}", answer()) for n in range(2)]
    answers = HttpFetcher(total_seconds=0.2).fetch([request(url) for url in urls])
    first = next(answers)
    _all_threads_end()
    threading.Event().wait(0.25)  # the caller is busy beyond the deadline; nothing but time can show this
    assert isinstance(first, Document)
    assert isinstance(next(answers), Document)


def test_tls_with_a_server_that_does_not_speak_it_is_a_failure() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=_says_ssh, args=(listener,)).start()
        assert failure(f"https://127.0.0.1:{listener.getsockname()[1]}/").error == "TLS failed with it"


def test_the_deadline_holds_in_the_middle_of_a_tls_handshake() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"https://127.0.0.1:{silent.getsockname()[1]}/"
        assert failure(url, limits=QUICK).error == "timed out after 0.3 s"


def test_a_redirect_from_tls_to_plain_http_is_refused() -> None:
    with pytest.raises(Refused, match="redirects from https to http"):
        _next_hop("https://post.example/a", "http://post.example/a")


def test_a_fault_of_our_own_is_a_line_of_the_report_too() -> None:
    (made,) = HttpFetcher().fetch([request(5)])  # type: ignore[arg-type]
    assert isinstance(made, FetchFailure)
    assert made.error.startswith("failed in a way we did not foresee: AttributeError")


def test_nothing_to_fetch_is_nothing_done() -> None:
    assert list(HttpFetcher().fetch([])) == []


def test_the_program_ends_although_a_server_drips(server: FeedServer) -> None:
    url = server.serves("/feed", server.drips(b"HTTP/1.1 200 OK\r\nX: ", b"y"))
    program = (
        "import sys; from digest.adapters.fetcher import HttpFetcher; from digest.model.feed import FetchRequest;"
        f"answers = HttpFetcher(total_seconds=0.2).fetch([FetchRequest(source_id='x', url={url!r})]);"
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


def _says_ssh(listener: socket.socket) -> None:
    peer, _ = listener.accept()
    with peer:
        peer.sendall(b"SSH-2.0-OpenSSH\r\n")
        peer.recv(4096)
