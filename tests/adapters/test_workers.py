"""ProcessWorkers: results in order of completion, whatever happens to a worker."""

import math
import multiprocessing
import os
import threading
import time
from collections.abc import Iterator

import pytest

from digest.adapters.workers import ProcessWorkers
from digest.collect.parse import ParseTask, parse
from digest.errors import FeedUnreadable
from tests.collect.feeds import NOW, document, item, rss, source

pytestmark = pytest.mark.alone


@pytest.fixture(params=["alone", "among threads"])
def company(request: pytest.FixtureRequest) -> Iterator[None]:
    """Processes start by fork in a process with one thread, and by a server in one with several."""
    end = threading.Event()
    if request.param == "among threads":
        thread = threading.Thread(target=end.wait)
        thread.start()
        yield
        end.set()
        thread.join()
    else:
        yield


def test_every_task_comes_back_with_its_result_or_its_exception(company: None) -> None:
    made = dict(ProcessWorkers(2).map(math.sqrt, [1.0, 4.0, -1.0, 9.0]))
    assert (made[1.0], made[4.0], made[9.0]) == (1.0, 2.0, 3.0)
    assert isinstance(made[-1.0], ValueError)
    assert multiprocessing.active_children() == []


def test_a_worker_that_dies_costs_its_own_task_only(company: None) -> None:
    made = dict(ProcessWorkers(2).map(_die_of_three, [1, 3, 2, 4, 5]))
    assert isinstance(made.pop(3), ChildProcessError)
    assert made == {1: 1, 2: 2, 4: 4, 5: 5}


def test_a_task_that_takes_too_long_is_killed_and_the_others_are_done(company: None) -> None:
    started = time.monotonic()
    made = dict(ProcessWorkers(2, task_seconds=0.5).map(time.sleep, [30, 0, 0.001, 0.002]))
    assert isinstance(made.pop(30), TimeoutError)
    assert made == {0: None, 0.001: None, 0.002: None}
    assert time.monotonic() - started < 5


def test_no_task_starts_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(multiprocessing.process.BaseProcess, "start", _must_not_start)
    assert list(ProcessWorkers().map(math.sqrt, [])) == []


def test_a_single_task_is_done_by_one_process_that_is_not_ours(company: None) -> None:
    ((task, made),) = ProcessWorkers().map(_who, ["alone"])
    assert (task, made == os.getpid()) == ("alone", False)
    assert multiprocessing.active_children() == []


def test_the_exception_of_a_single_task_is_handed_over_too() -> None:
    ((task, made),) = ProcessWorkers().map(math.sqrt, [-1.0])
    assert (task, type(made)) == (-1.0, ValueError)


@pytest.mark.parametrize("others", [0, 3])
def test_a_task_that_never_ends_is_ended_alone_or_among_others(company: None, others: int) -> None:
    started = time.monotonic()
    made = dict(ProcessWorkers(2, task_seconds=3).map(_never_ends_at_zero, range(1 + others)))
    assert isinstance(made.pop(0), TimeoutError)
    assert made == {number: number for number in range(1, 1 + others)}
    assert time.monotonic() - started < 30
    assert multiprocessing.active_children() == []


def test_tasks_are_taken_as_they_come_and_results_handed_over_meanwhile() -> None:
    seen: list[str] = []

    def tasks() -> Iterator[float]:
        for number in range(6):
            seen.append(f"asked {number}")
            yield float(number)

    for task, _ in ProcessWorkers(1).map(math.sqrt, tasks()):
        seen.append(f"done {task:g}")
    assert seen.index("done 0") < seen.index("asked 5")


def test_whoever_stops_listening_leaves_no_process_behind() -> None:
    results = ProcessWorkers(2).map(time.sleep, [0, 30, 30])
    next(results)
    results.close()  # type: ignore[attr-defined]
    assert multiprocessing.active_children() == []


def test_a_result_that_cannot_travel_is_told_as_an_error() -> None:
    made = dict(ProcessWorkers(2).map(_unsendable, [1, 2, 3]))
    assert all(isinstance(result, TypeError) for result in made.values())
    assert "cannot be sent" in str(made[1])


def test_feeds_are_parsed_and_their_errors_keep_their_mend(company: None) -> None:
    tasks = [
        ParseTask(document=document(body), source=source(source_id=f"s{n}"), now=NOW)
        for n, body in enumerate([rss(item()), "<html>", rss(item("Two"))])
    ]
    made = {task.source.id: result for task, result in ProcessWorkers(2).map(parse, tasks)}
    assert made["s0"] == parse(tasks[0])
    assert isinstance(made["s1"], FeedUnreadable)
    assert "web page" in str(made["s1"])
    assert made["s1"].mend
    assert made["s2"] == parse(tasks[2])


def _die_of_three(task: int) -> int:
    if task == 3:
        os._exit(7)
    return task


def _who(task: str) -> int:
    return os.getpid()


def _never_ends_at_zero(task: int) -> int:
    while task == 0:
        pass
    return task


def _unsendable(task: int) -> object:
    if task == 2:
        raise _OddError("a", "b")
    return lambda: task


class _OddError(Exception):
    def __init__(self, one: str, two: str) -> None:
        super().__init__(one + two)


def _must_not_start(self: object) -> None:
    pytest.fail("a process was started")
