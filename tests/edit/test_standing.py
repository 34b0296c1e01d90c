"""Which decisions stand, which an undo means, and what splits and merges say of pairs of items."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.edit.standing import bonds, standing, undoable
from digest.errors import UsageError
from digest.model.decision import Act, Decided, Decision
from digest.model.story import Bonds
from tests.builders import NOW
from tests.edit.log import logged, undoing


def numbers(log: list[Decided]) -> list[int]:
    return [one.number for one in standing(log)]


def three(*more: Decision) -> list[Decided]:
    acts = [Decision(act=Act.PIN), Decision(act=Act.LEAD), Decision(act=Act.NOTE), *more]
    return [logged(number, one) for number, one in enumerate(acts, start=1)]


def test_without_an_undo_all_stand_in_their_order() -> None:
    assert numbers(three()) == [1, 2, 3]


def test_an_undo_takes_one_back_and_stands_for_nothing_itself() -> None:
    assert numbers(three(undoing(2))) == [1, 3]


def test_undoing_an_undo_brings_the_decision_back_to_its_place() -> None:
    assert numbers(three(undoing(2), undoing(4))) == [1, 2, 3]
    assert numbers(three(undoing(2), undoing(4), undoing(5))) == [1, 3]


@st.composite
def logs(draw: st.DrawFn) -> list[Decided]:
    log: list[Decided] = []
    for number in range(1, draw(st.integers(1, 12)) + 1):
        target = draw(st.integers(0, number - 1))
        log.append(logged(number, undoing(target) if target else Decision(act=Act.PIN)))
    return log


@given(logs())
def test_an_undo_of_what_stands_is_the_log_without_it_and_its_own_undo_the_log_as_it_was(log: list[Decided]) -> None:
    for number in numbers(log):
        last = len(log) + 1
        undone = [*log, logged(last, undoing(number))]
        assert numbers(undone) == [each for each in numbers(log) if each != number]
        assert numbers([*undone, logged(last + 1, undoing(last))]) == numbers(log)


def test_without_a_number_the_undo_means_the_last_of_that_person() -> None:
    log = [logged(1, Decision(act=Act.PIN), by="Ada"), logged(2, Decision(act=Act.LEAD), by="Ben")]
    assert undoable(log, by="Ada", number=None).number == 1
    assert undoable(log, by="Ben", number=None).number == 2


def test_undoing_twice_takes_two_back() -> None:
    log = three(undoing(3))
    assert undoable(log, by="Ada", number=None).number == 2


def test_a_person_without_a_decision_is_told_how_to_undo_another_s() -> None:
    with pytest.raises(UsageError, match=r"no decision of Cy stands.*write the number"):
        undoable(three(), by="Cy", number=None)


def test_any_number_that_stands_can_be_undone_by_anybody() -> None:
    assert undoable(three(), by="Cy", number=1).number == 1
    assert undoable(three(undoing(2)), by="Cy", number=4).decision.act is Act.UNDO


@pytest.mark.parametrize(
    ("number", "why"), [(2, "has been undone already"), (0, "does not exist"), (9, "does not exist")]
)
def test_what_does_not_stand_is_not_undone_again(number: int, why: str) -> None:
    with pytest.raises(UsageError, match=f"decision {number} {why}"):
        undoable(three(undoing(2)), by="Ada", number=number)


def test_an_undo_that_was_itself_undone_is_no_longer_there_to_undo() -> None:
    with pytest.raises(UsageError, match="decision 4 has been undone already"):
        undoable(three(undoing(2), undoing(4)), by="Ada", number=4)


def merged(*items: str, with_: tuple[str, ...]) -> Decision:
    return Decision(act=Act.MERGE, items=items, others=with_)


def test_a_merge_binds_each_of_one_side_to_each_of_the_other() -> None:
    log = [logged(1, merged("b", "a", with_=("c",)))]
    assert bonds([log]) == Bonds(together=(("a", "c"), ("b", "c")))


def test_a_split_parts_what_leaves_from_what_stays() -> None:
    log = [logged(1, Decision(act=Act.SPLIT, items=("d",), others=("a", "b")))]
    assert bonds([log]) == Bonds(apart=(("a", "d"), ("b", "d")))


def test_of_a_pair_the_latest_word_holds_whichever_edition_it_was_said_in() -> None:
    early = [logged(1, merged("a", with_=("b", "c")))]
    late = [logged(2, Decision(act=Act.SPLIT, items=("b",), others=("a",)))]
    assert bonds([late, early]) == bonds([early, late]) == Bonds(together=(("a", "c"),), apart=(("a", "b"),))


def test_the_latest_word_is_the_latest_in_time_though_each_edition_numbers_its_own() -> None:
    early = [replace(logged(9, merged("a", with_=("b",))), at=NOW - timedelta(days=1))]
    late = [replace(logged(1, Decision(act=Act.SPLIT, items=("b",), others=("a",))), at=NOW)]
    assert bonds([late, early]) == bonds([early, late]) == Bonds(apart=(("a", "b"),))


def test_what_was_undone_binds_nobody_and_other_acts_never_do() -> None:
    log = [logged(1, merged("a", with_=("b",))), logged(2, undoing(1)), logged(3, Decision(act=Act.PIN, items=("a",)))]
    assert bonds([log]) == Bonds()


def test_an_item_is_never_bound_to_itself() -> None:
    assert bonds([[logged(1, merged("a", with_=("a", "b")))]]) == Bonds(together=(("a", "b"),))
