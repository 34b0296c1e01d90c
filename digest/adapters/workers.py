"""Tasks -> results, by a few processes: for work that holds the interpreter's lock, such as parsing feeds."""

import contextlib
import multiprocessing
import os
import pickle
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from typing import Any, Generic

from digest.ports.world import Made, Task

MOST = 4
"""Processes; a morning's feeds are parsed before a fifth would have started."""

PATIENCE_WITH_THE_DEAD = 1.0
"""Seconds to wait for the exit code of a process whose pipe has ended."""


class ProcessWorkers:
    """The Workers of ports/world.py: no process for no task, no more than tasks, none left behind."""

    def __init__(self, count: int | None = None, *, task_seconds: float = 20.0) -> None:
        """`count` processes (default: as many as processors, at most four); a task has `task_seconds`."""
        self._count = count or min(MOST, os.cpu_count() or 1)
        self._task_seconds = task_seconds

    def map(self, function: Callable[[Task], Made], tasks: Iterable[Task]) -> Iterator[tuple[Task, Made | Exception]]:
        """Yield (task, result or the exception that ended it), in order of completion.

        A worker that dies costs its own task (ChildProcessError), one that takes too long is
        killed (TimeoutError); the other tasks go on. The first process starts when two tasks are
        there or no more will come: by then whatever gave a lone task has mostly ended its threads,
        and a fork costs milliseconds.
        """
        coming = iter(tasks)
        first = list(_take(coming, 2))
        if not first:
            return
        crew: _Crew[Task, Made] = _Crew(function, self._count, self._task_seconds)
        try:
            for task in chain(first, coming):
                yield from crew.finished(patience=0.0)
                while not crew.has_room:
                    yield from crew.finished(patience=None)
                crew.give(task)
            while crew.is_busy:
                yield from crew.finished(patience=None)
        finally:
            crew.dismiss()


@dataclass(slots=True)
class _Worker(Generic[Task]):
    """A process, our end of the pipe to it, and what it is doing."""

    process: BaseProcess
    pipe: Connection
    task: list[Task]
    until: float = 0.0


class _Crew(Generic[Task, Made]):
    """Processes that do one task at a time; a lost one is replaced when the next task needs it."""

    def __init__(self, function: Callable[[Task], Made], size: int, task_seconds: float) -> None:
        self._function = function
        self._size = size
        self._task_seconds = task_seconds
        self._context = _context(function.__module__)
        self._workers: list[_Worker[Task]] = []

    @property
    def is_busy(self) -> bool:
        """True while a task is being done."""
        return any(worker.task for worker in self._workers)

    @property
    def has_room(self) -> bool:
        """True when a task can be given away at once."""
        return len(self._workers) < self._size or not all(worker.task for worker in self._workers)

    def give(self, task: Task) -> None:
        """Hand a task to an idle worker, or to a new one."""
        worker = next((idle for idle in self._workers if not idle.task), None) or self._hire()
        worker.task.append(task)
        worker.until = time.monotonic() + self._task_seconds
        with contextlib.suppress(OSError):  # it died while idle; `finished` will find out and say so
            worker.pipe.send((self._function, task))

    def finished(self, *, patience: float | None) -> Iterator[tuple[Task, Made | Exception]]:
        """What has been done; waits for something, at most `patience` seconds (None: until the next deadline)."""
        busy = [worker for worker in self._workers if worker.task]
        if not busy:
            return
        left = max(0.0, min(worker.until for worker in busy) - time.monotonic())
        ready = set(wait([worker.pipe for worker in busy], left if patience is None else patience))
        for worker in busy:
            if worker.pipe in ready:
                yield worker.task[0], self._receive(worker)
            elif worker.until <= time.monotonic():
                yield worker.task[0], TimeoutError(f"took longer than {self._task_seconds:g} s")
                self._lose(worker)

    def dismiss(self) -> None:
        """End every process; an idle one has nothing to lose, a busy one's result is not wanted any more."""
        for worker in list(self._workers):
            self._lose(worker)

    def _hire(self) -> _Worker[Task]:
        """Start one more process."""
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(theirs,), daemon=True)  # type: ignore[attr-defined]
        process.start()
        theirs.close()  # so that its death closes the pipe
        worker: _Worker[Task] = _Worker(process, ours, [])
        self._workers.append(worker)
        return worker

    def _receive(self, worker: _Worker[Task]) -> Made | Exception:
        """Take a result; a pipe that ends is a process that died."""
        try:
            result: Made | Exception = worker.pipe.recv()
        except (EOFError, OSError):
            worker.process.join(PATIENCE_WITH_THE_DEAD)
            result = ChildProcessError(f"the worker process died of it (exit code {worker.process.exitcode})")
            self._lose(worker)
            return result
        worker.task.clear()
        return result

    def _lose(self, worker: _Worker[Task]) -> None:
        """Kill a worker and forget it."""
        worker.process.kill()
        worker.process.join()
        worker.process.close()
        worker.pipe.close()
        self._workers.remove(worker)


def _take(tasks: Iterator[Task], most: int) -> Iterator[Task]:
    """The first few tasks, waiting for each."""
    for _, task in zip(range(most), tasks, strict=False):
        yield task


def _context(module: str) -> BaseContext:
    """How to start processes: fork where that is safe (Linux, one thread), else a server that has the module loaded.

    A fork copies the locks of threads that do not exist in the child, and Python 3.12 warns of it.
    """
    if sys.platform == "linux" and threading.active_count() == 1:
        return multiprocessing.get_context("fork")
    if "forkserver" in multiprocessing.get_all_start_methods():
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([module])
        return context
    return multiprocessing.get_context("spawn")


def _serve(pipe: Connection) -> None:
    """The life of a worker: tasks in, results out, until the pipe ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then ends us
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # a forked child would run the parent's handler
    with contextlib.suppress(EOFError, OSError):
        while True:
            function, task = pipe.recv()
            pipe.send_bytes(_pickled(_outcome(function, task)))


def _outcome(function: Callable[[Task], Made], task: Task) -> Made | Exception:
    """The result, or the exception that ended it: it belongs to the task's owner."""
    try:
        return function(task)
    except Exception as error:  # noqa: BLE001 (handed on as a value, see ports.Workers)
        return error


def _pickled(result: Any) -> bytes:
    """The result as bytes; one that cannot travel becomes a TypeError that can."""
    try:
        sent = pickle.dumps(result)
        if isinstance(result, Exception):
            pickle.loads(sent)  # exceptions with odd constructors fail only here, where it would be too late  # noqa: S301
    except Exception as error:  # noqa: BLE001 (pickling runs the value's own code)
        return pickle.dumps(TypeError(f"{result!r:.200} cannot be sent between processes: {error!r:.200}"))
    return sent
