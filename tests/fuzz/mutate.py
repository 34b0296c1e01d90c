"""A document and dice -> another document that is still nearly a feed."""

import json
import random
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any
from xml.sax.saxutils import escape

TAG = re.compile(rb"</?[A-Za-z][^<>]*>")
VALUE = re.compile(rb">([^<>]{1,400})<|\"([^\"]{1,200})\"")
NAME = re.compile(rb"</?([A-Za-z:]+)")
NAMES = (
    "title link links guid id author authors name category tags keywords content summary description subtitle"
    " abstract info published pubDate updated created issued modified date expired source image url width height"
    " enclosure enclosures contributor contributors publisher rights license language textinput cloud generator item"
    " entry channel feed rss svg dc:creator dc:date dc:subject dc:title dcterms:valid media:group media:content"
    " media:thumbnail media:credit media:title media:rating media:license itunes:image itunes:author itunes:keywords"
    " itunes:duration content:encoded media_content media_thumbnail media_credit title_detail author_detail"
    " feedburner_origlink"
).split()
"""Elements that mean something, and elements named like a parser's own keys."""

ODD: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    1e999,
    10**30,
    "",
    "x",
    "\ud800",
    "http://[",
    [],
    [None],
    ["x"],
    {},
    {"url": 1},
    [{"name": []}],
)
"""What may stand in a JSON document for anything."""

ENCODINGS = "utf-8 utf-16 utf-16-le utf-32 windows-1252 iso-8859-15 koi8-r shift_jis utf-7 iso2022_jp".split()
SNIPPETS = (
    "<b>|</p>|<script>x()</script>|<!--|-->|<![CDATA[|]]>|&amp;|&lt;|&#0;|&#x1F600;|&nbsp;|&eacute;|&#150;|<svg|<math>"
    "|<a href='https://post.example/2'>Reed quits</a>|â€™|Ã©|Â£5|\u202e|\u200b|\x1b[31m|\x00|\x85|\ufffd|\ud7ff|é|💥"
    "|https://news.google.com/rss/articles/CBMiGmh0dHBzOi8vcG9zdC5leGFtcGxlL2EvYi8x0gEA|//post.example|javascript:x"
    "|http://[::1|https://post.example:99999/|data:text/html,x|..|https://www.google.com/url?url=https%3A%2F%2Fa.example"
    "|1936506600|0001-01-01T00:00:00Z|Wed, 31 Feb 2031 25:61:00 +9999|2031-05-14|9999-12-31T23:59:59-23:59"
    "|The post X appeared first on Y.|SIGN UP|Read more|xml:base=\"javascript:\"|xml:base='http://['|<entry>|</item>|<item>"
    "| - The Times| | Jo Dale|…|. . .|M.P.|- |“|"
).split("|")


def mutated(data: bytes, dice: random.Random, payloads: Sequence[str] = (), *, most: int = 16_000) -> bytes:
    """Change the document in one to four ways."""
    for _ in range(dice.randint(1, 4)):
        data = dice.choice(WAYS)(data, dice, payloads or SNIPPETS)
    return data[:most]


def _insert(data: bytes, dice: random.Random, payloads: Sequence[str]) -> bytes:
    """Put a payload anywhere, raw, escaped or escaped twice."""
    text = dice.choice(SNIPPETS if dice.random() < 0.5 else payloads)
    for _ in range(dice.randint(0, 2)):
        text = escape(text)
    at = dice.randint(0, len(data))
    return data[:at] + text.encode("utf-8", "replace") + data[at:]


def _value(data: bytes, dice: random.Random, payloads: Sequence[str]) -> bytes:
    """Put a payload in the place of an element's text or of an attribute's value."""
    places = [found.span(found.lastindex or 0) for found in VALUE.finditer(data)]
    if not places:
        return data
    start, end = dice.choice(places)
    text = dice.choice(SNIPPETS if dice.random() < 0.5 else payloads)
    return data[:start] + (escape(text) if dice.random() < 0.7 else text).encode("utf-8", "replace") + data[end:]


def _tags(data: bytes, dice: random.Random, _: Sequence[str]) -> bytes:
    """Drop, repeat or move a tag."""
    tags = [found.span() for found in TAG.finditer(data)]
    if not tags:
        return data
    start, end = dice.choice(tags)
    tag, rest = data[start:end], data[:start] + data[end:]
    at = dice.randint(0, len(rest))
    return dice.choice((rest, data[:end] + tag * dice.randint(1, 30) + data[end:], rest[:at] + tag + rest[at:]))


def _name(data: bytes, dice: random.Random, _: Sequence[str]) -> bytes:
    """Call an element by another name, from where it begins to where it ends."""
    names = sorted(set(NAME.findall(data)))
    if not names:
        return data
    name, other = dice.choice(names), dice.choice(NAMES).encode()
    return re.sub(rb"(</?)" + re.escape(name) + rb"\b", rb"\1" + other, data, count=dice.choice((0, 2)))


def _json(data: bytes, dice: random.Random, _: Sequence[str]) -> bytes:
    """Put something odd in the place of a value of a JSON document."""
    try:
        whole = json.loads(data)
    except ValueError:
        return data
    places = list(_places(whole))
    if places:
        holder, key = dice.choice(places)
        holder[key] = dice.choice(ODD)
    return json.dumps(whole).encode()


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every (object, name) and (list, index) in it."""
    if isinstance(value, dict | list):
        for key, inner in list(value.items() if isinstance(value, dict) else enumerate(value)):
            yield value, key
            yield from _places(inner)


def _bytes(data: bytes, dice: random.Random, _: Sequence[str]) -> bytes:
    """Overwrite, cut or double a run of bytes."""
    at, length = dice.randint(0, len(data)), dice.randint(1, 40)
    some = data[at : at + length]
    return dice.choice(
        (
            data[:at] + dice.randbytes(dice.randint(0, 4)) + data[at + length :],
            data[:at],
            data[:at] + some * 20 + data[at:],
        )
    )


def _encoding(data: bytes, dice: random.Random, _: Sequence[str]) -> bytes:
    """Write the text in another encoding than it declares, or read it in one, as broken systems do."""
    text = data.decode("utf-8", "replace")
    name = dice.choice(ENCODINGS)
    if dice.random() < 0.5:
        return text.encode(name, "replace")
    return data.decode("windows-1252", "replace").encode("utf-8", "replace")


WAYS: tuple[Callable[[bytes, random.Random, Sequence[str]], bytes], ...] = (
    _insert,
    _insert,
    _value,
    _value,
    _value,
    _tags,
    _name,
    _json,
    _json,
    _bytes,
    _encoding,
)
