"""The provider's side: the simulator in a process of its own, whose log on the disk is what is believed."""

import json
import multiprocessing
import os
import signal
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from digest.simulator.clock import Clock
from digest.simulator.dialect import Dialect
from digest.simulator.exchange import Refused, Request
from digest.simulator.listener import Listener
from digest.simulator.log import Log
from digest.simulator.office import Office, Reply
from digest.simulator.script import Script
from tests.crashlab.forks import fork

LOG = "accepted.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A copy that was accepted: in which call, of which batch, to whom, and the sender's number of it."""

    call: int
    tag: str
    address: str
    delivery: str


class Provider:
    """The lab's end of the line to the simulator's process. `url` is empty where there is none: files are all."""

    def __init__(self, url: str, log: Path, line: "Connection[Any, Any] | None") -> None:
        self.url = url
        self._log = log
        self._line = line

    def set_clock(self, at: datetime) -> None:
        """Let it be that time."""
        self._ask(at)

    def settle(self) -> None:
        """Wait until every call of the dead has come to its end: they may be accepted after their sender's death."""
        self._ask("settle")

    def calls(self) -> list[dict[str, object]]:
        """Every call that was made, refused ones among them."""
        found = self._ask("calls")
        return found if isinstance(found, list) else []

    def copies(self) -> list[Copy]:
        """What stands in the log now, complete lines only."""
        if self._line is None:
            return _files(self._log)
        return [
            Copy(call=said["call"], tag=said["tags"][0], address=copy[0], delivery=copy[1])
            for said in map(json.loads, self._log.read_bytes().split(b"\n")[:-1])
            for copy in said["copies"]
        ]

    def _ask(self, what: object) -> object:
        if self._line is None:
            return None
        self._line.send(what)
        return self._line.recv()


def _files(folder: Path) -> list[Copy]:
    """The outbox's files: whom each is to, and of which batch and delivery it is."""
    return [_file(path) for path in sorted(folder.rglob("*.eml"))]


def _file(path: Path) -> Copy:
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    headers = dict(line.split(": ", 1) for line in lines[: lines.index("")] if ": " in line and line[0] != " ")
    return Copy(call=0, tag="", address=headers["To"].strip("<>"), delivery=path.name.split("-")[0])


@contextmanager
def provider(
    dialect: Callable[[], Dialect] | None, script: Script, folder: Path, *, outbox: Path, run: str
) -> Iterator[Provider]:
    """Start the simulator for one round."""
    if dialect is None:
        yield Provider("", outbox, None)
        return
    ours, theirs = multiprocessing.Pipe()
    log = folder / LOG

    def serve() -> None:
        ours.close()
        tempfile.tempdir = str(folder)
        _serve(dialect(), script, log, theirs, run=run)

    pid = fork(serve, complaints=folder / "simulator.txt")
    theirs.close()
    try:
        yield Provider(str(ours.recv()), log, ours)
    finally:
        ours.close()
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


class _Office(Office):
    """The same, that remembers of which batch each call was; nothing, of one that was ended unread."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.tags: dict[int, str] = {}

    def note(self, request: Request, number: int, reply: Reply, *, accepted: int = 0, refused: str = "") -> None:
        self.tags[number] = self._tag(request)
        super().note(request, number, reply, accepted=accepted, refused=refused)

    def _tag(self, request: Request) -> str:
        with suppress(Refused):
            return next(iter(self.dialect.read(request, number="", thorough=False).tags), "") if request.body else ""
        return ""


def _serve(dialect: Dialect, script: Script, log: Path, line: "Connection[Any, Any]", *, run: str) -> None:
    office = _Office(dialect, log=Log(log), clock=Clock(), run=run)
    office.play(script)
    listener = Listener(office, host="127.0.0.1", port=0, delay=(0.0, 0.0))
    listener.start()
    line.send(listener.url)
    while True:
        try:
            asked = line.recv()
        except EOFError:
            return
        if isinstance(asked, datetime):
            office.clock.move(asked - office.clock.now())
            line.send(None)
        elif asked == "calls":
            line.send(
                [
                    {"n": each.number, "tag": office.tags[each.number], "status": each.status, "fault": each.fault}
                    for each in office.calls
                ]
            )
        else:
            _settle(listener.port)
            line.send(None)


def _settle(port: int) -> None:
    """Connections are taken in turn: once ours was, all before it are in the hands of threads, which end."""
    request = b"GET /_simulator/clock HTTP/1.1\r\nHost: lab\r\nConnection: close\r\n\r\n"
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
                connection.sendall(request)
                while connection.recv(4096):
                    pass
            break
        except ConnectionError:  # the script has it refuse for a moment
            time.sleep(0.002)
    while threading.active_count() > 2:
        time.sleep(0.001)
