"""Template and merge syntax that is left over in any part of a letter."""

import re
from collections.abc import Iterator

from digest.model.mail import Finding
from digest.render.findings.grades import error
from digest.render.findings.reading import Reading, line_of
from digest.render.sheet import unstyled

_LEFTOVER = re.compile(
    r"\{\{|\}\}|\{%|%\}|\{#|\$\{|\#\{|\*\||\|\*|<%|%>|\[\[|%%"
    r"|%(?:recipient|unsubscribe_url|mailing_list_unsubscribe_url|tag_unsubscribe_url)|[\ue000-\ue0ff]",
    re.IGNORECASE,
)
_IN_SHEETS = re.compile(r"\{\{|\{%|\$\{|\*\||\[\[|<%|%%|%recipient|[\ue000-\ue0ff]", re.IGNORECASE)
"""Less than elsewhere: `}}`, `{#` and `|*` are CSS where it is written without blanks."""


def syntax(letter: Reading) -> Iterator[Finding]:
    """An error for the first of it in each part and sheet; a provider would fill it in or refuse the letter."""
    email = letter.email
    parts = (
        ("subject", email.subject),
        ("preheader", email.preheader),
        ("html", unstyled(email.html)),
        ("text", email.text),
    )
    for where, text in parts:
        if found := _LEFTOVER.search(text):
            what = f"template syntax is left over: {text[found.start() : found.end() + 30]!r}."
            line = line_of(text, found.start()) if where in {"html", "text"} else 0
            yield error("syntax", what, where=where, mend="correct the template that prints it.", line=line)
    yield from _in_sheets(letter)


def _in_sheets(letter: Reading) -> Iterator[Finding]:
    for css, line in letter.styles:
        if found := _IN_SHEETS.search(css):
            what = f"template syntax is left over: {css[found.start() : found.end() + 30]!r}."
            at = line + line_of(css, found.start()) - 1
            yield error("syntax", what, where="head", mend="correct head.css.j2.", line=at)
