"""What stands in quotation marks, of whatever kind, and what is broken."""

import pytest

from digest.text.quotation import is_broken, quotations, without_quotations


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“I will go,” he said. “Now.”", ("I will go,", "Now.")),
        ('"I will go," he said.', ("I will go,",)),
        ("'I'll go,' he said of voters' rights", ("I'll go,",)),
        ("‘I’ll go’: Reed’s speech", ("I’ll go",)),
        ('"Everybody called it ‘the island,’” he said.', ("Everybody called it ‘the island,’",)),
        ("Reed’s voters’ rights", ()),
        ("Labour's rock 'n' roll", ("n",)),
    ],
)
def test_quotations_are_found_in_all_marks(text: str, found: tuple[str, ...]) -> None:
    assert quotations(text) == found


def test_each_quotation_leaves_its_place() -> None:
    assert without_quotations("Reed: ‘I’ll go’, “now”") == "Reed: “”, “”"


@pytest.mark.parametrize(
    "text", ["“I will go, he said.", "I will go,” he said.", '"I will go', "He said ‘go on.", "'Go on"]
)
def test_half_of_a_quotation_is_broken(text: str) -> None:
    assert is_broken(text)


@pytest.mark.parametrize(
    "text", ["“Go,” he said.", "Reed’s voters’ rights", "It was the ’90s.", "’Tis so", "Class of '97"]
)
def test_apostrophes_break_nothing(text: str) -> None:
    assert not is_broken(text)
