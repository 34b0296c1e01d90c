"""A preview and a way of looking -> its findings and stories, each with its reasons and the way to its place."""

from collections.abc import Iterable
from dataclasses import dataclass

from digest.edit.explanation import Explanation, explanation, joined_by
from digest.edit.provenance import Provenance, provenance
from digest.edit.saying import said_of
from digest.model.edition import Judgement, LeftOut, Piece
from digest.model.mail import Finding
from digest.model.news import Item
from digest.model.view import View
from digest.pipeline.preview import Preview
from digest.render.links import contact_link
from digest.web.desk import instant
from digest.web.frame import STORY, named
from digest.web.look import Look

PARTS = {"subject": View.INBOX, "preheader": View.INBOX, "text": View.TEXT, "html": View.SOURCE, "head": View.SOURCE}
"""Where a finding about a part of the mail is looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """A finding as a sentence, with the address of the place it is about; empty where it has none."""

    finding: Finding
    what: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One item of a story: where it may be read (empty for an address that leads nowhere) and why it stands there."""

    item: Item
    url: str
    published: str
    joined_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A printed story, under a name of its own on the page, with why it stands where it stands.

    `decided` is what editors decided about it, a sentence each.
    """

    name: str
    where: str
    piece: Piece
    url: str
    is_open: bool
    why: Explanation | None
    items: tuple[Told, ...]
    words: tuple[Provenance, ...]
    decided: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Spiked:
    """A story that is left out; why it ranks where it does is told of the one that was asked for."""

    story: LeftOut
    url: str
    why: Explanation | None
    items: tuple[Told, ...]


def noted(findings: Iterable[Finding], look: Look) -> list[Noted]:
    """The findings in their own order, worst first, each with where to look."""
    return [
        Noted(finding=finding, what=finding.what[:1].upper() + finding.what[1:], url=_place(finding, look))
        for finding in findings
    ]


def entries(found: Preview, look: Look) -> list[Entry]:
    """The printed stories in the order of print."""
    listed = []
    for name, (where, piece) in named(found):
        why = _explained(found.judgement, piece.story_id)
        listed.append(
            Entry(
                name=name,
                where=where,
                piece=piece,
                url=f"{look.of_story(name.removeprefix(STORY))}#{name}",
                is_open=name == STORY + look.story,
                why=why,
                items=_items(why),
                words=provenance(piece, why.ranked.story.items) if why else (),
                decided=said_of(found.judgement, why.ranked) if why else (),
            )
        )
    return listed


def spiked(found: Preview, look: Look) -> list[Spiked]:
    """What was left out, in the order of the ranking."""
    listed = []
    for story in found.judgement.edition.left_out:
        why = _explained(found.judgement, story.story_id) if story.story_id == look.story else None
        url = f"{look.of_story(story.story_id)}#left-{story.story_id}"
        listed.append(Spiked(story=story, url=url, why=why, items=_items(why)))
    return listed


def fragment(found: Preview, look: Look) -> str:
    """What the frame is to show first: a line of words, or a story in the letter; empty for its beginning."""
    if look.view in {View.TEXT, View.SOURCE}:
        return f"#L{look.line}" if look.line else ""
    chosen = STORY + look.story
    is_printed = chosen in (name for name, _ in named(found))
    return f"#{chosen}" if is_printed and look.view is not View.INBOX else ""


def _place(finding: Finding, look: Look) -> str:
    if finding.where.startswith("story "):
        return look.of_story(finding.where.removeprefix("story "))
    if finding.where in PARTS:
        return look.of_line(PARTS[finding.where], finding.line)
    return ""


def _explained(judgement: Judgement, story_id: str) -> Explanation | None:
    ranked = next((one for one in judgement.ranked if one.story.id == story_id), None)
    return explanation(judgement, ranked) if ranked else None


def _items(why: Explanation | None) -> tuple[Told, ...]:
    if why is None:
        return ()
    joins = {join.item_id: join for join in why.ranked.story.joins}
    return tuple(
        Told(
            item=item,
            url=contact_link(item.url),
            published=instant(item.published),
            joined_by=joined_by(joins.get(item.id)),
        )
        for item in why.ranked.story.items
    )
