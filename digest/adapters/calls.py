"""Calls that wait for a network, several at a time, and results in the hands of the one who asked."""

import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from queue import Empty, SimpleQueue
from typing import TypeVar

from digest.adapters.allocator import spared

Task = TypeVar("Task")
Made = TypeVar("Made")


class ThreadedCalls:
    """`ports.Calls` on threads."""

    def map(
        self, function: Callable[[Task], Made], tasks: Iterable[Task], *, at_once: int, per_second: float
    ) -> Iterator[tuple[Task, Made]]:
        """Yield (task, result) in order of completion; a task is taken when a thread is free and its turn has come.

        What `function` raises is raised here once all calls under way have been answered for.
        """
        waiting, turn = iter(tasks), _Turn(per_second)
        under_way: dict[Future[Made], Task] = {}
        done: SimpleQueue[Future[Made]] = SimpleQueue()
        failed: list[BaseException] = []
        more = True
        with spared(), ThreadPoolExecutor(at_once, thread_name_prefix="digest-call") as threads:
            while more or under_way:
                is_free = more and len(under_way) < at_once
                if is_free and turn.has_come():
                    more = _begin(waiting, under_way, done, lambda task: threads.submit(function, task))
                elif not under_way:
                    time.sleep(turn.wait)
                elif (future := _next(done, patience=turn.wait if is_free else None)) is not None:
                    task, error = under_way.pop(future), future.exception()
                    if error is None:
                        yield task, future.result()
                    else:
                        failed, more = [*failed, error], False
        if failed:
            raise failed[0]


def _begin(
    waiting: Iterator[Task],
    under_way: dict[Future[Made], Task],
    done: SimpleQueue[Future[Made]],
    submit: Callable[[Task], Future[Made]],
) -> bool:
    """Take the next task and begin its call; False when there is none any more."""
    for task in waiting:
        future = submit(task)
        under_way[future] = task
        future.add_done_callback(done.put)
        return True
    return False


class _Turn:
    """When the next call may begin: evenly spaced, so that a limit by the second holds in any second."""

    def __init__(self, per_second: float) -> None:
        self._apart = 1 / per_second if per_second else 0.0
        self._next = 0.0

    def has_come(self) -> bool:
        """True when a call may begin now; then the following one has its turn a little later."""
        now = time.monotonic()
        if now < self._next:
            return False
        self._next = now + self._apart
        return True

    @property
    def wait(self) -> float:
        """Seconds until the next call may begin."""
        return max(0.0, self._next - time.monotonic())


def _next(done: SimpleQueue[Future[Made]], *, patience: float | None) -> Future[Made] | None:
    """The next call that is done; None when `patience` (seconds; None is any time) is over before one is.

    A queue, not `concurrent.futures.wait`, which looks at all that are under way to find one that is done.
    """
    try:
        return done.get(timeout=patience)
    except Empty:
        return None
