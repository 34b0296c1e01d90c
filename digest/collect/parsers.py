"""feedparser's two parsers and expat, as we use them: our own limits, our own resolving, nothing done in vain.

What is overridden here is all that we rely on inside feedparser; the version is locked, and the
tests hold what comes out against its own expectations.
"""

from collections.abc import Mapping
from typing import Any
from xml.sax.expatreader import ExpatParser

from feedparser.api import LooseFeedParser, StrictFeedParser
from feedparser.util import FeedParserDict

from digest.collect.address import absolute

BASE = "xml:base"
"""The key under which an entry's base address stands; no element of a feed can make a key with a colon."""

LONG = frozenset({"description", "summary", "content"})
SHORT = 200
ASIDE = "\x00"
"""Stands, with a number, for a text kept aside; XML knows no such character."""

MOST_ELEMENTS = 200_000
MOST_ATTRIBUTES = MOST_NAMESPACES = MOST_CATEGORIES = 100
"""Of a document, an element, a document and an entry. Five megabytes of nothing but one of these would take from half
a minute to hours, for what feedparser does with the last three grows with the square of their number."""

FALLS = (TypeError, KeyError, ValueError, IndexError)
"""What feedparser's handlers of single elements raise where a feed is odd: a map without a place, a height that is
no number. One such element should not cost the feed."""


class TooMuch(Exception):
    """There is more of something than any feed has."""


class _Params(dict[str, Any]):
    """The type and language of an element's text: a plain dictionary, which feedparser copies for each of them."""

    def __deepcopy__(self, memo: object) -> FeedParserDict:
        """Make the copy that feedparser keeps."""
        return FeedParserDict(self)


class _Entry(FeedParserDict):  # type: ignore[misc] # feedparser is untyped
    """What is said of one entry: feedparser's dictionary, but for looking under other names for what is not there."""

    __contains__ = dict.__contains__
    __getitem__ = dict.__getitem__
    get = dict.get


class _Ours:
    """What both parsers do our way; mixed in before feedparser's own class."""

    resolve_relative_uris = sanitize_html = False
    can_be_relative_uri = StrictFeedParser.can_be_relative_uri - {"id"}  # a guid is a name and stays as it was written
    baseuri: str
    entries: list[dict[str, Any]]
    contentparams: Any
    elements = depth = 0
    namespaces_in_use: dict[str, str]
    basestack: list[str]
    langstack: list[str | None]

    def __init__(self, *given: Any) -> None:
        """Begin a document."""
        super().__init__(*given)
        self.skipped: set[str] = set()

    def unknown_starttag(self, tag: str, attrs: Any) -> Any:
        """Begin any element."""
        self.elements += 1
        if self.elements > MOST_ELEMENTS:
            raise TooMuch("elements")
        try:
            return super().unknown_starttag(tag, attrs)  # type: ignore[misc] # feedparser's
        except FALLS:
            return self.skipped.add(tag)

    def unknown_endtag(self, tag: str) -> None:
        """End any element; where feedparser fails on what was in it, keep the stacks that it leaves unbalanced."""
        level = self.depth, len(self.basestack), len(self.langstack)
        try:
            super().unknown_endtag(tag)  # type: ignore[misc] # feedparser's
        except FALLS:
            self.skipped.add(tag)
            self.depth = level[0] - 1
            del self.basestack[max(level[1] - 1, 0) :], self.langstack[max(level[2] - 1, 0) :]

    def track_namespace(self, prefix: str | None, uri: str) -> None:
        """Note a namespace."""
        if len(self.namespaces_in_use) > MOST_NAMESPACES:
            raise TooMuch("namespaces")
        super().track_namespace(prefix, uri)  # type: ignore[misc] # feedparser's

    def resolve_uri(self, uri: str) -> str:
        """Resolve a link against the nearest xml:base."""
        return absolute(uri, base=self.baseuri) if self.baseuri else uri

    def push_content(self, tag: str, attrs_d: Any, default_content_type: str, expecting_text: object) -> None:
        """Begin an element with text."""
        super().push_content(tag, attrs_d, default_content_type, expecting_text)  # type: ignore[misc] # feedparser's
        self.contentparams = _Params(self.contentparams)

    def _start_item(self, attrs_d: Any) -> None:
        """Begin an entry, and note what its relative addresses are relative to."""
        super()._start_item(attrs_d)  # type: ignore[misc] # feedparser's
        self.entries[-1] = _Entry(self.entries[-1])
        self.entries[-1][BASE] = self.baseuri

    _start_entry = _start_item

    def _end_published(self) -> None:
        """End a date of publication; whoever reads the entry reads it."""
        self.pop("published")  # type: ignore[attr-defined] # feedparser's

    _end_issued = _end_pubdate = _end_published

    def _end_updated(self) -> None:
        """End a date of change."""
        self.pop("updated")  # type: ignore[attr-defined] # feedparser's

    _end_modified = _end_lastbuilddate = _end_updated

    def _add_tag(self, term: str, scheme: str, label: str) -> None:
        """Note a category of an entry, or of the feed."""
        if len(self._get_context().get("tags") or ()) < MOST_CATEGORIES:  # type: ignore[attr-defined] # feedparser's
            super()._add_tag(term, scheme, label)  # type: ignore[misc] # feedparser's


class Strict(_Ours, StrictFeedParser):  # type: ignore[misc] # feedparser is untyped
    """For XML that is well-formed. Long texts are kept aside: feedparser would search and translate each in vain."""

    elementstack: list[Any]

    def __init__(self, *given: Any) -> None:
        """Begin a document."""
        super().__init__(*given)
        self.aside: list[str] = []

    def pop(self, element: str, strip_whitespace: int = 1) -> Any:
        """End an element."""
        params = self.contentparams
        if element in LONG and self.elementstack and self.elementstack[-1][0] == element:
            pieces = self.elementstack[-1][2]
            text = "".join(pieces)
            if len(text) > SHORT and not params.get("base64") and params.get("type") != "application/xhtml+xml":
                pieces[:] = [f"{ASIDE}{len(self.aside)}"]
                self.aside.append(text.strip())
        return super().pop(element, strip_whitespace)

    def put_back(self) -> None:
        """Put every long text where a reader looks for it."""
        for entry in self.entries:
            for holder, key in ((entry, "summary"), *((content, "value") for content in entry.get("content") or ())):
                text = holder.get(key)
                if isinstance(text, str) and text.startswith(ASIDE):
                    holder[key] = self.aside[int(text.removeprefix(ASIDE))]


class Loose(_Ours, LooseFeedParser):  # type: ignore[misc] # feedparser is untyped
    """For whatever else looks like a feed."""

    def handle_charref(self, ref: str) -> None:
        """Take a character by its number; one that no character has costs itself and not the feed."""
        try:
            super().handle_charref(ref)
        except (ValueError, OverflowError):
            self.handle_data("\ufffd")

    def put_back(self) -> None:
        """Nothing was kept aside."""


class Expat(ExpatParser):
    """The XML parser, made to hand over text in one piece and not in one for every entity in it."""

    def reset(self) -> None:
        """Begin a document."""
        super().reset()
        self._parser.buffer_text = True  # type: ignore[attr-defined] # pyexpat's parser, not in the stubs

    def start_element_ns(self, name: str, attrs: Mapping[str, str]) -> None:
        """Begin an element."""
        if len(attrs) > MOST_ATTRIBUTES:
            raise TooMuch("attributes of one element")
        super().start_element_ns(name, attrs)
