"""Ports in a wrapping that counts who passes, and kills at the place that was ordered."""

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine, event

from tests.crashlab.plan import Doom, Spot

_AUDITED = {"socket.connect": "connecting", "http.client.send": "sending", "os.link": "linking"}
"""Events that CPython itself raises, before it does the thing (docs.python.org, «Audit events table»)."""


class Watch:
    """Counts down to what was ordered; calls come from any thread."""

    def __init__(self) -> None:
        self._orders: list[tuple[str, list[int], Callable[[], None]]] = []
        self._lock = threading.Lock()

    def order(self, spot: Spot, act: Callable[[], None]) -> None:
        """Act when the place is come to for the nth time from now on."""
        with self._lock:
            self._orders.append((spot.at, [spot.nth], act))

    def passes(self, place: str) -> None:
        """Somebody comes to a place."""
        with self._lock:
            due = []
            for at, left, act in self._orders:
                if at == place:
                    left[0] -= 1
                    if left[0] == 0:
                        due.append(act)
        for act in due:
            act()

    def dooms(self, doom: Doom, told: Callable[[str], None]) -> None:
        """Order the signals; `told` is called before each."""

        def strike() -> None:
            if doom.then:
                self.order(doom.then, lambda: self._kill(signal.SIGKILL, f"draining: {doom.then.at}", told))  # type: ignore[union-attr]
            self._kill(doom.number, doom.spot.at, told)

        self.order(doom.spot, strike)

    @staticmethod
    def _kill(number: signal.Signals, place: str, told: Callable[[str], None]) -> None:
        told(f"{number.name} {place}")
        os.kill(os.getpid(), number)


_NOW = threading.local()


class Watched:
    """Any port: every verb is passed «before» and «after»; attributes may be given other values."""

    def __init__(self, inner: object, name: str, watch: Watch, **given: object) -> None:
        self._inner = inner
        self._name = name
        self._watch = watch
        self.__dict__.update(given)

    def __getattr__(self, attribute: str) -> Any:
        found = getattr(self._inner, attribute)
        if not callable(found):
            return found
        verb = f"{self._name}.{attribute}"

        def call(*args: object, **kwargs: object) -> object:
            self._watch.passes(f"before {verb}")
            before, _NOW.verb = getattr(_NOW, "verb", ""), verb
            try:
                result = found(*args, **kwargs)
            finally:
                _NOW.verb = before
            self._watch.passes(f"after {verb}")
            return result

        return call


def watch_transactions(engine: Engine, watch: Watch) -> None:
    """Pass «within» a verb after each of its statements, and «committing» before its commit."""

    def within(*given: object) -> None:
        watch.passes(f"within {getattr(_NOW, 'verb', '')}")

    def committing(*given: object) -> None:
        watch.passes(f"committing {getattr(_NOW, 'verb', '')}")

    event.listen(engine, "after_cursor_execute", within)
    event.listen(engine, "commit", committing)


def watch_system(watch: Watch) -> None:
    """Pass what Python does to sockets and files; for good, as an audit hook cannot be taken off."""

    def hook(name: str, args: object) -> None:
        place = _AUDITED.get(name)
        if place:
            watch.passes(place)

    sys.addaudithook(hook)


class WrongClock:
    """`ports.Clock` that starts at `at`, goes on as time does, and jumps at its nth reading."""

    def __init__(self, at: datetime, *, jump_at: int, jump: timedelta) -> None:
        import time

        self._elapsed = time.monotonic
        self._start = time.monotonic()
        self._at = at
        self._left = jump_at
        self._jump = jump

    def __call__(self) -> datetime:
        self._left -= 1
        if self._left == 0:
            self._at += self._jump
        return self._at + timedelta(seconds=self._elapsed() - self._start)


def watched_interrupts(
    interrupts: Callable[[], AbstractContextManager[Callable[[], bool]]], watch: Watch
) -> Callable[[], AbstractContextManager[Callable[[], bool]]]:
    """Pass «after interrupts» when all that was begun is written down, and a kept signal has not yet acted."""

    @contextmanager
    def made() -> Iterator[Callable[[], bool]]:
        with interrupts() as came:
            yield came
            watch.passes("after interrupts")

    return made
