"""What decides how a text looks and cannot be reckoned with: no measured contrast proves anything about it."""

from collections.abc import Iterator

from digest.model.mail import Finding
from digest.render.colour import parse, within
from digest.render.findings.grades import warning
from digest.render.findings.reading import Reading
from digest.render.media import is_told
from digest.render.page import Element
from digest.render.seen import CLEARING, INHERITING
from digest.render.selectors import foreign
from digest.render.sheet import Declaration, Rule, declarations

_COLOURING = frozenset({"color", "background", "background-color", "opacity"})
_PLAIN = {
    "-webkit-text-fill-color": INHERITING,
    "background-image": CLEARING,
    "filter": CLEARING,
    "mix-blend-mode": frozenset({"normal", "initial", "unset"}),
}
"""Properties that change colours in ways we do not follow, and their values that change none."""


def unread(letter: Reading) -> Iterator[Finding]:
    """A warning for each value, selector and condition that colours something and cannot be followed, once."""
    seen: set[str] = set()
    for what, where, mend, line in (*_inline(letter), *_in_sheets(letter)):
        if what not in seen:
            seen.add(what)
            said = f"{what}, so the contrast of its words is unknown."
            yield warning("contrast", said, where=where, mend=mend, line=line)


_Doubt = tuple[str, str, str, int]
"""What, where, mend, line."""


def _inline(letter: Reading) -> Iterator[_Doubt]:
    for element in letter.page.body:
        for declaration in (*_by_attributes(element), *declarations(element.attributes.get("style", ""))):
            for what, mend in _doubts(declaration):
                yield what, "html", mend, element.line


def _by_attributes(element: Element) -> Iterator[Declaration]:
    given = (("background-color", "bgcolor"), ("background-image", "background"), ("color", "color"))
    return (
        Declaration(name=name, value=element.attributes[attribute])
        for name, attribute in given
        if element.attributes.get(attribute) and (attribute != "color" or element.tag == "font")
    )


def _in_sheets(letter: Reading) -> Iterator[_Doubt]:
    for element in letter.page.named("style"):
        media = element.attributes.get("media", "").strip().lower()
        if media not in {"", "all", "screen"}:
            mend = "write an @media rule in the sheet."
            yield f"media={media!r} on a sheet is not reckoned with", "head", mend, element.line
    for rule in letter.rules:
        doubts = [doubt for declaration in rule.declarations for doubt in _doubts(declaration)]
        yield from ((what, "head", mend, rule.line) for what, mend in doubts)
        if doubts or any(declaration.name in _COLOURING for declaration in rule.declarations):
            yield from _unfollowed(rule)


def _unfollowed(rule: Rule) -> Iterator[_Doubt]:
    for selector in foreign(rule):
        yield f"the selector {selector!r} cannot be followed", "head", "colour by a class.", rule.line
    if not is_told(rule.media):
        mend = "ask for screen, a width or prefers-color-scheme."
        yield f"the condition {rule.media!r} cannot be followed", "head", mend, rule.line


def _doubts(declaration: Declaration) -> Iterator[tuple[str, str]]:
    name, value = declaration.name, declaration.value.lower()
    if name in _PLAIN:
        if value not in _PLAIN[name]:
            yield f"{name}: {value[:60]} is not reckoned with", "do without it."
    elif name == "background" and ("url(" in value or "gradient(" in value):
        yield f"{name}: {value[:60]} is a picture", "print the words on a plain ground."
    elif not _is_read(name, value):
        yield f"{name}: {value[:60]} is no colour that we can read", "write it as #rrggbb."


def _is_read(name: str, value: str) -> bool:
    match name:
        case "color":
            return value in INHERITING or parse(value) is not None
        case "background-color":
            return value in CLEARING or parse(value) is not None
        case "background":
            return value in CLEARING or within(value) is not None
        case _:
            return True
