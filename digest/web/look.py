"""A query -> how a letter is looked at, and the addresses of the other ways of looking at it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Self
from urllib.parse import urlencode

from digest.model.view import WIDTHS, View

NAMES = {
    View.PHONE: "Phone",
    View.TABLET: "Tablet",
    View.DESKTOP: "Desktop",
    View.DARK: "Dark",
    View.INVERTED: "Inverted",
    View.NO_IMAGES: "Images off",
    View.TEXT: "Text",
    View.SOURCE: "Source",
    View.INBOX: "Inbox row",
}
"""The views in the order of their keys, 1 to 9."""

PAPER = (View.TEXT, View.SOURCE, View.INBOX)
"""Views of words, which are as wide as there is room."""

LARGE_PHONE = 375
NARROW, WIDE = WIDTHS[View.PHONE], WIDTHS[View.DESKTOP]
ALL_WIDTHS = (NARROW, LARGE_PHONE, WIDTHS[View.TABLET], WIDE)
"""CSS pixels in which a letter can be looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How the letter of one day is looked at: the view, its width in CSS pixels, and what was jumped to.

    `story` is a story's id and `line` a line of the text or source, counted from 1; both may be empty.
    """

    path: str
    view: View = View.PHONE
    width: int = NARROW
    story: str = ""
    line: int = 0

    @classmethod
    def asked(cls, path: str, query: Mapping[str, str]) -> Self:
        """Read a query; what it does not say, or says wrongly, is as usual."""
        view = next((view for view in View if view.value == query.get("view")), View.PHONE)
        line = query.get("line", "")
        return cls(
            path=path,
            view=view,
            width=_width(view, query.get("width", "")),
            story=query.get("story", ""),
            line=int(line) if line.isdecimal() and len(line) < 7 else 0,
        )

    @property
    def is_measured(self) -> bool:
        """True for pictures of the letter, which have the width of a screen; its words take what room there is."""
        return self.view not in PAPER

    @property
    def widths(self) -> tuple[int, ...]:
        """The widths among which this view leaves the choice."""
        return _choice(self.view) if self.is_measured else ()

    def at(self, path: str) -> str:
        """The address of the same look at another day's letter, where no jump has been made."""
        return replace(self, path=path, story="", line=0).url

    def seen_as(self, view: View) -> str:
        """The address of the same letter in another view; a story stays chosen, a line does not."""
        return replace(self, view=view, width=_width(view, str(self.width)), line=0).url

    def seen_at(self, width: int) -> str:
        """The address of the same view in another width."""
        return replace(self, width=width).url

    def of_story(self, story: str) -> str:
        """The address of a story: where it stands in the letter, if the view shows the letter, and why."""
        return replace(self, story=story, line=0).url

    def of_line(self, view: View, line: int) -> str:
        """The address of a line of the text or the source."""
        return replace(self, view=view, story="", line=line).url

    @property
    def url(self) -> str:
        """The address of this look."""
        return f"{self.path}?{self._query(story=self.story, line=self.line)}"

    @property
    def frame_url(self) -> str:
        """The address of what stands in the frame; jumps are no part of it."""
        return f"{self.path}/letter?{self._query()}"

    def _query(self, *, story: str = "", line: int = 0) -> str:
        said = {"view": self.view.value, "width": self.width, "story": story, "line": line}
        return urlencode({name: value for name, value in said.items() if value})


def _width(view: View, wanted: str) -> int:
    """The wanted width where the view leaves that choice, else the view's own, or a phone's."""
    choice = _choice(view)
    return int(wanted) if wanted in map(str, choice) else choice[0]


def _choice(view: View) -> tuple[int, ...]:
    match view:
        case View.PHONE:
            return (NARROW, LARGE_PHONE)
        case View.TABLET | View.DESKTOP:
            return (WIDTHS[view],)
        case _:
            return ALL_WIDTHS
