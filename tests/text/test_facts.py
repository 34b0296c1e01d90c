"""missing(): the numbers, names and quotations that a text has and its source has not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.text.facts import missing

SOURCE = (
    "Ada Reed told the BBC that “nobody” would lose £1.5 billion, or 3 per cent, by 2,030 votes. It was Labour’s plan."
)


@pytest.mark.parametrize(
    "text",
    [
        SOURCE,
        "Labour plan: £1.5bn.",
        "The BBC heard Reed.",
        "Three per cent; 3% of 2030.",
        "‘Nobody’ would lose",
        "It was Ada Reed.",
        "",
    ],
)
def test_what_the_source_has_is_not_missing(text: str) -> None:
    assert missing(text, SOURCE) == ()


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("Ada Lowe", ("Lowe",)),
        ("£1.5m", ("1.5 m",)),
        ("£15bn", ("15 bn",)),
        ("four plans", ("4",)),
        ("Reed said “everybody”", ("everybody",)),
        ("Lowe, Lowe and 4", ("4", "Lowe")),
        ("Lowe spoke", ("Lowe",)),
        ("reed went. In May Reed", ("May",)),
    ],
)
def test_what_it_lacks_is_named(text: str, lacking: tuple[str, ...]) -> None:
    assert missing(text, SOURCE) == lacking


BESIDE = st.text(alphabet="xyz, ", max_size=10)
"""What may stand beside a text without becoming part of its numbers: no unit («1 %»), no sign."""


@given(st.text(alphabet="aAbB19 .,‘’“”'\"%£mbnI", max_size=40), BESIDE, BESIDE)
def test_no_text_lacks_anything_of_itself(text: str, before: str, after: str) -> None:
    assert missing(text, text) == ()
    assert (
        missing(f"{text}", f"{before} {text} {after}".replace('"', "")) == () or '"' in text or set(text) & set("‘’“”'")
    )
