from dataclasses import fields
from datetime import date
from importlib.resources import files

import pytest

from digest.errors import LexiconError
from digest.lexicon.load import NOTHING_KNOWN, load
from digest.lexicon.value import Category, Lexicon
from digest.model.news import SectionName

HEAD = 'about = "made up"\nas_of = 2026-01-01\nsource = "invented"\n'


def mistakes(*texts: str) -> str:
    with pytest.raises(LexiconError) as caught:
        load({f"{place}.toml": text for place, text in enumerate(texts)})
    return str(caught.value)


def shipped() -> Lexicon:
    texts = {file.name: file.read_text("utf-8") for file in files("digest.lexicon").iterdir() if ".toml" in file.name}
    return load(texts)


def test_an_entry_keeps_everything_its_table_says() -> None:
    lexicon = load(
        {
            "a.toml": HEAD
            + """
        [[office]]
        name = "Minister for Tea"
        [[person]]
        name = "Ada Example"
        aliases = ["Dame Ada"]
        unsure = ["Example"]
        from = 2020-01-01
        to = 2030-01-01
        holds = [{ office = "Minister for Tea", from = 2024-07-05, to = 2025-09-05 }]
        under = "Minister for Tea"
        weight = 1.5
        sections = ["Party", "Polls"]
        source = "gov.example, Ministers"
        """
        }
    )
    office, person = lexicon.entries
    assert (office.source, office.start, office.end, office.weight) == ("invented", date.min, date.max, 1.0)
    assert person.category is Category.PERSON
    assert [(alias.words, alias.sure) for alias in person.aliases] == [
        (("Ada", "Example"), True),
        (("Dame", "Ada"), True),
        (("Example",), False),
    ]
    assert (person.start, person.end) == (date(2020, 1, 1), date(2030, 1, 1))
    assert [(term.office, term.start, term.end) for term in person.terms] == [
        ("Minister for Tea", date(2024, 7, 5), date(2025, 9, 5))
    ]
    assert (person.under, person.weight, person.source) == ("Minister for Tea", 1.5, "gov.example, Ministers")
    assert person.sections == (SectionName.PARTY, SectionName.POLLS)


def test_each_makes_one_entry_per_name() -> None:
    lexicon = load({"a.toml": HEAD + '[[place]]\neach = ["Upper Slaughter", "Lower Slaughter"]\nweight = 0.5\n'})
    assert [(entry.name, entry.weight) for entry in lexicon.entries] == [
        ("Upper Slaughter", 0.5),
        ("Lower Slaughter", 0.5),
    ]


def test_the_order_of_files_does_not_matter() -> None:
    one, two = HEAD + '[[place]]\nname = "Upton"\n', HEAD + '[[place]]\nname = "Downton"\n'
    first, second = load({"a": one, "b": two}), load({"b": two, "a": one})
    assert [getattr(first, each.name) for each in fields(first)] == [
        getattr(second, each.name) for each in fields(second)
    ]


def test_every_mistake_is_named_at_once_with_its_file_and_entry() -> None:
    message = mistakes(
        "this is not TOML",
        'about = "x"\ncolour = "red"\n[[place]]\nname = "Nowhere"\n',
        HEAD + '[[planet]]\nname = "Mars"\n',
        HEAD + '[[place]]\nname = "Oz"\ncolour = "green"\nweight = 9\nsections = ["Sport"]\nfrom = "soon"\n',
        HEAD + '[[place]]\nname = "Troy"\nfrom = 2024-02-01\nto = 2024-01-01\n',
    )
    for part in (
        "0.toml: not TOML",
        "1.toml: unknown key colour",
        "1.toml: as_of is missing; write a date such as",
        "1.toml: place «Nowhere»: source is missing",
        "2.toml: [[planet]] is no category",
        "3.toml: place «Oz»: unknown key colour",
        "weight = 9; write a number above 0, at most 3",
        "sections = ['Sport']; write a list of sections: Government",
        "from = 'soon'; write a date",
        "4.toml: place «Troy»: from 2024-02-01 is not before to 2024-01-01",
    ):
        assert part in message


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("name = ''", "name = ''; write a text with a word in it"),
        ("name = '!'", "name = '!'; write a text with a word in it"),
        ("aliases = ['x']", "name = ''; write"),
        ("name = 'x'\naliases = 'x'", "aliases = 'x'; write a list of spellings"),
        ("name = 'x'\nunsure = ['-']", "unsure = ['-']; write a list of spellings"),
        ("name = 'x'\nweight = true", "weight = True; write a number"),
        ("name = 'x'\nfrom = 2024-01-01T10:00:00", "write a date such as"),
        ("name = 'x'\nholds = 'Mayor'", "holds = 'Mayor'; write a list of"),
        ("name = 'x'\nholds = [{ from = 2024-01-01 }]", "place «x», holds: office is missing"),
        ("each = 'x'", "name = ''; write"),
        ("name = 'x'\ncommonplace = false", "commonplace = False; write true, or leave it out"),
        ("name = 'x'\nas_of = 'May'", "as_of = 'May'; write a date such as"),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused_with_what_to_write(line: str, part: str) -> None:
    assert part in mistakes(HEAD + f"[[place]]\n{line}\n")


def test_a_commonplace_name_is_unsure_and_its_other_spellings_are_not() -> None:
    text = '[[person]]\nname = "Ada Example"\naliases = ["Dame Ada"]\ncommonplace = true\n'
    (person,) = load({"a": HEAD + text}).entries
    assert [(alias.words, alias.sure) for alias in person.aliases] == [
        (("Ada", "Example"), False),
        (("Dame", "Ada"), True),
    ]


def test_an_entry_may_be_known_up_to_a_day_of_its_own_and_the_newest_is_the_lexicons() -> None:
    lexicon = load({"a": HEAD + '[[place]]\nname = "Oz"\n[[place]]\nname = "Ix"\nas_of = 2026-05-15\n'})
    assert [entry.as_of for entry in lexicon.entries] == [date(2026, 1, 1), date(2026, 5, 15)]
    assert lexicon.as_of == date(2026, 5, 15)


def test_a_lexicon_without_entries_is_of_some_day_too() -> None:
    assert load({}).as_of == NOTHING_KNOWN


def test_a_category_that_is_a_list_of_something_else_is_refused() -> None:
    assert "[[place]] is no category" in mistakes(HEAD + "place = ['Oz']\n")


def test_two_holders_of_one_office_on_one_day_are_refused() -> None:
    terms = """
    [[office]]
    name = "Mayor of Oz"
    [[person]]
    name = "Ada Example"
    holds = [{ office = "Mayor of Oz", from = 2020-01-01, to = 2024-05-02 }]
    [[person]]
    name = "Ben Example"
    holds = [{ office = "Mayor of Oz", from = 2024-05-01 }]
    """
    assert "Mayor of Oz is held by «Ada Example» and «Ben Example» on 2024-05-01" in mistakes(HEAD + terms)
    assert load({"a": HEAD + terms.replace("to = 2024-05-02", "to = 2024-05-01")}).terms["Mayor of Oz"]


def test_an_office_nobody_describes_is_refused() -> None:
    message = mistakes(HEAD + '[[person]]\nname = "Ada"\nholds = [{ office = "Mayor of Oz" }]\nunder = "The Wizard"\n')
    assert "«Ada» names the office Mayor of Oz" in message
    assert "«Ada» names the office The Wizard" in message


def test_one_spelling_with_two_meanings_on_one_day_is_refused_across_files() -> None:
    one = HEAD + '[[person]]\nname = "Ada Example"\naliases = ["Example"]\nto = 2024-06-01\n'
    two = HEAD + '[[opponent]]\nname = "Ben Example"\naliases = ["EXAMPLE"]\nfrom = 2024-05-01\n'
    assert "alias «example» stands for «Ada Example» and for «Ben Example»" in mistakes(one, two)
    assert len(load({"a": one, "b": two.replace("2024-05-01", "2024-06-01")}).entries) == 2


def test_a_spelling_given_twice_in_one_entry_is_refused_but_its_cases_are_not() -> None:
    assert "stands for «Oz» and for «Oz»" in mistakes(HEAD + '[[place]]\nname = "Oz"\naliases = ["Oz"]\n')
    assert load({"a": HEAD + '[[union]]\nname = "OZ"\nunsure = ["Oz"]\n'}).entries


def test_the_shipped_lexicon_loads_and_every_entry_names_its_source() -> None:
    lexicon = shipped()
    assert all(entry.source for entry in lexicon.entries)
    assert {entry.category for entry in lexicon.entries} == set(Category)


def test_the_shipped_lexicon_knows_every_affiliated_union() -> None:
    names = {
        " ".join(alias.words) for entry in shipped().entries for alias in entry.aliases if entry.category == "union"
    }
    affiliated = {"ASLEF", "CWU", "FBU", "GMB", "NUM", "TSSA", "UNISON", "Unite", "Usdaw", "Musicians Union"}
    assert affiliated <= names
