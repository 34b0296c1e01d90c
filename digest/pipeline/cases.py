"""An editor's decision <-> a regression case: what it was about, and whether the judgement stands it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from digest.edit.codec import load
from digest.edit.edit import edit
from digest.edit.piece import Desk
from digest.edit.saying import told
from digest.edit.shape import Shape
from digest.edit.standing import bonds, standing
from digest.group.group import group
from digest.lexicon.value import Lexicon
from digest.model.case import Case
from digest.model.decision import REGROUPING, Act, Decided
from digest.model.edition import Edition, Judgement
from digest.model.mail import EditionRecord
from digest.model.news import Item, Source
from digest.model.story import Bonds, Story
from digest.pipeline.line import Line
from digest.rank.causes import Weights
from digest.rank.rank import rank

CASES = (*REGROUPING, Act.SPIKE, Act.LEAD)
"""Acts that say something of the judgement; words and places of an editor's own do not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """What a case is judged with besides its own items."""

    lexicon: Lexicon
    weights: Weights
    shape: Shape


def cases(record: EditionRecord, line: Line) -> tuple[Case, ...]:
    """Return a case for every standing split, merge, spike and lead of an edition, each marked if it holds unaided."""
    room = line.newsroom
    bench = Bench(lexicon=room.lexicon, weights=room.weights, shape=room.shape)
    base = load(record.drafted_json or record.edition_json)
    kept = standing(line.editions.decisions(record.id))
    made = (_case(one, base, record, room.sources_by_id) for one in kept if _says_something(one, kept))
    return tuple(replace(case, unaided=holds(case, bench, is_aided=False)) for case in made if case)


def failure(case: Case, bench: Bench) -> str:
    """Return what is wrong with the judgement, naming the decision; empty where the case stands.

    With the decision it has to hold always, and without it where it once did.
    """
    if not holds(case, bench, is_aided=True):
        return f"{case.name} is not obeyed: {told(case.decided)}"
    if case.unaided and not holds(case, bench, is_aided=False):
        return f"{case.name} held without being told, and does no more: {told(case.decided)}"
    return ""


def holds(case: Case, bench: Bench, *, is_aided: bool) -> bool:
    """Say whether what the editor wanted comes out, with the decision (`is_aided`) or without."""
    decision = case.decided.decision
    if decision.act in REGROUPING:
        said = bonds([[case.decided]]) if is_aided else Bonds()
        found = group(case.items, lexicon=bench.lexicon, previous={}, bonds=said)
        parts = [{item.id for item in story.items} for story in found]
        if decision.act is Act.MERGE:
            return any(part >= {*decision.items, *decision.others} for part in parts)
        return not any(part & {*decision.items} and part & {*decision.others} for part in parts)
    edition = _printed(case, bench, is_aided=is_aided)
    if decision.act is Act.LEAD:
        return edition.lead is not None and edition.lead.story_id == decision.story
    return all(piece.story_id != decision.story for piece in edition.pieces)


def _says_something(one: Decided, kept: Sequence[Decided]) -> bool:
    """Say whether a decision makes a case: a split or merge does not where a later one says otherwise of its items."""
    if one.decision.act not in CASES:
        return False
    own, all_ = bonds([[one]]), bonds([kept])
    return {*own.together} <= {*all_.together} and {*own.apart} <= {*all_.apart}


def _case(one: Decided, base: Judgement, record: EditionRecord, sources: Mapping[str, Source]) -> Case | None:
    """Return the case, or None where its items are those of no story that was drafted."""
    decision = one.decision
    about = {*decision.items, *decision.others}
    stories = [ranked.story for ranked in base.ranked if about & {item.id for item in ranked.story.items}]
    if not stories or decision.item:
        return None
    if decision.act is Act.LEAD:
        stories += _above(base, {story.id for story in stories})
    items = [item for story in stories for item in story.items]
    is_grouping = decision.act in REGROUPING
    named = {source for item in items for source in item.sources}
    return Case(
        name=f"{record.newsletter} {record.day}, decision {one.number}",
        newsletter=record.newsletter,
        day=record.day,
        now=record.drafted_at or one.at,
        decided=one,
        items=tuple(_stripped(item) for item in items if not is_grouping or item.id in about),
        stories=() if is_grouping else tuple(tuple(item.id for item in story.items) for story in stories),
        sources=() if is_grouping else tuple(_bare(sources[name]) for name in sorted(named) if name in sources),
    )


def _above(base: Judgement, besides: set[str]) -> list[Story]:
    """Return the lead and the five as they were drafted: what a new lead has to beat."""
    edition = base.edition
    printed = [piece.story_id for piece in (edition.lead, *edition.five) if piece]
    return [one.story for one in base.ranked if one.story.id in printed and one.story.id not in besides]


def _stripped(item: Item) -> Item:
    """Take out what no judgement of a case needs: the article, the picture, and what sources said when."""
    return replace(item, text="", said=(), foreign=(), picture="", raw_date="", guids=())


def _bare(source: Source) -> Source:
    """Take out a feed's address, which may be private, and is asked by no judgement."""
    return replace(source, url="", own_host=False)


def _printed(case: Case, bench: Bench, *, is_aided: bool) -> Edition:
    sources = {source.id: source for source in case.sources}
    items = {item.id: item for item in case.items}
    # Equal points are decided by the id: the names of the others come first, so that no case holds by luck.
    names = [case.decided.decision.story, *(f"!{n}" for n in range(1, len(case.stories)))]
    ranked = rank(
        [
            Story(id=name, items=tuple(items[item_id] for item_id in ids))
            for name, ids in zip(names, case.stories, strict=True)
        ],
        sources=sources,
        lexicon=bench.lexicon,
        told=(),
        now=case.now,
        weights=bench.weights,
    )
    return edit(
        ranked,
        newsletter=case.newsletter,
        day=case.day,
        desk=Desk(day=case.day, sources=sources, lexicon=bench.lexicon, excerpt_words=50),
        shape=bench.shape,
        ask=None,
        decisions=(case.decided,) if is_aided else (),
    )
