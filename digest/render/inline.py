"""HTML with style sheets -> HTML with style attributes, which is what mail programs read."""

import logging
import re

import cssutils
from premailer import Premailer

from digest.errors import TemplateError

_STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)
_CLASS_SELECTOR = re.compile(r"\.([A-Za-z_][\w-]*)")
_TAG = re.compile(r"""<[a-z][a-z0-9]*(?:[^<>"']|"[^"]*"|'[^']*')*>""")
_CLASS = re.compile(r' class="([^"]*)"')


cssutils.ser.prefs.minimizeColorHash = False  # #ffffff stays: some mail programs read six digits only


def inline(html: str) -> str:
    """Move every plain rule into the elements it meets; sheets marked `data-premailer="ignore"` stay in the head.

    premailer's own defaults would fetch sheets, drop what mail needs and add attributes that
    Outlook misreads; the options are those of docs/email.md. Classes that no remaining sheet
    names are removed. Same input, same output. Raises TemplateError for what cannot be parsed.
    """
    mend = "look at the layout and the inlinable sheet."
    if "<html" not in html:
        raise TemplateError("its styles cannot be inlined: there is no <html> in it.", mend=mend)
    try:
        inlined = Premailer(
            html,
            allow_network=False,
            allow_loading_external_files=False,
            strip_important=False,
            disable_link_rewrites=True,
            align_floating_images=False,
            disable_basic_attributes=["width", "height", "bgcolor", "align", "valign"],
            disable_validation=True,  # cssutils knows CSS of 2010; our own checks read the sheets
            cssutils_logging_level=logging.CRITICAL + 1,
        ).transform(pretty_print=False)
    except (SyntaxError, RuntimeError, ValueError) as error:  # lxml's and cssselect's errors are these too
        raise TemplateError(f"its styles cannot be inlined: {error}.", mend=mend) from error
    return _without_idle_classes(str(inlined))


def _without_idle_classes(html: str) -> str:
    """The page with only the classes that a head sheet still names; text that looks like a class is left alone."""
    used = {name for sheet in _STYLE.findall(html) for name in _CLASS_SELECTOR.findall(sheet)}

    def kept(found: re.Match[str]) -> str:
        names = " ".join(name for name in found[1].split() if name in used)
        return f' class="{names}"' if names else ""

    return _TAG.sub(lambda tag: _CLASS.sub(kept, tag[0]), html)
