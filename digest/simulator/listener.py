"""A socket, the thread that accepts from it, and a thread for each connection."""

import random
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from http.server import ThreadingHTTPServer
from socketserver import TCPServer
from threading import Event, Lock, Thread
from typing import Any

from digest.errors import UsageError
from digest.simulator.exchange import Answer, Request
from digest.simulator.office import Office
from digest.simulator.wire import Wire


class Listener(ThreadingHTTPServer):
    """Listens from the beginning; `control` answers requests that are for the simulator itself."""

    daemon_threads = False
    request_queue_size = 128
    timeout = 0.02

    def __init__(self, office: Office, *, host: str, port: int, delay: tuple[float, float]) -> None:
        """Listen; nothing is answered before `start`. `delay` is a call's shortest and longest time in seconds.

        Raises:
            UsageError: when the address cannot be listened on.

        """
        self.office = office
        self.stopping = Event()
        self.control: Callable[[Request], Answer | None] = lambda _: None
        self._host = host
        self._delay = delay
        self._connections: set[socket.socket] = set()
        self._closed_for = 0.0
        self._mutex = Lock()
        self._dice = random.Random()  # noqa: S311 - how long a call takes
        self._thread = Thread(target=self._serve, name="simulator")
        self.address_family = _family(host)
        try:
            super().__init__((host, port), Wire)
        except OSError as error:
            mend = "choose another with --port."
            raise UsageError(f"http://{host}:{port} cannot be listened on ({error})", mend=mend) from error
        self.port = int(self.server_address[1])
        self.url = f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

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

    def pause(self) -> None:
        """Take half of the time that a call takes."""
        shortest, longest = self._delay
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
        self.socket = socket.create_server((self._host, self.port), family=self.address_family, backlog=128)

    def _hang_up(self, how: int) -> None:
        with self._mutex:
            connections = tuple(self._connections)
        for each in connections:
            with suppress(OSError):  # it has gone already
                each.shutdown(how)


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET
