"""is_anonymous(): claims that rest on nobody who is named."""

import pytest

from digest.edit.anonymous import is_anonymous


@pytest.mark.parametrize(
    "sentence",
    [
        "It is understood that Reed will go.",
        "Reed is understood to be leaving.",
        "Senior Labour sources say Reed will go.",
        "Allies of Reed insist he will stay.",
        "Reed has reportedly resigned.",
        "A cabinet source said Reed would go.",
        "Reed is expected to resign.",
        "The Lantern can reveal that Reed will go.",
    ],
)
def test_a_claim_without_a_name_is_anonymous(sentence: str) -> None:
    assert is_anonymous(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Reed said he would go.",
        "The Mirror reported that Reed is expected to resign.",
        "Reed is expected to resign, according to the BBC.",
        "Sources of income were declared.",
        "“It is said that I will go,” Reed told MPs.",
    ],
)
def test_a_claim_with_a_name_is_not(sentence: str) -> None:
    assert not is_anonymous(sentence)
