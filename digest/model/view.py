"""The ways in which an editor looks at a letter before it goes."""

from enum import StrEnum


class View(StrEnum):
    """What is shown; the first six are pictures of the page, the others its text."""

    PHONE = "phone"
    TABLET = "tablet"
    DESKTOP = "desktop"
    DARK = "dark"
    INVERTED = "inverted"
    NO_IMAGES = "no-images"
    TEXT = "text"
    SOURCE = "source"
    INBOX = "inbox"


WIDTHS = {View.PHONE: 320, View.TABLET: 600, View.DESKTOP: 1024}
"""CSS pixels; the views that are not here take whatever width the reader has chosen last."""
