"""The showcase holds everything a letter can hold, or what is tried with it would not be tried."""

from digest.model.edition import Edition
from digest.model.news import Kind, Medium
from digest.render.checks import check
from digest.render.edition import render
from digest.render.showcase import BRAND, showcase
from tests.render.letters import ENVIRONMENT

ABSENT = {"left_out", "moved", "empty_because"}
"""What is never printed in a letter: it is the editors' to read, in `digest explain` and the preview."""


def test_every_block_is_filled() -> None:
    edition = showcase()
    empty = {name for name in Edition.__slots__ if not getattr(edition, name)}
    assert empty == ABSENT


def test_every_mark_is_there() -> None:
    pieces = showcase().pieces
    links = [source for piece in pieces for source in piece.sources]
    assert {piece.kind for piece in pieces} == set(Kind)
    assert any(piece.since for piece in pieces[1:])
    assert any(piece.why for piece in pieces)
    assert any(not piece.sentences for piece in pieces)
    assert any(link.paywalled for link in links)
    assert any(link.medium is not Medium.TEXT for link in links)
    assert any(len(piece.sources) > 3 for piece in pieces)


def test_the_checks_find_nothing_in_it() -> None:
    edition = showcase()
    assert check(render(edition, brand=BRAND, environment=ENVIRONMENT), edition) == ()
