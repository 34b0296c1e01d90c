from datetime import date
from importlib.resources import files
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.lexicon.find import OTHER_HANDS, find
from digest.lexicon.holder import holder, is_labour
from digest.lexicon.load import load
from digest.lexicon.value import Category, Found

TODAY = date(2026, 5, 20)
SHIPPED = load(
    {file.name: file.read_text("utf-8") for file in files("digest.lexicon").iterdir() if file.name.endswith(".toml")}
)
MADE_UP = load(
    {
        "made-up.toml": """
    about = "made up"
    as_of = 2026-01-01
    source = "invented"
    [[office]]
    name = "Government of Oz"
    [[office]]
    name = "Wizard"
    aliases = ["wizard"]
    under = "Government of Oz"
    [[office]]
    name = "Beadle"
    [[party]]
    name = "Tin Party"
    holds = [{ office = "Government of Oz", from = 2024-01-01 }]
    [[other_party]]
    name = "Straw Party"
    holds = [{ office = "Government of Oz", from = 2020-01-01, to = 2024-01-01 }]
    [[person]]
    name = "Dorothy Gale"
    aliases = ["Gale"]
    to = 2025-01-01
    holds = [{ office = "Wizard", from = 2024-02-01, to = 2025-01-01 }]
    [[opponent]]
    name = "Abigail Gale"
    aliases = ["Gale"]
    from = 2025-01-01
    holds = [{ office = "Wizard", from = 2025-01-01, to = 2026-01-01 }]
    """
    }
)


def names(text: str, day: date = TODAY) -> list[str]:
    return [found.name for found in find(SHIPPED, text, day)]


def one(text: str, day: date) -> Found:
    (found,) = find(MADE_UP, text, day)
    return found


def test_the_longest_spelling_wins() -> None:
    assert names("Scottish Labour names its team") == ["Scottish Labour"]
    assert names("Australian Labor Party wins") == ["Australian Labor Party"]
    assert names("Health secretary speaks") == ["Health Secretary"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Labour wins", ["Labour Party"]),
        ("LABOUR WINS", ["Labour Party"]),
        ("the fruit of honest labour", []),
        ("a labour council votes", ["Labour Party"]),
        ("NEC meets", ["National Executive Committee"]),
        ("nec meets", []),
        ("STARMER SPEAKS", ["Keir Starmer"]),
        ("starmer", []),
        ("the prime minister", ["Prime Minister"]),
        ("The Prime Minister", ["Prime Minister"]),
    ],
)
def test_case_is_as_the_spelling_asks(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize("text", ["Child labour laws", "labour market figures", "labour ward shut", "Labour shortages"])
def test_labour_in_another_sense_is_not_the_party(text: str) -> None:
    assert [found.category for found in find(SHIPPED, text, TODAY)] == [Category.NOT_THE_PARTY]


def test_only_whole_words_are_found_and_possessives_are_left_out() -> None:
    assert names("Labourers strike gold in Starmerville") == []
    (found,) = find(SHIPPED, "It is Starmer’s choice", TODAY)
    assert (found.alias, found.start, found.end) == ("Starmer", 6, 13)


def test_words_are_joined_by_hyphens_and_apostrophes_but_not_across_brackets_or_dashes() -> None:
    assert names("By-election called") == names("by election called") == ["By-election"]
    assert names("King’s Speech") == names("King's speech") == ["King's Speech"]
    assert names("by (election") == []
    assert names("by – election") == []
    assert names("by, election") == []
    assert names("No. 10") == names("No 10") == ["Downing Street"]


def test_an_unsure_spelling_counts_only_in_political_company() -> None:
    assert names("Unite around the kitchen table in Paris") == ["France"]
    assert names("Unite warns Labour") == ["Unite (union)", "Labour Party"]
    assert names("UNISON votes") == ["UNISON"]


def test_one_spelling_may_mean_two_people_at_different_times() -> None:
    assert one("Gale speaks", date(2024, 12, 31)).name == "Dorothy Gale"
    assert one("Gale speaks", date(2025, 1, 1)).name == "Abigail Gale"


def test_an_office_names_its_holder_of_the_day_and_weighs_less_in_other_hands() -> None:
    labours, theirs = one("the wizard", date(2024, 6, 1)), one("the wizard", date(2025, 6, 1))
    assert (labours.holder, labours.weight) == ("Dorothy Gale", 1.0)
    assert (theirs.holder, theirs.weight) == ("Abigail Gale", OTHER_HANDS)


def test_an_office_whose_holder_is_unknown_belongs_to_the_holder_of_the_office_above() -> None:
    assert (one("the wizard", date(2026, 6, 1)).holder, one("the wizard", date(2026, 6, 1)).weight) == ("", 1.0)
    assert one("the wizard", date(2023, 6, 1)).weight == OTHER_HANDS
    assert one("the Beadle", date(2026, 6, 1)).weight == OTHER_HANDS


def test_the_chancellor_is_labours_since_july_2024() -> None:
    (before,) = find(SHIPPED, "the chancellor", date(2024, 7, 4))
    (after,) = find(SHIPPED, "the chancellor", date(2024, 7, 5))
    assert (before.holder, after.holder) == ("Jeremy Hunt", "Rachel Reeves")
    assert before.weight < after.weight


@pytest.mark.parametrize(
    ("office", "day", "name"),
    [
        ("Prime Minister", date(2024, 7, 4), "Rishi Sunak"),
        ("Prime Minister", date(2024, 7, 5), "Keir Starmer"),
        ("Home Secretary", date(2025, 9, 4), "Yvette Cooper"),
        ("Home Secretary", date(2025, 9, 5), "Shabana Mahmood"),
        ("Deputy Leader of the Labour Party", date(2025, 10, 25), "Lucy Powell"),
        ("First Minister of Wales", date(2024, 8, 6), "Eluned Morgan"),
    ],
)
def test_the_shipped_terms_change_hands_on_the_day(office: str, day: date, name: str) -> None:
    entry = holder(SHIPPED, office, day)
    assert entry is not None
    assert entry.name == name


def test_an_office_nobody_is_known_to_hold_has_no_holder() -> None:
    assert holder(SHIPPED, "Deputy Leader of the Labour Party", date(2025, 10, 1)) is None
    assert holder(SHIPPED, "Lord High Everything Else", TODAY) is None


def test_a_devolved_office_is_labours_by_its_holder_not_by_westminster() -> None:
    scotland = next(entry for entry in SHIPPED.entries if entry.name == "First Minister of Scotland")
    london = next(entry for entry in SHIPPED.entries if entry.name == "Mayor of London")
    assert not is_labour(SHIPPED, scotland, TODAY)
    assert is_labour(SHIPPED, london, TODAY)


ALPHABET = st.sampled_from(
    ["Labour", "labour", "market", "NEC", "’s", " ", "-", ", ", "Unite", "the", "Chancellor", "é"]
)


@given(st.lists(ALPHABET, max_size=12).map("".join))
def test_mentions_are_slices_of_the_text_from_left_to_right_without_overlap(text: str) -> None:
    found = find(SHIPPED, text, TODAY)
    assert all(text[one.start : one.end] == one.alias for one in found)
    assert all(left.end <= right.start for left, right in pairwise(found))
