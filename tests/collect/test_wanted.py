"""Items -> the pages to ask for now."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from digest.collect.wanted import (
    FRESH,
    MOST_PAGES,
    MOST_PAGES_OF_A_HOST,
    MOST_TRIES,
    WantedPage,
    candidates,
    wanted,
)
from digest.model.news import Item, Kind, Medium
from digest.model.page import Page, PageOutcome
from tests.builders import NOW, hours_ago, item, source

LANTERN = source("The Lantern", full_text=True)


def of_host(number: int, host: str = "lantern", *, hours: float = 1) -> WantedPage:
    return WantedPage(
        item=item(url=f"https://{host}.example/{number}", published=hours_ago(hours)),
        source=LANTERN,
        led_by=LANTERN.url,
    )


def asked(one: WantedPage, outcome: PageOutcome, *, hours: float = 1, tries: int = 1) -> dict[str, Page]:
    url = one.item.url
    return {url: Page(url=url, item_id=one.item.id, at=hours_ago(hours), outcome=outcome, tries=tries)}


def test_fresh_items_of_sources_that_want_text_are_candidates_the_newest_first() -> None:
    old, new = item("Old", published=hours_ago(5)), item("New", published=hours_ago(1))
    other = item("Other", publisher="The Courier")
    made = candidates([old, new, other], [LANTERN, source("The Courier")], now=NOW)
    assert [(one.item, one.source) for one in made] == [(new, LANTERN), (old, LANTERN)]
    assert made[0].origin == "https://thelantern.example"


@pytest.mark.parametrize(
    "given",
    [
        {"published": NOW - FRESH - timedelta(seconds=1)},
        {"text": "It was read before."},
        {"kind": Kind.LIVE},
        {"medium": Medium.AUDIO},
        {"medium": Medium.VIDEO},
        {"url": "https://news.google.com/rss/articles/abc"},
        {"publisher": "Financial Times", "sources": ("the-lantern",), "foreign": ("sources the-lantern",)},
        {"sources": ("unknown",)},
    ],
)
def test_what_is_old_read_live_heard_redirected_or_paywalled_is_none(given: dict[str, Any]) -> None:
    assert candidates([item(**given)], [LANTERN], now=NOW) == ()


def test_a_paywalled_source_has_no_text_to_give() -> None:
    assert candidates([item()], [source("The Lantern", full_text=True, paywalled=True)], now=NOW) == ()


def test_an_aggregators_item_of_an_open_publisher_is_a_candidate() -> None:
    brought = item(
        publisher="BBC",
        url="https://www.bbc.co.uk/news/1",
        sources=("the-lantern",),
        foreign=("sources the-lantern", "urls https://www.bbc.co.uk/news/1"),
    )
    assert [one.item for one in candidates([brought], [LANTERN], now=NOW)] == [brought]


def test_only_a_source_of_the_items_own_publisher_has_its_page_read() -> None:
    carried = item(publisher="The Courier", sources=("the-courier", "the-lantern"), foreign=("sources the-lantern",))
    courier = source("The Courier")
    assert candidates([carried], [LANTERN, courier], now=NOW) == ()
    (one,) = candidates([carried], [LANTERN, replace(courier, full_text=True)], now=NOW)
    assert (one.source.id, one.led_by) == ("the-courier", courier.url)
    from_before = replace(carried, foreign=())  # of an item known before that was remembered
    assert candidates([from_before], [LANTERN, courier], now=NOW) == ()


@pytest.mark.parametrize("names", [("own", "public"), ("public", "own")])
def test_a_page_is_asked_for_on_the_word_of_the_least_trusted_who_may_have_given_it(names: tuple[str, ...]) -> None:
    own = source("The Lantern", id="own", url="http://cms.lantern.lan/feed", full_text=True, own_host=True)
    public = source("The Lantern", id="public", url="https://thelantern.example/feed")
    for url in ("http://cms.lantern.lan/admin", "https://thelantern.example/1"):
        carried = item(sources=names, url=url)
        (one,) = candidates([carried], [own, public], now=NOW)
        assert (one.source, one.led_by) == (own, public.url)
    (alone,) = candidates([item(sources=("own",))], [own, public], now=NOW)
    assert alone.led_by == own.url


def test_two_items_with_one_address_are_one_page() -> None:
    first, second = item("One", published=hours_ago(1)), item("Two", published=hours_ago(2))
    same = Item(**{name: getattr(second, name) for name in Item.__slots__} | {"url": first.url})
    assert [one.item for one in candidates([same, first], [LANTERN], now=NOW)] == [first]


def test_no_host_is_asked_for_more_than_a_few_pages_and_all_for_no_more_than_sixty() -> None:
    many = [of_host(number, f"host{number % 20}") for number in range(200)]
    made = wanted(many, {}, now=NOW)
    assert len(made) == MOST_PAGES
    assert made == tuple(many[:MOST_PAGES])
    assert len(wanted([of_host(number) for number in range(9)], {}, now=NOW)) == MOST_PAGES_OF_A_HOST


@pytest.mark.parametrize(
    ("outcome", "hours", "tries", "is_asked"),
    [
        (PageOutcome.READ, 72, 1, False),
        (PageOutcome.EMPTY, 72, 1, False),
        (PageOutcome.FORBIDDEN, 23, 1, False),
        (PageOutcome.FORBIDDEN, 24, 1, True),
        (PageOutcome.FORBIDDEN, -24, 1, True),
        (PageOutcome.FAILED, 0.5, 1, True),
        (PageOutcome.FAILED, 0.5, MOST_TRIES - 1, True),
        (PageOutcome.FAILED, 72, MOST_TRIES, False),
    ],
)
def test_what_came_of_a_page_before_says_whether_it_is_asked_for_again(
    outcome: PageOutcome,
    hours: float,
    tries: int,
    is_asked: bool,
) -> None:
    one = of_host(1)
    made = wanted([one], asked(one, outcome, hours=hours, tries=tries), now=NOW)
    assert bool(made) is is_asked
    assert [again.tries for again in made] == ([tries if outcome is PageOutcome.FAILED else 0] if is_asked else [])
