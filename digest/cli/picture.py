"""An edition and a view -> a picture of it in a file."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from digest.errors import UsageError
from digest.model.view import WIDTHS, View

if TYPE_CHECKING:
    from digest.model.mail import EditionRecord


class Picture(StrEnum):
    """The views that are pictures of the page; the others are text."""

    PHONE = View.PHONE.value
    TABLET = View.TABLET.value
    DESKTOP = View.DESKTOP.value
    DARK = View.DARK.value
    INVERTED = View.INVERTED.value
    NO_IMAGES = View.NO_IMAGES.value


def save_picture(record: "EditionRecord", file: Path, of: Picture) -> None:
    """Take a picture of the edition's mail and write it as PNG.

    Raises:
        UsageError: for an edition without a mail, or a file that cannot be written.
        PictureFailed: when there is no Chromium, or when it fails.

    """
    from digest.app.camera import camera
    from digest.render.views import viewed

    if record.email is None:
        raise UsageError(f"the edition of {record.day} is empty ({record.reason})", mend="there is no mail to show.")
    view = View(of.value)
    width = WIDTHS.get(view, WIDTHS[View.DESKTOP])
    picture = camera().picture(viewed(record.email.html, view), width=width, dark=view is View.DARK)
    try:
        file.write_bytes(picture)
    except OSError as error:
        raise UsageError(f"{file} cannot be written ({error.strerror})", mend="choose another file.") from error
