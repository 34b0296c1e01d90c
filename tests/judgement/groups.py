"""Grouping, duplicates and ablations: how near our stories come to an annotator's."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.judgement.figures import Figure
from tests.judgement.process import Place, Row, has_plain, plain, read, score_groups, stories, write
from tests.judgement.stream import WINDOWS

LABOUR, UCI, ECB = "labour_stream.jsonl.gz", "uci_google_news_2014-03.jsonl.gz", "ecbplus.jsonl.gz"
Scores = dict[str, float]


def labour(place: Place) -> Iterator[Figure]:
    """The labelled stream as a whole, then window by window, then its duplicates."""
    gold = place.data(LABOUR)
    out = place.folder / "labour.jsonl"
    stories(gold, out)
    ours, base = score_groups(place, gold, out), best_plain(place, gold, "labour")
    yield from grouping("labour_stream", ours, base, aims=(0.82, 0.65, 0.82), dreams=(0.90, 0.80, 0.92))
    for window in WINDOWS:
        part = write(place.folder / f"gold-{window}.jsonl", (row for row in read(gold) if row["window"] == window))
        there = {row["id"] for row in read(part)}
        mine = score_groups(place, part, write(place.folder / "said.jsonl", _only(out, there)))
        beside = (
            score_groups(place, part, write(place.folder / "beside.jsonl", _only(base[1], there))) if base else None
        )
        yield from _lines(f"– {window}", mine, beside)
    yield Figure(set="labour_stream", measure="duplicates, pair P", ours=ours["duplicates"]["p"], aim=0.99)
    yield Figure(
        set="labour_stream", measure="duplicates, pair R", ours=ours["duplicates"]["r"], plain=_by_url(gold), aim=0.97
    )


def carried(place: Place, name: str, *, aims: tuple[float, float], dreams: tuple[float, float]) -> Iterator[Figure]:
    """A set of another kind, that the method was not made for; `text` is dropped."""
    items = write(place.folder / f"{name}.jsonl", ({**row, "text": ""} for row in read(place.data(f"{name}.jsonl.gz"))))
    out = place.folder / f"{name}.out.jsonl"
    stories(items, out)
    base = best_plain(place, items, name)
    yield from grouping(name, score_groups(place, items, out), base, aims=(*aims, None), dreams=(*dreams, None))


Aims = tuple[float | None, float | None, float | None]
Best = tuple[Row, Path]


def best_plain(place: Place, gold: Path, name: str) -> Best | None:
    """The plain method at the similarity that does best on this very set: its score, and what it said."""
    if not has_plain():
        return None
    items = write(place.folder / f"{name}.items.jsonl", read(gold))
    found = [(score_groups(place, gold, out), out) for out in plain(items, place.folder / f"{name}.plain")]
    return max(found, key=lambda one: float(one[0]["bcubed"]["f"]))


def grouping(name: str, ours: Row, base: Best | None, *, aims: Aims, dreams: Aims) -> Iterator[Figure]:
    """BCubed F and pair F, and BCubed precision."""
    measures = (("BCubed F", "bcubed", "f"), ("pair F", "pairs", "f"), ("BCubed P", "bcubed", "p"))
    for (measure, table, key), aim, dream in zip(measures, aims, dreams, strict=True):
        plain_one = base[0][table][key] if base else None
        yield Figure(set=name, measure=measure, ours=ours[table][key], plain=plain_one, aim=aim, dream=dream)


def _lines(name: str, ours: Row, base: Row | None) -> Iterator[Figure]:
    yield from grouping(name, ours, (base, Path()) if base else None, aims=(None,) * 3, dreams=(None,) * 3)


def _only(said: Path, there: set[str]) -> Iterator[Mapping[str, object]]:
    return (row for row in read(said) if row["id"] in there)


def _by_url(gold: Path) -> float:
    """Recall of duplicate pairs where only an equal address makes one article of two rows."""
    rows = [row for row in read(gold) if row["story"]]
    pairs = [
        one["url"] == other["url"]
        for at, one in enumerate(rows)
        for other in rows[at + 1 :]
        if one["article"] == other["article"]
    ]
    return pairs.count(True) / len(pairs)
