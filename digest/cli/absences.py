"""A judgement -> every story it left out or moved down, and why, for a person or a machine."""

import json
from collections.abc import Sequence
from dataclasses import asdict

from rich.console import Console
from rich.table import Table

from digest.cli.terminal import shown
from digest.model.edition import Judgement, LeftOut


def show_absences(judgement: Judgement, console: Console) -> None:
    """Print the stories that stand lower than their points, then all that were left out, each with its reason."""
    edition = judgement.edition
    if edition.moved:
        console.print(_table("Printed lower than their points", edition.moved))
    if edition.left_out:
        console.print(_table(f"Left out: {len(edition.left_out)} of {len(judgement.ranked)} stories", edition.left_out))
    else:
        console.print("No story was left out.")


def absences_json(judgement: Judgement) -> str:
    """Return the same as JSON."""
    edition = judgement.edition
    whole = {"moved": [asdict(one) for one in edition.moved], "left_out": [asdict(one) for one in edition.left_out]}
    return json.dumps(whole, indent=1, ensure_ascii=False)


def _table(title: str, stories: Sequence[LeftOut]) -> Table:
    table = Table("headline", "why", title=title, title_justify="left", show_lines=True)
    table.add_column("score", justify="right")
    table.add_column("story", no_wrap=True)
    for story in stories:
        table.add_row(shown(story.headline), shown(story.why), str(story.score), story.story_id)
    return table
