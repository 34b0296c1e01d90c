"""What entries say against each other, and what nobody knows."""

import pytest

from digest.errors import LexiconError
from digest.lexicon.check import contradictions, gaps
from digest.lexicon.load import examined, load

HEAD = 'about = "made up"\nas_of = 2026-01-01\nsource = "invented"\n[[office]]\nname = "Mayor of Oz"\n'


def person(name: str, holds: str, *, dates: str = "") -> str:
    return f'[[person]]\nname = "{name}"\n{dates}\nholds = [{{ office = "Mayor of Oz", {holds} }}]\n'


def told(*people: str) -> list[str]:
    entries, mistakes = examined({"a.toml": HEAD + "".join(people)})
    assert mistakes == contradictions(entries) == []
    return gaps(entries)


def mistaken(*people: str) -> list[str]:
    entries, mistakes = examined({"a.toml": HEAD + "".join(people)})
    assert mistakes == contradictions(entries)
    return mistakes


ADA = person("Ada Example", "from = 2020-01-01, to = 2024-05-01")


def test_days_between_two_holders_are_a_gap_whatever_the_order_of_the_file() -> None:
    ben = person("Ben Example", "from = 2024-05-08")
    expected = ["Mayor of Oz: nobody is known from 2024-05-01 to 2024-05-07, between «Ada Example» and «Ben Example»"]
    assert told(ADA, ben) == told(ben, ADA) == expected


def test_a_holder_who_follows_on_the_day_leaves_no_gap() -> None:
    assert told(ADA, person("Ben Example", "from = 2024-05-01")) == []


def test_an_office_that_nobody_is_known_to_hold_since_is_a_gap() -> None:
    assert told(ADA) == ["Mayor of Oz: nobody is known since 2024-05-01, after «Ada Example»"]


def test_an_office_that_nobody_ever_held_is_none() -> None:
    assert told() == []


@pytest.mark.parametrize(
    ("dates", "holds", "span", "own"),
    [
        ("to = 2023-01-01", "from = 2020-01-01, to = 2024-05-01", "from 2020-01-01 to 2024-04-30", "to 2022-12-31"),
        ("to = 2023-01-01", "from = 2020-01-01", "from 2020-01-01", "to 2022-12-31"),
        ("from = 2021-01-01", "from = 2020-01-01", "from 2020-01-01", "from 2021-01-01"),
        ("from = 2021-01-01", "to = 2024-05-01", "to 2024-04-30", "from 2021-01-01"),
    ],
)
def test_nobody_holds_an_office_before_or_after_their_entry(dates: str, holds: str, span: str, own: str) -> None:
    assert mistaken(person("Ada Example", holds, dates=dates)) == [
        f"«Ada Example» holds Mayor of Oz {span}, but is in the lexicon {own}; give the term days within the entry's"
    ]


def test_a_term_without_days_needs_an_entry_without_days() -> None:
    text = HEAD + '[[person]]\nname = "Ada"\nto = 2023-01-01\nholds = [{ office = "Mayor of Oz" }]\n'
    assert "holds Mayor of Oz for good, but is in the lexicon to 2022-12-31" in examined({"a.toml": text})[1][0]
    assert load({"a.toml": text.replace("to = 2023-01-01\n", "")}).terms["Mayor of Oz"]


def test_what_contradicts_itself_is_no_lexicon() -> None:
    with pytest.raises(LexiconError, match=r"give the term days within the entry's.*docs/lexicon\.md"):
        load({"a.toml": HEAD + person("Ada Example", "from = 2020-01-01", dates="to = 2023-01-01")})
