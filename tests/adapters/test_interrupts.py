import os
import signal
import threading
from collections.abc import Iterator

import pytest

from digest.adapters.interrupts import deferred


@pytest.fixture(autouse=True)
def heard() -> Iterator[None]:
    """Ctrl-C acts as in a terminal, also where the tests run in the background of a script, which ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def interrupted(times: int, written: list[str]) -> None:
    with deferred() as has_come:
        assert not has_come()
        for _ in range(times):
            os.kill(os.getpid(), signal.SIGINT)
        assert has_come()
        written.append("down")


def test_ctrl_c_waits_until_the_work_is_written_down() -> None:
    written: list[str] = []
    with pytest.raises(KeyboardInterrupt):
        interrupted(1, written)
    assert written == ["down"]


def test_a_second_ctrl_c_acts_at_once() -> None:
    written: list[str] = []
    with pytest.raises(KeyboardInterrupt):
        interrupted(2, written)
    assert not written


def test_what_was_set_before_is_set_again() -> None:
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    with deferred() as has_come:
        assert signal.getsignal(signal.SIGTERM) not in before.values()
    assert not has_come()
    assert {number: signal.getsignal(number) for number in before} == before


def test_in_another_thread_nothing_is_kept() -> None:
    heard: list[bool] = []

    def work() -> None:
        with deferred() as has_come:
            heard.append(has_come())

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert heard == [False]
