"""A story keeps its name from run to run; no name is borne twice."""

from hypothesis import given
from hypothesis import strategies as st

from digest.group.identity import identities
from digest.model.news import Item
from tests.builders import hours_ago, item

A, B, C, D = (
    item(f"Report {letter}", publisher=letter, published=hours_ago(age)) for age, letter in enumerate("ABCD", 1)
)


def test_a_new_story_is_named_by_its_earliest_item_whatever_joins_later() -> None:
    assert identities([[A, D]], {}) == identities([[D]], {}) != identities([[A]], {})


def test_a_story_keeps_its_name_while_any_of_its_items_lives() -> None:
    assert identities([[B, C]], {C.id: "old"}) == ["old"]


def test_of_two_parts_of_a_split_story_the_larger_keeps_the_name() -> None:
    names = identities([[A], [B, C]], {one.id: "old" for one in (A, B, C)})
    assert names[1] == "old"
    assert names[0] != "old"


def test_of_two_stories_that_were_joined_the_name_of_the_larger_part_stays() -> None:
    assert identities([[A, B, C]], {A.id: "small", B.id: "large", C.id: "large"}) == ["large"]


def test_a_name_that_a_standing_story_bears_is_not_given_again() -> None:
    (own,) = identities([[A]], {})
    standing, fresh = identities([[B], [A, C]], {B.id: own})
    assert standing == own
    assert fresh == identities([[C]], {})[0]


def test_a_story_all_of_whose_names_are_borne_by_others_has_a_longer_one() -> None:
    (own,) = identities([[A]], {})
    standing, fresh = identities([[B], [A]], {B.id: own})
    assert standing == own
    assert len(fresh) > len(own)


@given(
    st.lists(st.integers(0, 3), min_size=4, max_size=4),
    st.dictionaries(st.sampled_from([one.id for one in (A, B, C, D)]), st.sampled_from(["x", "y", "z"])),
)
def test_names_are_never_shared_and_hold_in_the_next_run(homes: list[int], previous: dict[str, str]) -> None:
    parts: dict[int, list[Item]] = {}
    for home, one in zip(homes, (A, B, C, D), strict=True):
        parts.setdefault(home, []).append(one)
    clusters = list(parts.values())
    names = identities(clusters, previous)
    assert len(set(names)) == len(clusters)
    known = {one.id: name for members, name in zip(clusters, names, strict=True) for one in members}
    assert identities(clusters, known) == names
