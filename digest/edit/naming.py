"""What a person typed -> the story, item, place or section that is meant; errors name the nearest."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from digest.edit.called import called
from digest.errors import UsageError
from digest.model.edition import Edition, Judgement, Piece
from digest.model.news import Item, SectionName
from digest.model.story import Ranked

LONGEST_PLACE = 2
"""Digits of a place; more of them begin an id."""

NAMED = 60
"""Characters of a headline in an error."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """The story that is meant, the headline under which editors know it, and how it is printed.

    `piece` is None where it is left out; `item_id` is the item of one comment, else "".
    """

    ranked: Ranked
    headline: str
    piece: Piece | None
    item_id: str = ""


def story_named(text: str, judgement: Judgement) -> Named:
    """Return the story that `text` names: by place («lead», «3»), by its id, or by the beginning of its id.

    Places count the edition's pieces from 1 in the order of print, as `digest show` numbers them.

    Raises:
        UsageError: when it names no story, or several.

    """
    written = text.strip().lower()
    if written == "lead" or (written.isascii() and written.isdigit() and len(written) <= LONGEST_PLACE):
        return _at(1 if written == "lead" else int(written), judgement)
    meant = [one for one in judgement.ranked if written and one.story.id.startswith(written)]
    exact = [one for one in meant if one.story.id == written]
    if len(exact or meant) == 1:
        story = (exact or meant)[0]
        pieces = (piece for piece in judgement.edition.pieces if piece.story_id == story.story.id)
        return _named(story, next(pieces, None), judgement.edition)
    if meant:
        listed = "; ".join(_listed(one, judgement.edition) for one in meant[:5])
        raise UsageError(f"{text!r} may be {listed}", mend="write more of the one that is meant.")
    raise UsageError(f"no story is called {text!r}", mend=_nearest_story(written, judgement))


def whole(named: Named) -> Named:
    """Return the story that was named as a whole; for acts that one comment alone cannot undergo.

    Raises:
        UsageError: when it is printed as comment, which stays in its own block.

    """
    if named.item_id:
        raise UsageError(
            f"“{named.headline}” is comment, which stays in its own block and under its own label",
            mend="spike, retitle or summarise it; news leads and moves.",
        )
    return named


def items_named(texts: Sequence[str], named: Named) -> tuple[Item, ...]:
    """Return the items of a story by their ids, or the beginnings of these; UsageError as for stories."""
    return tuple(dict.fromkeys(_item_named(text, named.ranked) for text in texts))


def section_named(text: str) -> SectionName:
    """Return the section of the wire by its name or the beginning of it, whatever the case."""
    meant = [name for name in SectionName if text.strip() and name.value.lower().startswith(text.strip().lower())]
    if len(meant) != 1:
        near = get_close_matches(text.lower(), [name.value.lower() for name in SectionName], n=1)
        hint = f"did you mean {near[0].capitalize()}? " if near else ""
        known = ", ".join(name.value for name in SectionName)
        raise UsageError(f"{text!r} is no place and no section", mend=f"{hint}Write a number, or one of: {known}.")
    return meant[0]


def _at(place: int, judgement: Judgement) -> Named:
    pieces = judgement.edition.pieces
    if not 1 <= place <= len(pieces):
        mend = f"its {len(pieces)} pieces are numbered in `digest show`." if pieces else "it is empty: name an id."
        raise UsageError(f"the edition has no place {place}", mend=mend)
    piece = pieces[place - 1]
    story = next(one for one in judgement.ranked if one.story.id == piece.story_id)
    return _named(story, piece, judgement.edition)


def _named(story: Ranked, piece: Piece | None, edition: Edition) -> Named:
    if piece is None:
        return Named(ranked=story, headline=called(story, edition), piece=None)
    if all(piece is not one for one in edition.comment):
        return Named(ranked=story, headline=piece.headline, piece=piece)
    item_id = next(item.id for item in story.story.items if item.url == piece.sources[0].url)
    return Named(ranked=story, headline=piece.headline, piece=piece, item_id=item_id)


def _item_named(text: str, story: Ranked) -> Item:
    written = text.strip().lower()
    meant = [item for item in story.story.items if written and item.id.lower().startswith(written)]
    if len(meant) != 1:
        listed = "; ".join(
            f"{item.id[:8]} {item.publisher}, {_short(item.title)}" for item in meant or story.story.items
        )
        what = f"{text!r} may be several items" if meant else f"no item of story {story.story.id} is called {text!r}"
        raise UsageError(what, mend=f"write one of: {listed}.")
    return meant[0]


def _nearest_story(written: str, judgement: Judgement) -> str:
    """Name the stories whose ids look most alike, or whose headlines hold what was written."""
    known = {one.story.id: one for one in judgement.ranked}
    ids = get_close_matches(written, known, n=3, cutoff=0.5)
    headlines = [
        one for one in judgement.ranked if len(written) > LONGEST_PLACE and _tells_of(written, one, judgement.edition)
    ]
    near = list(dict.fromkeys([*(known[name] for name in ids), *headlines]))[:3]
    if not near:
        return "`digest show` lists the stories with their places and ids."
    return f"did you mean {' or '.join(_listed(one, judgement.edition) for one in near)}?"


def _tells_of(written: str, one: Ranked, edition: Edition) -> bool:
    return any(written in title.lower() for title in (called(one, edition), *(item.title for item in one.story.items)))


def _listed(one: Ranked, edition: Edition) -> str:
    return f"{one.story.id} (“{_short(called(one, edition))}”)"


def _short(title: str) -> str:
    return title if len(title) <= NAMED else title[: NAMED - 1].rsplit(" ", 1)[0] + "…"
