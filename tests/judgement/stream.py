"""The labelled stream: its articles, once each, taken apart as the line takes feeds apart."""

import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from digest.collect.address import is_aggregator
from digest.collect.speaker import speaker
from digest.model.news import Item, Kind, Source
from digest.text.headline import split_author, split_publisher

WINDOWS = ("w1", "d1", "w2", "w3", "d2", "w4", "w5", "w6")
"""In the order of time; what is tuned is tuned on seven and measured on the eighth."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One labelled article: what a feed says of it, and what the annotator said of it."""

    item: Item
    source: Source
    is_signed: bool
    window: str
    relevance: int
    kind: Kind


def articles(stream: Path) -> list[Article]:
    """Return every labelled article, in the order of the file; of its rows the first speaks."""
    with gzip.open(stream, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    labelled = [row for row in rows if row["relevance"] is not None]
    return [_article(row) for row in {row["article"]: row for row in reversed(labelled)}.values()]


def left_out(found: Sequence[Article]) -> Iterator[tuple[str, list[int], list[int]]]:
    """Yield each window with the places of the articles outside it and of those inside."""
    for window in WINDOWS:
        inside = [at for at, article in enumerate(found) if article.window == window]
        if inside:
            yield window, [at for at, article in enumerate(found) if article.window != window], inside


def _article(row: dict[str, str]) -> Article:
    source = _source(row["source"])
    title, _ = split_publisher(row["title"], (row["source"], source.publisher), aggregated=is_aggregator(row["url"]))
    headline, columnist = split_author(title)
    return Article(
        item=_item(row, headline, source),
        source=source,
        is_signed=bool(columnist),
        window=row["window"],
        relevance=int(row["relevance"]),
        kind=Kind(row["kind"]),
    )


def _source(name: str) -> Source:
    """A source of this name, as a row gives it, with its publisher where the name is a known one's."""
    publisher = speaker(name, "", is_vouched=True).publisher
    return Source(id=name, name=name, url="", publisher=publisher.name, kind=publisher.kind, labour=publisher.labour)


def _item(row: dict[str, str], title: str, source: Source) -> Item:
    at = datetime.fromisoformat(row["published"] or row["first_seen"])
    return Item(
        id=row["id"],
        publisher=source.publisher,
        url=row["url"],
        title=title,
        summary="",
        author="",
        kind=Kind.NEWS,
        published=at,
        first_seen=at,
        last_seen=at,
        position=0,
        sources=(source.id,),
        titles=(title,),
        urls=(row["url"],),
        guids=(row["id"],),
    )
