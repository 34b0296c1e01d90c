"""Questions to the lexicon: whose an office is on a day, and what a text mentions."""

from datetime import date

import pytest

from digest.app.shipped import lexicon_texts
from digest.errors import UsageError
from digest.lexicon.ask import mentioned, office_named, offices
from digest.lexicon.load import load
from digest.lexicon.value import Category

SHIPPED = load(lexicon_texts())
MAY = date(2026, 5, 14)


@pytest.mark.parametrize("name", ["Chancellor of the Exchequer", "the chancellor", "THE CHANCELLOR", "Chancellor"])
def test_an_office_is_known_by_any_spelling(name: str) -> None:
    tenure = office_named(SHIPPED, name, MAY)
    assert tenure.office.name == "Chancellor of the Exchequer"
    assert tenure.holder
    assert tenure.term
    assert (tenure.holder.name, tenure.term.start) == ("Rachel Reeves", date(2024, 7, 5))
    assert tenure.holder.source == "gov.uk, Ministers: Rachel Reeves"


def test_an_office_of_which_nobody_is_known_has_no_holder() -> None:
    tenure = office_named(SHIPPED, "Deputy Leader of the Labour Party", date(2025, 10, 1))
    assert (tenure.holder, tenure.term) == (None, None)


@pytest.mark.parametrize(
    ("name", "mend"),
    [
        ("chancelor", "did you mean «Chancellor of the Exchequer»?"),
        ("Lord High Everything Else", "without a word lists them"),
        ("Keir Starmer", "without a word lists them"),
        ("…", "without a word lists them"),
    ],
)
def test_an_office_nobody_knows_is_refused_with_what_may_be_meant(name: str, mend: str) -> None:
    with pytest.raises(UsageError) as caught:
        office_named(SHIPPED, name, MAY)
    assert mend in str(caught.value)


def test_every_office_that_was_ever_held_is_listed_once_in_the_order_of_the_files() -> None:
    found = offices(SHIPPED, MAY)
    names = [tenure.office.name for tenure in found]
    assert names[:3] == ["HM Government", "HM Opposition", "Prime Minister"]
    assert set(names) == set(SHIPPED.terms)
    assert len(names) == len(set(names))


def test_a_mention_comes_with_its_entry_of_the_day() -> None:
    (before,) = mentioned(SHIPPED, "Corbyn speaks", date(2024, 5, 23))
    (after,) = mentioned(SHIPPED, "Corbyn speaks", date(2024, 5, 24))
    assert (before[1].category, after[1].category) == (Category.PERSON, Category.OPPONENT)
    assert before[0].name == before[1].name == "Jeremy Corbyn"


def test_every_entry_knows_how_old_its_facts_are_and_the_lexicon_how_old_its_newest() -> None:
    murray = next(entry for entry in SHIPPED.entries if entry.name == "James Murray")
    assert murray.as_of == SHIPPED.as_of == max(entry.as_of for entry in SHIPPED.entries) == date(2026, 5, 15)
    assert min(entry.as_of for entry in SHIPPED.entries) == date(2025, 10, 31)


def test_on_the_day_of_its_newest_fact_the_lexicon_knows_whose_the_government_is() -> None:
    assert office_named(SHIPPED, "HM Government", SHIPPED.as_of).holder


@pytest.mark.parametrize(
    ("office", "day", "name"),
    [
        ("HM Government", date(1997, 5, 2), "Labour Party"),
        ("HM Government", date(2010, 5, 10), "Labour Party"),
        ("HM Opposition", date(2000, 1, 1), "Conservative Party"),
        ("Leader of the Labour Party", date(2007, 6, 24), "Gordon Brown"),
        ("Leader of the Labour Party", date(2010, 9, 24), "Harriet Harman"),
        ("Leader of the Opposition", date(2015, 6, 1), "Harriet Harman"),
        ("Leader of Welsh Labour", date(2024, 7, 24), "Eluned Morgan"),
        ("Labour general secretary", date(2025, 9, 28), "Hollie Ridley"),
        ("Labour party chair", date(2025, 10, 1), "Anna Turley"),
        ("Doncaster mayor", date(2025, 10, 1), "Ros Jones"),
        ("Salford City Mayor", date(2025, 10, 1), "Paul Dennett"),
    ],
)
def test_the_shipped_lexicon_knows_who_held_it(office: str, day: date, name: str) -> None:
    holder = office_named(SHIPPED, office, day).holder
    assert holder
    assert holder.name == name


def test_who_leads_welsh_labour_since_the_election_of_2026_is_not_known() -> None:
    assert office_named(SHIPPED, "Leader of Welsh Labour", date(2026, 5, 14)).holder is None
