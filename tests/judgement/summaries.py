"""How summaries and subjects fare on real text: how many were made, what was refused and why, and that each has a span.

`python -m tests.judgement.summaries` prints counts; `--read 60` also prints so many summaries for an editor to read.
The feeds are collected by the program's own line; of ECB+ a story is a summary. No figure here is tuned on a label.
"""

import argparse
import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from digest.edit.headline import LONGEST, SHORTEST, headline
from digest.edit.subject import subject
from digest.edit.summary import Summary, summary
from digest.model.news import Item, Kind
from digest.text.verify import fault
from tests.collect.real_feeds_table import collected
from tests.conftest import SHARED

ENGLISH = ("cnn", "huffpost", "nytimes", "guardian", "bbc")
"""What the names of those feeds hold that are English news with summaries."""

WORDS = 50
WHEN = datetime(2026, 5, 14, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A story with what was made of it."""

    items: tuple[Item, ...]
    headline: Item
    summary: Summary


def main() -> int:
    """Print the counts of each set, and as many summaries as were asked for."""
    options = argparse.ArgumentParser(prog="python -m tests.judgement.summaries", description=__doc__)
    options.add_argument("--read", type=int, default=0, metavar="N", help="print so many summaries of each set")
    asked = options.parse_args()
    if not SHARED.is_dir():
        sys.stderr.write(f"There is nothing to measure: the shared data is not at {SHARED}.\n")
        return 0
    sets = {
        "feeds": feeds(SHARED),
        "ecbplus, summaries": ecbplus(SHARED),
        "ecbplus, texts": ecbplus(SHARED, texts=True),
    }
    for name, stories in sets.items():
        done = [made(story) for story in stories]
        sys.stdout.write(f"{name}: {report(done)}\n")
        for one in islice((one for one in done if one.summary.sentences), asked.read):
            said = " | ".join(sentence.printed for sentence in one.summary.sentences)
            sys.stdout.write(f"  {one.headline.title}\n      {said}\n")
    sys.stdout.write(f"labour_stream: {subjects(stream(SHARED))}\n")
    return 0


def made(items: Sequence[Item]) -> Made:
    """Return the lead's summary of one story."""
    first = headline(items, sources={})
    is_alone = len({item.publisher for item in items}) == 1
    return Made(
        items=tuple(items),
        headline=first,
        summary=summary(items, headline=first, most=3, words=WORDS, is_alone=is_alone),
    )


def report(done: Sequence[Made]) -> str:
    """Say how many summaries have how many sentences, how many of those have no span, and what was refused."""
    lengths = Counter(len(one.summary.sentences) for one in done)
    refused = Counter(passed.why for one in done for passed in one.summary.passed_over)
    faults = sum(bool(why) for one in done for why in _faults(one))
    sizes = ", ".join(f"{count} of {length}" for length, count in sorted(lengths.items()))
    reasons = "; ".join(f"{count} {why}" for why, count in refused.most_common())
    return f"{len(done)} stories, sentences: {sizes}; {faults} without a span; refused: {reasons}."


def _faults(one: Made) -> Iterator[str]:
    items = {item.id: item for item in one.items}
    return (fault(sentence, items[sentence.item_id]) for sentence in one.summary.sentences)


def subjects(stories: Sequence[Sequence[Item]]) -> str:
    """Say how many subjects are as long as wanted, and how many were cut between words."""
    lines = [subject(story, sources={}) for story in stories]
    fitting = sum(SHORTEST <= len(line.text) <= LONGEST for line in lines)
    cut = sum(line.text.endswith("…") for line in lines)
    faulty = sum("without a fault" in line.why for line in lines)
    return f"{len(lines)} subjects, {fitting} of {SHORTEST} to {LONGEST} characters, {cut} cut, {faulty} with a fault."


def feeds(shared: Path) -> list[tuple[Item, ...]]:
    """Collect the English feeds; each item is a story."""
    files = [
        file for file in sorted((shared / "data" / "feeds").iterdir()) if any(name in file.name for name in ENGLISH)
    ]
    return [(item,) for item in collected(files).items if item.summary]


def ecbplus(shared: Path, *, texts: bool = False) -> list[tuple[Item, ...]]:
    """Return the stories of ECB+, with or without the articles."""
    stories: dict[str, list[Item]] = {}
    for row in _rows(shared, "ecbplus"):
        text = str(row["text"]) if texts else ""
        stories.setdefault(str(row["story"]), []).append(_item(row, str(row["title"]), str(row["summary"]), text))
    return [tuple(items) for _, items in sorted(stories.items())]


def stream(shared: Path) -> list[tuple[Item, ...]]:
    """Return the labelled stories of the recorded stream, a headline once."""
    stories: dict[str, dict[str, Item]] = {}
    for row in _rows(shared, "labour_stream"):
        if row["story"]:
            title = str(row["title_clean"])
            stories.setdefault(str(row["story"]), {}).setdefault(title, _item(row, title, "", ""))
    return [tuple(items.values()) for _, items in sorted(stories.items())]


def _rows(shared: Path, name: str) -> Iterator[dict[str, object]]:
    with gzip.open(shared / "data" / "stories" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _item(row: dict[str, object], title: str, summary: str, text: str) -> Item:
    written = row["published"] or row.get("first_seen")
    when = datetime.fromisoformat(str(written)) if written else WHEN
    name = str(row["id"])
    return Item(
        id=name,
        publisher=str(row["source"] or name),
        url=str(row["url"] or f"https://post.example/{name}"),
        title=title,
        summary=summary,
        text=text,
        author="",
        kind=Kind(str(row.get("kind") or Kind.NEWS)),
        published=when,
        first_seen=when,
        last_seen=when,
        position=0,
        sources=(),
        titles=(title,),
        urls=(),
        guids=(),
    )


if __name__ == "__main__":
    sys.exit(main())
