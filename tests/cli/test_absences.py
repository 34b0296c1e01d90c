"""What a judgement left out or moved down, as a table and as JSON."""

import json
from dataclasses import replace
from io import StringIO

from rich.console import Console

from digest.cli.absences import absences_json, show_absences
from digest.model.edition import Judgement, LeftOut
from tests.builders import item, ranked
from tests.render.letters import rich_edition

MOVED = LeftOut(story_id="m1", headline="Fourth of a kind", score=60, why="fourth story about Ada in the first 6")
LEFT = LeftOut(story_id="l1", headline="Too late", score=10, why="the edition is full at 16 stories")


def judgement(*, moved: tuple[LeftOut, ...] = (), left_out: tuple[LeftOut, ...] = ()) -> Judgement:
    edition = replace(rich_edition(), moved=moved, left_out=left_out)
    return Judgement(edition=edition, ranked=(ranked(item("One")), ranked(item("Two"))))


def printed(what: Judgement) -> str:
    console = Console(file=StringIO(), width=160)
    show_absences(what, console)
    return console.file.getvalue()  # type: ignore[attr-defined, no-any-return]


def test_who_was_moved_down_stands_above_who_was_left_out() -> None:
    said = printed(judgement(moved=(MOVED,), left_out=(LEFT,)))
    assert (
        said.index("Printed lower than their points") < said.index(MOVED.why) < said.index("Left out: 1 of 2 stories")
    )
    assert LEFT.why in said


def test_an_edition_that_left_nothing_out_says_so() -> None:
    assert printed(judgement()) == "No story was left out.\n"


def test_machines_get_both_lists() -> None:
    said = json.loads(absences_json(judgement(moved=(MOVED,), left_out=(LEFT,))))
    assert [one["story_id"] for one in (*said["moved"], *said["left_out"])] == ["m1", "l1"]
