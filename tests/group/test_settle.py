"""Every item goes where it is explained best, without breaking what editors said."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from digest.group.background import Background, background
from digest.group.cluster import Pair
from digest.group.settle import settle
from digest.group.terms import Terms, terms
from tests.builders import LEXICON, item

LEAST = 3.9


def judged(*titles: str) -> tuple[tuple[Terms, ...], Background]:
    run = terms([item(title, publisher=str(place)) for place, title in enumerate(titles)], lexicon=LEXICON)
    return run, background(([index] for index in range(len(run))), run)


RUN, COMMON = judged(
    "levy on kiosks doubled",
    "kiosks face doubled levy",
    "doubled levy angers kiosks",
    "kiosks angry at doubled levy",
    "storm closes coastal railway",
    "coastal railway closed by storm",
    "storm: coastal railway closed",
)


def settled(stories: list[list[int]], *, apart: tuple[Pair, ...] = (), bound: tuple[int, ...] = ()) -> list[list[int]]:
    return settle(stories, RUN, COMMON, least=LEAST, apart=apart, bound=bound)


def test_stories_in_which_all_stand_well_stay_as_they_are() -> None:
    assert settled([[0, 1, 2, 3], [4, 5, 6]]) == [[0, 1, 2, 3], [4, 5, 6]]


def test_an_item_moves_to_the_story_that_explains_it_better() -> None:
    assert settled([[0, 1, 2], [3, 4, 5, 6]]) == [[0, 1, 2, 3], [4, 5, 6]]


def test_an_item_that_no_story_explains_stands_alone() -> None:
    assert settled([[0, 1, 4]]) == [[0, 1], [4]]


def test_a_bound_item_stays_where_it_is() -> None:
    assert settled([[0, 1, 2], [3, 4, 5, 6]], bound=(3,)) == [[0, 1, 2], [3, 4, 5, 6]]


def test_an_item_joins_no_story_in_which_a_foe_stands() -> None:
    assert settled([[0, 1, 2], [3], [4, 5, 6]], apart=((3, 0),)) == [[0, 1, 2], [3], [4, 5, 6]]


def test_two_foes_that_would_move_to_one_story_at_once_do_not_meet_there() -> None:
    run, common = judged(
        "levy on kiosks doubled", "levy on kiosks doubled", "kiosks: doubled levy", "doubled kiosks levy"
    )
    found = settle([[0, 1], [2], [3]], run, common, least=LEAST, apart=((2, 3),), bound=(0, 1))
    assert found == [[0, 1, 2], [3]]


def test_a_page_seen_at_the_address_of_a_story_stays_in_it() -> None:
    first = item("levy on kiosks doubled", publisher="A")
    run = terms([first, item("tax news", publisher="B", urls=first.urls)], lexicon=LEXICON)
    assert settle([[0, 1]], run, background([[0, 1]], run), least=LEAST, apart=(), bound=()) == [[0, 1]]


def test_moves_that_never_come_to_rest_are_broken_off() -> None:
    run, common = judged("bakery harbour", "library bakery harbour", "library railway kiosk swimming", "library kiosk")
    once = settle([[0, 2, 3], [1]], run, common, least=LEAST, apart=(), bound=())
    assert settle(once, run, common, least=LEAST, apart=(), bound=()) != once


@given(
    st.lists(st.integers(0, 3), min_size=len(RUN), max_size=len(RUN)),
    st.lists(st.sampled_from(list(combinations(range(len(RUN)), 2))), max_size=8),
    st.sets(st.integers(0, len(RUN) - 1)),
)
def test_nothing_is_lost_no_foes_meet_and_the_bound_stay_together(
    homes: list[int], apart: list[Pair], bound: set[int]
) -> None:
    parts: dict[int, list[int]] = {}
    for index, home in enumerate(homes):
        parts.setdefault(home, []).append(index)
    already = {pair for members in parts.values() for pair in combinations(members, 2)}
    found = settled(list(parts.values()), apart=tuple(apart), bound=tuple(bound))
    assert sorted(index for members in found for index in members) == list(range(len(RUN)))
    after = {pair for members in found for pair in combinations(members, 2)}
    assert not (after & set(apart)) - already
    assert {pair for pair in already if set(pair) <= bound} <= after
