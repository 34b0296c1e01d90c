"""What would be made of an address: a feed is read, a page leads to its feeds, and nothing is kept."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import pytest

from digest.collect.discover import USUAL_PATHS, FeedKind
from digest.model.feed import Document, FetchAnswer, FetchFailure, FetchRequest
from digest.pipeline.inspect import Inspection, inspect
from tests.builders import NOW, source
from tests.fakes import FakeFetcher, InlineWorkers

SITE = source("The Lantern", url="https://lantern.example/")
FEED = "https://lantern.example/politics.xml"


def rss(*items: str) -> str:
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Politics</title>{"".join(items)}</channel></rss>'


def item(title: str, link: str = "", *, guid: str = "", date: str = "Fri, 15 May 2026 04:00:00 GMT") -> str:
    where = link or f"https://lantern.example/{abs(hash(title))}"
    return (
        f"<item><title>{title}</title><link>{where}</link><guid>{guid or where}</guid><pubDate>{date}</pubDate></item>"
    )


GOOD = rss(item("Council votes to save the library in Stannerby"))


def page(*links: str) -> str:
    declared = "".join(f'<link rel="alternate" type="application/rss+xml" href="{link}">' for link in links)
    return f"<!doctype html><html><head>{declared}</head><body>The Lantern</body></html>"


@pytest.fixture
def fetcher() -> FakeFetcher:
    return FakeFetcher()


def looked_into(fetcher: FakeFetcher, url: str = SITE.url) -> Inspection:
    return inspect(replace(SITE, url=url), fetcher=fetcher, workers=InlineWorkers(), now=NOW)


def test_a_feed_is_read_as_a_collection_would_read_it(fetcher: FakeFetcher) -> None:
    fetcher.serves(FEED, GOOD)
    inspection = looked_into(fetcher, FEED)
    assert inspection.tested is inspection.asked
    assert [found.kind for found in inspection.found] == [FeedKind.ITSELF]
    assert inspection.asked.is_usable
    assert inspection.why_none == ""
    assert inspection.asked.feed
    assert inspection.asked.feed.entries[0].title == "Council votes to save the library in Stannerby"
    assert [request.url for request in fetcher.asked] == [FEED]


def test_a_page_leads_to_the_feeds_it_names_and_the_first_is_read(fetcher: FakeFetcher) -> None:
    fetcher.serves(SITE.url, page("/politics.xml", "/sport.xml"))
    fetcher.serves(FEED, GOOD)
    inspection = looked_into(fetcher)
    assert [found.url for found in inspection.found] == [FEED, "https://lantern.example/sport.xml"]
    assert inspection.tested
    assert inspection.tested.url == FEED
    assert inspection.tested.is_usable
    assert not inspection.asked.is_usable
    assert "a web page (HTML) was served" in inspection.asked.error
    assert len(fetcher.asked) == 2


def test_a_named_feed_that_does_not_answer_is_a_reading_with_its_reason(fetcher: FakeFetcher) -> None:
    fetcher.serves(SITE.url, page("/politics.xml"))
    tested = looked_into(fetcher).tested
    assert tested
    assert (tested.is_usable, tested.error) == (False, "answered 404 Not Found")


def test_what_a_page_leads_to_is_asked_for_in_its_name(fetcher: FakeFetcher) -> None:
    """A stranger's page must not lead us to the newsroom's own hosts; the fetcher sees to it."""
    fetcher.serves(SITE.url, page("/politics.xml"))
    looked_into(fetcher)
    fetcher.serves(SITE.url, page())
    looked_into(fetcher)
    assert {request.led_by for request in fetcher.asked if request.url == SITE.url} == {""}
    assert {request.led_by for request in fetcher.asked if request.url != SITE.url} == {SITE.url}


def test_the_usual_addresses_are_tried_for_a_page_that_names_no_feed(fetcher: FakeFetcher) -> None:
    fetcher.serves("https://lantern.example/news/today", page())
    fetcher.serves("https://lantern.example/rss.xml", GOOD)
    fetcher.serves("https://lantern.example/feed/", page())
    inspection = looked_into(fetcher, "https://lantern.example/news/today")
    (found,) = inspection.found
    assert (found.url, found.title, found.kind) == ("https://lantern.example/rss.xml", "Politics", FeedKind.USUAL)
    assert inspection.tested
    assert inspection.tested.is_usable
    assert len(fetcher.asked) == 8
    assert {request.url for request in fetcher.asked[1:]} == {f"https://lantern.example{path}" for path in USUAL_PATHS}


def test_a_site_without_any_feed_leads_nowhere(fetcher: FakeFetcher) -> None:
    fetcher.serves(SITE.url, page())
    inspection = looked_into(fetcher)
    assert (inspection.found, inspection.tested) == ((), None)
    assert inspection.why_none == "it is a page that names no feed, and there is none at the usual addresses"


@pytest.mark.parametrize("body", ["", "{}", "Not found.", "<opml/>"])
def test_what_is_neither_a_feed_nor_a_page_is_not_searched(fetcher: FakeFetcher, body: str) -> None:
    fetcher.serves(SITE.url, body)
    inspection = looked_into(fetcher)
    assert (inspection.found, inspection.tested) == ((), None)
    assert inspection.asked.error
    assert len(fetcher.asked) == 1


def test_an_address_that_fails_says_why(fetcher: FakeFetcher) -> None:
    inspection = looked_into(fetcher)
    assert inspection.asked.error == inspection.why_none == "answered 404 Not Found"
    assert isinstance(inspection.asked.answer, FetchFailure)
    assert inspection.tested is None


def test_a_feed_without_usable_entries_is_of_no_use(fetcher: FakeFetcher) -> None:
    fetcher.serves(FEED, rss("<item><title>No link</title></item>"))
    reading = looked_into(fetcher, FEED).asked
    assert reading.feed
    assert not reading.is_usable
    assert reading.doubles == ()


def test_entries_that_would_be_one_item_are_shown_together(fetcher: FakeFetcher) -> None:
    one = item("Mayor of Stannerby resigns over the library", "https://lantern.example/mayor", guid="1")
    again = item("Stannerby’s mayor has gone", "https://lantern.example/mayor?utm_source=rss", guid="2")
    other = item("Trains to run on Sundays again from June", guid="3")
    fetcher.serves(FEED, rss(one, again, other))
    reading = looked_into(fetcher, FEED).asked
    assert len(reading.items) == 2
    assert [[entry.position for entry in several] for several in reading.doubles] == [[0, 1]]


def test_entries_that_only_share_the_home_page_as_their_link_are_not_one_item(fetcher: FakeFetcher) -> None:
    titles = ("Mayor of Stannerby resigns", "Trains to run on Sundays again", "Bins to be emptied twice a week")
    same = [item(title, "https://lantern.example/", guid="0") for title in titles]
    fetcher.serves(FEED, rss(*same, same[0]))
    reading = looked_into(fetcher, FEED).asked
    assert [[entry.position for entry in several] for several in reading.doubles] == [[0, 3]]


def test_repairs_are_counted_by_their_names(fetcher: FakeFetcher) -> None:
    entries = [item(f"Report number {number} from the council chamber", date="soon") for number in range(3)]
    fetcher.serves(FEED, rss(*entries, item("x" * 400), item("A day without fault in the chamber")))
    repairs = looked_into(fetcher, FEED).asked.repairs
    assert [count for _, count in repairs] == [3, 1]
    assert all(":" not in name for name, _ in repairs)


@dataclass
class Redirector:
    """Sends every usual address to one feed."""

    asked: list[FetchRequest] = field(default_factory=list)

    def fetch(self, requests: Sequence[FetchRequest]) -> Iterator[FetchAnswer]:
        for request in requests:
            is_page = request.url == SITE.url
            yield Document(
                source_id=request.source_id,
                asked=request.url,
                url=request.url if is_page else FEED,
                status=200,
                body=(page() if is_page else GOOD).encode(),
                content_type="text/html" if is_page else "application/rss+xml",
                etag="",
                last_modified="",
                seconds=0.1,
            )


def test_usual_addresses_that_lead_to_one_feed_are_one_feed() -> None:
    inspection = inspect(SITE, fetcher=Redirector(), workers=InlineWorkers(), now=NOW)
    assert len(inspection.found) == 1
