"""merge(): what publishers change is written down once, and a flap or a feed that lags behind is no change."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from digest.collect.identity import Merged, merge
from digest.collect.item import MOST_REMEMBERED
from digest.model.feed import ParsedFeed
from digest.model.news import Edit, Entry, Item, Medium
from tests.collect.feeds import NOW, YESTERDAY, entry, feed

HOUR = timedelta(hours=1)
GOOGLE = "https://news.google.com/rss/articles/CBM1"
FIRST, SECOND = "First words on the matter", "Second thoughts"


def only(merged: Merged) -> Item:
    (item,) = (*merged.changed, *merged.seen_again)
    return item


def replayed(*polls: Sequence[ParsedFeed]) -> tuple[list[Merged], list[Edit]]:
    """One poll an hour, each on top of what is known by then."""
    known: dict[str, Item] = {}
    merges = []
    for hour, feeds in enumerate(polls):
        merged = merge(tuple(known.values()), feeds, now=NOW + hour * HOUR)
        known |= {item.id: item for item in (*merged.changed, *merged.seen_again)}
        for gone, _ in merged.absorbed:
            del known[gone]
        merges.append(merged)
    return merges, [edit for merged in merges for edit in merged.edits]


def post(title: str = FIRST, *, summary: str = "", author: str = "") -> ParsedFeed:
    return feed(entry(title, summary=summary, author=author))


def slow(title: str = FIRST, *, summary: str = "", author: str = "") -> ParsedFeed:
    return feed(entry(title, source_id="slow", summary=summary, author=author), source_id="slow")


def headlines(edits: Sequence[Edit]) -> list[tuple[str, str]]:
    return [(edit.before, edit.after) for edit in edits if edit.field == "title"]


@pytest.mark.parametrize(
    ("before", "after", "field"),
    [
        ({"title": FIRST}, {"title": SECOND}, "title"),
        ({"summary": "S."}, {"summary": "T."}, "summary"),
        ({"author": "Jo Dale"}, {"author": "Jo Dale, Al Moss"}, "author"),
        ({"summary": ""}, {"summary": "T."}, "summary"),
    ],
)
def test_what_a_publisher_changes_is_one_edit_with_its_time(
    before: dict[str, str], after: dict[str, str], field: str
) -> None:
    merges, edits = replayed([post(**before)], [post(**after)], [post(**after)])
    (edit,) = edits
    assert edit == Edit(
        item_id=only(merges[0]).id, at=NOW + HOUR, field=field, before=before[field], after=after[field]
    )
    assert [len(merged.changed) for merged in merges] == [1, 1, 0]


def test_a_new_item_and_one_that_stays_the_same_have_no_edits() -> None:
    assert replayed([post(summary="S.")], [post(summary="S.")], [feed()])[1] == []


def test_a_better_address_is_an_edit_too() -> None:
    google = feed(entry(FIRST, GOOGLE, source_id="google"), source_id="google")
    merges, edits = replayed([google], [post()], [google], [google, post()])
    assert [(edit.field, edit.before, edit.after) for edit in edits] == [("url", GOOGLE, "https://post.example/1")]
    assert edits[0].item_id == only(merges[0]).id


def test_every_flip_of_a_headline_is_an_edit_and_none_is_news() -> None:
    merges, edits = replayed(*([post(title)] for title in (FIRST, SECOND) * 5))
    assert [len(merged.new_ids) for merged in merges] == [1] + [0] * 9
    assert headlines(edits) == [(FIRST, SECOND), (SECOND, FIRST)] * 4 + [(FIRST, SECOND)]
    assert only(merges[-1]).titles == (FIRST, SECOND)


def test_a_feed_that_lags_behind_makes_no_edit_even_when_it_answers_alone() -> None:
    both, alone = [post(SECOND), slow()], [slow()]
    _, edits = replayed([post(), slow()], both, alone, both, alone, [post(SECOND)], alone)
    assert headlines(edits) == [(FIRST, SECOND)]


def test_a_feed_that_comes_late_with_the_old_headline_makes_no_edit() -> None:
    assert headlines(replayed([post()], [post(SECOND)], [slow()], [slow()])[1]) == [(FIRST, SECOND)]


def test_a_feed_that_catches_up_makes_no_second_edit() -> None:
    _, edits = replayed([post(), slow()], [post(SECOND), slow()], [post(SECOND), slow(SECOND)], [slow(SECOND)])
    assert headlines(edits) == [(FIRST, SECOND)]


def test_the_feed_that_flipped_is_heard_while_another_stays() -> None:
    _, edits = replayed([post(), slow()], [post(SECOND), slow()], [post(), slow()], [slow()], [post(), slow()])
    assert headlines(edits) == [(FIRST, SECOND), (SECOND, FIRST)]


def test_a_feed_that_catches_up_step_by_step_edits_nothing_back() -> None:
    third = [post("Third time"), slow()]
    _, edits = replayed([post(), slow()], [post(SECOND), slow()], third, [slow(SECOND)], [slow("Third time")])
    assert headlines(edits) == [(FIRST, SECOND), (SECOND, "Third time")]


def test_a_feed_that_is_new_to_an_article_edits_nothing() -> None:
    _, edits = replayed([post(summary="S.")], [slow(SECOND, summary="T.")], [slow(SECOND, summary="T.")])
    assert edits == []


def test_what_comes_after_an_empty_word_is_an_edit() -> None:
    _, edits = replayed([post(summary="S.")], [post()], [post(summary="T.")])
    assert [(edit.before, edit.after) for edit in edits] == [("S.", "T.")]


def test_two_feeds_that_differ_for_good_make_no_edits_in_turn() -> None:
    one, two = post(summary="S.", author="Jo Dale"), slow(summary="T.", author="Al Moss")
    _, edits = replayed([one, two], [one], [two], [one, two], [two], [one])
    assert edits == []


def test_an_empty_word_neither_edits_nor_brings_an_edit_when_it_ends() -> None:
    assert replayed([post(summary="S.")], [post()], [post(summary="S.")])[1] == []


def test_an_aggregator_does_not_edit_what_the_publisher_says() -> None:
    google = feed(entry("First words", GOOGLE, source_id="google", guid="g", summary="G."), source_id="google")
    bridge = feed(entry(FIRST, GOOGLE, source_id="google", guid="g"), source_id="google")
    merges, edits = replayed([post(), bridge], [post(), google], [google])
    assert edits == []
    assert set(only(merges[-1]).titles) == {FIRST, "First words"}


def test_an_item_from_before_sources_were_remembered_is_edited_by_its_only_source() -> None:
    known = replace(only(merge((), [post(SECOND)], now=NOW)), said=(), titles=(FIRST, SECOND))
    merged = merge((known,), [post()], now=NOW + HOUR)
    assert headlines(merged.edits) == [(SECOND, FIRST)]
    assert not merge((replace(known, sources=("post", "slow")),), [post()], now=NOW + HOUR).edits


def test_absorbed_items_are_edited_from_what_the_one_that_stays_said() -> None:
    older = only(merge((), [feed(entry("One thing said of Reed", guid="a", summary="S."))], now=NOW))
    newer = only(merge((), [feed(entry("Another thing", "https://post.example/2", guid="b"))], now=NOW + HOUR))
    bridge = feed(entry("A third headline altogether", "https://post.example/2", guid="a"))
    merged = merge((newer, older), [bridge], now=NOW + 2 * HOUR)
    assert merged.absorbed == ((newer.id, older.id),)
    assert {(edit.item_id, edit.field, edit.before, edit.after) for edit in merged.edits} >= {
        (older.id, "title", "One thing said of Reed", "A third headline altogether")
    }
    assert all(edit.item_id == older.id for edit in merged.edits)


def test_edits_come_in_the_order_of_items_and_fields_whatever_the_order_of_feeds() -> None:
    def poll(title: str) -> list[ParsedFeed]:
        return [
            feed(
                entry(f"{title} {n}", f"https://post.example/{n}", source_id=f"s{n}", summary=title), source_id=f"s{n}"
            )
            for n in range(5)
        ]

    known = merge((), poll("Before"), now=NOW).changed
    merged = merge(known, poll("After"), now=NOW + HOUR)
    assert merged.edits == merge(known[::-1], poll("After")[::-1], now=NOW + HOUR).edits
    assert [(edit.item_id, edit.field) for edit in merged.edits] == [
        (item.id, field) for item in known for field in ("title", "summary")
    ]


def test_what_stands_is_never_forgotten_however_many_headlines_and_addresses_come() -> None:
    known = only(merge((), [feed(entry(FIRST, guid="g"))], now=NOW))
    for hour in range(1, MOST_REMEMBERED + 20):
        flood = entry(f"Headline {hour}", f"https://post.example/{hour}", source_id="flood", guid="f")
        steady = feed(entry(FIRST, guid="g"))
        both = feed(flood, replace(flood, guid="f", url="https://post.example/1", title=FIRST), source_id="flood")
        merged = merge((known,), [steady, both], now=NOW + hour * HOUR)
        known = only(merged)
        assert merged.new_ids == frozenset()
        assert known.url == "https://post.example/1"
        assert known.title in known.titles
    assert len(known.titles) == len(known.urls) == MOST_REMEMBERED
    assert {known.title, FIRST} <= set(known.titles)


def test_an_entry_s_date_in_its_own_words_medium_and_picture_become_the_item_s() -> None:
    said = replace(
        entry(), raw_date="Wed, 14 May 2031", medium=Medium.AUDIO, picture="https://post.example/p.jpg", summary="S."
    )
    merges, edits = replayed([feed(said)], [post(entry().title)])
    first, again = (only(merged) for merged in merges)
    assert (first.raw_date, first.medium, first.picture) == (said.raw_date, Medium.AUDIO, said.picture)
    assert (again.raw_date, again.medium, again.picture) == (said.raw_date, Medium.AUDIO, said.picture)
    assert edits == []


def test_the_words_kept_are_those_of_the_date_that_stands() -> None:
    later = replace(entry(published=NOW), raw_date="today")
    earlier = replace(entry(source_id="slow"), raw_date="yesterday")
    item = only(merge((), [feed(later), feed(earlier, source_id="slow")], now=NOW))
    assert (item.published, item.raw_date) == (YESTERDAY, "yesterday")


def test_the_words_of_a_date_that_nobody_can_believe_are_kept() -> None:
    undated: Entry = replace(entry(published=None), raw_date="in the year 1795")
    item = only(merge((), [feed(undated)], now=NOW))
    assert (item.published, item.raw_date) == (NOW, "in the year 1795")


def test_the_article_s_text_is_kept_whatever_feeds_say() -> None:
    known = replace(only(merge((), [post()], now=NOW)), text="The whole article.")
    assert only(merge((known,), [post(SECOND)], now=NOW + HOUR)).text == "The whole article."


def test_a_feed_known_to_lag_may_bring_a_headline_that_nobody_gave_before() -> None:
    third = "Third time lucky"
    _, edits = replayed([slow(), post()], [slow(), post(SECOND)], [slow(third), post(SECOND)], [slow(third)])
    assert headlines(edits) == [(FIRST, SECOND), (SECOND, third)]


def test_what_a_source_said_that_is_no_more_is_taken_back_by_any_other() -> None:
    known = only(merge((), [post(summary="S.")], now=NOW))
    renamed = slow(SECOND, summary="T.")
    assert not merge((known,), [renamed], now=NOW + HOUR, live=["post", "slow"]).edits
    merged = merge((known,), [renamed], now=NOW + HOUR, live=["slow"])
    assert {(edit.field, edit.before, edit.after) for edit in merged.edits} == {
        ("title", FIRST, SECOND),
        ("summary", "S.", "T."),
    }
    again = merge((only(merged),), [slow("Third time lucky", summary="U.")], now=NOW + 2 * HOUR, live=["slow"])
    assert [(edit.field, edit.after) for edit in again.edits] == [("title", "Third time lucky"), ("summary", "U.")]


def test_what_stands_from_the_article_s_text_is_replaced_by_a_corrected_summary_only() -> None:
    known = replace(only(merge((), [post(summary="S.")], now=NOW)), summary="From the page.", text="From the page.")
    assert not merge((known,), [post(summary="S."), slow(summary="T.")], now=NOW + HOUR).edits
    merged = merge((known,), [post(summary="Corrected.")], now=NOW + HOUR)
    assert [(edit.before, edit.after) for edit in merged.edits] == [("From the page.", "Corrected.")]
    assert only(merged).text == "From the page."


def test_what_stands_from_the_article_s_text_is_not_reworded_by_an_aggregator() -> None:
    def google(summary: str) -> ParsedFeed:
        return feed(entry(FIRST, GOOGLE, source_id="google", summary=summary), source_id="google")

    known = only(merge((), [post(), google("")], now=NOW))
    read = replace(known, summary="From the page.", text="From the page.")
    merged = merge((read,), [post(), google("G.")], now=NOW + HOUR)
    assert only(merged).summary == "From the page."
