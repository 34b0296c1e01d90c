"""merge(): nobody but its own publisher's feeds says what an article is; others only add where else it stands."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.collect.identity import Merged, merge
from digest.collect.item import MOST_REMEMBERED
from digest.model.feed import ParsedFeed
from digest.model.news import Entry, Item, Kind, Medium
from tests.collect.feeds import NOW, YESTERDAY, entry, feed

HOUR = timedelta(hours=1)
LONG_AGO = datetime(1996, 1, 1, tzinfo=UTC)
HEADLINES = (
    "Chancellor to set out spending review in June",
    "Rail strike called off after late talks",
    "Minister quits over housing vote in Commons",
    "Hospitals told to cut waiting lists by winter",
    "Council leaders demand funding for social care",
)
PAGES = [f"https://post.example/{number}" for number in range(len(HEADLINES))]
OWN = [entry(title, url, guid=url) for title, url in zip(HEADLINES, PAGES, strict=True)]
POST = feed(*OWN)


def said_by(source: str, *entries: Entry, publisher: str | None = None, own: bool = False) -> ParsedFeed:
    """Entries as an aggregator says them, or another publisher."""
    made = [replace(one, source_id=source, publisher=publisher or one.publisher, own=own) for one in entries]
    return feed(*made, source_id=source)


def found(merged: Merged) -> tuple[Item, ...]:
    return (*merged.changed, *merged.seen_again)


def only(merged: Merged) -> Item:
    (item,) = found(merged)
    return item


def known(merged: Merged) -> set[str]:
    return {one.id for one in found(merged)}


def left(before: Merged, merged: Merged) -> list[Item]:
    """All items after a second poll."""
    gone = known(merged) | {item_id for item_id, _ in merged.absorbed}
    return [*found(merged), *(one for one in found(before) if one.id not in gone)]


def articles(items: Sequence[Item]) -> list[tuple[object, ...]]:
    """The Post's articles as a reader sees them; one that others showed before is as old as that if it has no date."""
    return sorted(
        (one.title, one.url, one.kind, one.position, one.published if one.published != one.first_seen else NOW)
        for one in items
        if one.publisher == "The Wensley Post" and "post" in one.sources
    )


def essence(items: Sequence[Item], of: set[str] | None = None) -> set[tuple[object, ...]]:
    """What of the Post's items nobody else may change."""
    return {
        (one.id, one.title, one.url, one.published, one.kind, one.medium, one.position)
        for one in items
        if one.publisher == "The Wensley Post" and "post" in one.sources and (of is None or one.id in of)
    }


@pytest.mark.parametrize("own", [True, False], ids=["a stranger", "an aggregator"])
@pytest.mark.parametrize(
    "evil",
    [
        [replace(one, title="Buy gold now says nobody at all", guid="same", published=LONG_AGO) for one in OWN],
        [replace(one, title="Buy gold now says nobody at all", guid="same", published=LONG_AGO) for one in OWN[:2]],
        [replace(one, guid=f"e{number}", published=LONG_AGO) for number, one in enumerate(OWN)],
        [replace(one, url=PAGES[0], guid="", published=LONG_AGO) for one in OWN[:2]],
    ],
    ids=["one guid and headline for all", "for two", "only the date", "one page for two headlines"],
)
def test_no_other_feed_joins_dates_or_rewords_a_publishers_articles(evil: list[Entry], own: bool) -> None:
    attack = said_by("evil", *evil, publisher="The Evil Eye" if own else None, own=own)
    alone = merge((), [POST], now=NOW)
    for known in ((), alone.changed):
        merged = merge(known, [attack, POST], now=NOW + HOUR)
        unharmed = merge(known, [POST], now=NOW + HOUR)
        assert essence(found(merged)) == essence(found(unharmed))
        assert len(essence(found(merged))) == len(HEADLINES)
        assert (merged.absorbed, merged.edits) == ((), ())
        assert essence(found(merge(found(merged), [POST, attack], now=NOW + 2 * HOUR))) == essence(found(unharmed))


def test_the_same_page_of_two_publishers_is_an_item_of_each() -> None:
    stranger = said_by("dale", replace(OWN[0], title="Words of another"), publisher="The Dale Gazette", own=True)
    for feeds in ([POST, stranger], [stranger, POST]):
        items = {one.publisher: one for one in merge((), feeds, now=NOW).changed if PAGES[0] in one.urls}
        assert {publisher: one.title for publisher, one in items.items()} == {
            "The Wensley Post": HEADLINES[0],
            "The Dale Gazette": "Words of another",
        }


def test_a_publisher_of_another_name_in_the_table_keeps_its_articles() -> None:
    known = merge((), [POST], now=NOW).changed
    renamed = feed(*(replace(one, publisher="The Post of Wensley", guid="") for one in OWN))
    merged = merge(known, [renamed], now=NOW + HOUR)
    assert {one.id for one in found(merged)} == {one.id for one in known}
    assert {one.publisher for one in found(merged)} == {"The Post of Wensley"}


def test_an_aggregator_adds_where_else_an_article_stands_and_is_recognised_by_it() -> None:
    elsewhere = replace(OWN[0], url="https://elsewhere.example/1", guid="g", title=HEADLINES[0])
    known = found(merge((), [feed(OWN[0]), said_by("sums", elsewhere)], now=NOW))
    (item,) = known
    assert item.url == PAGES[0]
    assert item.urls == (PAGES[0], "https://elsewhere.example/1")
    assert item.sources == ("post", "sums")
    assert item.foreign == ("sources sums", "urls https://elsewhere.example/1", "guids sums g")
    for later in (
        replace(elsewhere, title="Wholly other words now"),
        replace(elsewhere, guid="", title="Wholly other words now"),
        replace(elsewhere, url="https://elsewhere.example/2", title="Wholly other words now"),
    ):
        again = merge(known, [said_by("sums", later)], now=NOW + HOUR)
        assert (again.new_ids, only(again).id, only(again).title) == (frozenset(), item.id, HEADLINES[0])


def test_what_a_publisher_confirms_is_foreign_no_longer() -> None:
    elsewhere = replace(OWN[0], url="https://elsewhere.example/1")
    known = found(merge((), [feed(OWN[0]), said_by("sums", elsewhere)], now=NOW))
    item = only(merge(known, [feed(OWN[0], replace(elsewhere, guid="h"))], now=NOW + HOUR))
    assert item.foreign == ("sources sums", f"guids sums {PAGES[0]}")


def test_what_an_aggregator_said_first_gives_way_to_the_publisher_but_the_id_stays() -> None:
    early = replace(
        OWN[0],
        url="https://elsewhere.example/1",
        published=YESTERDAY - HOUR,
        kind=Kind.LIVE,
        medium=Medium.VIDEO,
        author="Jo Dale",
        summary="Their words.",
    )
    first = merge((), [said_by("sums", early)], now=NOW)
    own = replace(OWN[0], position=7, summary="Our words.")
    merged = merge(first.changed, [feed(own)], now=NOW + HOUR)
    item = only(merged)
    assert (item.id, merged.new_ids, merged.absorbed) == (only(first).id, frozenset(), ())
    assert (item.url, item.published, item.kind, item.medium) == (PAGES[0], YESTERDAY, Kind.NEWS, Medium.TEXT)
    assert (item.position, item.summary, item.author) == (7, "Our words.", "Jo Dale")
    later = merge((item,), [said_by("sums", replace(early, author="Al Moss")), feed(own)], now=NOW + 2 * HOUR)
    assert only(later).author == "Jo Dale"
    signed = merge((item,), [feed(replace(own, author="Cy Reed"))], now=NOW + 2 * HOUR)
    assert [(edit.field, edit.before, edit.after) for edit in signed.edits] == [("author", "Jo Dale", "Cy Reed")]


def test_an_undated_article_of_a_publisher_takes_no_date_from_others() -> None:
    undated = replace(OWN[0], published=None)
    dated = said_by("sums", replace(OWN[0], published=LONG_AGO))
    assert only(merge((), [feed(undated), dated], now=NOW)).published == NOW
    early = merge((), [dated], now=NOW).changed
    assert only(merge(early, [feed(undated)], now=NOW + HOUR)).published == NOW


def test_what_was_read_on_a_strangers_page_goes_when_the_publisher_speaks() -> None:
    elsewhere = replace(only(merge((), [said_by("sums", OWN[0])], now=NOW)), text="A stranger’s text.")
    assert only(merge((elsewhere,), [feed(OWN[0])], now=NOW + HOUR)).text == ""


def test_an_aggregator_joins_no_articles_that_other_aggregators_tell_apart() -> None:
    two = said_by("sums", *OWN[:2])
    bridge = [replace(one, guid="g", title="One headline for two articles") for one in OWN[:2]]
    alone = {one.id for one in merge((), [two], now=NOW).changed}
    assert {one.id for one in merge((), [two, said_by("evil", *bridge)], now=NOW).changed} == alone
    known = merge((), [two], now=NOW).changed
    assert {one.id for one in found(merge(known, [said_by("evil", *bridge)], now=NOW + HOUR))} == alone


def test_an_older_item_of_an_aggregators_is_absorbed_by_the_publishers_and_not_the_other_way() -> None:
    stray = merge((), [said_by("sums", replace(OWN[0], url="https://elsewhere.example/1", title="Other"))], now=NOW)
    own = merge((), [feed(OWN[0])], now=NOW + HOUR)
    bridge = said_by("sums", replace(OWN[0], url="https://elsewhere.example/1"))
    merged = merge((*stray.changed, *own.changed), [bridge], now=NOW + 2 * HOUR)
    assert merged.absorbed == ((only(stray).id, only(own).id),)
    assert (only(merged).id, only(merged).title) == (only(own).id, HEADLINES[0])


def test_a_flood_of_others_addresses_pushes_none_of_the_publishers_out() -> None:
    known = found(merge((), [feed(OWN[0]), feed(replace(OWN[0], url="https://post.example/old", guid="o"))], now=NOW))
    for poll in range(MOST_REMEMBERED + 9):
        flood = replace(OWN[0], url=f"https://elsewhere.example/{poll}", guid=f"{poll}")
        known = found(merge(known, [said_by("evil", flood)], now=NOW + poll * HOUR))
    assert {PAGES[0], "https://post.example/old"} <= set(known[0].urls)
    assert len(known[0].urls) == 2 + MOST_REMEMBERED


def test_a_guid_or_a_headline_for_more_than_two_pages_identifies_nothing() -> None:
    letters = [entry("Letters", f"https://post.example/l{number}") for number in range(3)]
    assert len(merge((), [feed(*letters)], now=NOW).changed) == 3
    assert len(merge((), [feed(*letters[:2])], now=NOW).changed) == 1
    guids = [replace(one, guid="0") for one in OWN[:3]]
    assert len(merge((), [feed(*guids)], now=NOW).changed) == 3


@pytest.mark.parametrize("own", [True, False])
def test_articles_with_one_headline_stay_apart_at_the_next_poll_and_when_another_feed_shows_one(own: bool) -> None:
    letters = [entry("Reed and Lowe answer your letters", page, guid=page) for page in PAGES[:3]]
    letters = [replace(one, published=NOW - 2 * HOUR, own=own) for one in letters]
    first = merge((), (feed(*letters),), now=NOW)
    again = merge(found(first), (feed(*letters),), now=NOW + HOUR)
    other = merge(
        found(again), (feed(replace(letters[0], source_id="post-2"), source_id="post-2"),), now=NOW + 2 * HOUR
    )
    assert len(first.changed) == 3
    assert (again.changed, again.absorbed, again.edits) == ((), (), ())
    assert (other.absorbed, other.edits) == ((), ())


def test_an_own_feed_behind_a_lent_address_is_its_publisher_s() -> None:
    lent = replace(OWN[0], url="https://feeds.feedburner.com/~r/post/1", guid="p", own=True)
    first = merge((), (feed(lent),), now=NOW)
    evil = said_by("sums", replace(OWN[0], url="https://evil.example/1", guid="e"))
    second = merge(found(first), (evil,), now=NOW + HOUR)
    third = merge(
        found(second),
        (said_by("sums", replace(OWN[0], title="Buy gold", url="https://evil.example/1", guid="e")),),
        now=NOW + 2 * HOUR,
    )
    assert (only(third).title, only(third).url) == (HEADLINES[0], lent.url)


@pytest.mark.parametrize("count", [1, 2, 3, 5])
@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize("published", [YESTERDAY, None])
def test_a_feed_that_renames_its_letters_at_every_poll_has_no_news(
    count: int, own: bool, published: datetime | None
) -> None:
    def poll(number: int) -> ParsedFeed:
        pages = [f"https://post.example/{place}/{number}" for place in range(count)]
        title = "Corrections and clarifications for the week"
        return feed(*(replace(entry(title, page, guid=page, published=published), own=own) for page in pages))

    items = merge((), (poll(0),), now=NOW).changed
    for number in range(1, 9):
        merged = merge(items, (poll(number),), now=NOW + number * HOUR)
        assert merged.new_ids == frozenset()
        assert merged.absorbed == ()
        items = found(merged)
    assert len(items) == (count if count > 2 else 1)


def test_a_new_letter_of_another_date_is_news_beside_those_that_were_renamed() -> None:
    letters = [entry("Letters to the editor", page, guid=page) for page in PAGES[:3]]
    items = merge((), (feed(*letters),), now=NOW).changed
    renamed = [replace(one, guid=f"{one.guid}!", url=f"{one.url}!") for one in letters]
    fresh = replace(letters[0], guid="fresh", url="https://post.example/fresh", published=NOW)
    merged = merge(items, (feed(*renamed, fresh),), now=NOW + HOUR)
    assert len(merged.new_ids) == 1


@pytest.mark.parametrize("home", ["https://pod.example/", "https://www.pod.example:8080"])
@pytest.mark.parametrize("names_home", [True, False])
def test_episodes_that_link_to_the_home_page_are_told_apart_one_at_a_time(home: str, names_home: bool) -> None:
    items: tuple[Item, ...] = ()
    for number, title in enumerate(HEADLINES):
        guid = home if names_home else f"ep{number}"
        latest = entry(title, home, guid=guid, published=YESTERDAY + number * timedelta(days=1))
        now = NOW + number * timedelta(days=1)
        merged = merge(items, (feed(latest),), now=now)
        assert len(merged.new_ids) == 1
        items = (*items, *merged.changed)
        assert merge(items, (feed(latest),), now=now + HOUR).new_ids == frozenset()


def test_entries_that_only_their_instant_tells_apart_have_ids_of_their_own_and_keep_them() -> None:
    home = "https://post.example/"
    entries = [
        entry(title, home, guid="0", published=YESTERDAY - timedelta(hours=13 * number))
        for title in ("Letters", "Sketch", "Diary")
        for number in range(2)
    ]
    merged = merge((), [feed(*entries)], now=NOW)
    assert len({one.id for one in merged.changed}) == len(merged.changed) == len(entries)
    again = merge(merged.changed, [feed(*entries)], now=NOW + HOUR)
    assert (again.changed, again.absorbed) == ((), ())
    assert len(again.seen_again) == len(entries)


WORDS = st.sampled_from([*HEADLINES[:3], "Chancellor sets out spending review in June", "Letters", "Gold"])
LINKS = st.sampled_from([*PAGES[:3], "https://evil.example/1", "https://news.google.com/rss/articles/CBM1"])
DATES = st.sampled_from([None, YESTERDAY, LONG_AGO, NOW - timedelta(days=2)])
GUIDS = st.sampled_from(["", "a", "b"])
OURS = st.lists(
    st.builds(entry, WORDS, st.sampled_from(PAGES[:3]), guid=GUIDS, published=DATES, position=st.integers(0, 3)),
    max_size=5,
)


@st.composite
def foreign_feeds(draw: st.DrawFn) -> list[ParsedFeed]:
    """Feeds of another publisher, and of an aggregator that names whom it likes."""
    made = st.builds(entry, WORDS, LINKS, guid=GUIDS, published=DATES, kind=st.sampled_from(Kind))
    stranger = said_by("dale", *draw(st.lists(made, max_size=5)), publisher="The Dale Gazette", own=True)
    among = [*draw(st.lists(made, max_size=5)), *(replace(one, publisher="Dale") for one in draw(st.lists(made)))]
    return [stranger, said_by("sums", *among)]


@given(OURS, OURS, foreign_feeds(), foreign_feeds())
def test_whatever_others_say_a_publishers_items_are_those_of_its_own_feeds(
    first: list[Entry], second: list[Entry], others: list[ParsedFeed], more: list[ParsedFeed]
) -> None:
    alone = merge((), [feed(*first)], now=NOW)
    together = merge((), [*others, feed(*first)], now=NOW)
    assert essence(found(together)) == essence(found(alone))
    later = merge(alone.changed, [feed(*second)], now=NOW + HOUR)
    disturbed = merge(together.changed, [*more, feed(*second)], now=NOW + HOUR)
    assert essence(left(together, disturbed), of=known(alone)) == essence(left(alone, later), of=known(alone))
    assert articles(left(together, disturbed)) == articles(left(alone, later))
    assert len(known(disturbed)) == len(found(disturbed))


@given(OURS, foreign_feeds())
def test_with_others_too_nothing_depends_on_order_and_nothing_is_new_twice(
    ours: list[Entry], others: list[ParsedFeed]
) -> None:
    feeds = [feed(*ours), *others]
    first = merge((), feeds, now=NOW)
    assert merge((), feeds[::-1], now=NOW) == first
    again = merge(first.changed, feeds, now=NOW + HOUR)
    assert merge(first.changed[::-1], feeds[::-1], now=NOW + HOUR) == again
    assert again.new_ids == frozenset()
