"""A provider's name -> its simulator, listening on loopback until the context ends."""

import random
import secrets
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from http.server import ThreadingHTTPServer
from pathlib import Path
from socketserver import TCPServer
from threading import Event, Lock, Thread
from typing import Any

from digest.errors import UsageError
from digest.simulator.clock import Clock
from digest.simulator.control import Control, flat
from digest.simulator.exchange import Answer, Happening, Request
from digest.simulator.log import Log
from digest.simulator.names import dialect
from digest.simulator.office import Call, Office
from digest.simulator.outcomes import happenings
from digest.simulator.script import Script
from digest.simulator.specs import validator
from digest.simulator.wire import Wire

NOTHING_WRONG = Script()


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """How it is run: `delay` is a call's shortest and longest time in seconds; `thorough` is to check every copy."""

    host: str = "127.0.0.1"
    port: int = 0
    delay: tuple[float, float] = (0.0, 0.0)
    thorough: bool = True


PLAIN = Habits()


class Running:
    """A simulator that answers. Everything here may be asked while it does."""

    def __init__(self, office: Office, listener: "Listener") -> None:
        """Made by `simulator`."""
        self._office = office
        self._listener = listener
        self.url = listener.url
        self.port = listener.port

    def copies(self, tag: str | None = None) -> list[dict[str, object]]:
        """Every copy that was accepted: call, at, provider, id, tag, key, and the copy's own fields."""
        return [flat(call, copy) for call in self._office.log.accepted(tag) for copy in call.copies]

    def calls(self) -> list[Call]:
        """Every call that was made, refused ones among them, in the order of their ends."""
        return list(self._office.calls)

    def events(self) -> list[Happening]:
        """What has become of every copy until now."""
        now, fortunes = self._office.clock.now(), self._office.script.fortunes
        return [each for call in self._office.log.accepted() for each in happenings(call, fortunes, until=now)]

    def play(self, script: Script) -> None:
        """Begin a script."""
        self._office.play(script)
        self._listener.maybe_refuse()

    def reset(self) -> None:
        """Forget every call and acceptance; the script begins anew."""
        self._office.reset()

    def move_clock(self, by: timedelta) -> None:
        """Go on by so much."""
        self._office.clock.move(by)


@contextmanager
def simulator(
    name: str,
    *,
    habits: Habits = PLAIN,
    script: Script = NOTHING_WRONG,
    log: Path | None = None,
    specs: Path | None = None,
) -> Iterator[Running]:
    """Simulate a provider; `log` is the file of what was accepted (None: one that goes when the context ends).

    `specs` is the folder of the providers' OpenAPI files, against which every request is checked.

    Raises:
        UsageError: for a name that is none, specifications that are not there, an address that cannot be listened on.
        ScriptError: for a script that asks of the provider what it does not do.

    """
    chosen = dialect(name)
    validate = validator(specs, chosen.specs) if specs else None
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="digest-simulator-")))
        kept = Log(log or folder / "accepted.jsonl")
        stack.callback(kept.close)
        office = Office(
            chosen, log=kept, clock=Clock(), run=secrets.token_hex(6), thorough=habits.thorough, validate=validate
        )
        office.play(script)
        listener = Listener(office, habits)
        stack.callback(listener.stop)
        listener.start()
        yield Running(office, listener)


class Listener(ThreadingHTTPServer):
    """A socket, a thread that accepts from it, and a thread for each connection."""

    daemon_threads = False
    request_queue_size = 128
    timeout = 0.02

    def __init__(self, office: Office, habits: Habits) -> None:
        """Listen; nothing is answered before `start`."""
        self.office = office
        self.stopping = Event()
        self._habits = habits
        self._connections: set[socket.socket] = set()
        self._closed_for = 0.0
        self._mutex = Lock()
        self._dice = random.Random()  # noqa: S311 - how long a call takes
        self._control = Control(office, moved=self.maybe_refuse)
        self._thread = Thread(target=self._serve, name="simulator")
        self.address_family = _family(habits.host)
        try:
            super().__init__((habits.host, habits.port), Wire)
        except OSError as error:
            raise UsageError(
                f"http://{habits.host}:{habits.port} cannot be listened on ({error})",
                mend="choose another with --port.",
            ) from error
        self.port = int(self.server_address[1])
        self.url = f"http://{f'[{habits.host}]' if ':' in habits.host else habits.host}:{self.port}"

    def server_bind(self) -> None:
        """Bind, and ask no name server what we are called, as HTTPServer does."""
        TCPServer.server_bind(self)

    def start(self) -> None:
        """Answer from now on."""
        self.maybe_refuse()
        self._thread.start()

    def stop(self) -> None:
        """Answer no more: every connection ends, every thread is over."""
        self.stopping.set()
        if self._thread.is_alive():
            self._thread.join()
        self._hang_up(socket.SHUT_RDWR)
        self.server_close()

    def control(self, request: Request) -> Answer | None:
        """The answer of our own pages, if it is one of theirs."""
        return self._control(request)

    def pause(self) -> None:
        """Take half of the time that a call takes."""
        shortest, longest = self._habits.delay
        if longest:
            self.stopping.wait(self._dice.uniform(shortest, longest) / 2)

    def maybe_refuse(self) -> bool:
        """Stop listening for a while, if the script wants the next call refused; nobody gets in after this."""
        rule = self.office.refusal()
        if not rule:
            return False
        with self._mutex:
            self._closed_for = rule.seconds
        with suppress(OSError):  # it is shut already
            self.socket.shutdown(socket.SHUT_RDWR)  # Linux: refused from now on, while our thread is still waking up
        return True

    def process_request(self, request: Any, client_address: Any) -> None:
        """Remember the connection, so that it can be ended."""
        with self._mutex:
            self._connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Forget it."""
        with self._mutex:
            self._connections.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away is no error of ours; anything else is shown."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)

    def _serve(self) -> None:
        while not self.stopping.is_set():
            with self._mutex:
                seconds, self._closed_for = self._closed_for, 0.0
            if seconds:
                self._refuse(seconds)
            else:
                self.handle_request()

    def _refuse(self, seconds: float) -> None:
        """Nobody listens for so long; connections that are open end with the call they are in."""
        self.socket.close()
        self._hang_up(socket.SHUT_RD)
        self.stopping.wait(seconds)
        self.socket = socket.create_server((self._habits.host, self.port), family=self.address_family, backlog=128)

    def _hang_up(self, how: int) -> None:
        with self._mutex:
            connections = tuple(self._connections)
        for each in connections:
            with suppress(OSError):  # it has gone already
                each.shutdown(how)


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET
