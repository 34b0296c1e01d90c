"""Ranked stories -> the edition: what leads, what follows, what is left out and why."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from digest.edit.ask import ask_place
from digest.edit.choose import Chosen, choose
from digest.edit.headline import LONGEST, SHORTEST, shortened
from digest.edit.piece import Desk, opinion, piece
from digest.edit.shape import Shape
from digest.model.edition import Ask, AskPlace, Edition, Piece, Section
from digest.model.news import SectionName
from digest.model.story import Ranked

SUBJECT_MOST = 110
"""Characters of a subject; longer headlines are shortened between words (inboxes show far fewer)."""

PREHEADER_MOST = 140
"""Characters of a preheader that some inbox shows."""


def edit(ranked: Sequence[Ranked], *, newsletter: str, day: date, desk: Desk, shape: Shape, ask: Ask | None) -> Edition:
    """Return the edition of `day` from stories in order of importance.

    A quiet day gives a short edition; a day with nothing relevant gives an empty one that says why.
    """
    chosen = choose(ranked, shape=shape, desk=desk)
    if not chosen.news:
        return Edition(
            newsletter=newsletter, day=day, left_out=chosen.left_out, empty_because=_empty_because(ranked, shape)
        )
    lead = piece(chosen.news[0], desk, sentences=3)
    five = tuple(piece(story, desk, sentences=1) for story in chosen.news[1 : 1 + shape.five])
    sections = _sections(chosen, desk, shape)
    comment = tuple(opinion(item, story, desk) for item, story in chosen.comment)
    edition = Edition(
        newsletter=newsletter,
        day=day,
        subject=_subject(lead),
        preheader=_preheader(five or tuple(piece for section in sections for piece in section.pieces)),
        lead=lead,
        five=five,
        sections=sections,
        comment=comment,
        left_out=chosen.left_out,
    )
    return _with_ask(edition, ask)


def _sections(chosen: Chosen, desk: Desk, shape: Shape) -> tuple[Section, ...]:
    wire = [piece(story, desk, sentences=1) for story in chosen.news[1 + shape.five :]]
    by_section = {name: tuple(one for one in wire if one.section is name) for name in SectionName}
    return tuple(Section(name=name, pieces=pieces) for name, pieces in by_section.items() if pieces)


def _subject(lead: Piece) -> str:
    """Return the lead's headline, or the one of its headlines that fits a subject line best."""
    fitting = [title for title in lead.told.titles if SHORTEST <= len(title) <= LONGEST]
    if SHORTEST <= len(lead.headline) <= LONGEST or not fitting or len(lead.headline) < SHORTEST:
        return shortened(lead.headline, SUBJECT_MOST)
    return fitting[0]


def _preheader(pieces: Sequence[Piece]) -> str:
    return shortened(" · ".join(one.headline for one in pieces[:2]), PREHEADER_MOST)


def _with_ask(edition: Edition, ask: Ask | None) -> Edition:
    if ask is None:
        return edition
    wire = tuple(one for section in edition.sections for one in section.pieces)
    above = (edition.lead, *edition.five) if edition.lead else edition.five
    place = ask_place(above=above, after_five=wire[:1], at_the_end=edition.comment or wire[-1:] or above)
    return replace(edition, ask=ask if place is not AskPlace.LEFT_OUT else None, ask_place=place)


def _empty_because(ranked: Sequence[Ranked], shape: Shape) -> str:
    if not ranked:
        return "nothing has come in since the last edition"
    if shape.safe_only:
        return "no story had two independent sources"
    best = max(story.relevance.score for story in ranked)
    return (
        f"none of {len(ranked)} stories was new Labour news (best relevance {best:.2f}, needed {shape.threshold:.2f})"
    )
