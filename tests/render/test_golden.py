"""The letter as it was looked at: golden files, and the laws that every letter of ours keeps."""

import os
import re
from pathlib import Path

import pytest

from digest.render.checks import check
from tests.render.letters import letter, letters, long_edition, rich_edition

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("suffix", ["html", "txt"])
@pytest.mark.parametrize("name", letters())
def test_the_letter_is_the_one_that_was_looked_at(name: str, suffix: str) -> None:
    email = letters()[name]
    printed = email.html if suffix == "html" else email.text
    golden = GOLDEN / f"{name}.{suffix}"
    if os.environ.get("DIGEST_UPDATE_GOLDEN"):
        golden.write_text(printed, encoding="utf-8", newline="\n")
    assert printed == golden.read_text(encoding="utf-8"), (
        "the letter changed; DIGEST_UPDATE_GOLDEN=1 rewrites the files: look at them before you commit"
    )


def test_the_full_letter_passes_every_check() -> None:
    edition = rich_edition()
    assert check(letter(edition), edition) == ()


def test_forty_stories_stay_far_below_where_gmail_cuts() -> None:
    edition = long_edition(40)
    assert len(edition.pieces) == 40
    assert len(letter(edition).html.encode()) < 75_000


def test_lines_of_the_text_part_are_at_most_72_characters_but_for_addresses() -> None:
    too_long = [line for line in letter().text.splitlines() if len(line) > 72 and "<http" not in line]
    assert too_long == []


def test_every_class_left_in_the_page_is_used_by_the_head_sheet() -> None:
    html = letter().html
    head = html[: html.index("</head>")]
    classes = {name for names in re.findall(r' class="([^"]*)"', html) for name in names.split()}
    assert classes
    assert {name for name in classes if f".{name}" not in head} == set()


def test_colours_come_in_pairs() -> None:
    """A mail program that changes one of two colours must always meet the other."""
    for style in re.findall(r"""style=(?:"([^"]*)"|'([^']*)')""", letter().html):
        declared = {part.split(":")[0].strip() for part in "".join(style).split(";")}
        assert ("color" in declared) == ("background-color" in declared), style
