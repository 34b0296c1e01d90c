"""An edition and a view -> a picture of it in a file."""

from pathlib import Path
from typing import TYPE_CHECKING

from digest.errors import UsageError
from digest.model.view import WIDTHS, View

if TYPE_CHECKING:
    from digest.model.mail import EditionRecord

PICTURED = (View.PHONE, View.TABLET, View.DESKTOP, View.DARK, View.INVERTED, View.NO_IMAGES)
"""The views that are pictures of the page; the others are text."""


def save_picture(record: "EditionRecord", file: Path, view: View) -> None:
    """Take a picture of the edition's mail and write it as PNG.

    Raises:
        UsageError: for a view that is text, an edition without a mail, a file that cannot be written.
        PictureFailed: when there is no Chromium, or when it fails.

    """
    from digest.app.camera import camera
    from digest.render.views import viewed

    if view not in PICTURED:
        raise UsageError(f"the view {view.value!r} is text", mend=f"choose one of {', '.join(PICTURED)}.")
    if record.email is None:
        raise UsageError(f"the edition of {record.day} is empty ({record.reason})", mend="there is no mail to show.")
    width = WIDTHS.get(view, WIDTHS[View.DESKTOP])
    picture = camera().picture(viewed(record.email.html, view), width=width, dark=view is View.DARK)
    try:
        file.write_bytes(picture)
    except OSError as error:
        raise UsageError(f"{file} cannot be written ({error.strerror})", mend="choose another file.") from error
