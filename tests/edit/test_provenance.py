"""provenance(): where each printed sentence is from, and why others were passed over."""

from dataclasses import replace

from digest.edit.piece import Desk, lent, piece
from digest.edit.provenance import provenance
from digest.model.edition import Sentence
from tests.builders import DAY, LEXICON, item, ranked, sources

DESK = Desk(day=DAY, sources=sources("The Lantern"), lexicon=LEXICON, excerpt_words=50)
ITEM = item("Care levy announced", summary="The levy starts in April. Read more here.")


def test_each_sentence_names_its_place_and_each_refusal_its_reason() -> None:
    made = piece(ranked(ITEM), DESK, sentences=3)
    told = [(one.text, one.publisher, one.place, one.why) for one in provenance(made, [ITEM])]
    assert told == [
        ("The levy starts in April.", "The Lantern", "summary 0–25", ""),
        ("Read more here.", "The Lantern", "summary 26–41", "a teaser"),
    ]


def test_an_editor_s_words_and_items_that_left_the_story_are_not_among_them() -> None:
    made = piece(ranked(ITEM), DESK, sentences=3)
    own = replace(made, sentences=(Sentence(text="Ours.", item_id="", start=0, end=5),))
    assert provenance(own, []) == ()
    assert lent(own) == {}
    assert lent(made) == {"The Lantern": 5}
