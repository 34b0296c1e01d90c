"""leans(), goes_on_claiming(): which sentences cannot stand alone."""

import pytest

from digest.edit.opening import goes_on_claiming, leans


@pytest.mark.parametrize(
    "sentence",
    [
        "But he refused.",
        "“And that is that,” Reed said.",
        "It came after a week of talks.",
        "His successor will be named in May.",
        "In his speech, Reed refused.",
        "In response, ministers refused.",
        "Despite this, ministers refused.",
        "One of them was Reed.",
        "When he left, nobody spoke.",
        "On Friday she refused.",
        "The pair met on Friday.",
        "This would be a first.",
        "The test for Labour is whether councils will pay for it.",
        "The real danger is that nobody will notice.",
    ],
)
def test_a_sentence_that_points_back_leans(sentence: str) -> None:
    assert leans(sentence, under_its_headline=True)


@pytest.mark.parametrize(
    "sentence",
    [
        "Reed said he would refuse.",
        "The minister says he will refuse.",
        "An MP raised the case of a woman and her landlord.",
        "Sir Keir Reed, who lost his seat, has refused.",
        "“I told her that he was wrong,” Reed said.",
        "The levy starts in April.",
        "Butlers have voted to strike.",
        "Italy has refused.",
        "The test of the new engine is in Derby.",
    ],
)
def test_a_sentence_that_names_its_people_stands_alone(sentence: str) -> None:
    assert not leans(sentence, under_its_headline=False)


def test_the_decision_needs_its_own_publisher_s_headline() -> None:
    assert leans("The decision follows a revolt.", under_its_headline=False)
    assert not leans("The decision follows a revolt.", under_its_headline=True)


def test_a_claim_that_goes_on_keeps_whoever_made_it() -> None:
    claim = "The levy would cost £3bn a year."
    assert goes_on_claiming(claim, "Reed told MPs that he opposed it.")
    assert not goes_on_claiming(claim, "The vote is on Monday.")
    assert not goes_on_claiming("The levy would cost £3bn, Lowe said.", "Reed told MPs that he opposed it.")
    assert not goes_on_claiming("The levy costs £3bn.", "Reed told MPs that he opposed it.")
