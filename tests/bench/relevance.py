"""Measure relevance on the labelled stream; run by hand: python tests/bench/relevance.py STREAM.jsonl.gz.

Prints AUC of label 0 against the rest, AUC of label 2 against the rest, and for a row of thresholds the recall
of label 2 and of labels 1 and 2 with the share of label 0 refused; per article (the first row of each), over all
windows and, where asked with --windows, over some. With --show LABEL it prints the articles of that label by score.
"""

import argparse
import gzip
import json
from collections.abc import Iterable
from datetime import datetime
from itertools import product
from pathlib import Path
from time import perf_counter
from typing import Any

import digest.lexicon
from digest.lexicon.find import find
from digest.lexicon.load import load
from digest.model.news import Item, Kind, Source
from digest.rank.relevance import DEFAULT_THRESHOLD, relevance

LABOUR_OUTLETS = {"LabourList", "LabourList RSS"}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("stream", type=Path)
    options.add_argument("--windows", nargs="*")
    options.add_argument("--show", type=int)
    asked = options.parse_args()
    files = Path(digest.lexicon.__file__).parent.glob("*.toml")
    lexicon = load({file.name: file.read_text(encoding="utf-8") for file in files})
    rows = articles(asked.stream, asked.windows)
    sources = {row["feed"]: source(row) for row in rows}
    start = perf_counter()
    scored = [(relevance(item(row), sources=sources, lexicon=lexicon), row) for row in rows]
    seconds = perf_counter() - start
    scores = {label: [judged.score for judged, row in scored if row["relevance"] == label] for label in (0, 1, 2)}
    print(f"{len(rows)} articles in {seconds:.3f} s; labels 0/1/2: {'/'.join(str(len(scores[k])) for k in (0, 1, 2))}")
    print(f"AUC label 0 against the rest  {auc(scores[1] + scores[2], scores[0]):.3f}")
    print(f"AUC label 2 against the rest  {auc(scores[2], scores[0] + scores[1]):.3f}")
    for threshold in (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, DEFAULT_THRESHOLD):
        print(
            f"threshold {threshold:.2f}: recall of label 2 {share(scores[2], threshold):.3f}, of 1 and 2 "
            f"{share(scores[1] + scores[2], threshold):.3f}, label 0 refused {1 - share(scores[0], threshold):.3f}"
        )
    titles = [str(row["title_clean"]) for row in rows] * 5
    start = perf_counter()
    for title in titles:
        find(lexicon, title, item(rows[0]).published.date())
    print(f"find: {len(titles)} titles in {perf_counter() - start:.3f} s")
    for judged, row in sorted(scored, key=lambda pair: pair[0].score):
        if row["relevance"] == asked.show:
            says = ", ".join(f"{mention.name} {mention.weight:+.1f}" for mention in judged.mentions)
            print(f"{judged.score:.2f} {row['title_clean']} [{row['feed']}] {says}")


def articles(stream: Path, windows: Iterable[str] | None) -> list[dict[str, Any]]:
    with gzip.open(stream, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    labelled = [row for row in rows if row["relevance"] is not None and (not windows or row["window"] in windows)]
    return list({row["article"]: row for row in reversed(labelled)}.values())


def item(row: dict[str, Any]) -> Item:
    at = datetime.fromisoformat(row["published"] or row["first_seen"])
    return Item(
        id=row["id"],
        publisher=row["source"],
        url=row["url"],
        title=row["title_clean"],
        summary="",
        author="",
        kind=Kind.NEWS,
        published=at,
        first_seen=at,
        last_seen=at,
        position=0,
        sources=(row["feed"],),
        titles=(row["title_clean"],),
        urls=(row["url"],),
        guids=(row["id"],),
    )


def source(row: dict[str, Any]) -> Source:
    feed = row["feed"]
    return Source(id=feed, name=feed, url="", publisher=row["source"], labour=feed in LABOUR_OUTLETS)


def auc(high: list[float], low: list[float]) -> float:
    return sum(1.0 if a > b else 0.5 if a == b else 0.0 for a, b in product(high, low)) / (len(high) * len(low))


def share(scores: list[float], threshold: float) -> float:
    return sum(score >= threshold for score in scores) / len(scores)


if __name__ == "__main__":
    main()
