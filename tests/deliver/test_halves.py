"""A refused call in two."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from digest.deliver.halves import halves
from digest.model.mail import Batch, Fate, Outcome, Reader, Receipt


def batch(size: int, *, is_replay: bool = False) -> Batch:
    readers = tuple(Reader(delivery_id=n, address="", name="") for n in range(size))
    day = date(2026, 5, 15)
    return Batch(id="", edition_id=1, newsletter="daily", day=day, n=0, attempt=1, readers=readers, is_replay=is_replay)


@given(size=st.integers(0, 60))
def test_every_copy_is_in_one_half_and_neither_is_empty(size: int) -> None:
    made = halves(batch(size), Receipt(outcome=Outcome.REJECTED))
    if size < 2:
        assert made == ()
    else:
        assert [n for half in made for n in half] == list(range(size))
        assert abs(len(made[0]) - len(made[1])) <= 1


@given(size=st.integers(0, 60), told=st.sets(st.integers(0, 59), min_size=1))
def test_those_of_whom_nothing_was_said_stay_together_where_others_were_the_reason(size: int, told: set[int]) -> None:
    fates = tuple(Fate(delivery_id=n, outcome=Outcome.REJECTED) for n in sorted(told))
    left = tuple(n for n in range(size) if n not in told)
    assert halves(batch(size), Receipt(outcome=Outcome.REJECTED, fates=fates)) == ((left,) if left else ())


def test_what_was_not_refused_and_what_may_have_been_taken_before_stays_whole() -> None:
    for outcome in set(Outcome) - {Outcome.REJECTED}:
        assert halves(batch(10), Receipt(outcome=outcome)) == ()
    assert halves(batch(10, is_replay=True), Receipt(outcome=Outcome.REJECTED)) == ()
