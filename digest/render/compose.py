"""A template's name and its values -> an email: HTML inlined, text tidied, merge syntax disarmed in every part."""

import re

import jinja2

from digest.model.mail import Email
from digest.render.header import header_text
from digest.render.inline import inline
from digest.render.merge import as_entities, as_joined, mark
from digest.render.templates import fill

LONGEST_SUBJECT = 250
"""A guard for the header only; the check complains long before."""

_BLANK_LINES = re.compile(r"\n[ \t]*(?=\n)")
_MANY_BLANK_LINES = re.compile(r"\n{3,}")


def compose(environment: jinja2.Environment, name: str, *, subject: str, preheader: str, **values: object) -> Email:
    """Fill `name.html.j2` and `name.txt.j2`; every letter of ours goes through here.

    What looks like a provider's merge syntax is disarmed here, once. Raises TemplateError for a
    template that is missing, wrong, or cannot be filled.
    """
    values |= {
        "subject": mark(header_text(subject, LONGEST_SUBJECT)),
        "preheader": mark(header_text(preheader, LONGEST_SUBJECT)),
    }
    return Email(
        subject=as_joined(str(values["subject"])),
        preheader=as_joined(str(values["preheader"])),
        html=_html(fill(environment, f"{name}.html.j2", **values)),
        text=_text(fill(environment, f"{name}.txt.j2", **values)),
    )


def _html(filled: str) -> str:
    return as_entities(_BLANK_LINES.sub("", inline(filled)))


def _text(filled: str) -> str:
    """Disarmed, without blanks at line ends and with at most one blank line between paragraphs."""
    lines = "\n".join(line.rstrip() for line in filled.splitlines())
    return as_joined(_MANY_BLANK_LINES.sub("\n\n", lines).strip() + "\n")
