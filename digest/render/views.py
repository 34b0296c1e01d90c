"""A letter's HTML -> the same HTML as one sort of reader meets it: by day, in the dark, turned round, without pictures.

Every view is HTML again, so that any browser shows it as it is, whatever its own settings are.
"""

import re
from collections.abc import Mapping
from html import escape, unescape

from digest.model.view import View
from digest.render.colour import parse, swapped
from digest.render.links import link
from digest.render.sheet import Declaration, declarations

_STYLE = re.compile(r"(<style[^>]*>)(.*?)(</style>)", re.DOTALL | re.IGNORECASE)
_PREFERENCE = re.compile(r"\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)", re.IGNORECASE)
_ATTRIBUTES = r"""(?:[^<>"']|"[^"]*"|'[^']*')*"""
_TAG = re.compile(rf"<[a-z][a-z0-9]*{_ATTRIBUTES}>", re.IGNORECASE)
_ANCHOR = re.compile(rf"<a\s{_ATTRIBUTES}>", re.IGNORECASE)
_STYLE_ATTRIBUTE = re.compile(r'(\sstyle=")([^"]*)(")', re.IGNORECASE)
_COLOUR_ATTRIBUTE = re.compile(r'(\s(?:bgcolor|color|text|link)=")([^"]*)(")', re.IGNORECASE)
_PICTURE = re.compile(rf"<img\s{_ATTRIBUTES}>", re.IGNORECASE)
_SOURCE = re.compile(r'\s(?:src|srcset)="[^"]*"', re.IGNORECASE)
_GROUND = re.compile(r'\sbackground="[^"]*"', re.IGNORECASE)
_ADDRESS = re.compile(r"url\([^)]*\)", re.IGNORECASE)
_HREF = re.compile(r'\shref="([^"]*)"', re.IGNORECASE)
_COLOURED = re.compile(r"color|background|border|outline")
"""Properties whose value may hold a colour (CSS Color 3 and CSS Backgrounds 3)."""
_WORD = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl)a?\([^)]*\)|(?<![\w(#.-])[a-z]+(?![\w(-])", re.IGNORECASE)

_ALWAYS, _NEVER = "(min-width: 0px)", "(max-width: 0px)"
"""Media features that hold everywhere and nowhere, also where they stand beside others (Media Queries 4)."""
_SCHEME = "<style>:root {{ color-scheme: only {} !important; }}</style>"
_FRAME = (
    '<base target="_blank"><style>'
    '[id^="story-"] { display: inline-block; vertical-align: top; scroll-margin-top: 48px; }'
    ' [id^="story-"]:target + a { outline: 3px solid #0b62d6 !important; outline-offset: 3px !important; }</style>'
)
"""A link in a sandboxed frame then opens nothing, and the story that was jumped to is seen whole and marked.

A place at the top of its line is above a headline of several lines, even where its link is an inline-block.
"""


def viewed(html: str, view: View) -> str:
    """The letter in one view; views that differ only in width, and those of its text, are the letter by day.

    In the dark the rules for `prefers-color-scheme: dark` hold always, elsewhere never. Turned round,
    each colour's HSL lightness is swapped, as mail programs do that force a dark scheme. Without
    pictures, what stands for them is shown.
    """
    match view:
        case View.DARK:
            return _in_scheme(html, dark=True)
        case View.INVERTED:
            return _inverted(_with_preference(html, dark=False))
        case View.NO_IMAGES:
            return _without_pictures(_in_scheme(html, dark=False))
        case _:
            return _in_scheme(html, dark=False)


def framed(html: str, anchors: Mapping[str, str]) -> str:
    """The letter for a sandboxed frame: `anchors` (address -> id) name the place of the first link to each address.

    Links open nothing there: their target is a new window, which a sandbox refuses. The id is put
    on an element before the link, for a browser that jumps to a link takes the focus there, out of
    the page around.
    """
    waiting = {escape(link(address)): name for address, name in anchors.items()}

    def named(tag: re.Match[str]) -> str:
        found = _HREF.search(tag[0])
        name = waiting.pop(found[1], "") if found else ""
        return f'<span id="{escape(name)}"></span>{tag[0]}' if name else tag[0]

    return _in_head(_ANCHOR.sub(named, html), _FRAME)


def _in_scheme(html: str, *, dark: bool) -> str:
    return _in_head(_with_preference(html, dark=dark), _SCHEME.format("dark" if dark else "light"))


def _with_preference(html: str, *, dark: bool) -> str:
    """The page as a reader with that preference sees it: the questions in its sheets are answered."""

    def answered(question: re.Match[str]) -> str:
        return _ALWAYS if (question[1].lower() == "dark") == dark else _NEVER

    return _STYLE.sub(lambda style: style[1] + _PREFERENCE.sub(answered, style[2]) + style[3], html)


def _inverted(html: str) -> str:
    def turned(tag: re.Match[str]) -> str:
        styled = _STYLE_ATTRIBUTE.sub(lambda style: style[1] + _turned_style(style[2]) + style[3], tag[0])
        return _COLOUR_ATTRIBUTE.sub(lambda found: found[1] + _turned_word(found[2]) + found[3], styled)

    return _in_head(_TAG.sub(turned, html), _SCHEME.format("dark"))


def _turned_style(style: str) -> str:
    return "; ".join(_turned(declaration) for declaration in declarations(unescape(style)))


def _turned(declaration: Declaration) -> str:
    value = declaration.value
    if _COLOURED.search(declaration.name):
        value = _WORD.sub(lambda word: _turned_word(word[0]), value)
    return f"{declaration.name}: {escape(value)}" + (" !important" if declaration.is_important else "")


def _turned_word(word: str) -> str:
    """The swapped colour; what is none, or is not seen, stays as it is."""
    colour = parse(word)
    return word if colour is None or colour.alpha == 0 else str(swapped(colour))


def _without_pictures(html: str) -> str:
    emptied = _PICTURE.sub(lambda picture: f'{_SOURCE.sub("", picture[0])[:-1]} src="">', html)
    return _TAG.sub(lambda tag: _STYLE_ATTRIBUTE.sub(_without_address, _GROUND.sub("", tag[0])), emptied)


def _without_address(style: re.Match[str]) -> str:
    return style[1] + _ADDRESS.sub("none", style[2]) + style[3]


def _in_head(html: str, extra: str) -> str:
    """The page with something more at the end of its head, behind whatever it overrides; or at its own end."""
    before, head, after = html.partition("</head>")
    return before + extra + head + after
