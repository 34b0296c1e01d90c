"""What the lab's oracle finds wrong is wrong, and it finds it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.crashlab.causes import unexplained
from tests.crashlab.invent import plan
from tests.crashlab.ledger import Attempt, Batch, Books
from tests.crashlab.oracle import Evidence, _attempts
from tests.crashlab.plan import Plan, Shift

NOW = datetime(2026, 5, 15, tzinfo=UTC)
RESET = "ConnectionError: reset"


def of_road(road: str) -> Plan:
    """A round in which nobody stops listening and every file may be written."""
    plans = (plan(seed) for seed in range(1000))
    return next(each for each in plans if each.road == road and each.seed % 9 == 0 and not each.rules)


def attempt(number: int, *, batch: str = "b", outcome: str = "uncertain", detail: str = RESET) -> Attempt:
    return Attempt(
        batch_id=batch, attempt=number, worker="w", started_at=NOW, is_ended=True, outcome=outcome, detail=detail
    )


def call(n: int, tag: str, *, status: int = 200, fault: str = "") -> dict[str, object]:
    return {"n": n, "tag": tag, "status": status, "fault": fault}


def gaps(numbers: list[int], *, n: int) -> list[str]:
    batch: dict[str, Any] = {"state": "accepted", "worker": "", "first_tried_at": NOW, "due_at": None, "detail": ""}
    books = Books(
        edition="sent",
        reason="",
        deliveries=(),
        batches=(Batch(id="b", n=n, attempt=numbers[-1], may_replay=True, **batch),),
        attempts=tuple(attempt(number) for number in numbers),
    )
    of = Evidence(plan=of_road("mailgun"), books=books, copies=(), calls=(), words=(), diary=(), ends={}, full=())
    return list(_attempts(of))


def test_attempts_with_a_gap_are_wrong() -> None:
    assert gaps([1, 2, 3], n=0) == []
    assert gaps([1, 3], n=0)
    assert gaps([2, 3], n=0)


def test_a_part_goes_on_counting_without_a_gap() -> None:
    assert gaps([2, 3], n=99) == []
    assert gaps([2, 4], n=99)


def test_batches_are_fewer_where_somebody_left_before_they_were_cut() -> None:
    one, other = (Shift(after=timedelta(0), senders=(), leaver=leaver) for leaver in (3, None))
    assert replace(of_road("mailgun"), readers=9, batch_size=4, shifts=(other,)).fewest_batches == 3
    assert replace(of_road("mailgun"), readers=9, batch_size=4, shifts=(one, other, one)).fewest_batches == 2


@pytest.mark.parametrize("road", ["mailgun", "brevo", "resend"])
def test_a_lost_answer_explains_one_attempt_of_its_own_batch(road: str) -> None:
    calls = [call(1, "b", fault="reset"), call(2, "c")]
    twice, other = [attempt(1), attempt(2)], attempt(1, batch="c")
    assert list(unexplained(twice[:1], calls, of_road(road))) == []
    assert list(unexplained([*twice, other], calls, of_road(road))) == [twice[1], other]


def test_a_call_that_was_ended_unread_explains_any_one_attempt_without_an_answer() -> None:
    calls = [call(1, "", fault="reset-unread")]
    answered = attempt(1, detail="HTTP 503: no")
    assert list(unexplained([attempt(1)], calls, of_road("mailgun"))) == []
    assert list(unexplained([answered], calls, of_road("mailgun"))) == [answered]


def test_an_answer_that_was_told_explains_no_attempt_that_got_none() -> None:
    calls = [call(1, "", fault="reset-unread"), call(2, "b", status=503, fault="status")]
    first, second = attempt(1), attempt(2, detail="HTTP 503: no")
    assert list(unexplained([first, second], calls, of_road("ses"))) == []
    assert list(unexplained([second, second], calls, of_road("ses"))) == [second]


def test_what_timed_out_needs_no_cause_and_uses_up_none() -> None:
    calls = [call(1, "b", fault="reset")]
    late = attempt(1, detail="ReadTimeout: read timed out")
    assert list(unexplained([late, attempt(2)], calls, of_road("mailgun"))) == []


def test_a_key_that_was_used_before_explains_a_doubt_and_one_that_was_not_does_not() -> None:
    refused, one = call(2, "b", status=409), attempt(1, detail="HTTP 409: concurrent_idempotent_requests")
    assert list(unexplained([one], [call(1, "b"), refused], of_road("resend"))) == []
    assert list(unexplained([one], [call(1, "c"), refused], of_road("resend"))) == [one]


def test_a_folder_leaves_no_doubt_but_where_no_file_can_be_written() -> None:
    assert list(unexplained([attempt(1)], [], of_road("outbox"))) == [attempt(1)]
