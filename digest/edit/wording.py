"""A piece and what editors wrote for it -> the piece in their words, with the publisher's kept beside them."""

from collections.abc import Sequence
from dataclasses import replace

from digest.edit.decisions import story_of
from digest.model.decision import Act, Decided
from digest.model.edition import Correction, Edition, Note, Piece, Sentence
from digest.model.story import Ranked

WORDS = (Act.RETITLE, Act.SUMMARY, Act.KICKER, Act.NOTE, Act.DIARY)
"""Decisions that are words of an editor's own; an edition that goes out unsigned under the policy `safe` has none."""


def worded(piece: Piece, decisions: Sequence[Decided], ranked: Sequence[Ranked], *, item_id: str = "") -> Piece:
    """Return the piece with the last headline, summary and kicker that stand; `item_id` is a comment's own item."""
    for one in decisions:
        if one.decision.act in _WORDED and one.decision.item == item_id:
            story = story_of(one.decision, ranked)
            if story is not None and story.story.id == piece.story_id:
                piece = _said(piece, one)
    return piece


def framed(edition: Edition, decisions: Sequence[Decided]) -> Edition:
    """Return the edition with the last note and diary that stand, and every correction, in the order of their days."""
    for one in decisions:
        said = one.decision
        if said.act is Act.NOTE:
            edition = replace(edition, note=Note(text=said.text, signed=said.signed or one.by))
        elif said.act is Act.DIARY:
            edition = replace(edition, diary=said.lines)
        elif said.act is Act.CORRECTION and said.day:
            correction = Correction(day=said.day, text=said.text)
            ordered = sorted((*edition.corrections, correction), key=lambda each: each.day)
            edition = replace(edition, corrections=tuple(ordered))
    return edition


_WORDED = (Act.RETITLE, Act.SUMMARY, Act.KICKER)


def _said(piece: Piece, one: Decided) -> Piece:
    text = one.decision.text
    if one.decision.act is Act.KICKER:
        return replace(piece, kicker=text)
    if one.decision.act is Act.SUMMARY:
        written = Sentence(text=text, item_id="", start=0, end=len(text))
        return replace(piece, sentences=(written,), summary_by=one.by)
    told = replace(piece.told, headline=text)
    return replace(piece, headline=text, original=piece.original or piece.headline, headline_by=one.by, told=told)
