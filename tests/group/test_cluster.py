"""Parts that explain each other are joined, the nearest first; what is to stay apart does."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from digest.group.background import background
from digest.group.cluster import Pair, cluster
from digest.group.terms import terms
from tests.builders import LEXICON, hours_ago, item

TITLES = [
    "Minister doubles levy on kiosks",
    "Levy on kiosks doubled by minister",
    "Kiosks to pay double levy, minister says",
    "Stannerby council passes budget with cuts to youth clubs",
    "Youth clubs cut as Stannerby council passes its budget",
    "Thornwick council passes budget with rise for libraries",
    "Libraries gain as Thornwick council passes its budget",
    "Storm closes coastal railway",
]
RUN = terms([item(title, publisher=str(place)) for place, title in enumerate(TITLES)], lexicon=LEXICON)
SINGLES = [[index] for index in range(len(RUN))]
COMMON = background(SINGLES, RUN)
PAIRS = st.sampled_from(list(combinations(range(len(RUN)), 2)))


def joined(parts: list[list[int]] = SINGLES, *, least: float = 4.0, apart: tuple[Pair, ...] = ()) -> list[list[int]]:
    return cluster(parts, RUN, COMMON, least=least, apart=apart)


def test_reports_of_one_event_are_joined_and_look_alikes_are_not() -> None:
    assert joined() == [[0, 1, 2], [3, 4], [5, 6], [7]]


def test_nothing_is_joined_where_nothing_is_near_enough_and_parts_are_never_parted() -> None:
    assert joined(least=1000.0) == SINGLES
    assert joined([[0, 7], *SINGLES[1:7]], least=1000.0) == [[0, 7], *SINGLES[1:7]]


def test_the_hours_between_two_reports_part_them() -> None:
    times = [item(TITLES[0], publisher=str(age), published=hours_ago(age)) for age in (0, 2, 72)]
    run = terms(times, lexicon=LEXICON)
    assert cluster([[0], [1], [2]], run, background([[0, 1, 2]], run), least=4.0) == [[0, 1], [2]]


def test_two_that_are_to_stay_apart_do_though_others_join_either() -> None:
    found = joined(apart=((1, 0),))
    assert not any({0, 1} <= set(members) for members in found)
    assert sorted(len(members) for members in found) == [1, 1, 2, 2, 2]


def test_foes_are_inherited_by_what_they_join() -> None:
    found = joined(apart=((0, 2), (1, 2)))
    assert found == [[0, 1], [2], [3, 4], [5, 6], [7]]


def test_a_part_given_as_one_stays_one_though_two_of_it_were_to_stay_apart() -> None:
    found = joined([[0, 1], *SINGLES[2:]], apart=((0, 1), (1, 0), (3, 3)))
    assert found == joined()


@given(st.permutations(SINGLES))
def test_the_order_of_parts_changes_nothing(parts: list[list[int]]) -> None:
    assert joined(parts) == joined()


@given(st.lists(PAIRS, max_size=12), st.floats(-2.0, 8.0))
def test_clusters_hold_every_item_once_and_no_foes(apart: list[Pair], least: float) -> None:
    found = joined(least=least, apart=tuple(apart))
    assert sorted(index for members in found for index in members) == list(range(len(RUN)))
    assert not [pair for pair in apart for members in found if set(pair) <= set(members)]
    assert found == sorted(sorted(members) for members in found)
