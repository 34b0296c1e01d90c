"""One story of a judgement, with the edits of its items -> why it stands where it stands, for a person or a machine."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from rich.console import Console
from rich.table import Table

from digest.cli.provenance import show_words, words_of
from digest.cli.terminal import shown
from digest.edit.explanation import explanation, joined_by
from digest.edit.saying import said_of
from digest.model.edition import Judgement
from digest.model.news import Edit, Item
from digest.model.story import Ranked, Story

LONGEST_TEXT = 300
"""Characters of an article that are printed; `--json` has all that was kept."""


def show_explanation(judgement: Judgement, ranked: Ranked, edits: Sequence[Edit], console: Console) -> None:
    """Print the ledger of one story: its points, why its items belong together, who was refused, what was edited."""
    told = explanation(judgement, ranked)
    console.print(f"[bold]{shown(told.headline)}[/bold]")
    console.print(f"[bold]Story {ranked.story.id}[/bold], no. {told.place} of {told.of}, {shown(told.fate)}")
    for line in said_of(judgement, ranked):
        console.print(f"[bold]Editors:[/bold] {shown(line)}", highlight=False)
    console.print(_points(ranked))
    if told.above:
        points = "1 more point" if told.to_rise == 1 else f"{told.to_rise} more points"
        console.print(f"{points} would move it above {told.above}: {shown(', or '.join(told.ways))}.\n")
    console.print(_items(ranked.story))
    refused = ranked.story.refused
    if refused:
        console.print(f"Nearest refused: {shown(refused.title)} ({refused.weight:.2f}): {shown(refused.why)}.")
    show_words(judgement, ranked, console)
    for item in ranked.story.items:
        _show_item(item, [edit for edit in edits if edit.item_id == item.id], console)


def explanation_json(judgement: Judgement, ranked: Ranked, edits: Sequence[Edit]) -> str:
    """Return the same as JSON: the story with every item whole, and the edits, oldest first; instants in ISO 8601."""
    told = explanation(judgement, ranked)
    whole = {
        "place": told.place,
        "of": told.of,
        "fate": told.fate,
        "above": told.above,
        "to_rise": told.to_rise,
        "score": ranked.score,
        "decisions": said_of(judgement, ranked),
        "words": [asdict(one) for one in words_of(judgement, ranked)],
        **asdict(ranked),
        "edits": [asdict(edit) for edit in edits],
    }
    return json.dumps(whole, indent=1, default=datetime.isoformat)


def _points(ranked: Ranked) -> Table:
    points = Table("cause", "why", title=f"{ranked.score} points", title_justify="left")
    points.add_column("points", justify="right")
    for reason in ranked.reasons:
        points.add_row(reason.cause.value, shown(reason.why), f"{reason.points:+d}")
    return points


def _items(story: Story) -> Table:
    items = Table("item", "publisher", "headline", "joined by", title="Items", title_justify="left")
    joins = {join.item_id: join for join in story.joins}
    for item in story.items:
        why = joined_by(joins.get(item.id))
        items.add_row(item.id[:8], shown(item.publisher), shown(item.title), shown(why))
    return items


def _show_item(item: Item, edits: Sequence[Edit], console: Console) -> None:
    """Print where an item came from and when, what its publisher changed, and how its article begins."""
    raw = f" (in the feed: «{item.raw_date}»)" if item.raw_date else ""
    said = [item.url, f"published {item.published:%d %b %Y %H:%M} UTC{raw}, first seen {_at(item.first_seen)}"]
    said += [f"{_at(edit.at)}: {edit.field} «{edit.before}» became «{edit.after}»" for edit in edits]
    if item.text:
        more = f"… ({len(item.text):,} characters are kept)" if len(item.text) > LONGEST_TEXT else ""
        said.append(f"article: {item.text[:LONGEST_TEXT]}{more}")
    console.print(f"\n[bold]{item.id[:8]}[/bold] {shown(item.publisher)}", highlight=False)
    for line in said:
        console.print(f"  {shown(line)}", soft_wrap=True, highlight=False)


def _at(moment: datetime) -> str:
    return f"{moment:%d %b %Y %H:%M} UTC"
