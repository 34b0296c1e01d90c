"""Articles from real servers, good and hostile, through real processes into a real store."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Engine

from digest.adapters.fetcher import HttpFetcher
from digest.adapters.limits import Limits
from digest.adapters.store.engine import open_engine
from digest.adapters.store.items import SqlItems
from digest.adapters.store.pages import SqlPages
from digest.adapters.workers import ProcessWorkers
from digest.model.news import Item, Source
from digest.model.page import ArticlesLine, PageOutcome
from digest.pipeline.articles import read_articles
from tests.adapters.feed_server import FeedServer, answer, serving
from tests.builders import NOW, hours_ago, item, source
from tests.collect.pages import PARAGRAPHS, page

TEXT = "\n".join(PARAGRAPHS)
HOSTILE = (
    '<p onclick="alert(1)">It passed &lt;script&gt;alert(2)&lt;/script&gt;by \u202e38 votes\u202c to 12.</p>'
    "<svg onload=alert(3)><script>alert(4)</script></svg><iframe srcdoc='<script>alert(5)</script>'></iframe>"
    '<p><a href="javascript:alert(6)">Nobody</a> knows <img src=x onerror=alert(7)>why it took so long.\x00\x1b[31m</p>'
)


@pytest.fixture
def server() -> Iterator[FeedServer]:
    yield from serving()


@pytest.fixture
def other() -> Iterator[FeedServer]:
    yield from serving()


@pytest.fixture
def engine() -> Iterator[Engine]:
    made = open_engine("sqlite://", create=True)
    yield made
    made.dispose()


def html(body: str, *, encoding: str = "utf-8") -> Any:
    return answer(body.encode(encoding), headers=(f"Content-Type: text/html; charset={encoding}",))


def read(engine: Engine, sources: list[Source], own_hosts: frozenset[str]) -> tuple[ArticlesLine, ...]:
    return read_articles(
        sources,
        fetcher=HttpFetcher(limits=Limits(seconds=2), own_hosts=own_hosts, contact="desk@post.example"),
        workers=ProcessWorkers(2),
        items=SqlItems(engine),
        pages=SqlPages(engine),
        now=NOW,
        progress=lambda *_: None,
    ).lines


def saved(engine: Engine, *urls: str) -> dict[str, Item]:
    """Items with these addresses, the first the newest, as they come out of the store."""
    if urls:
        made = [item(f"Story {n}", url=url, published=hours_ago(n)) for n, url in enumerate(urls)]
        SqlItems(engine).save_items(made)
    return {one.url: one for one in SqlItems(engine).items_since(hours_ago(99))}


def test_good_hostile_and_broken_pages_come_out_plain_or_as_a_line(
    server: FeedServer, other: FeedServer, engine: Engine
) -> None:
    lantern = source("The Lantern", url=server.url("/feed"), full_text=True, own_host=True)
    server.serves("/robots.txt", answer(b"User-agent: *\nDisallow: /private\n\nUser-agent: GPTBot\nDisallow: /\n"))
    old = server.serves("/old", html(page(), encoding="windows-1252"))
    bad = server.serves("/bad", html(page(after=HOSTILE)))
    private = server.serves("/private/page", html(page()))
    hanging = server.serves("/hangs", server.hangs())
    waiting = server.serves("/waits", html(page()))
    huge = other.serves("/huge", answer(b"<p>" + b"x" * 6 * 1024 * 1024, headers=("Content-Type: text/html",)))
    saved(engine, old, bad, private, hanging, waiting, huge)

    lines = read(engine, [lantern], server.own_hosts | other.own_hosts)

    after = saved(engine)
    assert after[old].text == TEXT
    assert after[bad].text == f"{TEXT}\nIt passed by 38 votes to 12.\nNobody knows why it took so long.[31m"
    assert {after[url].text for url in (private, hanging, waiting, huge)} == {""}
    pages = SqlPages(engine).pages(list(after))
    assert {url: one.outcome for url, one in pages.items()} == {
        old: PageOutcome.READ,
        bad: PageOutcome.READ,
        private: PageOutcome.FORBIDDEN,
        hanging: PageOutcome.FAILED,
        huge: PageOutcome.FAILED,
    }
    assert (pages[hanging].detail, pages[huge].detail) == ("timed out after 2 s", "is larger than 5 MiB")
    (line,) = lines
    assert (line.read, line.forbidden, line.failed, line.left) == (2, 1, 2, 1)
    requested = [request.split(" ", 2)[1] for request in server.requests]
    assert requested == ["/robots.txt", "/old", "/bad", "/hangs"]
    assert all("digest/" in request and "desk@post.example" in request for request in server.requests)


def test_robots_that_moved_are_followed_and_asked_for_once(
    server: FeedServer, other: FeedServer, engine: Engine
) -> None:
    elsewhere = other.serves("/rules", answer(b"User-agent: digest\nDisallow: /"))
    server.serves("/robots.txt", answer(b"", status="301 Moved Permanently", headers=(f"Location: {elsewhere}",)))
    lantern = source("The Lantern", url=server.url("/feed"), full_text=True)
    saved(engine, server.url("/1"), server.url("/2"))
    own_hosts = server.own_hosts | other.own_hosts
    assert [line.forbidden for line in read(engine, [lantern], own_hosts)] == [2]
    assert read(engine, [lantern], own_hosts) == ()
    assert len(server.requests) == 1


def test_a_strangers_feed_leads_to_nothing_on_the_newsrooms_network(server: FeedServer, engine: Engine) -> None:
    url = server.serves("/secret", html(page()))
    stranger = source("The Lantern", full_text=True)
    saved(engine, url)
    (line,) = read(engine, [stranger], server.own_hosts)
    assert (line.left, line.read) == (1, 0)
    assert "cannot be reached" in line.problems[0]
    assert server.requests == []
    mine = replace(stranger, url=server.url("/feed"))  # the control: the same page, named by a feed of its own host
    assert [line.read for line in read(engine, [mine], server.own_hosts)] == [1]


def test_what_redirects_to_a_host_that_forbids_robots_is_not_read(
    server: FeedServer, other: FeedServer, engine: Engine
) -> None:
    other.serves("/robots.txt", answer(b"User-agent: *\nDisallow: /\n"))
    hidden = other.serves("/private", html(page()))
    open_to_all = other.serves("/public", html(page()))
    moved = [
        server.serves(f"/{name}", answer(b"", status="302 Found", headers=(f"Location: {url}",)))
        for name, url in (("one", hidden), ("two", open_to_all))
    ]
    saved(engine, *moved)
    lantern = source("The Lantern", url=server.url("/feed"), full_text=True)
    own_hosts = server.own_hosts | other.own_hosts
    assert [line.forbidden for line in read(engine, [lantern], own_hosts)] == [2]
    assert [request.split(" ", 2)[1] for request in other.requests].count("/robots.txt") == 1
    other.serves("/robots.txt", answer(b"User-agent: *\nDisallow: /private\n"))
    again = open_engine("sqlite://", create=True)
    try:
        saved(again, *moved)
        assert [(line.read, line.forbidden) for line in read(again, [lantern], own_hosts)] == [(1, 1)]
    finally:
        again.dispose()


def test_an_aggregator_in_an_own_feeds_item_does_not_choose_the_page_that_is_read(
    server: FeedServer, engine: Engine
) -> None:
    ours, secret = server.serves("/a1", html(page())), server.serves("/admin", html(page()))
    lantern = source("The Lantern", url=server.url("/feed"), full_text=True, own_host=True)
    made = item("Council tax plans to be published", url=ours, published=hours_ago(1))
    SqlItems(engine).save_items(
        [
            replace(
                made, urls=(ours, secret), sources=(*made.sources, "sums"), foreign=("sources sums", f"urls {secret}")
            )
        ]
    )
    assert [line.read for line in read(engine, [lantern], server.own_hosts)] == [1]
    assert [request.split(" ", 2)[1] for request in server.requests] == ["/robots.txt", "/a1"]
