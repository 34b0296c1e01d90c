"""Any markup -> plain text: one line, no tags, no entities, no invisible tricks."""

import html
import re
import unicodedata

import nh3

LAYERS = 6
"""How often text may be wrapped in entities or tags before what is left of the wrapping is simply cut out."""

HIDDEN_CONTENT = frozenset({"script", "style", "template", "iframe", "noembed", "noframes", "svg", "math"})
"""Elements whose content no reader is meant to read."""

BLOCK = re.compile(
    r"<(?=/?(?:address|article|aside|blockquote|br|button|caption|center|dd|details|dialog|div|dl|dt|fieldset|figcaption"
    r"|figure|footer|form|h[1-6]|header|hr|iframe|img|legend|li|main|nav|ol|option|p|picture|pre|script|section|select"
    r"|style|summary|svg|table|tbody|td|textarea|tfoot|th|thead|title|tr|ul|video)(?![a-z0-9]))",
    re.IGNORECASE,
)
"""Tags at which a reader sees a gap; everything else, such as <b> or <a>, may stand in mid-word."""

ATTRIBUTES = r"""(?:\s+[a-z-]+="[^"<>]*")*\s*/?>"""
PLAIN_BLOCK = re.compile(rf"</?(?:p|br|div|img|hr|h[1-6]|ul|ol|li|blockquote|figure|figcaption){ATTRIBUTES}")
PLAIN_INLINE = re.compile(rf"</?(?:a|abbr|b|cite|em|font|i|q|s|small|span|strong|sub|sup|time|u){ATTRIBUTES}")
"""Whole, well-formed tags, in lower case, of elements that an HTML parser neither hides nor moves: most feeds hold
nothing else, and to cut these out is as safe as to parse them, and ten times as fast. Whatever else has a «<» goes to
the parser."""

INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\ue000-\uf8ff\U000f0000-\U0010ffff]"
)
"""Controls, soft hyphens, bidi overrides (Unicode TR 36), lone surrogates and private use; joiners stay, emoji need
them."""

MARKS = (
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
)
STACKED = re.compile(f"({MARKS}{{4}}){MARKS}+")
"""More marks on one letter than any language writes: they cover the lines above, or run out of the page."""

ESCAPES = (("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
"""The only entities that nh3 writes; the ampersand comes last, so that one call undoes exactly one layer."""


def _windows_1252(code: int) -> str:
    """The character a C1 control stands for where windows-1252 was read as Latin-1 (WHATWG Encoding), else nothing."""
    return bytes([code]).decode("windows-1252", "ignore")


DISGUISE = re.compile("[\x80-\x9f]")
DISGUISED = {code: _windows_1252(code) for code in range(0x80, 0xA0)}


def plain(markup: str) -> str:
    """The text of `markup` as one line of NFC.

    Scripts and styles go with their content, tags go without it, and the end of a block is a
    space, so that words are never glued. Entities are decoded, also those that were encoded
    twice. `plain(plain(x)) == plain(x)` and the result holds no tag, whatever the input.
    """
    text = _tidy(markup)
    for _ in range(LAYERS):
        if "<" not in text and "&" not in text:
            return text
        before, text = text, _tidy(_strip(text))
        if text == before:
            return text
    return _tidy(text.replace("<", " ").replace("&", " "))


def _strip(text: str) -> str:
    """Take off one layer of tags and entities."""
    bare = PLAIN_BLOCK.sub(" ", PLAIN_INLINE.sub("", text)) if "<" in text else text
    return _parsed(text) if "<" in bare else html.unescape(bare)


def _parsed(text: str) -> str:
    """Take off one layer of tags and entities as a browser's parser would."""
    cleaned = nh3.clean(BLOCK.sub(" <", text), tags=set(), clean_content_tags=set(HIDDEN_CONTENT))
    for escape, character in ESCAPES:
        cleaned = cleaned.replace(escape, character)
    return cleaned


def _tidy(text: str) -> str:
    """Drop what cannot be seen, compose what can (NFC), and make every run of white space one space."""
    if not text.isprintable():  # nothing that is printable is in either table
        if DISGUISE.search(text):
            text = text.translate(DISGUISED)
        text = " ".join(INVISIBLE.sub("", text).split())
    elif "  " in text:  # a space is the only white space that is printable
        text = " ".join(text.split())
    if not text.isascii():
        text = STACKED.sub(r"\1", unicodedata.normalize("NFC", text))
    text = text.strip()
    while text.endswith("</"):  # would be the beginning of a comment, whatever is ever put behind it
        text = text.removesuffix("</").rstrip()
    return text
