"""The stories of an edition: their sources, their number, repeats, and the ask beside bad news."""

from collections.abc import Iterator, Sequence

from digest.model.edition import AskPlace, Edition, Piece
from digest.model.mail import Finding
from digest.model.story import Told
from digest.render.findings.grades import advice, error
from digest.text.grave import grave_word

STORIES = range(15, 21)


def sources(edition: Edition) -> Iterator[Finding]:
    """An error for a story without a source; advice where one name in a story leads to two pages."""
    for piece in edition.pieces:
        if not piece.sources:
            mend = "spike it, or merge it with a story that has one."
            yield error("sources", f"«{piece.headline}» has no source.", where=_where(piece), mend=mend)
        for name in _names_of_two_pages(piece):
            what = f"«{name}» leads to two pages under «{piece.headline}», and nobody can tell which is which."
            yield advice("sources", what, where=_where(piece), mend="keep one of the two links.")


def count(edition: Edition) -> Iterator[Finding]:
    """Advice outside 15 to 20 stories (editorial.md, «Shape of the daily edition»)."""
    stories = len(edition.pieces)
    if stories not in STORIES:
        what = f"{stories} {'story' if stories == 1 else 'stories'}; readers expect {_span(STORIES)}."
        mend = "wait for more news." if stories < STORIES.start else "spike the weakest of the wire."
        yield advice("count", what, where="edition", mend=mend)


def repeats(edition: Edition, *, told: Sequence[Told]) -> Iterator[Finding]:
    """An error for news that is printed twice, or was told in an earlier edition and is not developing.

    `told` is what those editions told, newest first.
    News is known by its story, all by the page it leads to: a comment shares its story with the news it is about.
    """
    seen: set[str] = set()
    for piece in edition.pieces:
        keys = {source.url for source in piece.sources[:1]}
        if piece not in edition.comment:
            keys.add(piece.story_id)
            yield from _told_before(piece, told)
        if keys & seen:
            mend = "take one of the two out, or merge them."
            yield error("repeats", f"«{piece.headline}» is printed twice.", where=_where(piece), mend=mend)
        seen |= keys


def ask(edition: Edition) -> Iterator[Finding]:
    """An error where the ask stands beside a death or an attack."""
    for piece in _beside_the_ask(edition):
        if word := grave_word(f"{piece.headline} {piece.summary}"):
            what = f"the ask stands beside «{piece.headline}» ({word!r})."
            mend = "leave the ask out today, or put it at the other place."
            yield error("ask", what, where=edition.ask_place.value, mend=mend)


def _where(piece: Piece) -> str:
    return f"story {piece.story_id}"


def _names_of_two_pages(piece: Piece) -> list[str]:
    pages: dict[str, set[str]] = {}
    for source in piece.sources:
        pages.setdefault(source.publisher, set()).add(source.url)
    return [name for name, addresses in pages.items() if len(addresses) > 1]


def _told_before(piece: Piece, told: Sequence[Told]) -> Iterator[Finding]:
    if piece.since or piece.is_developing:
        return
    items = set(piece.told.item_ids)
    for memory in told:
        if memory.story_id == piece.story_id or items & set(memory.item_ids):
            what = f"«{piece.headline}» was told on {memory.day} and is not marked as developing."
            yield error("repeats", what, where=_where(piece), mend="spike it, or draft the edition anew.")
            return


def _beside_the_ask(edition: Edition) -> tuple[Piece, ...]:
    """What a reader has just read and reads next: all down to the first of the wire, or the last piece."""
    if edition.ask is None or edition.ask_place is AskPlace.LEFT_OUT:
        return ()
    if edition.ask_place is AskPlace.END:
        return edition.pieces[-1:]
    return edition.pieces[: 1 + len(edition.five) + 1]


def _span(wanted: range) -> str:
    return f"{wanted.start} to {wanted.stop - 1}"
