"""Headlines are alike by their rare words; common ones say little."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.rank.likeness import likeness, rarity, words
from tests.builders import item, story

TITLES = (
    "Labour minister quits over rail fares",
    "Labour minister visits a school",
    "Rail fares minister resigns",
    "Peers reject the planning bill",
    "It is what it is",
)
WEIGHTS = rarity([story(item(title, name=str(n))) for n, title in enumerate(TITLES)])

titles = st.lists(st.sampled_from(TITLES), min_size=1, max_size=4)


def alike(one: str, other: str) -> float:
    return likeness(words([one], WEIGHTS), words([other], WEIGHTS))


def test_the_more_headlines_have_a_word_the_less_it_weighs() -> None:
    assert 0 < WEIGHTS["minister"] < WEIGHTS["fare"] < WEIGHTS["school"] <= 1


def test_two_rare_words_make_headlines_liker_than_two_common_ones() -> None:
    assert alike(TITLES[0], TITLES[2]) > alike(TITLES[0], TITLES[1]) > alike(TITLES[0], TITLES[3]) == 0


def test_a_headline_without_words_of_content_is_like_nothing() -> None:
    assert words([TITLES[4]], WEIGHTS) == {}
    assert alike(TITLES[4], TITLES[4]) == 0


@given(titles, titles)
def test_likeness_is_a_share_the_same_both_ways(one: list[str], other: list[str]) -> None:
    given_, taken = words(one, WEIGHTS), words(other, WEIGHTS)
    assert likeness(given_, taken) == pytest.approx(likeness(taken, given_))
    assert 0 <= likeness(given_, taken) <= 1 + 1e-9
    assert likeness(given_, given_) == pytest.approx(float(bool(given_)))
