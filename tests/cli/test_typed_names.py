"""A public name that somebody typed stays under guard, wherever it turns out to lead."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.adapters.feed_server import FeedServer, answer, serving
from tests.cli.conftest import Digest


@pytest.fixture
def site() -> Iterator[FeedServer]:
    yield from serving()


@pytest.mark.parametrize("words", [("import",), ("test",), ("find",), ("add", "--yes")], ids=lambda words: words[0])
@pytest.mark.parametrize("port", [None, 6000], ids=["a usual port", "a port of another service"])
def test_a_typed_name_does_not_lead_into_a_private_network(
    newsroom: Path,
    digest: Digest,
    site: FeedServer,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    port: int | None,
) -> None:
    (own,) = site.own_hosts
    here = ("127.0.0.1", int(own.partition(":")[2]))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", here)])
    site.serves("/feed", answer())
    said = digest("sources", *words, f"http://post.example:{port or here[1]}/feed")
    assert said.code != 0
    why = "is a port at which no web server listens" if port else "leads to 127.0.0.1, on a private network"
    assert why in said.out + said.err
    assert "because you typed it" not in said.err
    assert site.requests == []


def test_a_private_address_is_asked_because_somebody_typed_it_and_could_see_it(
    newsroom: Path, digest: Digest, site: FeedServer
) -> None:
    said = digest("sources", "import", site.serves("/list.opml", answer(b"<opml><body/></opml>")))
    assert "is on a private network (loopback, RFC 1122)" in said.err
    assert "It is asked now because you typed it." in said.err
    assert (said.code, len(site.requests)) == (0, 1)
