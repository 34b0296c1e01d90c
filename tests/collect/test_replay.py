"""merge() over any history of feeds: every article once, whatever order the polls and what they show come in.

The law holds for articles that stay recognisable: each sighting shares its page, its guid (within
one source) or its headline (equal but for light words, within its window) with one seen before.
What loses page, guid and headline between two polls is another article to us, and to anybody.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from random import Random

from hypothesis import event, given, settings
from hypothesis import strategies as st

from digest.collect.address import canonical
from digest.collect.identity import Merged, merge
from digest.model.feed import ParsedFeed
from digest.model.news import Edit, Entry, Item
from tests.collect.feeds import NOW, entry, feed

EVERY = timedelta(minutes=90)
SOURCES = ("front", "section", "google")
PUBLISHER = "The Wensley Post"
NOISE = ("", "?utm_source=rss", "?at_medium=RSS&at_campaign=x", "#comments")
SUBJECTS = (
    "Reed quits the cabinet over the tram line",
    "Now 92 Labour MPs want the leader to go",
    "Now 96 Labour MPs want the leader to go",
    "Reed will stand for leader in the autumn vote",
    "Reed will not stand for leader in the autumn vote",
    "Lowe backs Reed for leader of the council",
    "Reed backs Lowe for leader of the council",
    "Council offers unions £1.5bn to mend the roads",
)
"""Headlines as near to one another as those of different articles come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article as the world knows it; `known_by` is what never changes about it: page, guid or headline.

    `headlines` are its versions, the oldest first; what is known by its headline has light edits only.
    """

    number: int
    known_by: str
    headlines: tuple[str, ...]
    published: datetime | None
    sources: tuple[str, ...]
    undated_in: frozenset[str]

    def shown(self, source: str, version: int, poll: int) -> Entry:
        """The entry that a source gives of it at one poll."""
        steady = self.known_by == "page"
        page = f"https://www.post.example/{self.number if steady else f'{self.number}-{poll}-{source}'}"
        url = canonical(page + NOISE[(self.number + poll) % len(NOISE)])
        if source == "google":
            url = f"https://news.google.com/rss/articles/CBM{self.number}"
        bumped = timedelta(hours=version if self.known_by != "headline" else 0)
        dated = self.published if source not in self.undated_in else None
        return entry(
            self.headlines[version % len(self.headlines)],
            url,
            source_id=source,
            publisher=PUBLISHER,
            guid=f"{self.number}" if self.known_by == "guid" else f"{self.number}-{poll}-{source}",
            published=dated + bumped if dated else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """Which feeds answered, and how old the state of each was: the version of every headline it shows."""

    versions: dict[str, int]
    left_out: frozenset[int]


@st.composite
def articles(draw: st.DrawFn) -> tuple[Article, ...]:
    """Articles of one publisher, as alike as they come, each with something that stays."""
    subjects = draw(st.lists(st.sampled_from(SUBJECTS), min_size=1, max_size=6, unique=True))
    return tuple(draw(article(number, subject)) for number, subject in enumerate(subjects))


@st.composite
def article(draw: st.DrawFn, number: int, subject: str) -> Article:
    known_by = draw(st.sampled_from(["page", "guid", "headline"]))
    edits = tuple(f"{word} thoughts on matter number {number}" for word in ("Second", "Third", "Fourth"))
    light = (subject, subject.replace(" the ", " a "), subject.upper(), f"Exclusive: {subject}")
    versions = light if known_by == "headline" else (subject, *edits)
    headlines = versions[: draw(st.integers(1, len(versions)))]
    alone = known_by == "guid"  # a guid means something within its source only
    sources = [draw(st.sampled_from(SOURCES[:2]))] if alone else [*SOURCES[:2]]
    if known_by == "headline" or (known_by == "page" and len(headlines) == 1):
        sources.append("google")  # an aggregator shares nothing with the publisher but the headline
    return Article(
        number=number,
        known_by=known_by,
        headlines=headlines,
        published=draw(st.sampled_from([None, NOW - timedelta(hours=5)])),
        sources=tuple(draw(st.sets(st.sampled_from(sources), min_size=1).map(sorted))),
        undated_in=draw(st.frozensets(st.sampled_from(SOURCES))),
    )


POLLS = st.lists(
    st.builds(
        Poll,
        versions=st.dictionaries(st.sampled_from(SOURCES), st.integers(0, 5), min_size=1),
        left_out=st.frozensets(st.integers(0, 5), max_size=2),
    ),
    min_size=1,
    max_size=8,
)


def feeds_of(world: Sequence[Article], poll: Poll, number: int, random: Random) -> list[ParsedFeed]:
    """What a poll brings, the entries and the feeds in any order."""
    feeds = []
    for source, version in poll.versions.items():
        shown = [one for one in world if source in one.sources and one.number not in poll.left_out]
        random.shuffle(shown)
        entries = [replace(one.shown(source, version, number), position=at) for at, one in enumerate(shown)]
        feeds.append(feed(*entries, source_id=source))
    random.shuffle(feeds)
    return feeds


def replay(polls: Sequence[Sequence[ParsedFeed]]) -> tuple[dict[str, Item], list[Merged]]:
    """Merge poll after poll into what is known by then."""
    known: dict[str, Item] = {}
    merges = []
    for number, feeds in enumerate(polls):
        merged = merge(list(known.values()), feeds, now=NOW + number * EVERY)
        known |= {item.id: item for item in (*merged.changed, *merged.seen_again)}
        for gone, _ in merged.absorbed:
            del known[gone]
        merges.append(merged)
    return known, merges


def articles_in(items: Sequence[Item], world: Sequence[Article]) -> list[tuple[int, ...]]:
    """Which articles each item holds, by their headlines."""
    by_headline = {headline: one.number for one in world for headline in one.headlines}
    return sorted(tuple(sorted({by_headline[title] for title in item.titles})) for item in items)


@settings(deadline=None)
@given(articles(), POLLS, st.randoms(use_true_random=False))
def test_shuffled_polls_tell_each_article_once_and_make_one_item_of_it(
    world: tuple[Article, ...], polls: list[Poll], random: Random
) -> None:
    for _ in range(2):
        history = [feeds_of(world, poll, number, random) for number, poll in enumerate(polls)]
        titles = {one.title for feeds in history for feed in feeds for one in feed.entries}
        seen = {one.number for one in world if titles & set(one.headlines)}
        items, merges = replay(history)
        assert articles_in(list(items.values()), world) == sorted((number,) for number in seen)
        assert sum(len(merged.new_ids) for merged in merges) == len(seen)
        assert [merged.absorbed for merged in merges if merged.absorbed] == []
        event(f"{len(seen)} articles in {len(polls)} polls")
        random.shuffle(polls)


@settings(max_examples=50, deadline=None)
@given(articles(), POLLS, st.randoms(use_true_random=False))
def test_a_poll_seen_again_with_new_guids_is_nothing_new(
    world: tuple[Article, ...], polls: list[Poll], random: Random
) -> None:
    items, _ = replay([feeds_of(world, poll, number, random) for number, poll in enumerate(polls)])
    number = len(polls)
    merged = merge(list(items.values()), feeds_of(world, polls[-1], number, random), now=NOW + number * EVERY)
    assert (merged.new_ids, merged.absorbed) == (frozenset(), ())
    assert {item.id for item in (*merged.changed, *merged.seen_again)} <= set(items)


VERSIONS = ("First words on the matter", "Second thoughts", "The last word")


@given(st.lists(st.sampled_from(VERSIONS), min_size=1, max_size=12))
def test_the_edits_of_one_feed_are_its_flips(titles: list[str]) -> None:
    _, merges = replay([[feed(entry(title))] for title in titles])
    flips = [(before, after) for before, after in pairwise(titles) if before != after]
    assert [(edit.before, edit.after) for merged in merges for edit in merged.edits] == flips


@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.integers(0, 3)), min_size=1, max_size=12))
def test_a_feed_that_only_shows_what_the_first_has_shown_makes_no_edits(steps: list[tuple[bool, bool, int]]) -> None:
    """A step: does the publisher go on to its next version, does its first feed answer, how far does the other lag."""
    version, lagging, polls, firsts = 0, 0, [], []
    for moves, answers, lag in [(False, True, 0), *steps]:
        version = min(version + moves, len(VERSIONS) - 1) if answers else version
        lagging = max(lagging, version - lag)
        firsts += [VERSIONS[version]] if answers else []
        first = [feed(entry(VERSIONS[version]))] if answers else []
        polls.append([*first, feed(entry(VERSIONS[lagging], source_id="slow"), source_id="slow")])
    _, merges = replay(polls)
    told: dict[str, list[Edit]] = defaultdict(list)
    for merged in merges:
        for edit in merged.edits:
            told[edit.field].append(edit)
    assert [edit.after for edit in told["title"]] == list(dict.fromkeys(firsts))[1:]
    assert set(told) <= {"title"}
