"""A rendered email and its edition -> findings; an edition -> what of it can be printed at all."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from digest.model.edition import Edition, LeftOut, Piece, Section
from digest.model.mail import Email, Finding, Severity
from digest.model.story import Ranked, Told
from digest.render.findings import (
    budget,
    contrast,
    forbidden,
    hidden,
    inbox,
    links,
    meta,
    spans,
    stories,
    structure,
    support,
    syntax,
    text,
)
from digest.render.findings.reading import Reading, reading
from digest.render.links import source_link

MAIL: tuple[Callable[[Reading], Iterator[Finding]], ...] = (
    budget.size,
    budget.style,
    forbidden.forbidden,
    syntax.syntax,
    links.links,
    links.parity,
    links.names,
    links.bare,
    meta.meta,
    structure.language,
    structure.title,
    structure.headings,
    structure.tables,
    structure.pictures,
    contrast.contrast,
    hidden.hidden,
    support.support,
    text.lines,
)
"""What any mail of ours must stand, whatever it is about."""
LETTER = (links.unsubscribe, inbox.subject, inbox.preheader)
"""What a letter to a list must stand besides."""
STORIES = (stories.sources, stories.ask)
DAILY = "daily"
"""The letter whose length editorial.md measures; others are as long as their newsroom wants."""


def check(
    email: Email,
    edition: Edition,
    *,
    told: Sequence[Told] = (),
    template: str = DAILY,
    ranked: Sequence[Ranked] | None = None,
) -> tuple[Finding, ...]:
    """Every finding, errors first; an error blocks approval and sending, a warning needs a reason.

    `told` is what the last editions told, newest first: news of theirs that is not developing is
    an error. `template` names the letter the edition is printed as; only the daily's length is judged.
    `ranked` has the items that the sentences were taken from; without it their spans are not checked.
    """
    letter = reading(email)
    found = [
        *_each(MAIL + LETTER, letter),
        *(finding for one in STORIES for finding in one(edition)),
        *stories.repeats(edition, told=told),
    ]
    if ranked is not None:
        found += spans.spans(edition, ranked=ranked)
    if template == DAILY:
        found += [*stories.count(edition), *text.words(letter)]
    return _errors_first(found)


def check_mail(email: Email) -> tuple[Finding, ...]:
    """The findings of a mail that prints no edition: confirmation, goodbye, or a template being tried."""
    return _errors_first(_each(MAIL, reading(email)))


def check_parts(html: str, text: str | None = None) -> tuple[tuple[Finding, ...], Mapping[str, str]]:
    """The findings of a letter of which only the HTML, or both parts, are there; and each check not made, with the why.

    Without the text part nothing is said of it.
    """
    found = _each((*MAIL, links.unsubscribe), reading(Email(subject="", preheader="", html=html, text=text or "")))
    unmade = dict.fromkeys(("subject", "preheader"), "files have none")
    unmade |= dict.fromkeys(("sources", "ask", "repeats", "spans", "count", "words"), "they need an edition")
    if text is None:
        found = (finding for finding in found if finding.where != "text")
        unmade |= dict.fromkeys(("parity", "lines"), "they need the text part")
    return _errors_first(found), unmade


def _each(checks: Iterable[Callable[[Reading], Iterator[Finding]]], letter: Reading) -> Iterator[Finding]:
    return (finding for one in checks for finding in one(letter))


def _errors_first(found: Iterable[Finding]) -> tuple[Finding, ...]:
    order = list(Severity)
    return tuple(sorted(found, key=lambda finding: order.index(finding.severity)))


def printable(edition: Edition) -> tuple[Edition, tuple[LeftOut, ...]]:
    """The edition with every broken source taken out, and the stories that could not be printed, with the reason.

    Those are stories without another source, and those whose headline leads to a page that stands
    above them. A lead that is lost is replaced by the next piece, whose headline becomes the
    subject; an edition that loses everything is empty and says so.
    """
    kept, lost = _sorted_out(edition.pieces)

    def surviving(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
        return tuple(kept[id(piece)] for piece in pieces if id(piece) in kept)

    sections = tuple(
        Section(name=section.name, pieces=pieces)
        for section in edition.sections
        if (pieces := surviving(section.pieces))
    )
    mended = replace(
        edition,
        lead=kept.get(id(edition.lead)),
        five=surviving(edition.five),
        sections=sections,
        comment=surviving(edition.comment),
    )
    return (mended if mended.lead or not edition.lead else _with_next_lead(mended)), lost


def _sorted_out(pieces: Sequence[Piece]) -> tuple[dict[int, Piece], tuple[LeftOut, ...]]:
    """Each piece that can be printed, mended, by the `id` of what it was; and the others with the reason."""
    kept: dict[int, Piece] = {}
    lost: list[LeftOut] = []
    pages: set[str] = set()
    for piece in pieces:
        linked = _linked(piece)
        if not linked.sources:
            lost.append(_left_out(piece, f"no link that can be printed: {_faults(piece)}"))
        elif linked.sources[0].url in pages:
            lost.append(_left_out(piece, "a piece above leads to the same page"))
        else:
            kept[id(piece)] = linked
            pages.add(linked.sources[0].url)
    return kept, tuple(lost)


def _linked(piece: Piece) -> Piece:
    return replace(piece, sources=tuple(source for source in piece.sources if not _fault(source.url)))


def _left_out(piece: Piece, why: str) -> LeftOut:
    return LeftOut(story_id=piece.story_id, headline=piece.headline, score=piece.score, why=why)


def _faults(piece: Piece) -> str:
    return "; ".join(_fault(source.url) for source in piece.sources) or "it has no source"


def _fault(url: str) -> str:
    try:
        source_link(url)
    except ValueError as error:
        return str(error)
    return ""


def _with_next_lead(edition: Edition) -> Edition:
    """News leads; where only comment is left, the edition is empty."""
    news = edition.pieces[: len(edition.pieces) - len(edition.comment)]
    if not news:
        return replace(edition, empty_because="no story had a link that can be printed")
    lead = news[0]
    sections = tuple(
        Section(name=section.name, pieces=pieces)
        for section in edition.sections
        if (pieces := tuple(piece for piece in section.pieces if piece is not lead))
    )
    five = tuple(piece for piece in edition.five if piece is not lead)
    why = "The story that led could not be printed."
    return replace(edition, lead=lead, five=five, sections=sections, subject=lead.headline, subject_why=why)
