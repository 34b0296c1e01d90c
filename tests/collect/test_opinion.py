"""opinion(): how much a headline sounds like comment, and by which cues."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.collect.opinion import AS_WRITTEN, BIAS, CUES, UNKNOWN, WEIGHTS, WORDS, cues, opinion, own_voice
from digest.lexicon.publishers import publisher_named


@pytest.mark.parametrize(
    ("headline", "cue"),
    [
        ("Reed’s tragic choice", "judges"),
        ("A hollow choice", "judges"),
        ("It’s the road to Wensley", "states what is"),
        ("Reed has come home", "states what has come"),
        ("Reed shows why Lowe left", "says why"),
        ("Reed, yet again", "insists"),
        ("Bring your own Reed", "speaks to readers"),
        ("Let’s talk of Reed", "says we"),
        ("Reed ought to go", "says what ought to be"),
        ("Reed won. Lowe lost", "two sentences"),
        ("Reed or Lowe?", "asks"),
        ("Reed tells Lowe", "says who said it"),
        ("Reed leaves after lunch", "says when"),
        ("Reed a ‘hollow man’", "quotes"),
    ],
)
def test_each_cue_is_found(headline: str, cue: str) -> None:
    assert cue in cues(headline)


@pytest.mark.parametrize(
    ("publisher", "habit"),
    [
        ("BBC News", "is impartial by duty"),
        ("Reuters", "is impartial by duty"),
        ("The Daily Telegraph", "prints comment unlabelled"),
        ("FT", "prints comment unlabelled"),
        ("LabourList", "prints essays"),
    ],
)
def test_a_publishers_habit_counts_under_any_of_its_names(publisher: str, habit: str) -> None:
    assert cues("Reed leaves", publisher) == {habit: 1.0}


def test_a_plain_short_headline_of_an_unknown_publisher_has_no_cue() -> None:
    assert cues("Reed leaves Wensley", "The Lantern") == {}
    assert opinion("Reed leaves Wensley", "The Lantern") == BIAS + UNKNOWN


def test_of_whom_we_do_not_know_comment_is_a_little_likelier() -> None:
    assert opinion("Reed leaves Wensley", "The Mirror") == BIAS < opinion("Reed leaves Wensley")


@pytest.mark.parametrize(
    "headline",
    ["Lowe calls Reed ‘a hollow man we must fear’", "Lowe calls Reed “a hollow man we must fear”", "Reed: 'I lie'"],
)
def test_what_somebody_else_says_is_not_the_writers_voice(headline: str) -> None:
    assert not {"judges", "says we", "says what ought to be"} & cues(headline).keys()


def test_what_follows_a_surname_and_a_colon_is_its_bearers_voice_and_what_follows_a_full_name_is_not() -> None:
    assert own_voice("Reed: why we must go") == "Reed: …"
    assert own_voice("Jo Dale: why we must go") == "Jo Dale: why we must go"


def test_the_us_is_not_us_and_an_apostrophe_opens_no_quotation() -> None:
    assert "says we" not in cues("US backs Reed")
    assert "quotes" not in cues("Reed’s and Lowe’s mothers’ lunch")


def test_only_words_beyond_eight_are_length() -> None:
    assert "length" not in cues("one two three four five six seven eight")
    assert cues("one two three four five six seven eight nine ten")["length"] == 0.5


def test_every_cue_has_a_weight_and_every_weight_a_cue() -> None:
    habits = {"is impartial by duty", "prints essays", "prints comment unlabelled"}
    assert set(WEIGHTS) == {*WORDS, *AS_WRITTEN, *CUES, *habits, "length"}
    assert all(WEIGHTS.values())


PIECES = st.sampled_from(
    ["Reed", "is", "‘hollow’", "why", "?", "I", "we", "must", "says", "after", "—", "Lowe:", "it’s"]
)


@given(st.lists(PIECES, max_size=14).map(" ".join), st.sampled_from(["", "BBC", "LabourList", "The Times", "nobody"]))
def test_the_log_odds_are_the_sum_of_what_each_cue_says(headline: str, publisher: str) -> None:
    found = cues(headline, publisher)
    prior = BIAS if publisher_named(publisher) else BIAS + UNKNOWN
    assert opinion(headline, publisher) == pytest.approx(prior + sum(WEIGHTS[cue] * found[cue] for cue in found))
