"""An edition -> findings about its stories: sources, repeats, and the ask beside bad news."""

from collections.abc import Iterator

from digest.model.edition import AskPlace, Edition, Piece
from digest.model.mail import Finding, Severity
from digest.text.grave import grave_word


def story_findings(edition: Edition) -> tuple[Finding, ...]:
    """What is wrong with the stories themselves, whatever the templates make of them."""
    return (*_sources(edition), *_repeats(edition), *_ask(edition))


def _sources(edition: Edition) -> Iterator[Finding]:
    for piece in edition.pieces:
        if not piece.sources:
            yield Finding(
                severity=Severity.ERROR,
                check="sources",
                what=f"«{piece.headline}» has no source.",
                where=f"story {piece.story_id}",
                mend="spike it, or merge it with a story that has one.",
            )


def _repeats(edition: Edition) -> Iterator[Finding]:
    """News by its story and all by the page they lead to: a comment shares its story with the news it is about."""
    seen: set[str] = set()
    for piece in edition.pieces:
        keys = {source.url for source in piece.sources[:1]}
        if piece not in edition.comment:
            keys.add(piece.story_id)
        if keys & seen:
            yield Finding(
                severity=Severity.ERROR,
                check="repeats",
                what=f"«{piece.headline}» is printed twice.",
                where=f"story {piece.story_id}",
                mend="take one of the two out, or merge them.",
            )
        seen |= keys


def _ask(edition: Edition) -> Iterator[Finding]:
    for piece in _beside_the_ask(edition):
        if word := grave_word(f"{piece.headline} {piece.summary}"):
            yield Finding(
                severity=Severity.ERROR,
                check="ask",
                what=f"the ask stands beside «{piece.headline}» ({word!r}).",
                where=edition.ask_place.value,
                mend="leave the ask out today, or put it at the other place.",
            )


def _beside_the_ask(edition: Edition) -> tuple[Piece, ...]:
    """What a reader has just read and reads next: all down to the first of the wire, or the last piece."""
    if edition.ask is None or edition.ask_place is AskPlace.LEFT_OUT:
        return ()
    if edition.ask_place is AskPlace.END:
        return edition.pieces[-1:]
    return edition.pieces[: 1 + len(edition.five) + 1]
