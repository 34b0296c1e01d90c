"""Ranked stories -> the edition: what leads, what follows, what is left out and why."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from digest.edit.ask import ask_place
from digest.edit.choose import choose
from digest.edit.decisions import decided
from digest.edit.headline import shortened
from digest.edit.piece import Desk, leading, lent, opinion, piece
from digest.edit.shape import Shape
from digest.edit.subject import Subject, subject
from digest.edit.wording import WORDS, framed, worded
from digest.model.decision import Decided
from digest.model.edition import Ask, AskPlace, Edition, Piece, Section
from digest.model.news import Item, SectionName
from digest.model.story import Ranked

SUBJECT_MOST = 110
"""Characters of a subject that an editor wrote; a longer one is shortened between words (inboxes show far fewer)."""

PREHEADER_MOST = 140
"""Characters of a preheader that some inbox shows."""


def edit(
    ranked: Sequence[Ranked],
    *,
    newsletter: str,
    day: date,
    desk: Desk,
    shape: Shape,
    ask: Ask | None,
    decisions: Sequence[Decided] = (),
) -> Edition:
    """Return the edition of `day` from stories in order of importance, after what editors decided.

    A quiet day gives a short edition; a day with nothing relevant gives an empty one that says why.
    """
    drafted = choose(ranked, shape=shape, desk=desk)
    chosen = decided(drafted, decisions, ranked=ranked, shape=shape)
    if not chosen.news:
        why = "every story was spiked" if drafted.news else _empty_because(ranked, shape)
        return Edition(newsletter=newsletter, day=day, left_out=chosen.left_out, empty_because=why)
    said = tuple(one for one in decisions if not (shape.safe_only and one.decision.act in WORDS))
    spent: Counter[str] = Counter()
    print_ = partial(_print, desk=desk, decisions=said, ranked=ranked, spent=spent)
    lead = print_(chosen.news[0], sentences=3)
    five = tuple(print_(story, sentences=1) for story in chosen.news[1 : 1 + shape.five])
    sections = _sections([print_(story, sentences=1) for story in chosen.news[1 + shape.five :]])
    comment = tuple(print_(story, item=item) for item, story in chosen.comment)
    line = _subject(lead, chosen.news[0], desk)
    edition = Edition(
        newsletter=newsletter,
        day=day,
        subject=line.text,
        subject_why=line.why,
        preheader=_preheader(five or tuple(piece for section in sections for piece in section.pieces)),
        lead=lead,
        five=five,
        sections=sections,
        comment=comment,
        left_out=chosen.left_out,
        moved=chosen.moved,
    )
    return _with_ask(framed(edition, said), ask)


def _print(
    story: Ranked,
    *,
    desk: Desk,
    decisions: Sequence[Decided],
    ranked: Sequence[Ranked],
    spent: Counter[str],
    sentences: int = 1,
    item: Item | None = None,
) -> Piece:
    """Return the story, or one comment of it, as printed, and note in `spent` the words that publishers lend to it."""
    if item:
        made = worded(opinion(item, story, desk, spent=spent), decisions, ranked, item_id=item.id)
    else:
        made = worded(piece(story, desk, sentences=sentences, spent=spent), decisions, ranked)
    spent.update(lent(made))
    return made


def _sections(wire: Sequence[Piece]) -> tuple[Section, ...]:
    by_section = {name: tuple(one for one in wire if one.section is name) for name in SectionName}
    return tuple(Section(name=name, pieces=pieces) for name, pieces in by_section.items() if pieces)


def _subject(lead: Piece, story: Ranked, desk: Desk) -> Subject:
    """Return the fittest headline among those that may stand over the lead; an editor's own is kept."""
    if lead.headline_by:
        return Subject(text=shortened(lead.headline, SUBJECT_MOST), why=f"{lead.headline_by} wrote the headline.")
    return subject(leading(story, desk), sources=desk.sources)


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
    if best >= shape.threshold:
        return f"none of {len(ranked)} stories was new Labour news: what is relevant is comment or was told before"
    return (
        f"none of {len(ranked)} stories was new Labour news (best relevance {best:.2f}, needed {shape.threshold:.2f})"
    )
