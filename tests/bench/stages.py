"""Two pure stages on the bench's own morning: `python -m tests.bench.stages` prints seconds by name as JSON.

Grouping 600 items; then a letter of STORIES stories, rendered and checked, in turn with premailer alone and
css-inline alone on the same page. premailer's figure is its default call, as a program would write it, with nothing but
the sheet to inline.
"""

import json
import logging
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from statistics import median
from time import perf_counter

import premailer

from digest.app.clock import clock
from digest.app.shipped import lexicon_texts, templates
from digest.collect.identity import merge
from digest.collect.parse import ParseTask, parse
from digest.edit.edit import edit
from digest.edit.piece import Desk
from digest.edit.shape import Shape
from digest.group.group import group
from digest.lexicon.load import load
from digest.lexicon.value import Lexicon
from digest.model.brand import Brand
from digest.model.edition import Edition
from digest.model.feed import Document
from digest.model.news import Item, Source
from digest.model.story import Story
from digest.rank.causes import Weights
from digest.rank.rank import rank
from digest.render.checks import check
from digest.render.edition import render
from digest.render.templates import environment
from tests.bench.news import feeds
from tests.bench.server import SEED
from tests.render.uninlined import by_css_inline, inlinable, uninlined

STORIES = 40
TURNS = 3


def main() -> None:
    """Measure TURNS times, in turn, and print the medians."""
    now = clock()()
    lexicon = load(lexicon_texts())
    items, sources = morning(now)
    edition = big_edition(group(items, lexicon=lexicon, previous={}), sources, lexicon, now)
    words = Brand(name="Labour Daily")
    filling = environment(templates())
    page = render(edition, brand=words, environment=uninlined()).html
    jobs: dict[str, Callable[[], object]] = {
        "group": lambda: group(items, lexicon=lexicon, previous={}),
        "render": lambda: check(render(edition, brand=words, environment=filling), edition),
        "premailer": lambda: premailer.transform(
            inlinable(page), allow_network=False, cssutils_logging_level=logging.CRITICAL + 1
        ),
        "css-inline": lambda: by_css_inline(page),
    }
    turns = [{name: seconds(job) for name, job in jobs.items()} for _ in range(TURNS)]
    json.dump({name: median(turn[name] for turn in turns) for name in jobs}, sys.stdout)


def seconds(job: Callable[[], object]) -> float:
    """How long one call takes."""
    started = perf_counter()
    job()
    return perf_counter() - started


def morning(now: datetime) -> tuple[tuple[Item, ...], dict[str, Source]]:
    """The items of the bench's feeds, through our own parsing, and their sources."""
    sources: dict[str, Source] = {}
    parsed = []
    for feed in feeds(seed=SEED, now=now):
        source = Source(id=feed.id, name=feed.name, url=f"https://example.org/{feed.id}", publisher=feed.name)
        sources[feed.id] = source
        document = Document(
            source_id=feed.id,
            asked=source.url,
            url=source.url,
            status=200,
            body=feed.body,
            content_type="application/rss+xml; charset=utf-8",
            etag="",
            last_modified="",
            seconds=0.0,
        )
        parsed.append(parse(ParseTask(document=document, source=source, now=now)))
    return merge((), parsed, now=now).changed, sources


def big_edition(stories: tuple[Story, ...], sources: dict[str, Source], lexicon: Lexicon, now: datetime) -> Edition:
    """An edition of exactly STORIES stories."""
    day: date = now.date()
    ranked = rank(stories, sources=sources, lexicon=lexicon, told=(), now=now, weights=Weights())
    shape = Shape(threshold=0.0, five=10, wire=STORIES - 11, per_section=STORIES, comment=0, per_publisher=STORIES)
    desk = Desk(day=day, sources=sources, lexicon=lexicon, excerpt_words=50, told_items=frozenset())
    edition = edit(ranked, newsletter="daily", day=day, desk=desk, shape=shape, ask=None)
    if len(edition.pieces) != STORIES:
        raise ValueError(f"{len(edition.pieces)} stories in the edition, {STORIES} are wanted")
    return replace(edition, left_out=())


if __name__ == "__main__":
    main()
