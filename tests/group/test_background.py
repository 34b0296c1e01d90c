"""How likely each word is: what a story counts, what came before, and what was shipped."""

import math

from hypothesis import given
from hypothesis import strategies as st

from digest.group.background import ENOUGH, background
from digest.group.headline_words import SHARE
from digest.group.terms import Terms, terms
from tests.builders import LEXICON, item


def run(*titles: str) -> tuple[Terms, ...]:
    return terms([item(title, publisher=str(place)) for place, title in enumerate(titles)], lexicon=LEXICON)


def test_a_story_counts_each_of_its_words_once() -> None:
    said = run("Levy doubled", "Levy doubled", "Levy doubled", "Kiosk reopened")
    apart, as_one = background([[0], [1], [2], [3]], said), background([[0, 1, 2], [3]], said)
    assert apart.likely["levy"] > apart.likely["kiosk"]
    assert as_one.likely["levy"] == as_one.likely["kiosk"]


def test_words_of_earlier_headlines_are_likelier() -> None:
    said = run("Levy doubled at kiosk")
    found = background([[0]], said, [frozenset({"levy", "elsewhere"})] * 20)
    assert found.likely["levy"] > 5 * found.likely["kiosk"]
    assert "elsewhere" not in found.likely


def test_shipped_words_are_likelier_until_there_is_a_history() -> None:
    common, rare = "minister", "kiosk"
    assert SHARE[common] > 0
    assert rare not in SHARE
    said = run(f"{common} {rare}")
    fresh = background([[0]], said)
    seasoned = background([[0]], said, [frozenset({"elsewhere"})] * ENOUGH)
    assert fresh.likely[common] > 2 * fresh.likely[rare]
    assert seasoned.likely[common] == seasoned.likely[rare]


def test_a_word_of_a_small_day_is_still_a_rare_word() -> None:
    assert background([[0]], run("Levy doubled")).likely["levy"] < 0.005


def test_names_are_as_likely_together_as_each_added_up() -> None:
    said = run("Library in Stannerby saved", "Kiosk in Thornwick saved")
    found = background([[0], [1]], said)
    assert math.isclose(found.named, found.likely["stannerby"] + found.likely["thornwick"])


@given(st.lists(st.sampled_from(["Levy doubled", "Minister in Stannerby", "Kiosk", "UK leadership", ""]), max_size=8))
def test_probabilities_add_up_to_at_most_one(titles: list[str]) -> None:
    said = run(*titles)
    found = background(([index] for index in range(len(said))), said)
    assert all(share > 0 for share in found.likely.values())
    assert math.fsum(found.likely.values()) <= 1
    assert found.named <= math.fsum(found.likely.values()) + 1e-12
