"""A server that speaks TLS until it has taken a request, and then writes into the stream what is no TLS."""

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

Done = TypeVar("Done")


class BrokenProxy:
    """Takes one request that ends with `last`, and answers with `garbage` beside the encryption."""

    def __init__(self, certificate: tuple[Path, Path], *, last: bytes, garbage: bytes) -> None:
        self.request = b""
        self._last, self._garbage = last, garbage
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(*certificate)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"https://localhost:{self._listener.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        with contextlib.suppress(OSError), self._listener.accept()[0] as peer:  # OSError: nobody called, or he hung up
            heard, said = ssl.MemoryBIO(), ssl.MemoryBIO()
            line = self._context.wrap_bio(heard, said, server_side=True)

            def until_done(act: Callable[[], Done]) -> Done:
                while True:
                    with contextlib.suppress(ssl.SSLWantReadError):
                        done = act()
                        peer.sendall(said.read())
                        return done
                    peer.sendall(said.read())
                    heard.write(peer.recv(65_536))

            until_done(line.do_handshake)
            while not self.request.endswith(self._last):
                self.request += until_done(lambda: line.read(65_536))
            peer.sendall(self._garbage)
            peer.shutdown(socket.SHUT_WR)
            peer.recv(1)

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()


@contextlib.contextmanager
def broken_proxy(certificate: tuple[Path, Path], *, last: bytes, garbage: bytes) -> Iterator[BrokenProxy]:
    """Start one, and end it."""
    server = BrokenProxy(certificate, last=last, garbage=garbage)
    try:
        yield server
    finally:
        server.close()
