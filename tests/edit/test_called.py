"""called(): a story has one name, whether it is printed, left out or neither."""

from dataclasses import replace

import pytest

from digest.edit.called import called
from digest.edit.comparison import comparison
from digest.edit.explanation import explanation
from digest.edit.naming import story_named
from digest.edit.piece import Desk, piece
from digest.errors import UsageError
from digest.model.edition import Edition, Judgement, LeftOut
from tests.builders import DAY, LEXICON, item, ranked, sources, story

DESK = Desk(day=DAY, sources=sources("The Lantern"), lexicon=LEXICON, excerpt_words=50)
WHY = item("Why the library had to be saved and what it means", name="why")
NEWS = item("Council votes to save the library in Wetherby | The Courier", name="news", publisher="The Courier")
STORY = ranked(story=story(WHY, NEWS, id="3f2a9c01"))
FITTEST = "Council votes to save the library in Wetherby"
EMPTY = Edition(newsletter="daily", day=DAY)
PRINTED = replace(EMPTY, lead=replace(piece(STORY, DESK, sentences=1), headline="The desk’s own headline"))
LEFT = replace(EMPTY, left_out=(LeftOut(story_id=STORY.story.id, headline="As it was printed", score=9, why="spiked"),))


@pytest.mark.parametrize(
    ("edition", "name"), [(PRINTED, "The desk’s own headline"), (LEFT, "As it was printed"), (EMPTY, FITTEST)]
)
def test_a_story_has_one_name_everywhere(edition: Edition, name: str) -> None:
    judgement = Judgement(edition=edition, ranked=(STORY,))
    assert called(STORY, edition) == name
    assert story_named(STORY.story.id, judgement).headline == name
    assert explanation(judgement, STORY).headline == name
    with pytest.raises(UsageError, match=f"did you mean .*“{name}”"):
        story_named(f"{STORY.story.id}x", judgement)


def test_what_is_typed_may_be_of_the_printed_headline_or_of_any_item_s() -> None:
    judgement = Judgement(edition=PRINTED, ranked=(STORY,))
    for words in ("desk’s own", "what it means"):
        with pytest.raises(UsageError, match=r"did you mean .*“The desk’s own headline”"):
            story_named(words, judgement)


def test_two_editions_are_compared_under_the_second_one_s_names() -> None:
    (move,) = comparison(Judgement(edition=PRINTED, ranked=(STORY,)), Judgement(edition=LEFT, ranked=(STORY,)))
    assert move.headline == "As it was printed"
