"""grave_word(): which texts tell of a death or an attack."""

import pytest

from digest.text.grave import grave_word


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Reed mourns councillor Killed in Brackenfield", "mourns"),
        ("Two held after knife attack", "knife attack"),
        ("Tributes to a former MP", "Tributes"),
        ("Three were shot dead", "shot dead"),
    ],
)
def test_a_grave_text_is_known_by_its_first_grave_word(text: str, word: str) -> None:
    assert grave_word(text) == word


@pytest.mark.parametrize("text", ["Reed’s attack on the budget", "Deadline for the bill", "A diet of skilled work", ""])
def test_the_everyday_words_of_politics_are_not_grave(text: str) -> None:
    assert grave_word(text) == ""
