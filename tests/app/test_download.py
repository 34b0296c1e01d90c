"""An address that the operator chose: its host may be private if he could see it, nothing it leads to may."""

import socket
from collections.abc import Iterator

import pytest

from digest.app.download import download
from digest.config.load import Settings
from digest.errors import Unreachable
from digest.guard import private_host
from tests.adapters.feed_server import FEED, FeedServer, answer, serving
from tests.app.conftest import Open

CONTACT = '[collect]\ncontact = "desk@post.example"\nfeed_deadline_seconds = 1\n'


@pytest.fixture
def server() -> Iterator[FeedServer]:
    yield from serving()


@pytest.fixture
def settings(open_newsroom: Open) -> Settings:
    with open_newsroom(CONTACT) as app:
        return app.settings


def typed(url: str, settings: Settings) -> bytes:
    return download(url, settings, own_hosts=private_host(url)).body


def test_what_was_typed_is_fetched_from_wherever_it_was_seen_to_be(server: FeedServer, settings: Settings) -> None:
    url = server.serves("/list.opml", answer())
    assert typed(url, settings) == FEED
    assert "digest/" in server.requests[0]
    assert "desk@post.example" in server.requests[0]
    with pytest.raises(Unreachable, match=r"127\.0\.0\.1:\d+ is on a private network"):
        download(url, settings)


def test_the_config_s_deadline_holds(server: FeedServer, settings: Settings) -> None:
    with pytest.raises(Unreachable, match=r"timed out after 1 s"):
        typed(server.serves("/list.opml", server.hangs()), settings)


def test_a_public_name_that_leads_into_a_private_network_is_not_called(
    server: FeedServer, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    (own,) = server.own_hosts
    port = int(own.partition(":")[2])
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(2, 1, 6, "", ("127.0.0.1", port))])
    server.serves("/list.opml", answer())
    with pytest.raises(Unreachable, match=rf"post\.example:{port} leads to 127\.0\.0\.1, on a private network"):
        typed(f"http://post.example:{port}/list.opml", settings)
    assert server.requests == []


def test_it_may_lead_on_to_itself_and_no_further(server: FeedServer, settings: Settings) -> None:
    server.serves("/list", answer(b"", status="301 Moved", headers=("Location: /list.opml",)))
    server.serves("/list.opml", answer())
    assert typed(server.url("/list"), settings) == FEED
    server.serves("/router", answer(b"", status="302 Found", headers=("Location: http://192.168.1.1/list.opml",)))
    with pytest.raises(Unreachable, match=r"redirects to 192\.168\.1\.1:80, which is on a private network"):
        typed(server.url("/router"), settings)


@pytest.mark.parametrize("url", ["http://jo@127.0.0.1/list.opml", "http://:80/", "http://post.example:0/"])
def test_what_is_no_address_is_unreachable(settings: Settings, url: str) -> None:
    with pytest.raises(Unreachable, match="Mend: check the address"):
        typed(url, settings)


def test_a_port_at_which_nobody_listens_is_unreachable(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/list.opml"
    with pytest.raises(Unreachable, match="refused the connection"):
        typed(url, settings)
