"""The edition as a table: what is new in a story that readers know."""

from dataclasses import replace
from io import StringIO

from rich.console import Console

from digest.cli.report import show_edition
from digest.model.edition import Piece
from tests.render.letters import rich_edition

LEAD = rich_edition().lead


def printed(lead: Piece) -> str:
    console = Console(file=StringIO(), width=160)
    show_edition(replace(rich_edition(), lead=lead, five=(), sections=(), comment=()), console)
    return console.file.getvalue()  # type: ignore[attr-defined, no-any-return]


def test_a_developing_story_says_what_is_new_or_that_its_headline_does() -> None:
    assert LEAD is not None
    assert "new: the vote is on Monday" in printed(replace(LEAD, since="the vote is on Monday"))
    assert "new: what the headline says" in printed(replace(LEAD, since="", is_developing=True))
    assert "new: " not in printed(replace(LEAD, since="", is_developing=False))
