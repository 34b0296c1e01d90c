import threading
from collections.abc import Iterator

import pytest

from digest.adapters.calls import ThreadedCalls

calls = ThreadedCalls()


def test_every_task_is_answered_for_once() -> None:
    found = sorted(calls.map(lambda n: n * 2, range(50), at_once=4, per_second=0))
    assert found == [(n, n * 2) for n in range(50)]


def test_so_many_are_under_way_at_once_and_no_more() -> None:
    together = threading.Barrier(3, timeout=10)
    seen: set[int] = set()

    def meet(task: int) -> int:
        together.wait()
        seen.add(threading.get_ident())
        return task

    assert len(list(calls.map(meet, range(9), at_once=3, per_second=0))) == 9
    assert len(seen) == 3


def test_a_task_is_taken_only_when_a_thread_is_free_for_it() -> None:
    release = threading.Event()
    taken: list[int] = []

    def tasks() -> Iterator[int]:
        for n in range(4):
            taken.append(n)
            if n == 1:
                release.set()
            yield n

    def call(task: int) -> int:
        assert release.wait(10)
        return task

    running = calls.map(call, tasks(), at_once=2, per_second=0)
    next(running)
    assert len(taken) <= 3  # two were under way until the first came back
    assert len(list(running)) == 3


def test_a_fault_is_raised_after_the_results_of_what_was_under_way() -> None:
    together = threading.Barrier(2, timeout=10)

    def call(task: int) -> int:
        together.wait()
        if task == 0:
            raise ValueError("a fault of ours")
        return task

    found: list[tuple[int, int]] = []
    with pytest.raises(ValueError, match="a fault of ours"):
        found.extend(calls.map(call, range(2), at_once=2, per_second=0))


def test_the_result_beside_a_fault_is_given_before_it_is_raised() -> None:
    together = threading.Barrier(2, timeout=10)

    def call(task: int) -> int:
        together.wait()
        if task == 0:
            raise ValueError("a fault of ours")
        return task

    running = calls.map(call, range(2), at_once=2, per_second=0)
    assert next(running) == (1, 1)
    with pytest.raises(ValueError, match="a fault of ours"):
        next(running)


def test_calls_begin_no_more_often_than_is_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    monkeypatch.setattr("digest.adapters.calls.time.monotonic", lambda: now[0])
    monkeypatch.setattr("digest.adapters.calls.time.sleep", sleep)
    began: list[float] = []
    instant = {0: 0, 1: 0}

    def tasks() -> Iterator[int]:
        for n in range(3):
            began.append(now[0])
            yield n

    for task, _ in calls.map(lambda task: task, tasks(), at_once=1, per_second=4):
        instant[task] = 1
    assert began == [100.0, 100.25, 100.5]
    assert slept
