"""An internet of our own: names with the addresses we choose, and behind every address a server on loopback."""

import socket
import threading
from collections import Counter
from collections.abc import Iterator, Sequence

from digest.adapters.dial import Address, Network

PUBLIC = "93.184.215.14"


class Internet:
    """Whoever dials through its `network` reaches `server`, whatever address is called, and is counted."""

    def __init__(self, server: tuple[str, int]) -> None:
        """`server` listens on loopback."""
        self.server = server
        self.called: list[str] = []
        self.asked: Counter[str] = Counter()
        self._names: dict[str, list[Sequence[str]]] = {}

    @property
    def network(self) -> Network:
        """For HttpFetcher."""
        return Network(resolve=self._resolve, new_socket=lambda family: _Tunnel(self, family))

    def has(self, name: str, *answers: Sequence[str]) -> None:
        """Each question for this name is answered with the next list of addresses, the last one again and again."""
        self._names[name] = list(answers)

    def _resolve(self, host: str, port: int) -> list[Address]:
        """Numbers are what they are; names that were not set have one public address."""
        answers = self._names.get(host, [[host if _is_number(host) else PUBLIC]])
        chosen = answers[min(self.asked[host], len(answers) - 1)]
        self.asked[host] += 1
        return [(address, port, 0, 0) if ":" in address else (address, port) for address in chosen]


class _Tunnel(socket.socket):
    """A socket that believes to be connected to the address it called."""

    def __init__(self, internet: Internet, family: int) -> None:
        super().__init__(socket.AF_INET)
        self._internet = internet
        self._peer: Address = ("", 0)

    def connect(self, address: Address) -> None:  # type: ignore[override]
        self._peer = address
        self._internet.called.append(address[0])
        super().connect(self._internet.server)

    def getpeername(self) -> Address:
        return self._peer


class Trap:
    """Listens on loopback, both IPv4 and IPv6, and counts whoever calls."""

    def __init__(self) -> None:
        """Two ports of each."""
        self.hits = 0
        self._lock = threading.Lock()
        self._listeners = [socket.create_server(("127.0.0.1", 0)) for _ in range(2)]
        self._listeners += [socket.create_server(("::1", 0), family=socket.AF_INET6) for _ in range(2)]
        self._threads = [threading.Thread(target=self._count, args=(one,)) for one in self._listeners]
        for thread in self._threads:
            thread.start()

    @property
    def addresses(self) -> list[tuple[str, int]]:
        """Where it listens."""
        return [listener.getsockname()[:2] for listener in self._listeners]

    def close(self) -> None:
        """Stop listening."""
        for listener in self._listeners:
            listener.shutdown(socket.SHUT_RDWR)
            listener.close()
        for thread in self._threads:
            thread.join(5)

    def _count(self, listener: socket.socket) -> None:
        while True:
            try:
                peer, _ = listener.accept()
            except OSError:
                return
            with self._lock:
                self.hits += 1
            with peer:
                peer.recv(65_536)
                peer.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nruin!")


def trapping() -> Iterator[Trap]:
    """A trap for one test."""
    trap = Trap()
    yield trap
    trap.close()


def _is_number(host: str) -> bool:
    return ":" in host or host.replace(".", "").isdigit()
