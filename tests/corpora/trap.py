"""A port on loopback that nothing may call: it counts who does, and never answers."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Trap(socketserver.ThreadingTCPServer):
    """`calls` holds the first bytes of every connection."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Caller)
        self.calls: list[bytes] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Caller(socketserver.BaseRequestHandler):
    server: Trap

    def handle(self) -> None:
        self.request.settimeout(1.0)
        try:
            said = self.request.recv(200)
        except OSError:
            said = b"(nothing)"
        self.server.calls.append(said)


@contextmanager
def set_trap() -> Iterator[Trap]:
    with Trap() as trap:
        thread = threading.Thread(target=trap.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield trap
        finally:
            trap.shutdown()
            thread.join()
