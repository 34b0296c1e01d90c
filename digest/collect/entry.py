"""A raw entry -> an entry we can print: text plain, address canonical, date believable, publisher named."""

from datetime import datetime

from digest.collect.address import is_aggregator
from digest.collect.dates import sane
from digest.collect.excerpt import excerpt
from digest.collect.kind import kind_of
from digest.collect.medium import medium_of
from digest.collect.naming import Headline, headline
from digest.collect.picture import picture_of
from digest.collect.raw import RawEntry
from digest.collect.target import target
from digest.model.news import Entry, Source, SourceKind
from digest.text.blocks import parted, without_loose_bullets
from digest.text.boilerplate import without_boilerplate
from digest.text.clean import plain
from digest.text.headline import same_headline_key, without_kind_label
from digest.text.mojibake import is_garbled, mended

LONGEST_TITLE = 300
"""Characters; no newspaper's headline comes near, and a mail's subject must not carry a novel."""

LONGEST_AUTHOR = 120
LONGEST_GUID = 500
LONGEST_RAW_DATE = 100
LONGEST_MARKUP = 20_000
"""Characters of markup that are read for an excerpt of 80 words; HTML parsers are quadratic in nested tags."""

LONGEST_SUMMARY = 2_000
"""Characters that are searched for boilerplate: some 350 words, of which 80 are kept."""

LONGEST_ECHO = 3
"""Times the headline's length; a summary that is longer says more than the headline."""


def clean(raw: RawEntry, source: Source, *, position: int, now: datetime) -> Entry | str:
    """Make an entry, or say what it lacks: an entry without a usable link or title is of no use to a reader."""
    written = {name: getattr(raw, name)[:LONGEST_MARKUP] for name in ("title", "summary", "author")}
    mend = {name: mended(text) for name, text in written.items()}
    url, link_repair = target(raw, title=mend["title"], markup=mend["summary"])
    whole, title_repair = _capped(plain(mend["title"]))
    if not whole or not url:
        return f"no usable {'link' if whole else 'title'}: entry {position + 1} ({_name(raw, whole)})"
    head = headline(whole, raw, source, url)
    summary, summary_repair = _summary(mend["summary"], head, url)
    published, raw_date, date_repairs = _published(raw.dates, now)
    medium = medium_of(raw, url)
    repairs = (*_encoding_repairs(written, mend), link_repair, title_repair, summary_repair, *date_repairs)
    return Entry(
        source_id=source.id,
        publisher=head.publisher,
        guid=_short(raw.guid, LONGEST_GUID),
        url=url,
        title=without_kind_label(head.title),
        summary=summary,
        author=_author(mend["author"], head.publisher) or head.columnist,
        published=published,
        raw_date=raw_date,
        kind=kind_of(
            head.title,
            url,
            raw.categories,
            publisher=head.publisher,
            signed=bool(head.columnist),
            medium=medium,
        ),
        medium=medium,
        picture=picture_of(raw),
        position=position,
        repairs=tuple(repair for repair in repairs if repair),
        own=source.kind is not SourceKind.AGGREGATOR,
    )


def _name(raw: RawEntry, title: str) -> str:
    """How to call an entry in a message: by the first of title, link and guid that it has."""
    name = title or plain(next(iter(raw.links), "")[:LONGEST_MARKUP]) or plain(raw.guid[:LONGEST_MARKUP])
    return f"«{name[:80]}»" if name else "without title, link and guid"


def _encoding_repairs(written: dict[str, str], mend: dict[str, str]) -> tuple[str, str]:
    """Name what was text in the wrong encoding, and what still is."""
    repaired = [name for name, text in written.items() if mend[name] != text]
    left = [name for name, text in mend.items() if is_garbled(text)]
    return (
        f"wrong encoding repaired: {', '.join(repaired)}" if repaired else "",
        f"wrong encoding left as it is: {', '.join(left)}" if left else "",
    )


def _capped(title: str) -> tuple[str, str]:
    """Cut an endless title between two words."""
    if len(title) <= LONGEST_TITLE:
        return title, ""
    return title[:LONGEST_TITLE].rsplit(" ", 1)[0] + "…", f"title cut: {len(title)} characters to {LONGEST_TITLE}"


def _summary(markup: str, head: Headline, url: str) -> tuple[str, str]:
    """An excerpt without boilerplate; nothing where the summary only says the headline again."""
    text, removed = without_boilerplate(plain(parted(markup))[:LONGEST_SUMMARY], head.publisher)
    text = without_loose_bullets(text)
    text = "" if _is_echo(text, head.title, url) else without_loose_bullets(excerpt(text))
    return text, f"boilerplate removed: {len(removed)}" if removed else ""


def _is_echo(text: str, title: str, url: str) -> bool:
    """Whether a summary says no more than the headline; an aggregator's is the headline and whose it is."""
    longest = LONGEST_ECHO * len(title)
    if is_aggregator(url):
        return same_headline_key(text[:longest]).startswith(same_headline_key(title))
    return len(text) <= longest and same_headline_key(text) == same_headline_key(title)


def _published(dates: tuple[str, ...], now: datetime) -> tuple[datetime | None, str, tuple[str, ...]]:
    """The first date that can be believed with the feed's word for it (else the first word), and what was wrong."""
    repairs: list[str] = []
    words = [_short(date, LONGEST_RAW_DATE) for date in dates] or [""]
    for word in words:
        read, repair = sane(word, now)
        if read:
            return read, word, tuple(repairs)
        repairs.append(repair)
    return None, words[0], tuple(repairs)


def _author(raw: str, publisher: str) -> str:
    """A person's name as text: no «By», no address, and not the publisher once more."""
    text = _short(plain(raw).removeprefix("By ").removeprefix("by "), LONGEST_AUTHOR)
    return "" if "@" in text or text.casefold() == publisher.casefold() else text


def _short(markup: str, most: int) -> str:
    """Plain text of at most so many characters; cut where it is plain, and plain again where it was cut."""
    return plain(plain(markup[:LONGEST_MARKUP])[:most])
