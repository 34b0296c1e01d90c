"""An IMAP server on loopback, over TLS, that answers each command as it is told."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

CLOSE = b"close"
USUAL: Mapping[str, bytes] = {
    "CAPABILITY": b"* CAPABILITY IMAP4rev1\r\n",
    "LOGIN": b"",
    "EXAMINE": b"* 1 EXISTS\r\n",
    "SEARCH": b"* SEARCH 7\r\n",
    "LOGOUT": b"* BYE\r\n",
}


@dataclass
class ImapServer:
    """`answers` has the untagged lines to a command, by its name (of UID commands the second word); `said` is heard."""

    port: int
    answers: Mapping[str, bytes]
    said: list[str] = field(default_factory=list)

    def converse(self, connection: socket.socket) -> None:
        """Hold one conversation; what begins with NO or BAD is the tagged answer itself."""
        with connection, connection.makefile("rb") as lines:
            connection.sendall(b"* OK ready\r\n")
            while line := lines.readline():
                tag, *words = line.decode("ascii").split()
                self.said.append(" ".join(words))
                name = words[1] if words[0] == "UID" else words[0]
                told = self.answers.get(name, USUAL.get(name, b"BAD what?"))
                if told == CLOSE:
                    return
                is_refused = told.startswith((b"NO", b"BAD"))
                ending = told if is_refused else b"OK done"
                connection.sendall((b"" if is_refused else told) + tag.encode() + b" " + ending + b"\r\n")


@contextmanager
def imap_server(context: ssl.SSLContext, answers: Mapping[str, bytes]) -> Iterator[ImapServer]:
    """A server that ends with the context."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = ImapServer(port=listener.getsockname()[1], answers=answers)
        thread = threading.Thread(target=_serve, args=(listener, context, server.converse))
        thread.start()
        try:
            yield server
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()


def _serve(listener: socket.socket, context: ssl.SSLContext, converse: Callable[[socket.socket], None]) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:  # the test is over
            return
        converse(context.wrap_socket(connection, server_side=True))
