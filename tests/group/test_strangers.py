"""Whether two parts know each other's names."""

from digest.group.background import Background, background
from digest.group.strangers import STRANGE, are_strangers, understanding
from digest.group.terms import Terms, terms
from digest.group.urn import affinity, urn
from tests.builders import LEXICON, item


def judged(*titles: str) -> tuple[tuple[Terms, ...], Background]:
    run = terms([item(title, publisher=str(place)) for place, title in enumerate(titles)], lexicon=LEXICON)
    return run, background(([index] for index in range(len(run))), run)


TWINS = judged(
    "Stannerby council passes budget with cuts to youth clubs",
    "Youth clubs cut as Stannerby council passes its budget",
    "Thornwick council passes budget with rise for libraries",
    "Libraries gain as Thornwick council passes its budget",
)
PARTS = judged(
    "Levy row: Wetherby quits bench",
    "Bench shaken as Wetherby quits over levy",
    "Letter: why Wetherby quits over levy",
    "In her letter Wetherby quits over levy",
    "A storm in Stannerby and Thornwick",
)


def test_look_alikes_of_two_reports_each_are_strangers_however_near_their_words() -> None:
    run, common = TWINS
    one, other = urn([0, 1], run, common), urn([2, 3], run, common)
    assert affinity(one, other) > 4
    assert are_strangers(one, other, run, common)
    assert are_strangers(other, one, run, common)


def test_two_parts_of_one_event_share_their_names() -> None:
    run, common = PARTS
    assert not are_strangers(urn([0, 1], run, common), urn([2, 3], run, common), run, common)


def test_a_single_report_is_nobodys_stranger() -> None:
    run, common = TWINS
    assert not are_strangers(urn([0], run, common), urn([2, 3], run, common), run, common)
    assert not are_strangers(urn([2, 3], run, common), urn([0], run, common), run, common)


def test_names_of_others_stand_in_the_way_and_ones_own_help() -> None:
    run, common = TWINS
    assert understanding(urn([0, 1], run, common), urn([2, 3], run, common), run, common) < -STRANGE
    run, common = PARTS
    assert understanding(urn([2, 3], run, common), urn([0, 1], run, common), run, common) > 0


def test_where_nobody_is_named_there_is_nothing_to_understand() -> None:
    run, common = judged("levy doubled", "levy doubled again", "kiosks shut", "kiosks shut again")
    assert understanding(urn([0, 1], run, common), urn([2, 3], run, common), run, common) == 0.0


def test_an_item_without_names_does_not_count() -> None:
    run, common = judged(*(one.item.title for one in TWINS[0]), "rain again")
    with_it, without_it = urn([0, 1, 4], run, common), urn([0, 1], run, common)
    other = urn([2, 3], run, common)
    assert understanding(with_it, other, run, common) == understanding(without_it, other, run, common)
