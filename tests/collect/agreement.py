"""What feedparser expects and what we read -> that we agree, or the rule of ours by which we deliberately differ.

`python -m tests.collect.agreement` prints the table that docs/collecting.md holds.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import urljoin, urlsplit

from digest.collect import xmlfeed
from digest.collect.address import canonical
from digest.collect.dates import sane
from digest.collect.entry import clean
from digest.collect.raw import RawEntry
from digest.model.feed import Document
from digest.model.news import Entry, Source
from digest.text.clean import plain
from tests.collect.expectations import Expectation, Value, expectations
from tests.conftest import SHARED

NOW = datetime(2031, 5, 15, 5, 30, tzinfo=UTC)
SOURCE = Source(id="expected", name="Expected", url="https://expected.example/feed", publisher="Expected")
HEADLINE, LINK = "A headline for what has none", "https://expected.example/page"

SAME = "the same, letter by letter"
LEFT_OUT = "an entry without a headline or a web address is left out"

Rule = Callable[[str, str, Document], bool]
"""(expected, got, the document) -> whether the rule explains the difference."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How an expectation fared: the rule it falls under (`SAME` if there is no difference), "" if under none."""

    expectation: Expectation
    got: tuple[Value, ...]
    rule: str


def as_read(expectation: Expectation) -> Verdict:
    """Compare with what the parser found, before we clean anything."""
    raw = _raw(expectation)
    return _verdict(expectation, (_said(raw, expectation.field) if isinstance(raw, RawEntry) else (raw,)))


def as_entry(expectation: Expectation) -> Verdict:
    """Compare with the entry that goes on to readers."""
    raw = _raw(expectation)
    if isinstance(raw, str):
        return _verdict(expectation, (plain(raw),))
    if not plain(raw.title) or not any(canonical(link, base=raw.base) for link in raw.links):
        return Verdict(expectation=expectation, got=(), rule=LEFT_OUT)
    return _cleaned(expectation, raw)


def as_whole_entry(expectation: Expectation) -> Verdict:
    """Compare with the entry it would be if it had the headline and the link that test files mostly lack."""
    raw = _raw(expectation)
    if isinstance(raw, str):
        return _verdict(expectation, (plain(raw),))
    if expectation.field != "title" and not plain(raw.title):
        raw = replace(raw, title=HEADLINE)
    if expectation.field != "link" and not any(canonical(link, base=raw.base) for link in raw.links):
        raw = replace(raw, links=(LINK,))
    if not plain(raw.title) or not raw.links:
        return Verdict(expectation=expectation, got=(), rule=LEFT_OUT)
    return _cleaned(expectation, raw)


def _raw(expectation: Expectation) -> RawEntry | str:
    """The entry as the parser found it, or the feed's title."""
    feed = xmlfeed.read(expectation.document)
    return feed.title if expectation.index is None else feed.entries[expectation.index]


def _cleaned(expectation: Expectation, raw: RawEntry) -> Verdict:
    made = clean(raw, SOURCE, position=0, now=NOW)
    return _verdict(expectation, _shown(made, expectation.field) if isinstance(made, Entry) else (made,))


def _verdict(expectation: Expectation, got: tuple[Value, ...]) -> Verdict:
    """The first rule that explains the difference, if there is any."""
    if expectation.value in got:
        return Verdict(expectation=expectation, got=got, rule=SAME)
    explained = (
        name
        for name, rule in RULES.items()
        for value in got
        if isinstance(value, str) and isinstance(expectation.value, str)
        if rule(expectation.value, value, expectation.document)
    )
    return Verdict(expectation=expectation, got=got, rule=next(explained, ""))


def _said(entry: RawEntry, field: str) -> tuple[Value, ...]:
    """What the parser found; an entry may have several dates, each as words and as an instant."""
    match field:
        case "title":
            return (entry.title,)
        case "link":
            return entry.links[:1] or ("",)
        case "id":
            return (entry.guid,)
        case "date":
            return tuple(value for date in entry.dates for value in (date, _instant(date)))
        case _:
            return (entry.summary,)


def _shown(entry: Entry, field: str) -> tuple[Value, ...]:
    """What the entry says."""
    match field:
        case "title":
            return (entry.title,)
        case "link":
            return (entry.url,)
        case "id":
            return (entry.guid,)
        case "date":
            return (entry.raw_date, *([tuple(entry.published.timetuple()[:6])] if entry.published else []))
        case _:
            return (entry.summary,)


def _instant(date: str) -> tuple[int, ...]:
    """Our own reading of a date, year to second, UTC."""
    read, _ = sane(date, NOW)
    return tuple(read.timetuple()[:6]) if read else ()


def _markup(expected: str, got: str, _: Document) -> bool:
    return plain(expected) == plain(got)


def _hidden(expected: str, got: str, document: Document) -> bool:
    words = iter(plain(expected).split())
    hides = re.search(rb"(?:<|&lt;|&#60;)(?:script|style|iframe|svg|math|template)\b", document.body, re.IGNORECASE)
    return bool(hides) and bool(plain(got)) and all(word in words for word in plain(got).split())


def _relative(expected: str, got: str, document: Document) -> bool:
    return not urlsplit(got).scheme and urljoin(document.url, got) == expected


def _content_location(expected: str, got: str, document: Document) -> bool:
    location = re.search(rb"Content-Location:\s*(\S+)", document.body)
    path = got.removeprefix(urljoin(document.url, "/")[:-1])
    return location is not None and urljoin(location[1].decode(), path) == expected


def _declared_entity(expected: str, got: str, document: Document) -> bool:
    rest = re.sub(r"^&\w+;", "", got)
    return b"<!ENTITY" in document.body and rest != got and expected.endswith(rest)


def _second_text(expected: str, got: str, document: Document) -> bool:
    texts = re.findall(rb"<(?:description|body|content:encoded|fullitem|summary)[^>]*>([^<]*)<", document.body)
    return [text.decode() for text in texts] in ([got, expected], [expected, got])


def _broken_bytes(expected: str, got: str, document: Document) -> bool:
    meant = document.body.decode("utf-8", "replace")
    kept = [character for character in got if not character.isascii()]
    return "\ufffd" in kept and all(character in meant for character in kept) and "\ufffd" not in expected


def _guid_as_link(expected: str, got: str, document: Document) -> bool:
    return (
        expected == ""
        and re.search(rb"<guid[^>]*>\s*" + re.escape(got.encode()) + rb"\s*</guid>", document.body) is not None
    )


def _canonical(expected: str, got: str, document: Document) -> bool:
    return got == canonical(expected, base=document.url)


RULES: Mapping[str, Rule] = {
    "tags and escapes are taken out; text is one line": _markup,
    "what stands in a script, a style or a frame goes with it": _hidden,
    "addresses are written in one way": _canonical,
    "a relative address is made absolute when the entry is cleaned": _relative,
    "a Content-Location is not believed": _content_location,
    "a guid that is an address is the link of an entry that has no other": _guid_as_link,
    "entities that a feed declares are left out": _declared_entity,
    "of two texts the first is the summary": _second_text,
    "UTF-8 with a few broken bytes is read as UTF-8": _broken_bytes,
}
"""Every way in which we differ on purpose, tried in this order."""

LEVELS: Mapping[str, Callable[[Expectation], Verdict]] = {
    "as parsed": as_read,
    "as an entry": as_entry,
    "as an entry made whole": as_whole_entry,
}


def table(every: Iterable[Expectation]) -> str:
    """How many expectations fell under each rule, level by level."""
    asked = list(every)
    counts = [Counter(judge(expectation).rule for expectation in asked) for judge in LEVELS.values()]
    rows = [(rule, *(count[rule] for count in counts)) for rule in (SAME, *RULES, LEFT_OUT)]
    rows.append(("all", *(count.total() for count in counts)))
    head = ("", *LEVELS)
    return "".join(f"| {' | '.join(map(str, row))} |\n" for row in (head, ("---",) * len(head), *rows))


if __name__ == "__main__":
    print(table(expectations(SHARED / "data" / "corpora")), end="")
