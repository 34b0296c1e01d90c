"""What `digest explain` tells of the words of a story."""

from dataclasses import replace
from io import StringIO

from rich.console import Console

from digest.cli.provenance import MOST_REFUSED, show_words, words_of
from digest.edit.piece import Desk, piece
from digest.model.edition import Edition, Judgement
from digest.model.story import Ranked
from tests.builders import DAY, LEXICON, item, ranked

ITEM = item("Care levy announced", name="carelevy", summary="The levy starts in April. Read [more] here, read more.")
STORY = ranked(ITEM)
DESK = Desk(day=DAY, sources={}, lexicon=LEXICON, excerpt_words=50)
LEAD = piece(STORY, DESK, sentences=3)
EDITION = Edition(newsletter="daily", day=DAY, lead=LEAD, subject="Care levy", subject_why="The Lantern’s, whole.")


def told(edition: Edition, story: Ranked) -> list[str]:
    out = StringIO()
    show_words(Judgement(edition=edition, ranked=(story,)), story, Console(file=out, width=200))
    return out.getvalue().splitlines()


def test_the_lead_tells_of_its_subject_and_of_every_sentence() -> None:
    assert told(EDITION, STORY) == [
        "Subject «Care levy»: The Lantern’s, whole.",
        "Printed: The Lantern, carelevy, summary 0–25: «The levy starts in April.»",
        "Not printed (a teaser): The Lantern, carelevy, summary 26–54: «Read [more] here, read more.»",
    ]


def test_another_story_says_nothing_of_the_subject_and_one_left_out_nothing_at_all() -> None:
    five = replace(EDITION, lead=None, five=(LEAD,))
    assert [line.partition(" ")[0] for line in told(five, STORY)] == ["Printed:", "Not"]
    assert told(replace(EDITION, lead=None), STORY) == []
    assert told(replace(EDITION, subject_why=""), STORY)[0].startswith("Printed")


def test_a_long_list_of_refusals_is_cut_and_says_so() -> None:
    endless = replace(ITEM, summary=" ".join(f"What of {n}?" for n in range(MOST_REFUSED)), text="Who? Where? When?")
    story = ranked(endless)
    edition = replace(EDITION, lead=piece(story, DESK, sentences=3))
    assert told(edition, story)[-1] == "Not printed: 3 more; `--json` has them all."
    assert len(words_of(Judgement(edition=edition, ranked=(story,)), story)) == MOST_REFUSED + 3
