"""A server on loopback that answers, hangs or hangs up as it is told."""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest


@dataclass
class Loopback:
    """One connection at a time; `requests` keeps what came in, head and body."""

    port: int
    requests: list[bytes] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


def _answer(status: str, body: str = "", **headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body.encode())}", "Connection: close"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()


@pytest.fixture
def answer() -> Callable[..., bytes]:
    """The bytes of an HTTP answer: status line, body, headers."""
    return _answer


def read_request(connection: socket.socket) -> bytes:
    got = b""
    while b"\r\n\r\n" not in got and not got.startswith(b"\x16\x03"):  # a TLS hello has no such end
        chunk = connection.recv(65536)
        if not chunk:
            return got
        got += chunk
    head, _, body = got.partition(b"\r\n\r\n")
    length = next((int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0)
    while len(body) < length:
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body


@pytest.fixture
def loopback() -> Iterator[Callable[..., Loopback]]:
    """Start a server that gives these answers, one a connection: bytes (or made from its URL), b"reset" or b"hang"."""
    stop = threading.Event()
    threads: list[threading.Thread] = []
    listeners: list[socket.socket] = []

    def serve(listener: socket.socket, server: Loopback, answers: tuple[bytes | Callable[[str], bytes], ...]) -> None:
        for given in answers:
            each = given if isinstance(given, bytes) else given(server.url)
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                server.requests.append(read_request(connection))
                if each == b"hang":
                    stop.wait(10)
                elif each == b"reset":
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
                else:
                    connection.sendall(each)

    def start(*answers: bytes | Callable[[str], bytes]) -> Loopback:
        listener = socket.create_server(("127.0.0.1", 0))
        listeners.append(listener)
        server = Loopback(port=listener.getsockname()[1])
        thread = threading.Thread(target=serve, args=(listener, server, answers))
        threads.append(thread)
        thread.start()
        return server

    yield start
    stop.set()
    for listener in listeners:
        with contextlib.suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
    for thread in threads:
        thread.join()
