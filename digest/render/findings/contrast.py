"""Every text against its ground, in each way the letter may be seen (WCAG 2.2, SC 1.4.3)."""

from collections.abc import Iterator

from digest.model.mail import Finding
from digest.render.colour import ratio
from digest.render.findings.grades import error, warning
from digest.render.findings.reading import Reading
from digest.render.paint import Painted, paint
from digest.render.selectors import foreign
from digest.render.sheet import Rule
from digest.render.ways import Way

NORMAL, LARGE = 4.5, 3.0
_COLOURING = frozenset({"color", "background", "background-color"})


def contrast(letter: Reading) -> Iterator[Finding]:
    """Text below 4.5 : 1, or 3 : 1 where it is large; each pair of colours once a way.

    An error where we wrote both colours (as written, in the dark scheme); a warning where a client makes
    them, which is a model of what it does.
    """
    rules = tuple(rule for sheet in letter.sheets for rule in sheet.rules)
    seen: set[tuple[Way, str, str, bool]] = set()
    for painted in paint(letter.page, rules):
        pair = (painted.way, str(painted.colour), str(painted.ground), painted.is_large)
        if pair not in seen:
            seen.add(pair)
            yield from _too_weak(painted)
    yield from _unread(rules)


def _too_weak(painted: Painted) -> Iterator[Finding]:
    measured, least = ratio(painted.colour, painted.ground), LARGE if painted.is_large else NORMAL
    if measured < least:
        grade = error if painted.way in {Way.AUTHORED, Way.DARK} else warning
        what = (
            f"«{painted.text[:40]}» {painted.way.value} is {painted.colour} on {painted.ground}:"
            f" {_cut(measured)} : 1, where {least} is the least."
        )
        mend = "choose a darker or lighter colour in [brand] or in the sheets."
        yield grade("contrast", what, where="html", mend=mend, line=painted.line)


def _unread(rules: tuple[Rule, ...]) -> Iterator[Finding]:
    """A rule that colours by a selector we cannot follow is no proof of anything."""
    for rule in rules:
        if any(declaration.name in _COLOURING for declaration in rule.declarations):
            for selector in foreign(rule):
                what = f"the selector {selector!r} cannot be followed, so the contrast of its colours is unknown."
                yield warning("contrast", what, where="head", mend="colour by a class.", line=rule.line)


def _cut(measured: float) -> str:
    """Cut, not rounded: 4.49 must not be shown as 4.5."""
    return f"{int(measured * 100) / 100:g}"
