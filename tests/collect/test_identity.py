"""merge(): each article once, whatever it came under."""

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.collect.identity import Merged, merge
from digest.collect.item import MOST_REMEMBERED
from digest.model.feed import ParsedFeed
from digest.model.news import Entry, Item, Kind
from tests.collect.feeds import NOW, YESTERDAY, entry, feed

HOUR = timedelta(hours=1)
GOOGLE = "https://news.google.com/rss/articles/CBM1"


def only(merged: Merged) -> Item:
    (item,) = (*merged.changed, *merged.seen_again)
    return item


def items_of(*entries: Entry) -> tuple[Item, ...]:
    return merge((), [feed(*entries)], now=NOW).changed


def test_a_new_entry_becomes_an_item_with_all_it_says() -> None:
    item = only(merge((), [feed(entry(guid="g", summary="S.", author="Jo Dale", position=3))], now=NOW))
    assert (item.title, item.url, item.summary, item.author) == (
        "Reed quits the cabinet over the tram",
        "https://post.example/1",
        "S.",
        "Jo Dale",
    )
    assert (item.published, item.first_seen, item.last_seen, item.position) == (YESTERDAY, NOW, NOW, 3)
    assert (item.sources, item.titles, item.urls, item.guids) == (("post",), (item.title,), (item.url,), ("post g",))
    assert len(item.id) == 16


def test_seen_again_it_is_neither_new_nor_changed_but_brought_up_to_date() -> None:
    first = merge((), [feed(entry(guid="g", position=3))], now=NOW)
    again = merge(first.changed, [feed(entry(guid="g", position=1))], now=NOW + HOUR)
    assert (again.changed, again.new_ids) == ((), frozenset())
    assert (only(again).id, only(again).last_seen, only(again).position) == (only(first).id, NOW + HOUR, 1)


def test_an_item_that_no_feed_carries_any_more_is_left_alone() -> None:
    known = items_of(entry())
    assert merge(known, [feed()], now=NOW + HOUR) == Merged(
        changed=(),
        new_ids=frozenset(),
        seen_again=(),
        absorbed=(),
        edits=(),
        by_source=merge((), [feed()], now=NOW).by_source,
    )


@pytest.mark.parametrize(
    "second",
    [
        entry("Reed leaves office, a wholly new headline", "https://post.example/moved", guid="g"),
        entry("Reed leaves office, a wholly new headline", guid="other"),
        entry("Reed leaves office, a wholly new headline", "http://www.post.example/1/"),
        entry("REED quits the cabinet – over the ‘tram’", "https://post.example/2"),
        entry("Reed quits the cabinet over a tram", "https://post.example/2"),
    ],
    ids=["guid", "page", "another way to the page", "equal headline", "near headline"],
)
def test_a_guid_or_a_page_or_a_headline_in_common_makes_one_item(second: Entry) -> None:
    known = items_of(entry(guid="g"))
    merged = merge(known, [feed(second)], now=NOW + HOUR)
    assert only(merged).id == known[0].id
    assert merged.new_ids == frozenset()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Now 92 Labour MPs want Reed to go", "Now 96 Labour MPs want Reed to go"),
        ("Council leader Reed quits over tram row in Wensley", "Council leader Lowe quits over tram row in Wensley"),
        ("Reed will stand for leader in the autumn vote", "Reed will not stand for leader in the autumn vote"),
        ("Reed backs Lowe for leader of the council", "Lowe backs Reed for leader of the council"),
        ("Reed offers councils £1.5bn to mend the roads", "Reed offers councils £15bn to mend the roads"),
        ("Deputy leader of Wensley council quits over tram", "Leader of Wensley council quits over tram"),
    ],
)
def test_headlines_that_differ_in_a_number_a_name_or_a_negation_stay_apart(one: str, other: str) -> None:
    assert len(items_of(entry(one), entry(other, "https://post.example/2"))) == 2


@pytest.mark.parametrize(
    ("title", "other", "apart", "count"),
    [
        ("Reed quits the cabinet again", "Reed quits the cabinet again", timedelta(days=2), 1),
        ("Reed quits the cabinet again", "Reed quits the cabinet again", timedelta(days=4), 2),
        ("Reed quits the cabinet over the tram", "Reed quits cabinet over tram", timedelta(hours=23), 1),
        ("Reed quits the cabinet over the tram", "Reed quits cabinet over tram", timedelta(hours=25), 2),
        ("Politics live", "Politics live", timedelta(hours=11), 1),
        ("Politics live", "Politics live", timedelta(hours=24), 2),
        ("?!", "…", timedelta(0), 2),
    ],
)
def test_a_headline_counts_only_near_in_time(title: str, other: str, apart: timedelta, count: int) -> None:
    second = entry(other, "https://post.example/2", published=YESTERDAY - apart)
    assert len(items_of(entry(title), second)) == count


def test_an_equal_headline_of_another_publisher_is_another_item() -> None:
    assert len(items_of(entry(), entry(url="https://dale.example/1", publisher="The Dale Gazette"))) == 2


def test_an_undated_entry_is_recognised_by_its_headline_as_long_as_the_feed_carries_it() -> None:
    known: tuple[Item, ...] = ()
    for poll in range(20):
        now = NOW + timedelta(days=poll)
        flapping = entry(url=f"https://post.example/{poll}", guid=f"g{poll}", published=None)
        merged = merge(known, [feed(flapping)], now=now)
        assert len(merged.new_ids) == (1 if poll == 0 else 0)
        known = (only(merged),)
    assert only(merged).published == NOW


def test_guids_that_change_at_every_poll_make_nothing_new_and_do_not_pile_up() -> None:
    known = items_of(entry(guid="g"))
    for poll in range(MOST_REMEMBERED + 10):
        merged = merge(known, [feed(entry(guid=f"g{poll}"))], now=NOW + poll * HOUR)
        assert (merged.changed, merged.new_ids) == ((), frozenset())
        known = merged.seen_again
    assert len(known[0].guids) == MOST_REMEMBERED
    assert known[0].guids[-1] == f"post g{MOST_REMEMBERED + 9}"


def test_a_guid_means_something_within_its_source_only() -> None:
    one, two = (
        entry(guid="1"),
        entry("Lowe stays", "https://dale.example/9", guid="1", source_id="dale", publisher="Dale"),
    )
    assert len(merge((), [feed(one), feed(two, source_id="dale")], now=NOW).changed) == 2


def test_an_article_and_its_edit_in_one_document_are_one_item() -> None:
    (item,) = items_of(entry("First words on the matter", guid="a"), entry("Second thoughts", guid="b"))
    assert set(item.titles) == {"First words on the matter", "Second thoughts"}


def test_a_guid_or_a_page_that_one_document_gives_to_several_headlines_identifies_none() -> None:
    home = "https://post.example/"
    entries = [
        entry(title, home, guid="0") for title in ("Reed quits the cabinet", "Lowe stays in the cabinet", "Moss")
    ]
    items = items_of(*entries)
    assert len({item.id for item in items}) == 3
    assert not merge(items, [feed(*entries)], now=NOW + HOUR).changed


def test_the_latest_headline_is_kept_and_every_one_is_remembered() -> None:
    known = items_of(entry("First words on the matter"))
    edited = only(merge(known, [feed(entry("Second thoughts"))], now=NOW + HOUR))
    assert (edited.title, edited.titles) == ("Second thoughts", ("First words on the matter", "Second thoughts"))
    back = only(merge((edited,), [feed(entry("First words on the matter"))], now=NOW + 2 * HOUR))
    assert (back.title, back.titles) == ("First words on the matter", edited.titles)


def test_a_feed_that_lags_behind_does_not_bring_an_old_headline_back() -> None:
    known = items_of(entry("First words on the matter"))
    lagging = feed(entry("First words on the matter", source_id="slow"), source_id="slow")
    edited = merge(known, [feed(entry("Second thoughts")), lagging], now=NOW + HOUR)
    again = merge(edited.changed, [lagging, feed(entry("Second thoughts"))], now=NOW + 2 * HOUR)
    assert only(again).title == only(edited).title == "Second thoughts"
    assert again.changed == ()


def test_the_publisher_s_own_link_and_words_come_before_an_aggregator_s() -> None:
    google = feed(
        entry("Reed quits the cabinet over the tram", GOOGLE, source_id="google", summary="G."), source_id="google"
    )
    own = feed(entry("Reed quits the cabinet over a tram", summary="O."))
    for feeds in ([google, own], [own, google]):
        item = only(merge((), feeds, now=NOW))
        assert (item.url, item.summary, item.title) == (
            "https://post.example/1",
            "O.",
            "Reed quits the cabinet over a tram",
        )
        assert set(item.urls) == {GOOGLE, "https://post.example/1"}
    first = merge((), [google], now=NOW)
    assert only(first).url == GOOGLE
    later = merge(first.changed, [own], now=NOW + HOUR)
    assert (only(later).id, only(later).url) == (only(first).id, "https://post.example/1")
    assert only(merge(later.changed, [google], now=NOW + 2 * HOUR)).url == "https://post.example/1"


def test_an_address_once_given_stays_while_it_is_the_publisher_s_own() -> None:
    known = items_of(entry(guid="g"))
    assert (
        only(merge(known, [feed(entry(url="https://post.example/new", guid="g"))], now=NOW + HOUR)).url
        == "https://post.example/1"
    )


def test_the_own_address_known_long_ago_comes_back_before_an_aggregator_s() -> None:
    known = replace(items_of(entry(guid="g"))[0], url=GOOGLE, urls=(GOOGLE, "https://post.example/1"))
    assert only(merge((known,), [feed(entry(url=GOOGLE, guid="g"))], now=NOW + HOUR)).url == "https://post.example/1"


def test_the_publisher_s_own_feed_names_the_publisher() -> None:
    known = items_of(entry(url=GOOGLE, guid="g", publisher="wensleypost.example"))
    assert only(merge(known, [feed(entry(guid="g"))], now=NOW + HOUR)).publisher == "The Wensley Post"
    assert (
        only(merge(known, [feed(entry(url=GOOGLE, publisher="Other"))], now=NOW + HOUR)).publisher
        == "wensleypost.example"
    )


def test_the_earliest_believable_date_stands() -> None:
    known = items_of(entry(published=None))
    assert only(merge(known, [feed(entry())], now=NOW + HOUR)).published == YESTERDAY
    dated = items_of(entry())
    assert only(merge(dated, [feed(entry(published=NOW))], now=NOW + HOUR)).published == YESTERDAY


def test_an_empty_summary_or_author_does_not_wipe_out_what_was_known() -> None:
    known = items_of(entry(summary="S.", author="Jo Dale"))
    item = only(merge(known, [feed(entry())], now=NOW + HOUR))
    assert (item.summary, item.author) == ("S.", "Jo Dale")


def test_a_feed_that_knows_the_kind_is_believed() -> None:
    other = feed(entry(source_id="other", kind=Kind.COMMENT), source_id="other")
    assert only(merge((), [feed(entry()), other], now=NOW)).kind is Kind.COMMENT


def test_two_known_items_that_turn_out_to_be_one_become_the_older_and_lose_nothing() -> None:
    older = items_of(entry("One thing said of Reed", "https://post.example/1", guid="a"))[0]
    newer = only(merge((), [feed(entry("Quite another thing", "https://post.example/2", guid="b"))], now=NOW + HOUR))
    bridge = entry("A third headline altogether", "https://post.example/2", guid="a")
    merged = merge((newer, older), [feed(bridge)], now=NOW + 2 * HOUR)
    assert merged.absorbed == ((newer.id, older.id),)
    assert only(merged).id == older.id
    assert set(only(merged).titles) == {*older.titles, *newer.titles, bridge.title}
    assert set(only(merged).guids) == {"post a", "post b"}
    assert (merged.new_ids, only(merged).first_seen) == (frozenset(), NOW)


def test_known_items_that_are_one_are_joined_without_any_feed() -> None:
    older = items_of(entry(guid="a"))[0]
    newer = replace(older, id="f" * 16, first_seen=NOW + HOUR, last_seen=NOW + HOUR)
    merged = merge((older, newer), (), now=NOW + 2 * HOUR)
    assert merged.absorbed == (("f" * 16, older.id),)
    assert only(merged).last_seen == NOW + HOUR


def test_each_source_is_counted_with_its_entries_and_the_new_items_it_carried() -> None:
    merged = merge(
        (),
        [
            feed(entry(), entry("Lowe stays", "https://post.example/2")),
            feed(entry(source_id="two"), source_id="two"),
            feed(source_id="dry"),
        ],
        now=NOW,
    )
    assert [(count.source_id, count.entries, count.new_items) for count in merged.by_source] == [
        ("dry", 0, 0),
        ("post", 2, 2),
        ("two", 1, 1),
    ]


TITLES = (
    "Reed quits the cabinet over the tram",
    "Reed quits cabinet over tram",
    "Lowe stays on as mayor",
    "Letters",
    "92 MPs say go",
)
ENTRIES = st.builds(
    entry,
    st.sampled_from(TITLES),
    st.sampled_from(["https://post.example/1", "https://post.example/2", GOOGLE, "https://post.example/"]),
    source_id=st.sampled_from(["post", "two"]),
    publisher=st.sampled_from(["The Wensley Post", "Dale"]),
    guid=st.sampled_from(["", "a", "b"]),
    published=st.sampled_from([None, YESTERDAY, YESTERDAY - timedelta(days=2), NOW - timedelta(days=9)]),
    summary=st.sampled_from(["", "S.", "T."]),
    position=st.integers(0, 3),
)


def feeds_of(entries: list[Entry]) -> list[ParsedFeed]:
    return [feed(*(one for one in entries if one.source_id == name), source_id=name) for name in ("post", "two")]


@given(st.lists(ENTRIES, max_size=8), st.lists(ENTRIES, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_feeds_and_of_known_items_makes_no_difference(
    before: list[Entry], after: list[Entry], random: Random
) -> None:
    known = merge((), feeds_of(before), now=NOW)
    feeds = feeds_of(after)
    shuffled, items = list(reversed(feeds)), list(known.changed)
    random.shuffle(items)
    assert merge((), list(reversed(feeds_of(before))), now=NOW) == known
    assert merge(known.changed, feeds, now=NOW + HOUR) == merge(items, shuffled, now=NOW + HOUR)


@given(st.lists(ENTRIES, max_size=10))
def test_the_same_feeds_again_bring_nothing_new_and_lose_nothing(entries: list[Entry]) -> None:
    feeds = feeds_of(entries)
    first = merge((), feeds, now=NOW)
    again = merge(first.changed, feeds, now=NOW + HOUR)
    assert again.new_ids == frozenset()
    assert len({item.id for item in first.changed}) == len(first.changed)
    assert {title for item in first.changed for title in item.titles} == {one.title for one in entries}


def test_thousands_of_sightings_are_merged_in_one_sweep() -> None:
    many = [
        entry(f"Headline number {n} of the long day", f"https://post.example/{n}", guid=str(n)) for n in range(5000)
    ]
    known = merge((), [feed(*many)], now=NOW).changed
    assert len(known) == 5000
    assert len(merge(known, [feed(*many)], now=NOW + HOUR).seen_again) == 5000
