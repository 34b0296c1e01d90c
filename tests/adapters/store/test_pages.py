from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine

from digest.adapters.store.pages import SqlPages
from digest.model.page import Page, PageOutcome, RobotsFile
from digest.ports.news import PageStore

NOW = datetime(2026, 5, 15, 6, 30, tzinfo=UTC)
PAGE = Page(url="https://a.example/1", item_id="one", at=NOW, outcome=PageOutcome.READ)
ROBOTS = RobotsFile(origin="https://a.example", at=NOW, status=200, body="User-agent: *\nDisallow:")


def test_pages_and_robots_files_come_back_by_their_address(engine: Engine) -> None:
    store: PageStore = SqlPages(engine)
    store.save_pages([PAGE])
    store.save_robots([ROBOTS])
    store.save_pages([])
    store.save_robots([])
    assert store.pages([PAGE.url, "https://a.example/2"]) == {PAGE.url: PAGE}
    assert store.robots([ROBOTS.origin]) == {ROBOTS.origin: ROBOTS}
    assert (store.pages([]), store.robots(["https://b.example"])) == ({}, {})


def test_a_page_asked_for_again_replaces_what_was_known(engine: Engine) -> None:
    store = SqlPages(engine)
    failed = replace(PAGE, outcome=PageOutcome.FAILED, tries=2, detail="timed out")
    store.save_pages([PAGE])
    store.save_pages([failed])
    assert store.pages([PAGE.url]) == {PAGE.url: failed}


def test_old_pages_and_robots_files_are_forgotten(engine: Engine) -> None:
    store = SqlPages(engine)
    old = NOW - timedelta(days=31)
    store.save_pages([PAGE, replace(PAGE, url="https://a.example/old", at=old)])
    store.save_robots([ROBOTS, replace(ROBOTS, origin="https://old.example", at=old)])
    assert store.forget_before(NOW - timedelta(days=30)) == 2
    assert store.pages([PAGE.url, "https://a.example/old"]) == {PAGE.url: PAGE}
