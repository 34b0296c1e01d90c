"""A feed server on loopback that behaves well or badly, as told."""

import contextlib
import socket
import struct
import threading
from collections.abc import Callable, Iterator

Behaviour = Callable[[socket.socket, str], None]

FEED = b'<rss version="2.0"><channel><title>Post</title></channel></rss>'


def answer(
    body: bytes = FEED, *, status: str = "200 OK", headers: tuple[str, ...] = (), length: int | None = None
) -> Behaviour:
    """Answer properly, with a length that may be a lie."""

    def behave(peer: socket.socket, _: str) -> None:
        lines = [
            f"HTTP/1.1 {status}",
            f"Content-Length: {len(body) if length is None else length}",
            "Connection: close",
        ]
        peer.sendall("\r\n".join([*lines, *headers, "", ""]).encode() + body)

    return behave


def raw(data: bytes) -> Behaviour:
    """Send these bytes and close."""

    def behave(peer: socket.socket, _: str) -> None:
        peer.sendall(data)

    return behave


class FeedServer:
    """Serves each path as told; remembers every request; `close` wakes whatever still hangs."""

    def __init__(self) -> None:
        """Listen on a free port of loopback."""
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._behaviours: dict[str, Behaviour] = {}
        self._threads: list[threading.Thread] = []
        self.closing = threading.Event()
        self.requests: list[str] = []
        self._accepting = threading.Thread(target=self._accept)
        self._accepting.start()

    @property
    def own_hosts(self) -> frozenset[str]:
        """What a fetcher must be told, so that it reads from this server."""
        return frozenset({f"127.0.0.1:{self._listener.getsockname()[1]}"})

    def serves(self, path: str, behaviour: Behaviour) -> str:
        """From now on this path behaves so; its address."""
        self._behaviours[path] = behaviour
        return self.url(path)

    def url(self, path: str) -> str:
        """The address of a path."""
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}{path}"

    def hangs(self) -> Behaviour:
        """Take the request and say nothing."""
        return lambda _peer, _request: self._wait_for_end()

    def drips(self, before: bytes, byte: bytes) -> Behaviour:
        """Send `before`, then one byte every few milliseconds for ever."""

        def behave(peer: socket.socket, _: str) -> None:
            peer.sendall(before)
            while not self.closing.wait(0.01):
                peer.sendall(byte)

        return behave

    def resets(self) -> Behaviour:
        """Begin an answer and reset the connection (RST)."""

        def behave(peer: socket.socket, _: str) -> None:
            peer.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf")
            peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

        return behave

    def close(self) -> None:
        """Stop listening and let every thread end."""
        self.closing.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in (self._accepting, *self._threads):
            thread.join(5)

    def _wait_for_end(self) -> None:
        self.closing.wait(30)

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                peer, _ = self._listener.accept()
                thread = threading.Thread(target=self._serve, args=(peer,))
                self._threads.append(thread)
                thread.start()

    def _serve(self, peer: socket.socket) -> None:
        with peer, contextlib.suppress(OSError):
            request = b""
            while b"\r\n\r\n" not in request:
                piece = peer.recv(65_536)
                if not piece:
                    return
                request += piece
            text = request.decode("latin-1")
            self.requests.append(text)
            path = text.split(" ", 2)[1]
            self._behaviours.get(path, answer(b"", status="404 Not Found"))(peer, text)


def serving() -> Iterator[FeedServer]:
    """A server for one test."""
    server = FeedServer()
    yield server
    server.close()
