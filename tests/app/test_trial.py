"""A source that somebody typed is looked into under the guard of every day."""

import socket
from collections.abc import Iterator

import pytest

from digest.app.trial import look_into
from digest.config.load import Settings
from tests.adapters.feed_server import FeedServer, answer, serving
from tests.app.conftest import Open
from tests.builders import NOW, source


@pytest.fixture
def server() -> Iterator[FeedServer]:
    yield from serving()


@pytest.fixture
def settings(open_newsroom: Open) -> Settings:
    with open_newsroom() as app:
        return app.settings


def test_a_private_address_is_looked_into_where_somebody_vouches_for_it(server: FeedServer, settings: Settings) -> None:
    url = server.serves("/feed", answer())
    seen = look_into(source("The Lantern", url=url, own_host=True), settings, now=NOW)
    assert seen.asked.feed
    refused = look_into(source("The Lantern", url=url), settings, now=NOW)
    assert "is on a private network" in refused.asked.error
    assert len(server.requests) == 1


@pytest.mark.parametrize("own_host", [False, True])
def test_a_public_name_is_not_vouched_for_by_having_been_typed(
    server: FeedServer, settings: Settings, monkeypatch: pytest.MonkeyPatch, *, own_host: bool
) -> None:
    (own,) = server.own_hosts
    port = int(own.partition(":")[2])
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(2, 1, 6, "", ("127.0.0.1", port))])
    server.serves("/feed", answer())
    typed = source("The Lantern", url=f"http://post.example:{port}/feed", own_host=own_host)
    assert "leads to 127.0.0.1, on a private network" in look_into(typed, settings, now=NOW).asked.error
    assert server.requests == []
