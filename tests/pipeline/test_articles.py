"""Reading articles: robots.txt first, few pages, each once; what was read is in the item, what was not is a line."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from digest.collect.article import ArticleTask
from digest.collect.wanted import MOST_PAGES_OF_A_HOST, MOST_TRIES
from digest.model.feed import FetchAnswer, FetchRequest, Wanted
from digest.model.news import Item, Source
from digest.model.page import ArticlesLine, ArticlesReport, Page, PageOutcome, RobotsFile
from digest.pipeline.articles import MOST_PROBLEMS, read_articles
from digest.pipeline.collect import collect
from tests.builders import NOW, hours_ago, item, source
from tests.collect.pages import PARAGRAPHS, page
from tests.fakes import InlineWorkers
from tests.pipeline.conftest import Room

LANTERN = source("The Lantern", full_text=True)
HOST = "https://thelantern.example"
ROBOTS = f"{HOST}/robots.txt"
TEXT = "\n".join(PARAGRAPHS)


def story(number: int = 1, **given: Any) -> Item:
    return item(
        f"Library stays open, part {number}", name=f"{number}", published=hours_ago(number), last_seen=NOW, **given
    )


def reads(room: Room, *sources: Source, workers: InlineWorkers | None = None) -> ArticlesReport:
    return read_articles(
        sources or (LANTERN,),
        fetcher=room.fetcher,
        workers=workers or room.line.workers,
        items=room.line.items,
        pages=room.line.pages,
        now=room.clock.now,
        progress=room.line.progress,
    )


def line(report: ArticlesReport) -> ArticlesLine:
    (only,) = report.lines
    return only


def asked(room: Room) -> list[str]:
    return [request.url.removeprefix(HOST) for request in room.fetcher.asked]


def known(room: Room, url: str) -> Page:
    return room.line.pages.pages([url])[url]


def item_now(room: Room, one: Item) -> Item:
    return next(now for now in room.line.items.items_since(hours_ago(999)) if now.id == one.id)


@pytest.fixture
def lantern(room: Room) -> Room:
    """One item whose page is there, and a host that allows everything."""
    room.line.items.save_items([story()])
    room.fetcher.serves(ROBOTS, "User-agent: *\nDisallow: /private/")
    room.fetcher.serves(story().url, page())
    return room


def test_the_text_of_a_page_is_the_items_and_the_page_is_remembered(lantern: Room) -> None:
    report = reads(lantern)
    assert report == ArticlesReport(lines=(ArticlesLine(source_id="the-lantern", read=1),))
    assert item_now(lantern, story()) == replace(story(), text=TEXT, summary=" ".join(PARAGRAPHS[:4]))
    assert known(lantern, story().url) == Page(url=story().url, item_id=story().id, at=NOW, outcome=PageOutcome.READ)


def test_robots_come_first_and_both_are_asked_for_on_account_of_the_source(lantern: Room) -> None:
    reads(lantern)
    assert lantern.fetcher.asked == [
        FetchRequest(source_id="the-lantern", url=ROBOTS, wanted=Wanted.ROBOTS, led_by=LANTERN.url),
        FetchRequest(source_id="the-lantern", url=story().url, wanted=Wanted.PAGE, led_by=LANTERN.url),
    ]


def test_a_page_that_was_read_is_never_asked_for_again(lantern: Room) -> None:
    reads(lantern)
    lantern.line.items.save_items([story()])  # its text lost, as a restored backup might have it
    assert reads(lantern) == ArticlesReport()
    assert asked(lantern) == ["/robots.txt", "/1"]


def test_a_summary_of_the_feed_that_says_enough_stands(lantern: Room) -> None:
    said = f"{PARAGRAPHS[2]} {PARAGRAPHS[3]}"
    lantern.line.items.save_items([story(summary=said)])
    reads(lantern)
    assert (item_now(lantern, story()).summary, item_now(lantern, story()).text) == (said, TEXT)


def test_without_a_source_that_wants_text_nothing_is_asked_or_looked_up(lantern: Room) -> None:
    assert reads(lantern, replace(LANTERN, full_text=False)) == ArticlesReport()
    assert asked(lantern) == []


def test_what_robots_forbid_is_not_asked_for_and_said(lantern: Room) -> None:
    lantern.line.items.save_items([story(2, url=f"{HOST}/private/2")])
    report = reads(lantern)
    problem = f"{HOST}/private/2: its robots.txt forbids it"
    assert line(report) == ArticlesLine(source_id="the-lantern", read=1, forbidden=1, problems=(problem,))
    assert asked(lantern) == ["/robots.txt", "/1"]
    assert known(lantern, f"{HOST}/private/2").outcome is PageOutcome.FORBIDDEN


def test_a_forbidden_page_is_asked_for_once_robots_were_asked_again_and_allow_it(lantern: Room) -> None:
    lantern.fetcher.serves(ROBOTS, "User-agent: digest\nDisallow: /")
    assert line(reads(lantern)).forbidden == 1
    lantern.fetcher.serves(ROBOTS, "")
    lantern.clock.moves_on(hours=23)
    assert reads(lantern) == ArticlesReport()
    lantern.clock.moves_on(hours=1)
    assert line(reads(lantern)).read == 1
    assert asked(lantern) == ["/robots.txt", "/robots.txt", "/1"]


def test_robots_are_asked_for_once_a_day(lantern: Room) -> None:
    reads(lantern)
    for number, hours in ((2, 12), (3, 13)):
        lantern.clock.moves_on(hours=hours)
        lantern.line.items.save_items([story(number, url=f"{HOST}/{number}", text="")])
        lantern.fetcher.serves(f"{HOST}/{number}", page())
        assert line(reads(lantern)).read == 1
    assert asked(lantern) == ["/robots.txt", "/1", "/2", "/robots.txt", "/3"]


def test_a_host_whose_robots_cannot_be_reached_is_left_alone_and_asked_at_the_next_collection(lantern: Room) -> None:
    lantern.fetcher.breaks_down(ROBOTS)
    report = line(reads(lantern))
    assert (report.left, report.problems) == (
        1,
        (f"{story().url}: {ROBOTS} cannot be reached (answered 503 Service Unavailable), so no page of it is read",),
    )
    assert asked(lantern) == ["/robots.txt"]
    assert lantern.line.pages.pages([story().url]) == {}
    lantern.fetcher.serves(ROBOTS, "")
    assert line(reads(lantern)).read == 1


def test_a_host_that_did_not_answer_in_time_is_one_that_cannot_be_reached(lantern: Room) -> None:
    lantern.fetcher.falls_silent(ROBOTS)
    assert "no answer within the time allowed" in line(reads(lantern)).problems[0]


def test_the_last_good_robots_stand_in_while_the_host_cannot_be_reached(lantern: Room) -> None:
    old = RobotsFile(origin=HOST, at=NOW - timedelta(days=2), status=200, body="User-agent: *\nDisallow: /private")
    lantern.line.pages.save_robots([old])
    lantern.fetcher.breaks_down(ROBOTS)
    assert line(reads(lantern)).read == 1
    assert lantern.line.pages.robots([HOST]) == {HOST: old}


def test_a_host_without_robots_allows_everything(lantern: Room) -> None:
    del lantern.fetcher.bodies[ROBOTS]
    assert line(reads(lantern)).read == 1


def test_a_page_without_text_is_empty_with_the_reason_and_not_asked_for_again(lantern: Room) -> None:
    lantern.fetcher.serves(story().url, page("It is open."))
    detail = "the page has fewer than 40 words of text"
    assert line(reads(lantern)).problems == (f"{story().url}: {detail}",)
    row = known(lantern, story().url)
    assert (row.outcome, row.detail) == (PageOutcome.EMPTY, detail)
    assert item_now(lantern, story()) == story()
    assert reads(lantern) == ArticlesReport()


def test_a_page_that_fails_is_asked_for_at_three_collections(lantern: Room) -> None:
    del lantern.fetcher.bodies[story().url]
    for tries in range(1, MOST_TRIES + 1):
        assert line(reads(lantern)).failed == 1
        row = known(lantern, story().url)
        assert (row.outcome, row.tries, row.detail) == (PageOutcome.FAILED, tries, "answered 404 Not Found")
    assert reads(lantern) == ArticlesReport()
    assert asked(lantern) == ["/robots.txt", "/1", "/1", "/1"]


def test_a_page_that_failed_and_then_came_is_read(lantern: Room) -> None:
    lantern.fetcher.falls_silent(story().url)
    assert line(reads(lantern)).problems == (f"{story().url}: no answer within the time allowed",)
    lantern.fetcher.silent.clear()
    assert line(reads(lantern)).read == 1
    assert known(lantern, story().url).tries == 1


def many(room: Room, count: int, *, host: str = HOST) -> list[str]:
    urls = [f"{host}/{number}" for number in range(1, count + 1)]
    room.line.items.save_items([story(n, url=url, id=url) for n, url in enumerate(urls, start=1)])
    for url in urls:
        room.fetcher.serves(url, page())
    return urls


def test_the_newest_come_first_and_a_host_is_asked_for_few(lantern: Room) -> None:
    many(lantern, 8)
    assert line(reads(lantern)).read == MOST_PAGES_OF_A_HOST
    assert asked(lantern) == ["/robots.txt", "/1", "/2", "/3", "/4", "/5"]
    assert line(reads(lantern)).read == 3
    assert asked(lantern)[6:] == ["/6", "/7", "/8"]


def test_pages_of_one_host_are_asked_for_one_after_another(lantern: Room) -> None:
    many(lantern, 3)
    many(lantern, 2, host="https://other.example")
    rounds: list[list[str]] = []
    fetch = lantern.fetcher.fetch

    class Watched:
        def fetch(self, requests: Sequence[FetchRequest]) -> Iterator[FetchAnswer]:
            rounds.append([request.url for request in requests])
            return fetch(requests)

    read_articles(
        [LANTERN],
        fetcher=Watched(),
        workers=lantern.line.workers,
        items=lantern.line.items,
        pages=lantern.line.pages,
        now=NOW,
        progress=lantern.line.progress,
    )
    assert [len(one) for one in rounds] == [2, 2, 2, 1]
    assert all(len({url.rpartition("/")[0] for url in one}) == len(one) for one in rounds)


@pytest.mark.parametrize("trouble", ["breaks_down", "asks_for_patience", "falls_silent"])
def test_a_host_in_trouble_is_left_alone_for_the_rest(lantern: Room, trouble: str) -> None:
    urls = many(lantern, 4)
    verbs: dict[str, Callable[[str], None]] = {
        "breaks_down": lantern.fetcher.breaks_down,
        "asks_for_patience": lambda url: lantern.fetcher.asks_for_patience(url, 600),
        "falls_silent": lantern.fetcher.falls_silent,
    }
    verbs[trouble](urls[1])
    report = line(reads(lantern))
    assert (report.read, report.failed, report.left, len(report.problems)) == (1, 1, 2, 1)
    assert asked(lantern) == ["/robots.txt", "/1", "/2"]
    lantern.fetcher.silent.clear()
    lantern.fetcher.serves(urls[1], page())
    assert line(reads(lantern)).read == 3


def test_a_page_that_failed_before_comes_after_the_others_of_its_host(lantern: Room) -> None:
    urls = many(lantern, 3)
    lantern.fetcher.falls_silent(urls[0])
    assert line(reads(lantern)).left == 2
    report = line(reads(lantern))
    assert (report.read, report.failed) == (2, 1)
    assert asked(lantern) == ["/robots.txt", "/1", "/2", "/3", "/1"]


def test_a_missing_page_keeps_no_other_of_its_host_from_being_read(lantern: Room) -> None:
    urls = many(lantern, 3)
    lantern.fetcher.answers_gone(urls[0])
    report = line(reads(lantern))
    assert (report.read, report.failed, report.left) == (2, 1, 0)


def test_when_rounds_took_a_minute_the_rest_waits_for_the_next_collection(lantern: Room) -> None:
    urls = many(lantern, 3)
    slow = [f"https://slow{number}.example/1" for number in range(3)]
    for url in slow:
        lantern.line.items.save_items([story(url=url, id=url)])
        lantern.fetcher.breaks_down(url, seconds=61)
    report = line(reads(lantern))
    assert (report.read, report.failed, report.left) == (1, 3, 2)
    assert known(lantern, urls[0]).outcome is PageOutcome.READ
    again = line(reads(lantern))
    assert (again.read, again.failed, again.left) == (1, 3, 1)


def test_a_host_that_asks_for_a_pause_is_asked_for_one_page_a_collection(lantern: Room) -> None:
    many(lantern, 3)
    lantern.fetcher.serves(ROBOTS, "User-agent: *\nCrawl-delay: 5\nDisallow: /1")
    report = line(reads(lantern))
    assert (report.read, report.forbidden, report.left) == (1, 1, 1)
    assert asked(lantern) == ["/robots.txt", "/2"]
    assert line(reads(lantern)).read == 1
    assert asked(lantern) == ["/robots.txt", "/2", "/3"]


def test_a_page_that_redirects_is_still_its_items_page_and_the_item_keeps_its_address(lantern: Room) -> None:
    moved = "https://www.elsewhere.example/2026/05/library"
    lantern.fetcher.moves_for_good(story().url, moved)
    head = '<link rel="canonical" href="https://stranger.example/another">'
    lantern.fetcher.serves(moved, page(head=head))
    assert line(reads(lantern)).read == 1
    read = item_now(lantern, story())
    assert (read.text, read.url, read.urls) == (TEXT, story().url, story().urls)
    assert set(lantern.line.pages.pages([story().url, moved])) == {story().url}


@pytest.mark.parametrize("rules", ["User-agent: *\nDisallow: /2026", None])
def test_a_page_that_redirects_to_where_robots_may_not_go_is_not_read(lantern: Room, rules: str | None) -> None:
    moved = "https://www.elsewhere.example/2026/05/library"
    lantern.fetcher.moves_for_good(story().url, moved)
    lantern.fetcher.serves(moved, page())
    there = "https://www.elsewhere.example/robots.txt"
    if rules is None:
        lantern.fetcher.falls_silent(there)
    else:
        lantern.fetcher.serves(there, rules)
    report = line(reads(lantern))
    detail = f"it leads to {moved}, and that host's robots.txt does not allow it"
    assert (report.read, report.forbidden, report.problems) == (0, 1, (f"{story().url}: {detail}",))
    assert item_now(lantern, story()) == story()
    assert lantern.fetcher.asked[-1] == FetchRequest(
        source_id="the-lantern", url=there, wanted=Wanted.ROBOTS, led_by=LANTERN.url
    )


def test_the_robots_of_a_host_to_which_many_redirect_are_asked_for_once(lantern: Room) -> None:
    for number in (1, 2, 3):
        moved = f"https://www.elsewhere.example/{number}"
        lantern.line.items.save_items([story(number)])
        lantern.fetcher.serves(story(number).url, "")
        lantern.fetcher.moves_for_good(story(number).url, moved)
        lantern.fetcher.serves(moved, page())
    assert line(reads(lantern)).read == 3
    assert asked(lantern)[4:] == ["https://www.elsewhere.example/robots.txt"]


class Dying(InlineWorkers):
    """Workers that a task kills."""

    def map(self, function: Any, tasks: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
        del function
        for task in tasks:
            assert isinstance(task, ArticleTask)
            yield task, ChildProcessError("the worker process died of it (exit code -9)")


def test_a_page_that_breaks_its_worker_is_a_line_and_not_asked_for_again(lantern: Room) -> None:
    report = line(reads(lantern, workers=Dying()))
    assert (report.empty, len(report.problems)) == (1, 1)
    assert "the page cannot be read" in report.problems[0]
    assert "died of it" in report.problems[0]
    assert reads(lantern) == ArticlesReport()


def test_each_source_has_its_line_ordered_by_id(lantern: Room) -> None:
    courier = source("A Courier", full_text=True)
    lantern.line.items.save_items([story(publisher="A Courier", id="c")])
    assert [one.source_id for one in reads(lantern, LANTERN, courier).lines] == ["a-courier", "the-lantern"]


def test_one_problem_of_many_pages_is_one_line_and_a_few_are_named(lantern: Room) -> None:
    urls = [f"https://h{number}.example/1" for number in range(9)]
    lantern.line.items.save_items([story(url=url, id=url) for url in urls])
    for url in urls[:2]:
        lantern.fetcher.serves(url, page("It is open."))
    for url in urls[2:]:
        lantern.fetcher.breaks_down(url.replace("/1", "/robots.txt"))
    problems = line(reads(lantern)).problems
    assert problems[0] == f"{urls[0]}: the page has fewer than 40 words of text (and 1 more)"
    assert len(problems) == MOST_PROBLEMS + 1
    assert problems[-1] == "and 3 more"


def test_those_who_watch_are_told_how_far_it_is(lantern: Room) -> None:
    many(lantern, 2)
    told: list[tuple[str, int, int]] = []
    read_articles(
        [LANTERN],
        fetcher=lantern.fetcher,
        workers=lantern.line.workers,
        items=lantern.line.items,
        pages=lantern.line.pages,
        now=NOW,
        progress=lambda *step: told.append(step),
    )
    assert told == [("articles", 0, 2), ("articles", 1, 2), ("articles", 2, 2)]


def test_what_was_read_outlasts_the_next_polls_and_is_no_edit_of_the_publishers(room: Room) -> None:
    room.publishes(LANTERN, ("Library stays open in Stannerby for years", "It is saved."), hours_ago=1)

    def poll() -> Item:
        line = room.line
        collect(
            [LANTERN],
            fetcher=room.fetcher,
            workers=line.workers,
            items=line.items,
            feeds=line.feeds,
            now=room.clock.now,
            progress=line.progress,
        )
        (only,) = line.items.items_since(hours_ago(999))
        return only

    url = poll().url
    room.fetcher.serves(url, page())
    assert line(reads(room)).read == 1
    body = room.fetcher.bodies[LANTERN.url].decode()
    for minutes in (30, 60):
        room.clock.moves_on(minutes=minutes)
        room.fetcher.serves(LANTERN.url, f"{body}<!-- {minutes} -->")
        again = poll()
        assert (again.text, again.summary) == (TEXT, " ".join(PARAGRAPHS[:4]))
        assert reads(room) == ArticlesReport()
    assert room.line.items.edits([again.id]) == []


def test_a_publisher_corrects_a_short_summary_after_its_article_was_read(room: Room) -> None:
    headline = "Library stays open in Stannerby for years"

    def poll(summary: str) -> Item:
        room.publishes(LANTERN, (headline, summary), hours_ago=1)
        line = room.line
        collect(
            [LANTERN],
            fetcher=room.fetcher,
            workers=line.workers,
            items=line.items,
            feeds=line.feeds,
            now=room.clock.now,
            progress=line.progress,
        )
        (only,) = line.items.items_since(hours_ago(999))
        return only

    room.fetcher.serves(poll("It is lost.").url, page())
    assert line(reads(room)).read == 1
    room.clock.moves_on(minutes=30)
    corrected = poll("It is saved.")
    assert (corrected.summary, corrected.text) == ("It is saved.", TEXT)
    assert [edit.after for edit in room.line.items.edits([corrected.id])] == ["It is saved."]
