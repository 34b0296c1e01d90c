"""What one item says: words, whom and what the lexicon knows, and which of them are names."""

import math
from dataclasses import replace

import pytest

from digest.group.terms import EARLIER_HEADLINE, ENTITY, HEADLINE_LENGTH, Terms, headline_terms, terms
from digest.model.news import Item
from digest.model.story import Signal
from tests.builders import LEXICON, hours_ago, item


def of(one: Item) -> Terms:
    return terms([one], lexicon=LEXICON)[0]


def test_a_word_counts_by_the_logarithm_of_how_often_it_is_said() -> None:
    said = of(item("Levy for the library", summary="A levy. Another levy, and homes."))
    assert said.weights["levy"] == pytest.approx(1 + math.log(3))
    assert said.weights["library"] == said.weights["home"] == 1.0


def test_a_word_that_only_an_earlier_headline_had_counts_less() -> None:
    edited = replace(item("Library saved"), titles=("Library doomed", "Library saved"))
    said = of(edited)
    assert said.weights["doomed"] == EARLIER_HEADLINE
    assert said.weights["library"] == said.weights["saved"] == 1.0


def test_an_office_and_its_holder_of_the_day_are_one_term() -> None:
    office, name = terms([item("Chancellor visits farm"), item("Rachel Reeves visits farm")], lexicon=LEXICON)
    shared = {term for term in office.signals.keys() & name.signals.keys() if term.startswith(ENTITY)}
    assert shared == {f"{ENTITY}Rachel Reeves"}


@pytest.mark.parametrize(
    ("title", "signal"),
    [
        ("Chancellor visits farm", Signal.PEOPLE),
        ("Labour group visits farm", Signal.BODIES),
        ("Minister flies to Paris, France", Signal.PLACES),
    ],
)
def test_an_entry_is_evidence_of_its_own_kind(title: str, signal: Signal) -> None:
    assert signal in of(item(title)).signals.values()


def test_a_general_word_of_politics_is_a_word_and_no_entry() -> None:
    said = of(item("MPs in the autumn"))
    assert said.weights.keys() == {"mps", "autumn"}
    assert not said.signals


def test_names_are_what_the_lexicon_knows_and_what_the_run_writes_with_a_capital() -> None:
    items = [item("Library in Stannerby saved"), item("Chancellor saves library in Stannerby")]
    first, second = terms(items, lexicon=LEXICON)
    assert first.names == {"stannerby"}
    assert second.names == {"stannerby", f"{ENTITY}Rachel Reeves"}
    assert second.names <= second.weights.keys()


def test_a_long_text_says_no_more_by_each_word_than_a_headline_by_all() -> None:
    summary = "Stannerby kiosk railway harbour orchard tractor bakery storm levy swimming"
    short, long = of(item("Library saved")), of(item("Library saved", summary=summary))
    assert short.share == 1.0
    assert long.share * long.length == pytest.approx(HEADLINE_LENGTH)


def test_hours_count_from_the_epoch() -> None:
    late, early = terms([item(), item(published=hours_ago(8))], lexicon=LEXICON)
    assert late.hour - early.hour == pytest.approx(5)


def test_the_terms_of_a_headline_are_its_words_and_entries_alone() -> None:
    found = headline_terms(item("Chancellor visits a farm", summary="Rain fell."), lexicon=LEXICON)
    assert found == {"chancellor", "visit", "farm", f"{ENTITY}Rachel Reeves"}
