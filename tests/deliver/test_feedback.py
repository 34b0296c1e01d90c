from dataclasses import replace
from datetime import UTC, datetime
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.deliver.feedback import Standing, bounced_too_often, later, standing
from digest.model.feedback import BounceClass, Event, EventKind

EVENT = Event(provider="fake", id="1", kind=EventKind.BOUNCED, at=datetime(2026, 5, 15, tzinfo=UTC))
SOFT, OK = Standing.SOFT, Standing.DELIVERED


@pytest.mark.parametrize(
    ("kind", "bounce", "told"),
    [
        (EventKind.ACCEPTED, None, Standing.UNKNOWN),
        (EventKind.UNKNOWN, None, Standing.UNKNOWN),
        (EventKind.DEFERRED, None, Standing.DEFERRED),
        (EventKind.DELIVERED, None, Standing.DELIVERED),
        (EventKind.BOUNCED, BounceClass.HARD, Standing.HARD),
        (EventKind.BOUNCED, BounceClass.SOFT, Standing.SOFT),
        (EventKind.BOUNCED, BounceClass.OURS, Standing.OURS),
        (EventKind.BOUNCED, None, Standing.SOFT),
        (EventKind.UNSUBSCRIBED, None, Standing.UNSUBSCRIBED),
        (EventKind.COMPLAINED, None, Standing.COMPLAINED),
    ],
)
def test_each_kind_of_event_says_something_of_its_copy(
    kind: EventKind, bounce: BounceClass | None, told: Standing
) -> None:
    assert standing(replace(EVENT, kind=kind, bounce=bounce)) is told


@given(st.lists(st.sampled_from(Standing), min_size=1), st.randoms(use_true_random=False))
def test_any_order_and_any_number_of_times_come_to_the_same(told: list[Standing], random: object) -> None:
    shuffled = [*told, *told]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert reduce(later, shuffled, Standing.UNKNOWN) == reduce(later, told, Standing.UNKNOWN)


@pytest.mark.parametrize(
    ("standings", "is_too_often"),
    [
        ([SOFT, SOFT, SOFT], True),
        ([OK, SOFT, SOFT, SOFT, OK], True),
        ([SOFT, SOFT, OK, SOFT], False),
        ([SOFT, SOFT, Standing.UNKNOWN, SOFT], False),
        ([Standing.DEFERRED, SOFT, SOFT], False),
        ([], False),
    ],
)
def test_only_bounces_in_a_row_are_too_many(standings: list[Standing], is_too_often: bool) -> None:
    assert bounced_too_often(standings, limit=3) is is_too_often
