"""Documents of hostile feeds -> one letter, through the stages that `pipeline/collect.py` and `draft.py` call."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import combinations

from digest.app.shipped import lexicon_texts, templates
from digest.collect.identity import merge
from digest.collect.parse import ParseTask, parse
from digest.edit.codec import dump
from digest.edit.edit import edit
from digest.edit.piece import Desk
from digest.edit.shape import Shape
from digest.errors import FeedUnreadable
from digest.group.group import group
from digest.lexicon.load import load
from digest.model.brand import Brand
from digest.model.edition import Edition, Judgement
from digest.model.feed import Document, ParsedFeed
from digest.model.mail import Email, Finding
from digest.model.news import Source, SourceKind
from digest.model.story import Bonds
from digest.rank.causes import Weights
from digest.rank.rank import rank
from digest.render.checks import check, printable
from digest.render.edition import render
from digest.render.templates import environment

NOW = datetime(2026, 5, 15, 5, 30, tzinfo=UTC)
STORIES = 40
SHAPE = Shape(threshold=0.0, wire=34, per_section=40, comment=40, per_author_publisher=40, per_publisher=40)
"""Gates wide open: whatever comes in is printed, up to STORIES pieces of news."""

LEXICON = load(lexicon_texts())
TEMPLATES = environment(templates())


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What became of some feeds: their edition, its mail (None where nothing came in) and the checks' findings."""

    edition: Edition
    email: Email | None
    findings: tuple[Finding, ...]


def source(number: int, *, kind: SourceKind = SourceKind.LABOUR) -> Source:
    """A feed of an outlet of its own."""
    name = f"Outlet {number}"
    return Source(
        id=f"outlet-{number}", name=name, url=f"https://outlet-{number}.example/feed", publisher=name, kind=kind
    )


def document(source: Source, body: bytes, *, content_type: str = "application/xml") -> Document:
    """A body as a server gave it."""
    return Document(
        source_id=source.id,
        asked=source.url,
        url=source.url,
        status=200,
        body=body,
        content_type=content_type,
        etag="",
        last_modified="",
        seconds=0.0,
    )


def collected(source: Source, answer: Document) -> ParsedFeed | None:
    """Parse as a worker does; None for what is no feed. Any other exception is a finding of these tests."""
    try:
        return parse(ParseTask(document=answer, source=source, now=NOW))
    except FeedUnreadable:
        return None


def letter(feeds: Sequence[ParsedFeed], sources: Sequence[Source], *, is_parted: bool = False) -> Letter:
    """Group, rank, edit and render everything that came in, old or new, and keep the judgement as the store would.

    Where it `is_parted` an editor keeps every item apart, so that payloads that look alike are printed one by one.
    """
    items = merge((), feeds, now=NOW).changed
    apart = tuple(combinations([item.id for item in items], 2)) if is_parted else ()
    stories = group(items, lexicon=LEXICON, previous={}, bonds=Bonds(apart=apart))
    by_id = {one.id: one for one in sources}
    ranked = rank(stories, sources=by_id, lexicon=LEXICON, told=(), now=NOW, weights=Weights())
    desk = Desk(day=NOW.date(), sources=by_id, lexicon=LEXICON, excerpt_words=50, told_items=frozenset())
    edition = edit(ranked, newsletter="daily", day=NOW.date(), desk=desk, shape=SHAPE, ask=None)
    edition, _ = printable(edition)
    dump(Judgement(edition=edition, ranked=ranked))
    if edition.lead is None:
        return Letter(edition=edition, email=None, findings=())
    email = render(edition, brand=Brand(name="The Daily"), environment=TEMPLATES)
    return Letter(edition=edition, email=email, findings=check(email, edition))
