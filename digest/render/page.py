"""The HTML of an email -> what the checks ask of it: links, headings, pictures, language and styles."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

_STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL | re.IGNORECASE)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What stands in the page, in order: addresses of links, levels of headings, sources of pictures without alt."""

    links: tuple[str, ...]
    headings: tuple[int, ...]
    without_alt: tuple[str, ...]
    language: str
    style_bytes: int


def read(html: str) -> Page:
    """Read a page as a browser would; `style_bytes` counts what is between the tags of all style elements."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return Page(
        links=tuple(reader.links),
        headings=tuple(reader.headings),
        without_alt=tuple(reader.without_alt),
        language=reader.language,
        style_bytes=sum(len(sheet.encode()) for sheet in _STYLE.findall(html)),
    )


def unstyled(html: str) -> str:
    """The page without its style sheets, whose braces are no template syntax."""
    return _STYLE.sub("", html)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.headings: list[int] = []
        self.without_alt: list[str] = []
        self.language = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = named.get("lang", "")
        elif tag == "a":
            self.links.append(named.get("href", ""))
        elif tag == "img" and "alt" not in named:
            self.without_alt.append(named.get("src", ""))
        elif tag in _HEADINGS:
            self.headings.append(_HEADINGS[tag])
