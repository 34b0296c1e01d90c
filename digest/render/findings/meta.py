"""What the head tells mail programs and browsers: the bytes' encoding, the width of screens, that it can be dark."""

import re
from collections.abc import Iterator, Mapping

from digest.model.mail import Finding
from digest.render.findings.grades import error, warning
from digest.render.findings.reading import Reading

_ENCODING = re.compile(r"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_FIXED = re.compile(r"user-scalable\s*=\s*(?:no|0)\b|maximum-scale\s*=\s*(?:0|1(?:\.[0-9]*)?)(?![\d.])", re.IGNORECASE)


def meta(letter: Reading) -> Iterator[Finding]:
    """A warning for what is missing; an error for another encoding than UTF-8, and for a page that cannot be enlarged.

    The letter's own header names the encoding, but the page is read without it too: on the web, saved, forwarded.
    """
    yield from _encoding(letter)
    named = {
        element.attributes.get("name", "").lower(): element.attributes.get("content", "")
        for element in letter.page.named("meta")
    }
    if "width" not in named.get("viewport", ""):
        what = "the page does not say how wide it is, so telephones shrink it."
        yield warning("meta", what, where="html", mend='write <meta name="viewport" content="width=device-width">.')
    if _FIXED.search(named.get("viewport", "")):
        what = "readers cannot enlarge the page (WCAG 2.2, SC 1.4.4)."
        yield error("meta", what, where="html", mend="take user-scalable and maximum-scale out of the viewport.")
    if not named.get("color-scheme", "").strip():
        what = "the page does not say that it can be dark, so mail programs turn its colours as they please."
        yield warning("meta", what, where="html", mend='write <meta name="color-scheme" content="light dark">.')


def _encoding(letter: Reading) -> Iterator[Finding]:
    mend = 'write <meta charset="utf-8"> first in the head.'
    given = [
        (written, element.line) for element in letter.page.named("meta") if (written := _written(element.attributes))
    ]
    if not given:
        what = "the page does not say its encoding, so saved copies show dashes and quotes as rubbish."
        yield warning("meta", what, where="html", mend=mend)
    for written, line in given:
        if written.lower() not in {"utf-8", "utf8"}:
            what = f"the page says its encoding is {written!r}; it is UTF-8."
            yield error("meta", what, where="html", mend=mend, line=line)


def _written(attributes: Mapping[str, str]) -> str:
    found = _ENCODING.search(attributes.get("content", "")) if "http-equiv" in attributes else None
    return attributes.get("charset", "").strip() or (found[1] if found else "")
