"""A story and its edition -> the one headline under which editors know it."""

from digest.edit.headline import headline
from digest.model.edition import Edition
from digest.model.story import Ranked
from digest.text.headline import without_tags


def called(ranked: Ranked, edition: Edition) -> str:
    """Return the headline that a story has in print, else the one under which it was left out, else its fittest."""
    mine = ranked.story.id
    known = [piece.headline for piece in edition.pieces if piece.story_id == mine]
    known += [one.headline for one in edition.left_out if one.story_id == mine]
    return without_tags(known[0] if known else headline(ranked.story.reports, sources={}).title)
