"""The files that go with an entry -> the address of one picture."""

from digest.collect.address import canonical
from digest.collect.medium import sort_of
from digest.collect.raw import RawEntry


def picture_of(raw: RawEntry) -> str:
    """The widest picture that says how wide it is, else the first; "" where there is none with a usable address.

    Pictures meant to be looked at come before enclosures. Trackers are no pictures: a width of
    one pixel is none.
    """
    files = (media for media in (*raw.pictured, *raw.attached) if media.url.strip())
    pictures = [media for media in files if sort_of(media) == "image" and media.width != 1]
    widest = sorted(pictures, key=lambda media: -media.width)
    return next((url for media in widest if (url := canonical(media.url, base=raw.base))), "")
