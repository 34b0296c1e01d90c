"""SIGTERM and Ctrl-C while calls are under way: kept until what was begun has been written down."""

import signal
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

KEPT = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def deferred() -> Iterator[Callable[[], bool]]:
    """Give a function that says whether a signal has come; the signal acts when the context ends, a second one at once.

    Only the main thread of a process hears signals: in any other nothing is kept, and none ever comes.
    """
    if threading.current_thread() is not threading.main_thread():
        yield lambda: False
        return
    before = {number: signal.getsignal(number) for number in KEPT}
    came: list[int] = []

    def keep(number: int, frame: object) -> None:
        del frame
        came.append(number)
        _restore(before)

    for number in KEPT:
        signal.signal(number, keep)
    try:
        yield lambda: bool(came)
    finally:
        _restore(before)
        if came:
            signal.raise_signal(came[0])


def _restore(before: Mapping[signal.Signals, object]) -> None:
    for number, handler in before.items():
        # None stands for a handler that was not set from Python and cannot be set again.
        signal.signal(number, signal.SIG_DFL if handler is None else handler)  # type: ignore[arg-type]
