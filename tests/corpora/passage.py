"""One corpus through the whole line in a fresh, watched process: `python -m tests.corpora.passage CORPUS …`.

Prints what happened as JSON and leaves every letter in a folder, for Chromium to open. With `--careless` the bodies
are read by a parser that does what they say instead of ours: the proof that the traps are real.
"""

import argparse
import html
import importlib
import io
import json
import sys
import time
import traceback
import xml.sax
import xml.sax.handler
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from digest.adapters.limits import Limits, Refused
from digest.adapters.unpack import Unpacker
from digest.app.shipped import templates
from digest.model.feed import ParsedFeed
from digest.model.mail import Severity
from digest.model.news import Source
from tests.corpora.bodies import forms
from tests.corpora.carriers import CARRIERS
from tests.corpora.corpus import Record, read
from tests.corpora.line import STORIES, TEMPLATES, collected, document, letter, source
from tests.corpora.plan import HERE, Use
from tests.corpora.watch import Watch, peak


@dataclass(slots=True)
class Passage:
    """What happened; `seconds` is the longest that one record, or one letter, took."""

    corpus: str
    records: int = 0
    payloads: int = 0
    feeds: int = 0
    entries: int = 0
    pieces: int = 0
    letters: int = 0
    seconds: float = 0.0
    slowest: str = ""
    peak: float = 0.0
    canary_opened: int = 0
    crashed: list[str] = field(default_factory=list)
    reached: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @contextmanager
    def timed(self, name: str) -> Iterator[None]:
        """Time one thing; what it raises is a crash, for whatever a feed may cause has a value of its own."""
        started = time.perf_counter()
        try:
            yield
        except Exception:  # noqa: BLE001 - every crash is told, with the record that caused it
            self.crashed.append(f"{name}\n{traceback.format_exc(limit=-4)}")
        if (seconds := time.perf_counter() - started) > self.seconds:
            self.seconds, self.slowest = seconds, name


def main() -> None:
    """Warm up on a good feed, then watch."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("corpus", type=Path)
    options.add_argument("--letters", type=Path, required=True)
    options.add_argument("--trap", required=True)
    options.add_argument("--canary", type=Path, required=True)
    options.add_argument("--careless", choices=CARELESS)
    asked = options.parse_args()
    watch = Watch()
    _warm_up()
    passage = Passage(corpus=asked.corpus.stem)
    records = read(asked.corpus)
    passage.records = len(records)
    with watch.watching(asked.canary) as seen:
        if asked.careless:
            _read_carelessly(CARELESS[asked.careless], records, passage, asked.trap, asked.canary)
        else:
            pages = _all_letters(records, passage, asked.trap, asked.canary)
    passage.reached, passage.canary_opened, passage.peak = seen.reached, seen.canary_opened, peak()
    if not asked.careless:
        for number, page in enumerate(pages):
            (asked.letters / f"{passage.corpus}-{number}.html").write_text(page, encoding="utf-8")
    json.dump(asdict(passage), sys.stdout)


def _warm_up() -> None:
    """Have loaded and compiled what the line loads and compiles when it is first needed."""
    for name in templates():
        if name.endswith(".j2"):
            TEMPLATES.get_template(name)
    passage = Passage(corpus=next(name for name, use in HERE.items() if use is Use.MARKUP))
    good = Record(id="good", text="The council hears the motion", body=b"")
    _letters_of_markup([good], passage)
    broken = source(0)
    collected(broken, document(broken, b"<rss><channel><item><title>&eacute;</item>"))
    if passage.crashed or not passage.letters:
        raise RuntimeError(f"a good feed makes no letter: {passage}")


def _all_letters(records: Sequence[Record], passage: Passage, trap: str, canary: Path) -> list[str]:
    use = HERE[passage.corpus]
    pages = _letters_of_bodies(records, passage, trap, canary) if Use.BODY in use else []
    return pages + (_letters_of_markup(records, passage) if use & (Use.MARKUP | Use.IN_TURN) else [])


def _letters_of_bodies(records: Sequence[Record], passage: Passage, trap: str, canary: Path) -> list[str]:
    """Every form of every body is a feed; the feeds of some records together make a letter."""
    pages: list[str] = []
    for first in range(0, len(records), STORIES):
        feeds: list[ParsedFeed] = []
        sources: list[Source] = []
        for number, record in enumerate(records[first : first + STORIES], start=first):
            for form, body in enumerate(_forms(record, number, trap, canary)):
                outlet = source(10 * number + form)
                sources.append(outlet)
                with passage.timed(record.id):
                    _collect(outlet, body, "", passage, feeds)
        with passage.timed(f"the letter of {STORIES} records from {first}"):
            _write(feeds, sources, passage, pages)
    return pages


def _letters_of_markup(records: Sequence[Record], passage: Passage) -> list[str]:
    """Every payload in every field, in each way of writing; a feed of some payloads makes a letter."""
    pages: list[str] = []
    payloads = [payload for record in records for payload in dict.fromkeys((record.text, html.unescape(record.text)))]
    passage.payloads = len(payloads)
    for turn, (name, carrier) in enumerate(CARRIERS.items()):
        outlet = source(0, kind=carrier.kind)
        carried = payloads[turn :: len(CARRIERS)] if Use.IN_TURN in HERE[passage.corpus] else payloads
        for first in range(0, len(carried), STORIES):
            body = carrier.write(carried[first : first + STORIES]).encode("utf-8")
            feeds: list[ParsedFeed] = []
            with passage.timed(f"{name}, {STORIES} payloads from {first}"):
                _collect(outlet, body, carrier.content_type, passage, feeds)
                _write(feeds, [outlet], passage, pages, is_parted=True)
    return pages


def _collect(outlet: Source, body: bytes, content_type: str, passage: Passage, feeds: list[ParsedFeed]) -> None:
    feed = collected(outlet, document(outlet, body, content_type=content_type))
    if feed:
        passage.feeds += 1
        passage.entries += len(feed.entries)
        feeds.append(feed)


def _write(
    feeds: Sequence[ParsedFeed],
    sources: Sequence[Source],
    passage: Passage,
    pages: list[str],
    *,
    is_parted: bool = False,
) -> None:
    made = letter(feeds, sources, is_parted=is_parted)
    if made.email:
        passage.letters += 1
        passage.pieces += len(made.edition.pieces)
        pages.append(made.email.html)
        passage.errors += [
            f"{found.check}: {found.what}" for found in made.findings if found.severity is Severity.ERROR
        ]


def _forms(record: Record, number: int, trap: str, canary: Path) -> Iterator[bytes]:
    """The forms of a body; one that cannot be unpacked within our limits is none."""
    if record.encoding:
        try:
            unpacker = Unpacker(record.encoding, Limits())
            unpacker.feed(record.body, len(record.body))
            yield unpacker.whole()
        except (Refused, zlib.error):  # what `adapters/download.py` makes a failure of
            return
    else:
        yield from forms(record.body, number=number, trap=trap, canary=canary)


def _read_carelessly(
    parse: Callable[[bytes], None], records: Sequence[Record], passage: Passage, trap: str, canary: Path
) -> None:
    """Follow whatever a document says, but only where it leads to our traps."""
    for number, record in enumerate(records):
        for body in list(_forms(record, number, trap, canary))[1:]:  # the first is the payload as its author wrote it
            with passage.timed(record.id):
                parse(body)


def _by_python(body: bytes) -> None:
    reader = xml.sax.make_parser()
    reader.setFeature(xml.sax.handler.feature_external_ges, True)
    reader.parse(io.BytesIO(body))


def _by_libxml2(body: bytes) -> None:
    etree = importlib.import_module("lxml.etree")
    etree.fromstring(body, etree.XMLParser(resolve_entities=True, load_dtd=True, no_network=False))


CARELESS: Mapping[str, Callable[[bytes], None]] = {"python": _by_python, "libxml2": _by_libxml2}


if __name__ == "__main__":
    main()
