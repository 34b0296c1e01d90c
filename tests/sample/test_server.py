"""The sample server answers as the web does: 200, 304, 404, 500, plain or gzip."""

import gzip
from collections.abc import Iterator
from datetime import UTC, datetime
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from digest.sample.day import SampleDay, load
from digest.sample.feeds import document
from digest.sample.server import SampleServer

NOW = datetime(2026, 5, 15, 5, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def day() -> SampleDay:
    return load()


@pytest.fixture
def server(day: SampleDay) -> Iterator[SampleServer]:
    with SampleServer(day, now=NOW) as running:
        yield running


def get(url: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    parts = urlsplit(url)
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=10)
    try:
        connection.request(
            "GET", parts.path, headers={name.replace("_", "-"): value for name, value in headers.items()}
        )
        response = connection.getresponse()
        return response.status, dict(response.getheaders()), response.read()
    finally:
        connection.close()


def url_of(server: SampleServer, name: str) -> str:
    (source,) = (source for source in server.sources() if source.id == name)
    return source.url


def test_sources_are_the_days_sources_on_loopback(server: SampleServer, day: SampleDay) -> None:
    sources = server.sources()
    assert [source.id for source in sources] == [feed.source.id for feed in day.feeds]
    assert all(source.url == f"{server.url}/feeds/{source.id}" for source in sources)
    assert urlsplit(server.url).hostname == "127.0.0.1"


def test_every_feed_but_the_dead_one_answers_with_its_document(server: SampleServer, day: SampleDay) -> None:
    answers = {source.id: get(source.url) for source in server.sources()}
    assert [name for name, (status, _, _) in answers.items() if status != 200] == ["tidewater"]
    assert answers["tidewater"][0] == 500
    for feed in day.feeds:
        status, headers, body = answers[feed.source.id]
        if status == 200:
            assert body == document(feed, now=NOW)
            assert headers["Content-Type"].startswith("application/")
            assert headers["ETag"]


def test_a_reader_with_the_current_version_gets_304_and_no_body(server: SampleServer) -> None:
    url = url_of(server, "pennant")
    etag = get(url)[1]["ETag"]
    assert get(url, If_None_Match=etag)[0::2] == (304, b"")
    assert get(url, If_None_Match=f'"older", {etag}')[0] == 304
    assert get(url, If_None_Match='"older"')[0] == 200


def test_the_second_edition_is_a_new_version_of_the_one_feed_that_changed(server: SampleServer) -> None:
    urls = {name: url_of(server, name) for name in ("pennant", "lantern")}
    etags = {name: get(url)[1]["ETag"] for name, url in urls.items()}
    server.edition = 2
    assert get(urls["lantern"], If_None_Match=etags["lantern"])[0] == 304
    status, headers, body = get(urls["pennant"], If_None_Match=etags["pennant"])
    assert status == 200
    assert headers["ETag"] != etags["pennant"]
    assert "Chancellor thaws council grants" in body.decode()


def test_one_feed_is_compressed_for_those_who_take_gzip(server: SampleServer) -> None:
    url = url_of(server, "lantern")
    _, plain_headers, plain = get(url)
    status, headers, body = get(url, Accept_Encoding="gzip, deflate")
    assert status == 200
    assert headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(body) == plain
    assert headers["ETag"] == plain_headers["ETag"]
    assert "Content-Encoding" not in plain_headers
    assert "Content-Encoding" not in get(url_of(server, "pennant"), Accept_Encoding="gzip")[1]


def test_an_unknown_path_is_404(server: SampleServer) -> None:
    assert get(f"{server.url}/feeds/nobody")[0] == 404


def test_the_server_writes_nothing_to_the_terminal(server: SampleServer, capfd: pytest.CaptureFixture[str]) -> None:
    get(url_of(server, "concord"))
    assert capfd.readouterr() == ("", "")


def test_the_port_is_free_again_after_the_context(day: SampleDay) -> None:
    with SampleServer(day, now=NOW) as running:
        url = url_of(running, "concord")
    with pytest.raises(ConnectionRefusedError):
        get(url)
