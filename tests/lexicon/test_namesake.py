"""A lone surname is a politician's unless the words beside it make another name of it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.app.shipped import lexicon_texts
from digest.lexicon.find import find
from digest.lexicon.forenames import FORENAMES
from digest.lexicon.load import load
from digest.lexicon.namesake import TITLES
from digest.lexicon.value import Category

LEXICON = load(
    {
        "made-up.toml": """
    about = "made up"
    as_of = 2026-01-01
    source = "invented"
    [[office]]
    name = "Wizard"
    aliases = ["wizard"]
    [[person]]
    name = "Dorothy Gale"
    aliases = ["Gale", "Dotty Gayle"]
    [[opponent]]
    name = "Ben Lowe"
    aliases = ["Lowe"]
    [[foreign_person]]
    name = "Ozma Tip"
    aliases = ["Tip"]
    [[foreign]]
    name = "Oz"
    [[politics]]
    name = "tin men"
    """
    }
)
SHIPPED = load(lexicon_texts())
DAY = date(2026, 5, 20)


def named(text: str) -> list[str]:
    return [found.name for found in find(LEXICON, text, DAY)]


@pytest.mark.parametrize(
    "text",
    [
        "Leeds baker Ottoline Gale wins a prize",
        "A prize for Ottoline Gale at last",
        "Linda Gale wins a prize at last",
        "Linda Gale Wins a Prize at Last",
        "LINDA GALE WINS A PRIZE",
        "Then: ‘Linda Gale wins a prize’",
        "Gale Witch returns to the screen",
        "A new Gale Witch returns to screens",
    ],
)
def test_a_surname_in_another_name_is_somebody_elses(text: str) -> None:
    assert named(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Gale wins a prize at last",
        "Dorothy Gale wins a prize at last",
        "Defiant Gale wins a prize at last",
        "A prize at last: Defiant Gale wins again",
        "Then they asked: ‘Will Gale win a prize?’",
        "A prize for Sir Gale at last",
        "A prize for Dorothy’s Gale at last",
        "A prize for Dame Dotty Gale at last",
        "Today the PM Gale wins a prize",
        "They ask, Linda, Gale wins what",
        "Bold Defiant Gale Wins a Prize",
        "BOLD DEFIANT GALE WINS",
        "One prize for Gale MP at last",
        "One prize for Gale’s Witch at last",
        "One prize for Gale, Witch of the north",
        "Gale Wins Prize at Last",
        "Gale",
    ],
)
def test_a_surname_with_a_title_a_sentence_or_no_case_to_tell_stays_whose_it_is(text: str) -> None:
    assert named(text) == ["Dorothy Gale"]


def test_what_the_lexicon_knows_may_stand_beside_a_surname() -> None:
    assert named("They say Wizard Gale wins a prize") == ["Wizard", "Dorothy Gale"]
    assert named("They say Ben Lowe Gale wins a prize") == ["Ben Lowe", "Dorothy Gale"]
    assert named("They say that Gale Tin Men win a prize") == ["Dorothy Gale", "tin men"]


def test_another_partys_surnames_are_asked_about_and_foreign_ones_are_not() -> None:
    assert named("A prize for Ottoline Lowe at last") == []
    assert named("A prize for Ottoline Tip at last") == ["Ozma Tip"]


@pytest.mark.parametrize(
    "text",
    [
        "Keanu Reeves stars in new film",
        "Linda Reeves wins baking prize",
        "Martha Reeves tours again",
        "Paddy McGuinness hosts a quiz",
        "Lionel Blair remembered",
        "Blair Witch sequel announced",
        "Thomas Starmer jailed for burglary",
        "Denis Healey’s diaries on show",
    ],
)
def test_nobody_of_that_surname_is_a_minister_of_ours(text: str) -> None:
    assert Category.PERSON not in {found.category for found in find(SHIPPED, text, DAY)}


@pytest.mark.parametrize("text", ["Chris Ward scores twice", "Steve Reed wins at snooker", "Sarah Jones opens a shop"])
def test_a_commonplace_name_counts_only_beside_something_political(text: str) -> None:
    assert Category.PERSON not in {found.category for found in find(SHIPPED, text, DAY)}
    assert Category.PERSON in {found.category for found in find(SHIPPED, f"{text}, MPs hear", DAY)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Oz’s wizard quits", ["Oz"]),
        ("Oz wizard quits", ["Oz"]),
        ("Ozma Tip’s wizard quits", ["Ozma Tip"]),
        ("Wizard Ozma Tip quits", ["Ozma Tip"]),
        ("Wizard quits Oz", ["Wizard", "Oz"]),
        ("Wizard, Ozma Tip agree", ["Wizard", "Ozma Tip"]),
        ("In Oz, wizard quits", ["Oz", "Wizard"]),
        ("Dorothy Gale’s wizard quits", ["Dorothy Gale", "Wizard"]),
    ],
)
def test_an_office_that_the_words_beside_it_give_to_another_country_is_none_of_ours(
    text: str, expected: list[str]
) -> None:
    assert named(text) == expected


@pytest.mark.parametrize(
    "text",
    ["Health secretary Robert F Kennedy Jr speaks", "Education secretary Linda McMahon speaks", "PM Modi speaks"],
)
def test_an_office_with_a_foreign_holder_is_the_holders(text: str) -> None:
    assert [found.category for found in find(SHIPPED, text, DAY)] == [Category.FOREIGN_PERSON]


def test_first_names_are_in_lower_case_and_no_words_that_open_headlines() -> None:
    assert all(name.islower() for name in FORENAMES)
    assert not FORENAMES & {"will", "mark", "may", "grant", "can", "no", *(title.casefold() for title in TITLES)}


@given(st.sampled_from(sorted(FORENAMES - {"dorothy"})), st.sampled_from(["wins a prize", "Wins a Prize", "WINS"]))
def test_a_common_first_name_right_before_a_surname_always_makes_another_of_it(name: str, rest: str) -> None:
    assert named(f"{name.capitalize()} Gale {rest}") == []
