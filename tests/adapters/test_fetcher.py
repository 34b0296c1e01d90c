"""HttpFetcher against a real server on loopback, well-behaved and hostile."""

import gzip
import socket
import threading
import zlib
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest import __version__
from digest.adapters.dial import Address, Network
from digest.adapters.fetcher import HttpFetcher
from digest.adapters.limits import Limits
from digest.adapters.unpack import Unpacker
from digest.model.feed import Document, FetchFailure
from tests.adapters.feed_server import FEED, FeedServer, answer, raw, serving
from tests.adapters.fetching import failure, fetch, request


@pytest.fixture
def server() -> Iterator[FeedServer]:
    yield from serving()


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
    fetcher = HttpFetcher(contact="desk@post.example", threads=1, own_hosts=server.own_hosts)
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
        ("gzip", gzip.compress(FEED[:20]) + gzip.compress(b"") + gzip.compress(FEED[20:])),
        ("x-gzip", gzip.compress(FEED[:20]) + b"\0" * 512 + gzip.compress(FEED[20:]) + b"\0" * 512),
        ("gzip", gzip.compress(FEED) + b"and more"),
        ("deflate", zlib.compress(FEED) + b"and more"),
    ],
    ids=[
        "gzip",
        "deflate",
        "raw deflate",
        "identity",
        "members",
        "padded members",
        "gzip and more",
        "deflate and more",
    ],
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
        (gzip.compress(FEED) * 2 + gzip.compress(FEED)[:-12], "gzip", Limits(), "broke off in the middle of its comp"),
        (gzip.compress(FEED) + b"\x1f\x8b and more", "gzip", Limits(), "its compressed text is damaged"),
        (gzip.compress(b"x" * 600) * 2, "gzip", Limits(bytes=1024), "is larger than 1 KiB"),
        (gzip.compress(b"x" * 900_000) * 5, "gzip", Limits(), "unpacks to more than 100 times its size"),
        (gzip.compress(b"") * 100, "gzip", Limits(bytes=1024), "is larger than 1 KiB"),
        (gzip.compress(b"") * 1001, "gzip", Limits(), "is compressed in more than 1,000 pieces"),
        (b"...", "\x1b]0;gone\x07", Limits(), "is encoded as «\ufffd]0;gone\ufffd», which we did not ask for"),
    ],
    ids=[
        *("large", "bomb", "ratio", "cut", "damaged", "damaged deflate", "brotli", "two layers", "tiny"),
        *(
            "cut member",
            "damaged member",
            "large members",
            "ratio of members",
            "empty members",
            "many members",
            "escapes",
        ),
    ],
)
def test_what_is_too_large_or_damaged_is_refused(
    server: FeedServer, body: bytes, encoding: str, limits: Limits, said: str
) -> None:
    url = server.serves("/feed", answer(body, headers=(f"Content-Encoding: {encoding}",)))
    made = failure(url, limits=limits)
    assert made.error.startswith(said)
    assert made.status == 200


@pytest.mark.parametrize(
    ("location", "status"),
    [
        ("file:///etc/passwd", 302),
        ("http://192.168.1.1/", 302),
        ("http://no-such-host.invalid/", 302),
        ("/round", 302),
        ("/hangs", 0),
        ("/breaks-off", 0),
        ("/gone", 410),
    ],
)
def test_a_failure_has_the_status_of_the_answer_of_which_nothing_could_be_made(
    server: FeedServer, location: str, status: int
) -> None:
    """With none, it says that the server is in trouble."""
    server.serves("/hangs", server.hangs())
    server.serves("/breaks-off", answer(length=1000))
    server.serves("/gone", answer(b"", status="410 Gone"))
    url = server.serves("/round", answer(b"", status="302 Found", headers=(f"Location: {location}",)))
    assert failure(url, limits=Limits(seconds=0.5)).status == status


def test_a_body_that_takes_too_long_has_no_status(server: FeedServer) -> None:
    url = server.serves("/feed", server.drips(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", b"x"))
    made = failure(url, limits=Limits(seconds=0.3))
    assert (made.error, made.status) == ("timed out after 0.3 s", 0)


@given(st.binary(max_size=300), st.integers(1, 60))
def test_packed_bytes_may_arrive_in_any_pieces(body: bytes, size: int) -> None:
    packed = gzip.compress(body) + b"\0" * (len(body) % 3) + gzip.compress(FEED) + b"\0" * (len(body) % 5)
    unpacker = Unpacker("gzip", Limits())
    for end in range(size, len(packed) + size, size):
        unpacker.feed(packed[end - size : end], min(end, len(packed)))
    assert unpacker.whole() == body + FEED


@pytest.mark.parametrize(
    "data",
    [
        b"HTTP/\x1b[2J 200 OK\r\n\r\n",
        b"HTTP/1.1 \x1b[2J OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\x1b[2J\r\n",
        b"HTTP/1.1 302 OK\r\nLocation: http://\x1b[2J/\r\n\r\n",
        b"HTTP/1.1 302 OK\r\nLocation: \xe2\x80\xae://post.example/\r\n\r\n",
    ],
)
def test_nothing_in_an_answer_reaches_a_terminal_through_the_reason_of_its_failure(
    server: FeedServer, data: bytes
) -> None:
    assert failure(server.serves("/feed", raw(data))).error.isprintable()


def test_every_request_has_exactly_one_answer_whatever_becomes_of_it(server: FeedServer) -> None:
    behaviours = [
        answer(),
        answer(b"", status="429 Slow down", headers=("Retry-After: 600",)),
        server.resets(),
        server.hangs(),
        raw(b"nonsense"),
    ]
    urls = [server.serves(f"/{place % 9}", behaviours[place % 5]) for place in range(40)]
    requests = [request(url, source_id=f"{place}") for place, url in enumerate([*urls, "no address"])]
    fetcher = HttpFetcher(own_hosts=server.own_hosts, threads=4, limits=Limits(seconds=0.5), total_seconds=1.5)
    assert sorted(made.source_id for made in fetcher.fetch(requests)) == sorted(one.source_id for one in requests)


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
        ("ftp://127.0.0.1/feed", "'ftp://127.0.0.1/feed' is not an http or https address; "),
        ("file:///etc/passwd", "'file:///etc/passwd' is not an http or https address; "),
        ("http://", "'http://' is not an http or https address; "),
        ("http://jo:pw@127.0.0.1/", "the address at '127.0.0.1' has a user name in it"),
        ("http://[::1/", "'http://[::1/' has no valid host and port"),
        ("http://no-such-host.invalid/", "its host name is not known"),
    ],
)
def test_an_address_that_leads_nowhere_is_a_failure(url: str, said: str) -> None:
    assert failure(url).error.startswith(said)


@pytest.mark.parametrize(
    ("status", "headers", "patience"),
    [
        ("429 Slow down", ("Retry-After: 120",), 120.0),
        ("503 Busy", ("Retry-After: 0.5",), 0.5),
        ("503 Busy", ("Retry-After: Wed, 14 May 2031 07:00:00 GMT", "Date: Wed, 14 May 2031 06:30:00 GMT"), 1800.0),
        ("429 Slow down", ("Retry-After: 31536000",), 86_400.0),
        ("429 Slow down", ("Retry-After: later",), 0.0),
        ("500 Oops", ("Retry-After: 120",), 0.0),
        ("410 Gone", ("Retry-After: 120",), 0.0),
    ],
)
def test_a_busy_server_says_for_how_long_it_is_to_be_left_alone(
    server: FeedServer, status: str, headers: tuple[str, ...], patience: float
) -> None:
    made = failure(server.serves("/feed", answer(b"", status=status, headers=headers)))
    assert (made.status, made.retry_after) == (int(status[:3]), patience)


def test_tls_with_a_server_that_does_not_speak_it_is_a_failure() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=_says_ssh, args=(listener,)).start()
        assert failure(f"https://127.0.0.1:{listener.getsockname()[1]}/").error == "TLS failed with it"


def test_a_fault_of_our_own_is_a_line_of_the_report_too() -> None:
    def falls_over(host: str, port: int) -> list[Address]:
        raise RuntimeError(f"{host} {port}")

    (made,) = HttpFetcher(network=Network(resolve=falls_over)).fetch([request("http://post.example/")])
    assert isinstance(made, FetchFailure)
    assert made.error == "failed in a way we did not foresee: RuntimeError('post.example 80')"


def test_nothing_to_fetch_is_nothing_done() -> None:
    assert list(HttpFetcher().fetch([])) == []


def _says_ssh(listener: socket.socket) -> None:
    peer, _ = listener.accept()
    with peer:
        peer.sendall(b"SSH-2.0-OpenSSH\r\n")
        peer.recv(4096)
