"""Who is weighed against whom."""

from digest.group.background import Background, background
from digest.group.nearby import LOOK, TELLING, candidates, index, pairs
from digest.group.terms import Terms, terms
from digest.group.urn import Urn, affinity, gains, urn
from digest.model.news import Item
from tests.builders import LEXICON, item

TIRED = [frozenset({"tax"})] * 500
"""Headlines of the last weeks: everybody wrote of tax."""


def judged(*items: Item) -> tuple[tuple[Terms, ...], Background]:
    run = terms(items, lexicon=LEXICON)
    return run, background([range(len(run))], run, TIRED)


def singles(*titles: str) -> dict[int, Urn]:
    run, common = judged(*(item(title, publisher=str(place)) for place, title in enumerate(titles)))
    return {place: urn([place], run, common) for place in range(len(run))}


def test_a_rare_word_makes_two_look_at_each_other_and_a_common_one_does_not() -> None:
    assert pairs(singles("kiosk tax", "kiosk storm", "tax railway")) == [(0, 1)]


def test_an_address_makes_two_look_at_each_other() -> None:
    first = item("kiosk", publisher="A")
    run, common = judged(first, item("storm", publisher="B", urls=first.urls))
    assert pairs({place: urn([place], run, common) for place in range(2)}) == [(0, 1)]


def test_a_pair_that_shares_much_is_named_once_and_in_order() -> None:
    assert pairs(singles("kiosk storm levy", "kiosk storm levy", "kiosk storm levy")) == [(0, 1), (0, 2), (1, 2)]


def test_two_terms_together_make_two_look_where_neither_would_alone() -> None:
    run, common = judged(item("kiosk levy storm", publisher="A"), item("kiosk levy row", publisher="B"))
    common = background([[0]] * 2, run, TIRED)
    one, other = (urn([place], run, common) for place in range(2))
    assert all(TELLING < gain < LOOK for gain in gains(one, other).values())
    assert pairs({0: one, 1: other}) == [(0, 1)]


def test_a_word_that_tells_enough_on_one_side_only_makes_nobody_look() -> None:
    run, common = judged(*(item("kiosk levy", publisher=str(place)) for place in range(40)))
    common = background([[0]] * 60, run, TIRED)
    one = urn([0], run, common)
    assert all(gain < TELLING for gain in gains(one, urn([1], run, common)).values())
    assert pairs({0: one, 1: urn(range(1, 40), run, common)}) == []


def test_candidates_are_the_urns_that_may_explain_an_item() -> None:
    run, common = judged(*(item(title, publisher=title) for title in ("kiosk tax", "storm tax", "kiosk")))
    urns = {0: urn([0, 1], run, common), 1: urn([2], run, common)}
    postings = index(urns)
    assert "tax" not in postings
    assert candidates(urn([2], run, common), postings) == [0, 1]
    assert candidates(urn([1], run, common), postings) == [0]


def test_nobody_who_would_join_is_overlooked() -> None:
    urns = singles(
        "Levy on kiosks doubled", "Kiosks face doubled levy", "Storm closes railway", "Railway shut by storm"
    )
    every = [(one, other) for one in urns for other in urns if one < other]
    assert {pair for pair in every if affinity(urns[pair[0]], urns[pair[1]]) > 2} <= set(pairs(urns))
