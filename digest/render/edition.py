"""An edition -> the email that every reader gets: HTML, text twin, subject and preheader."""

import re

import jinja2

from digest.errors import EditionRefused
from digest.model.brand import Brand
from digest.model.edition import Edition
from digest.model.mail import UNSUBSCRIBE_PLACEHOLDER, Email
from digest.render.header import header_text
from digest.render.inline import inline
from digest.render.merge import as_entities, as_joined, mark
from digest.render.templates import fill

PROOF = "Proof: "
LONGEST_SUBJECT = 250
"""A guard for the header only; the check complains long before."""

_BLANK_LINES = re.compile(r"\n[ \t]*(?=\n)")
_MANY_BLANK_LINES = re.compile(r"\n{3,}")


def render(edition: Edition, *, brand: Brand, environment: jinja2.Environment, proof: bool = False) -> Email:
    """The edition as the daily letter; `proof` puts a banner on it and a prefix before the subject.

    The unsubscribe link is UNSUBSCRIBE_PLACEHOLDER in both parts; nothing else is personal. What
    looks like a provider's merge syntax is disarmed here, once. Raises EditionRefused for an
    empty edition and TemplateError for a template that cannot be filled.
    """
    if edition.lead is None:
        detail = f"{edition.newsletter} of {edition.day} has nothing to print ({edition.empty_because or 'no lead'})."
        raise EditionRefused(detail, mend="an empty edition is closed, not rendered.")
    subject = mark(header_text((PROOF if proof else "") + edition.subject, LONGEST_SUBJECT))
    preheader = mark(header_text(edition.preheader, LONGEST_SUBJECT))
    values = {
        "edition": edition,
        "brand": brand,
        "subject": subject,
        "preheader": preheader,
        "proof": proof,
        "unsubscribe_url": UNSUBSCRIBE_PLACEHOLDER,
        "has_paywall": any(source.paywalled for piece in edition.pieces for source in piece.sources),
    }
    return Email(
        subject=as_joined(subject),
        preheader=as_joined(preheader),
        html=_html(fill(environment, "daily.html.j2", **values)),
        text=_text(fill(environment, "daily.txt.j2", **values)),
    )


def _html(filled: str) -> str:
    return as_entities(_BLANK_LINES.sub("", inline(filled)))


def _text(filled: str) -> str:
    """Disarmed, without blanks at line ends and with at most one blank line between paragraphs."""
    lines = "\n".join(line.rstrip() for line in filled.splitlines())
    return as_joined(_MANY_BLANK_LINES.sub("\n\n", lines).strip() + "\n")
