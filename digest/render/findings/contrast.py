"""Every text against its ground, in each way the letter may be seen (WCAG 2.2, SC 1.4.3)."""

from collections.abc import Iterator

from digest.model.mail import Finding
from digest.render.colour import ratio
from digest.render.findings.grades import error, warning
from digest.render.findings.reading import Reading
from digest.render.findings.unread import unread
from digest.render.paint import WIDE, Painted
from digest.render.ways import Way

NORMAL, LARGE = 4.5, 3.0
_WRITTEN = frozenset({Way.AUTHORED, Way.LIGHT, Way.DARK})


def contrast(letter: Reading) -> Iterator[Finding]:
    """Text below 4.5 : 1, or 3 : 1 where it is large; each pair of colours once a way.

    An error where we wrote both colours (as written, in the light and in the dark scheme); a warning where a client
    makes them, which is a model of what it does, and for what decides a colour and cannot be read.
    """
    seen: set[tuple[Way, str, str, bool]] = set()
    for painted in letter.painted:
        pair = (str(painted.colour), str(painted.ground), painted.is_large)
        is_told = painted.way is Way.LIGHT and (Way.AUTHORED, *pair) in seen
        if not painted.is_hidden and not is_told and (painted.way, *pair) not in seen:
            seen.add((painted.way, *pair))
            yield from _too_weak(painted)
    yield from unread(letter)


def _too_weak(painted: Painted) -> Iterator[Finding]:
    measured, least = ratio(painted.colour, painted.ground), LARGE if painted.is_large else NORMAL
    if measured < least:
        grade = error if painted.way in _WRITTEN else warning
        where = "" if painted.width == WIDE else f" at {painted.width} px"
        what = (
            f"«{painted.text[:40]}» {painted.way.value}{where} is {painted.colour} on {painted.ground}:"
            f" {_cut(measured)} : 1, where {least} is the least."
        )
        mend = "choose a darker or lighter colour in [brand] or in the sheets."
        yield grade("contrast", what, where="html", mend=mend, line=painted.line)


def _cut(measured: float) -> str:
    """Cut, not rounded: 4.49 must not be shown as 4.5."""
    return f"{int(measured * 100) / 100:g}"
