"""TLS to an address that was judged: the name stands in SNI and must stand in the certificate.

`tls/server.pem` (key and certificate of post.example, valid for a century) is signed by `tls/authority.pem`, whose own
key was thrown away.
"""

import contextlib
import socket
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from digest.adapters.connections import Line, new_session
from digest.adapters.download import download
from digest.adapters.limits import Deadline, Limits
from digest.model.feed import Document, FetchAnswer, FetchFailure, FetchRequest
from tests.adapters.internet import PUBLIC, Internet

TLS = Path(__file__).parent / "tls"


class TlsServer:
    """Answers each connection with the same bytes, and remembers the names that were asked for."""

    def __init__(self, response: bytes) -> None:
        self.names: list[str | None] = []
        self._response = response
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(TLS / "server.pem")
        self._context.sni_callback = lambda _socket, name, _context: self.names.append(name)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def close(self) -> None:
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self._thread.join(5)

    def _serve(self) -> None:
        while True:
            try:
                peer, _ = self.listener.accept()
            except OSError:
                return
            with peer, contextlib.suppress(OSError), self._context.wrap_socket(peer, server_side=True) as secure:
                secure.recv(65_536)
                secure.sendall(self._response)


@pytest.fixture
def answering() -> Iterator[TlsServer]:
    server = TlsServer(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nfeed!")
    yield server
    server.close()


@pytest.fixture
def redirecting() -> Iterator[TlsServer]:
    server = TlsServer(b"HTTP/1.1 302 Found\r\nLocation: http://post.example/\r\nContent-Length: 0\r\n\r\n")
    yield server
    server.close()


def fetch(url: str, server: TlsServer, *, trusts: bool = True) -> tuple[FetchAnswer, Internet]:
    internet = Internet(server.listener.getsockname())
    with new_session("digest") as session:
        session.verify = str(TLS / "authority.pem") if trusts else True
        line = Line(internet.network, Deadline.after(5))
        made = download(session, FetchRequest(source_id="post", url=url), Limits(), line=line, own_hosts=())
    return made, internet


def test_the_name_is_in_sni_and_the_judged_address_is_called(answering: TlsServer) -> None:
    made, internet = fetch("https://post.example/feed", answering)
    assert isinstance(made, Document)
    assert (made.body, answering.names, internet.called) == (b"feed!", ["post.example"], [PUBLIC])


def test_a_certificate_of_another_name_is_refused(answering: TlsServer) -> None:
    made, _ = fetch("https://star.example/feed", answering)
    assert isinstance(made, FetchFailure)
    assert (made.error, answering.names) == ("its TLS certificate is not valid", ["star.example"])


def test_a_certificate_of_an_authority_we_do_not_know_is_refused(answering: TlsServer) -> None:
    made, _ = fetch("https://post.example/feed", answering, trusts=False)
    assert isinstance(made, FetchFailure)
    assert made.error == "its TLS certificate is not valid"


def test_a_redirect_from_tls_to_plain_http_is_refused(redirecting: TlsServer) -> None:
    made, internet = fetch("https://post.example/feed", redirecting)
    assert isinstance(made, FetchFailure)
    assert made.error == "redirects from https to http: http://post.example/"
    assert internet.called == [PUBLIC]
