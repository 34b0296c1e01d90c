import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from digest.adapters.worker_registry import KEPT_SECONDS, FileWorkers
from digest.ports.world import WorkerRegistry

SCRIPT = """
import sys, time
from pathlib import Path
from digest.adapters.worker_registry import FileWorkers
workers = FileWorkers(Path(sys.argv[1]))
print(workers.name, flush=True)
time.sleep(60)
"""


def start(directory: Path) -> tuple["subprocess.Popen[str]", str]:
    root = Path(__file__).parents[2]
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(directory)], stdout=subprocess.PIPE, text=True, cwd=root
    )
    assert process.stdout is not None
    return process, process.stdout.readline().strip()


def kill(process: "subprocess.Popen[str]") -> None:
    process.send_signal(signal.SIGKILL)
    process.communicate()


def test_a_worker_is_alive_until_its_process_is_killed(tmp_path: Path) -> None:
    workers: WorkerRegistry = FileWorkers(tmp_path)
    process, name = start(tmp_path)
    assert name != workers.name
    assert workers.is_alive(name) is True
    kill(process)
    assert workers.is_alive(name) is False
    assert workers.is_alive(name) is False
    assert FileWorkers(tmp_path).is_alive(name) is False


def test_we_are_alive_ourselves(tmp_path: Path) -> None:
    workers = FileWorkers(tmp_path)
    assert workers.is_alive(workers.name) is True
    assert FileWorkers(tmp_path).is_alive(workers.name) is True


@pytest.mark.parametrize("name", ["0" * 24, "", "../digest.db", "another machine's"])
def test_of_a_worker_without_a_file_here_nothing_is_known(tmp_path: Path, name: str) -> None:
    assert FileWorkers(tmp_path).is_alive(name) is None


def test_who_leaves_in_good_order_leaves_nothing_behind(tmp_path: Path) -> None:
    with FileWorkers(tmp_path):
        assert len(list(tmp_path.iterdir())) == 1
    assert list(tmp_path.iterdir()) == []


def fail_at_work(directory: Path, names: list[str]) -> None:
    with FileWorkers(directory) as workers:
        names.append(workers.name)
        raise ZeroDivisionError


def test_who_leaves_by_an_exception_is_seen_to_be_gone_at_once(tmp_path: Path) -> None:
    names: list[str] = []
    with pytest.raises(ZeroDivisionError):
        fail_at_work(tmp_path, names)
    assert FileWorkers(tmp_path).is_alive(names[0]) is False


def test_only_the_files_of_those_long_dead_are_swept_away(tmp_path: Path) -> None:
    process, dead = start(tmp_path)
    kill(process)
    alive = FileWorkers(tmp_path)
    long_ago = (tmp_path / f"{dead}.worker").stat().st_mtime - KEPT_SECONDS - 60
    for name in (dead, alive.name):
        os.utime(tmp_path / f"{name}.worker", (long_ago, long_ago))
    other = FileWorkers(tmp_path)
    assert other.is_alive(dead) is None
    assert other.is_alive(alive.name) is True


def test_a_child_that_outlives_its_parent_does_not_keep_it_alive(tmp_path: Path) -> None:
    script = SCRIPT.replace(
        "time.sleep(60)", "import os\nif os.fork() == 0:\n    print(os.getpid(), flush=True)\ntime.sleep(60)"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert process.stdout is not None
    name, child = process.stdout.readline().strip(), int(process.stdout.readline())
    workers = FileWorkers(tmp_path)
    assert workers.is_alive(name) is True
    process.kill()
    process.wait()
    assert workers.is_alive(name) is False
    os.kill(child, signal.SIGKILL)
    process.stdout.close()


def test_turns_are_taken_one_after_the_other(tmp_path: Path) -> None:
    first, second = FileWorkers(tmp_path), FileWorkers(tmp_path)
    order: list[str] = []

    def wait_for_the_turn() -> None:
        with second.turn("collect"):
            order.append("second")

    waiting = threading.Thread(target=wait_for_the_turn)
    with first.turn("collect"), first.turn("something else/entirely"):
        waiting.start()
        waiting.join(0.2)
        order.append("first")
    waiting.join()
    assert order == ["first", "second"]
