"""Who is weighed against whom."""

from hypothesis import given
from hypothesis import strategies as st

from digest.group.background import background
from digest.group.nearby import MOST, holders, pairs
from digest.group.terms import Terms, terms
from digest.group.urn import Urn, urn
from tests.builders import LEXICON, item


def run(*titles: str) -> tuple[Terms, ...]:
    return terms([item(title, publisher=str(place)) for place, title in enumerate(titles)], lexicon=LEXICON)


def near(said: tuple[Terms, ...]) -> list[tuple[int, int]]:
    common = background([range(len(said))], said, [frozenset({"tax"})] * 500)
    return pairs({index: urn([index], said) for index in range(len(said))}, common)


def test_a_rare_word_makes_two_look_at_each_other_and_a_common_one_does_not() -> None:
    assert near(run("kiosk tax", "kiosk storm", "tax railway")) == [(0, 1)]


def test_an_address_makes_two_look_at_each_other() -> None:
    first = item("kiosk", publisher="A")
    said = terms([first, item("storm", publisher="B", urls=first.urls)], lexicon=LEXICON)
    assert near(said) == [(0, 1)]


def test_a_pair_that_shares_much_is_named_once() -> None:
    assert near(run("kiosk storm levy", "kiosk storm levy")) == [(0, 1)]


@given(st.integers(2, 60))
def test_what_many_share_leads_from_each_to_all_without_naming_every_pair(many: int) -> None:
    found = near(run(*["kiosk"] * many))
    assert len(found) <= many * MOST
    reached, todo = {0}, [0]
    while todo:
        at = todo.pop()
        new = {other for pair in found if at in pair for other in pair} - reached
        reached |= new
        todo += new
    assert reached == set(range(many))


def test_holders_of_a_term_are_the_urns_in_which_it_tells() -> None:
    said = run("kiosk tax", "storm", "kiosk")
    common = background([range(3)], said, [frozenset({"tax"})] * 500)
    urns: list[Urn] = [urn([0, 1], said), urn([2], said)]
    assert holders(urns, common) == {"kiosk": [0, 1], "storm": [0]}
