"""The ways in which one letter may be seen, and what each does to the colours it was written in."""

from enum import StrEnum

from digest.render.colour import Colour, brightness, swapped

FORCED_GROUND = Colour(red=0x12, green=0x12, blue=0x12)
TURNED_BELOW = 150
"""Text darker than this brightness is turned round by forced dark modes (Chromium's threshold for text)."""


class Way(StrEnum):
    """The ways in which a reader may see one letter.

    AUTHORED: the inlined colours: in the light, and in the dark those clients that leave mail
    alone (Gmail and Yahoo on the web). LIGHT, DARK: with the head sheet's `prefers-color-scheme` rules
    (Apple Mail, Samsung, Fastmail, Outlook on the Mac). OUTLOOK: Outlook.com and Outlook's apps turn the lightness
    of the inlined colours, and take ours from rules under `[data-ogsc]` (text) and `[data-ogsb]` (grounds).
    SWAPPED: every lightness turned, text and ground (Gmail on iOS, Outlook on Windows). FORCED: every
    ground dropped to #121212 and only dark text turned (Gmail on Android, Samsung, Android's WebView):
    they leave text alone that is light already, which is why mid-tones fare worst.
    Clients differ by version and none says how it reckons: the last three are models.
    """

    AUTHORED = "as written"
    LIGHT = "in the light scheme"
    DARK = "in the dark scheme"
    OUTLOOK = "in the dark of Outlook’s apps"
    SWAPPED = "with lightness swapped"
    FORCED = "forced on #121212"


SCHEMES = {Way.LIGHT: "light", Way.DARK: "dark"}
"""What `prefers-color-scheme` is; the mail programs of the other ways do not know it."""


def text_in(colour: Colour, way: Way) -> Colour:
    """What becomes of a text's inlined colour."""
    match way:
        case Way.SWAPPED | Way.OUTLOOK:
            return swapped(colour)
        case Way.FORCED if brightness(colour) < TURNED_BELOW:
            return swapped(colour)
        case _:
            return colour


def ground_in(colour: Colour, way: Way) -> Colour:
    """What becomes of an inlined ground."""
    match way:
        case Way.SWAPPED | Way.OUTLOOK:
            return swapped(colour)
        case Way.FORCED:
            return FORCED_GROUND
        case _:
            return colour
