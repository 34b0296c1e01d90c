"""One story of a judgement -> the subject's reason, and where its sentences are from, for a person."""

from rich.console import Console

from digest.cli.terminal import shown
from digest.edit.explanation import placed
from digest.edit.provenance import Provenance, provenance
from digest.model.edition import Judgement
from digest.model.story import Ranked

MOST_REFUSED = 12
"""Sentences passed over that are printed; `--json` has them all."""


def words_of(judgement: Judgement, ranked: Ranked) -> tuple[Provenance, ...]:
    """Return where the words printed of a story are from, and what was passed over: news before comment."""
    pieces = [piece for _, piece in placed(judgement.edition) if piece.story_id == ranked.story.id]
    return provenance(pieces[0], ranked.story.items) if pieces else ()


def show_words(judgement: Judgement, ranked: Ranked, console: Console) -> None:
    """Print the subject and why, where the story leads; each printed sentence with its span, and those refused."""
    edition = judgement.edition
    if edition.lead and edition.lead.story_id == ranked.story.id and edition.subject_why:
        console.print(f"Subject «{shown(edition.subject)}»: {shown(edition.subject_why)}", highlight=False)
    words = words_of(judgement, ranked)
    printed, refused = [one for one in words if not one.why], [one for one in words if one.why]
    for one in (*printed, *refused[:MOST_REFUSED]):
        said = f"Not printed ({one.why})" if one.why else "Printed"
        where = f"{shown(one.publisher)}, {one.item_id[:8]}, {one.place}"
        console.print(f"{said}: {where}: «{shown(one.text)}»", soft_wrap=True, highlight=False)
    if more := len(refused[MOST_REFUSED:]):
        console.print(f"Not printed: {more} more; `--json` has them all.", highlight=False)
