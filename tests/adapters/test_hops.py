"""The way to the answer: redirects, validators, what we say we accept."""

import re
import socket
from collections.abc import Iterator

import pytest

from digest.adapters.fetcher import HttpFetcher
from digest.model.feed import Document, FetchFailure, FetchRequest, Wanted
from tests.adapters.feed_server import FeedServer, answer, raw, serving
from tests.adapters.fetching import failure, fetch, request


@pytest.fixture
def server() -> Iterator[FeedServer]:
    yield from serving()


def test_redirects_are_followed_and_the_last_address_is_the_document_s(server: FeedServer) -> None:
    server.serves("/old", answer(b"", status="301 Moved", headers=("Location: /new?x=1",)))
    server.serves("/new?x=1", answer())
    made = fetch(server.url("/old"))
    assert isinstance(made, Document)
    assert (made.asked, made.url) == (server.url("/old"), server.url("/new?x=1"))


def test_validators_go_to_the_address_that_gave_them_and_nowhere_else(server: FeedServer) -> None:
    server.serves("/old", answer(b"", status="302 Found", headers=("Location: /new",)))
    server.serves("/new", answer(b"", status="304 Not Modified"))
    asked = request(server.url("/old"), etag='"v1"', validated_url=server.url("/new"))
    (made,) = HttpFetcher(own_hosts=server.own_hosts).fetch([asked])
    assert isinstance(made, Document)
    assert (made.is_unchanged, made.url, made.etag) == (True, server.url("/new"), '"v1"')
    assert ["If-None-Match" in sent for sent in server.requests] == [False, True]


def test_not_modified_from_an_address_that_was_sent_no_validators_is_a_failure(server: FeedServer) -> None:
    server.serves("/old", answer(b"", status="302 Found", headers=("Location: /new",)))
    server.serves("/new", answer(b"", status="304 Not Modified"))
    made = fetch(server.url("/old"), etag='"v1"')
    assert isinstance(made, FetchFailure)
    assert made.error == "answered 304 Not Modified"


@pytest.mark.parametrize(
    ("statuses", "moved_to"),
    [
        ((), ""),
        ((301,), "/1"),
        ((308, 301), "/2"),
        ((302,), ""),
        ((302, 301), ""),
        ((301, 307, 301), "/1"),
        ((303, 308), ""),
    ],
)
def test_only_an_unbroken_run_of_permanent_redirects_is_remembered(
    server: FeedServer, statuses: tuple[int, ...], moved_to: str
) -> None:
    for place, status in enumerate(statuses):
        server.serves(f"/{place}", answer(b"", status=f"{status} Moved", headers=(f"Location: /{place + 1}",)))
    server.serves(f"/{len(statuses)}", answer())
    made = fetch(server.url("/0"))
    assert isinstance(made, Document)
    assert made.moved_to == (server.url(moved_to) if moved_to else "")
    assert made.url == server.url(f"/{len(statuses)}")


@pytest.mark.parametrize("target", ["/caf\u00e9".encode(), "/caf\u00e9".encode("latin-1")], ids=["utf-8", "latin-1"])
def test_a_redirect_may_name_its_target_in_plain_letters(server: FeedServer, target: bytes) -> None:
    server.serves("/old", raw(b"HTTP/1.1 301 Moved\r\nLocation: " + target + b"\r\nConnection: close\r\n\r\n"))
    server.serves("/caf%C3%A9", answer())
    made = fetch(server.url("/old"))
    assert isinstance(made, Document)
    assert made.moved_to == server.url("/caf%C3%A9")


def test_a_connection_that_was_kept_open_and_closed_meanwhile_is_made_anew(server: FeedServer) -> None:
    calls = []

    def closes_at_the_second_request(peer: socket.socket, text: str) -> None:
        calls.append(text)
        peer.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        calls.append(peer.recv(65_536).decode())

    urls = [server.serves(path, closes_at_the_second_request) for path in ("/1", "/2")]
    made = list(HttpFetcher(threads=1, own_hosts=server.own_hosts).fetch([request(url) for url in urls]))
    assert [one.body for one in made if isinstance(one, Document)] == [b"ok", b"ok"]
    assert [call.partition(" HTTP")[0] for call in calls[:3]] == ["GET /1", "GET /2", "GET /2"]


@pytest.mark.parametrize(
    ("wanted", "accepted"),
    [(Wanted.FEED, "application/atom+xml, "), (Wanted.PAGE, "text/html, "), (Wanted.ROBOTS, "text/plain, ")],
)
def test_we_say_what_sort_of_document_we_want(server: FeedServer, wanted: Wanted, accepted: str) -> None:
    asked = FetchRequest(source_id="post", url=server.serves("/", answer()), wanted=wanted)
    list(HttpFetcher(own_hosts=server.own_hosts).fetch([asked]))
    assert f"Accept: {accepted}" in server.requests[0]


def test_a_redirect_without_a_target_is_its_status(server: FeedServer) -> None:
    assert failure(server.serves("/old", answer(b"", status="302 Found"))).error == "answered 302 Found"


def test_a_circle_of_redirects_ends(server: FeedServer) -> None:
    server.serves("/round", answer(b"", status="302 Found", headers=("Location: /round",)))
    assert failure(server.url("/round")).error == f"redirects more than 5 times, the last to {server.url('/round')}"
    assert len(server.requests) == 6


@pytest.mark.parametrize("target", ["file:///etc/passwd", "gopher://127.0.0.1/", "http://jo:pw@127.0.0.1/"])
def test_a_redirect_must_lead_to_a_plain_web_address(server: FeedServer, target: str) -> None:
    server.serves("/old", answer(b"", status="302 Found", headers=(f"Location: {target}",)))
    assert re.search("is not an http|has a user name", failure(server.url("/old")).error)
    assert len(server.requests) == 1
