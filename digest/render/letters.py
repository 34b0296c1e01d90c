"""The mails of a subscription: the one that asks for a click, and the one that says goodbye.

Neither repeats anything a visitor typed: a form could otherwise be made to send strangers somebody's words
(OWASP, «Email content injection»). Neither holds an unsubscribe link: nobody is subscribed through them.
"""

import jinja2

from digest.model.brand import Brand
from digest.model.mail import Email
from digest.render.compose import compose
from digest.render.words import said


def confirmation(brand: Brand, *, confirm_url: str, environment: jinja2.Environment) -> Email:
    """The second half of double opt-in: nobody is written to again who does not open `confirm_url`."""
    words = brand.words
    return compose(
        environment,
        "confirmation",
        subject=said(words.confirm_subject, name=brand.name),
        preheader=said(words.confirm_ignore, name=brand.name),
        brand=brand,
        confirm_url=confirm_url,
    )


def goodbye(brand: Brand, *, subscribe_url: str, environment: jinja2.Environment) -> Email:
    """A word after the last edition; `subscribe_url` is the way back."""
    words = brand.words
    return compose(
        environment,
        "goodbye",
        subject=said(words.goodbye_subject, name=brand.name),
        preheader=said(words.goodbye_ignore, name=brand.name),
        brand=brand,
        subscribe_url=subscribe_url,
    )
