from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.deliver.batches import batch_id, cut

DAY = date(2026, 5, 15)


@given(ids=st.lists(st.integers()), size=st.integers(1, 50))
def test_every_id_is_in_exactly_one_batch_in_its_order(ids: list[int], size: int) -> None:
    runs = list(cut(ids, size))
    assert [each for run in runs for each in run] == ids
    assert all(len(run) == size for run in runs[:-1])
    assert all(0 < len(run) <= size for run in runs)


def test_a_batch_of_nobody_cannot_be_asked_for() -> None:
    with pytest.raises(ValueError, match="at least one reader"):
        next(cut([1], 0))


def test_cutting_is_lazy_so_that_a_million_ids_need_no_memory() -> None:
    endless = iter(int, 1)
    assert next(cut(endless, 3)) == (0, 0, 0)


def test_the_name_of_a_batch_never_changes() -> None:
    name = batch_id(newsletter="daily", day=DAY, provider="mailgun", n=0)
    assert name == batch_id(newsletter="daily", day=DAY, provider="mailgun", n=0)
    assert UUID(name).version == 5
    assert name == "22f7fe38-5033-55d3-a073-4b513b725c0f"


def test_batches_of_other_editions_providers_and_numbers_have_other_names() -> None:
    names = {
        batch_id(newsletter=newsletter, day=day, provider=provider, n=n)
        for newsletter in ("daily", "weekly")
        for day in (DAY, date(2026, 5, 16))
        for provider in ("mailgun", "outbox")
        for n in range(3)
    }
    assert len(names) == 24
