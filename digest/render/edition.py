"""An edition -> the email that every reader gets: HTML, text twin, subject and preheader."""

import jinja2

from digest.errors import EditionRefused
from digest.model.brand import Brand
from digest.model.edition import Edition
from digest.model.mail import UNSUBSCRIBE_PLACEHOLDER, Email
from digest.model.proof import Proof
from digest.render.compose import compose

PROOF = "Proof: "


def render(
    edition: Edition,
    *,
    brand: Brand,
    environment: jinja2.Environment,
    template: str = "daily",
    proof: Proof | None = None,
    view_url: str = "",
) -> Email:
    """The edition as the letter `template`; `proof` puts a banner on it and a prefix before the subject.

    The unsubscribe link is UNSUBSCRIBE_PLACEHOLDER in both parts; nothing else is personal.
    `view_url` is where the edition stands on the web, if it does. Raises EditionRefused for an
    empty edition and TemplateError for a template that cannot be filled.
    """
    if edition.lead is None:
        detail = f"{edition.newsletter} of {edition.day} has nothing to print ({edition.empty_because or 'no lead'})."
        raise EditionRefused(detail, mend="an empty edition is closed, not rendered.")
    return compose(
        environment,
        template,
        subject=(PROOF if proof else "") + edition.subject,
        preheader=edition.preheader,
        edition=edition,
        brand=brand,
        proof=proof,
        unsubscribe_url=UNSUBSCRIBE_PLACEHOLDER,
        view_url=view_url,
        has_paywall=any(source.paywalled for piece in edition.pieces for source in piece.sources),
        by_editors=sum(bool(piece.headline_by) + bool(piece.summary_by) for piece in edition.pieces),
    )
