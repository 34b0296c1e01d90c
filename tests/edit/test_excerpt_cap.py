"""The words that publishers lend to one edition: counted over all its stories, in the order of print."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from digest.edit.edit import edit
from digest.edit.piece import Desk, lent
from digest.edit.shape import Shape
from digest.model.edition import Edition
from digest.model.news import Kind
from tests.builders import DAY, LEXICON, item, ranked

SAID = "The minister set out plan {n} for {thing} on the floor of the chamber. Nobody voted against {thing} in the end."
THINGS = "schools trains farms courts rivers housing prisons ports".split()


def made(publishers: list[str], words: int) -> Edition:
    desk = Desk(day=DAY, sources={}, lexicon=LEXICON, excerpt_words=words)
    stories = [
        ranked(
            item(
                f"Labour’s {THINGS[n]} plan",
                name=str(n),
                publisher=publisher,
                summary=SAID.format(n=n, thing=THINGS[n]),
                kind=Kind.COMMENT if n == 7 else Kind.NEWS,
            ),
            score=90 - n,
        )
        for n, publisher in enumerate(publishers)
    ]
    return edit(stories, newsletter="daily", day=DAY, desk=desk, shape=Shape(threshold=0.1, five=2), ask=None)


@given(st.lists(st.sampled_from("AB"), min_size=1, max_size=8), st.integers(10, 60))
def test_no_publisher_lends_an_edition_more_than_the_cap(publishers: list[str], words: int) -> None:
    spent: Counter[str] = Counter()
    for piece in made(publishers, words).pieces:
        spent += lent(piece)
    assert max(spent.values(), default=0) <= words


def test_the_stories_above_speak_first_and_those_below_stand_under_their_headline_alone() -> None:
    edition = made(["A"] * 5, 40)
    assert [len(piece.sentences) for piece in edition.pieces] == [2, 1, 0, 0, 0]


def test_another_publisher_has_its_own_words() -> None:
    edition = made(["A", "A", "A", "B"], 40)
    assert [len(piece.sentences) for piece in edition.pieces] == [2, 1, 0, 1]
