"""An address the operator typed: its host may be private, nothing it leads to may."""

from collections.abc import Iterator

import pytest

from digest.app.download import download
from digest.errors import Unreachable
from tests.adapters.feed_server import FEED, FeedServer, answer, serving


@pytest.fixture
def server() -> Iterator[FeedServer]:
    yield from serving()


def test_what_was_typed_is_fetched_from_wherever_it_is(server: FeedServer) -> None:
    assert download(server.serves("/list.opml", answer())) == FEED


def test_it_may_lead_on_to_itself_and_no_further(server: FeedServer) -> None:
    server.serves("/list", answer(b"", status="301 Moved", headers=("Location: /list.opml",)))
    server.serves("/list.opml", answer())
    assert download(server.url("/list")) == FEED
    server.serves("/router", answer(b"", status="302 Found", headers=("Location: http://192.168.1.1/list.opml",)))
    with pytest.raises(Unreachable, match=r"redirects to 192\.168\.1\.1:80, which is on a private network"):
        download(server.url("/router"))


@pytest.mark.parametrize("url", ["http://jo@127.0.0.1/list.opml", "http://:80/", "http://post.example:0/"])
def test_what_is_no_address_is_unreachable(url: str) -> None:
    with pytest.raises(Unreachable, match="Mend: check the address"):
        download(url)
