"""Whatever a feed holds, what comes out is plain, sound and small; a short run of `make fuzz` and what it found."""

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model.news import SourceKind
from tests.fuzz.laws import hold
from tests.fuzz.mutate import mutated
from tests.fuzz.seeds import OWN, PAYLOADS, bodies, payloads

NUKTA = "\u0958"
"""A letter that Unicode composes to two (composition exclusion)."""

FOUND = {
    "many comments, each of which might have ended at the end of any other": b"<!-- x -->\n\n" * 200 + b"<Channel>",
    "a date that is an entity": b"<rss><item><title>a</title><link>http://a.example/</link>"
    b"<pubDate>&amp;circledast;</pubDate></item></rss>",
    "a date of several lines": b"<rss><item><title>a</title><link>http://a.example/</link>"
    b"<pubDate>/>\n   \n  2003-12-13T18:30:02Z</pubDate></item></rss>",
    "a text cut in the midst of a tag": b"<rss><item><title>a</title><link>http://a.example/</link>"
    b"<pubDate>aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa&lt;/script&gt;</pubDate></item></rss>",
    "an address that grows beyond its limit when it is escaped": "<rss><item><title>a</title><link>http://a.example/"
    f"{'é' * 1500}</link><guid>http://a.example/1</guid></item></rss>".encode(),
    "declarations that never end": b"<!ENTITY " * 20_000,
    "elements named like lists that the parser keeps": b"<rss><channel><item><title>a</title><link>http://a.example/</link>"
    b"<authors>Jo Dale</authors><links>b</links></item></channel></rss>",
    "attributes of elements named like lists that the parser keeps": b"<rss><channel><item><title>a</title>"
    b"<link>http://a.example/</link><authors a='b'/><links a='b'/></item></channel></rss>",
    "an author cut at a space": b"<rss><item><title>a</title><link>http://a.example/</link><author>"
    + b"a" * 119
    + b" b</author></item></rss>",
    "letters that are two when they are normalised": "<rss><item><title>a</title><link>http://a.example/</link>"
    f"<guid>{NUKTA * 500}</guid></item></rss>".encode(),
    "a date in hidden markup": b"<rss><item><title>a</title><link>http://a.example/</link>"
    b"<pubDate>&lt;svg>Wed, 14 May 2031 18:00:00 GMT&lt;/svg></pubDate></item></rss>",
    "a problem that quotes a control": b"<?xml version='1.0' encoding='x\x1b[31m'?><rss><channel></channel></rss>",
}


@pytest.mark.parametrize("body", FOUND.values(), ids=FOUND)
def test_every_finding_stays_mended(body: bytes) -> None:
    hold(body)


@pytest.mark.parametrize("body", OWN)
@pytest.mark.parametrize("kind", [SourceKind.NATIONAL, SourceKind.AGGREGATOR])
def test_the_laws_hold_for_a_sound_feed_of_each_format(body: bytes, kind: SourceKind) -> None:
    feed = hold(body, kind=kind)
    assert feed is not None
    assert feed.entries


@settings(max_examples=150, derandomize=True, deadline=None)
@given(st.sampled_from(OWN), st.integers(0, 2**32), st.sampled_from(SourceKind))
def test_the_laws_hold_for_what_is_nearly_a_feed(body: bytes, seed: int, kind: SourceKind) -> None:
    hold(mutated(body, random.Random(seed)), kind=kind)


@pytest.mark.shared
def test_the_laws_hold_for_every_shared_body_changed_once(shared: Path) -> None:
    dice, spice = random.Random(1), payloads(shared)
    held = [hold(mutated(body, dice, spice)) for body in list(bodies(shared))[::7]]
    assert sum(feed is not None for feed in held) > len(held) // 2


@pytest.mark.shared
@pytest.mark.parametrize("corpus", PAYLOADS)
def test_every_corpus_of_payloads_is_there_to_choose_from(shared: Path, corpus: str) -> None:
    assert (shared / "data" / "corpora" / f"{corpus}.jsonl").is_file()
