"""A run that ends in an error of its own rings, whatever is broken; a slip of the hand does not."""

import json
import sys
from pathlib import Path

import pytest

from digest.app.clock import clock
from digest.app.failure import ringing
from digest.errors import StoreError, UsageError
from tests.app.conftest import Open

WRITES = "import sys; open(sys.argv[1], 'a').write(sys.stdin.read() + chr(10))"


def test_an_error_rings_and_goes_on(open_newsroom: Open, tmp_path: Path) -> None:
    bell = tmp_path / "bell"
    command = json.dumps([sys.executable, "-c", WRITES, str(bell)])
    with open_newsroom(f"[alerts]\ncommand = {command}\n") as app:
        settings = app.settings
    with pytest.raises(StoreError), ringing(settings, clock=clock()):
        raise StoreError("the disk is full")
    (told,) = map(json.loads, bell.read_text(encoding="utf-8").splitlines())
    assert (told["kind"], "the disk is full" in told["message"]) == ("failure", True)
    with pytest.raises(UsageError), ringing(settings, clock=clock()):
        raise UsageError("'bogus' is no instant")
    assert len(bell.read_text(encoding="utf-8").splitlines()) == 1


def test_a_bell_that_cannot_be_rung_is_noted_on_the_error(open_newsroom: Open) -> None:
    with open_newsroom('[alerts]\ncommand = ["/nowhere/bell"]\n') as app:
        settings = app.settings
    with pytest.raises(StoreError) as caught, ringing(settings, clock=clock()):
        raise StoreError("the disk is full")
    (note,) = caught.value.__notes__
    assert note.startswith("Nobody could be told of it: /nowhere/bell could not be run: ")


def test_a_run_without_an_error_rings_nobody(open_newsroom: Open) -> None:
    with open_newsroom('[alerts]\ncommand = ["/nowhere/bell"]\n') as app, ringing(app.settings, clock=clock()):
        app.line.editions.unfinished()


def test_a_mistake_of_ours_rings_by_its_name_alone(open_newsroom: Open, tmp_path: Path) -> None:
    bell = tmp_path / "bell"
    command = json.dumps([sys.executable, "-c", WRITES, str(bell)])
    with open_newsroom(f"[alerts]\ncommand = {command}\n") as app:
        settings = app.settings
    with pytest.raises(KeyError), ringing(settings, clock=clock()):
        raise KeyError("reader@example.org")
    told = json.loads(bell.read_text(encoding="utf-8"))
    assert told["message"] == "digest run failed: KeyError (the log has more)"
