"""Secrets and readers that cannot be mistaken for anything else, and servers that repeat whatever they are given."""

import base64
import json
import socket
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import quote

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from digest.config.secrets import NAMES

PEM = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
SECRETS: Mapping[str, str] = {
    **{name: f"canary+{name}/7f3a9c==" for name in NAMES},
    "resend_webhook_secret": f"whsec_{base64.b64encode(b'canary-resend-webhook-7f3a').decode()}",
    "smtp_dkim_key": PEM,
}
"""A value for every secret that the program knows; `+`, `/` and `=` are written otherwise in URLs."""

READERS = tuple((f"canary.reader{n}@readers.example", f"Zebedee O'Canary{n}") for n in range(1, 4))
CSV = "email,name,frequency,consent_source\n" + "".join(f"{mail},{name},daily,form\n" for mail, name in READERS)


def environment() -> dict[str, str]:
    """Every secret as the program is given it."""
    return {f"DIGEST_{name.upper()}": value for name, value in SECRETS.items()}


def found_in(text: str, *, readers: Iterable[str]) -> set[str]:
    """Every canary in a text, however it is written: `readers` are addresses and names."""
    secrets = {line for value in SECRETS.values() for line in value.splitlines() if "-----" not in line}
    coded = {half for secret in secrets for half in _base64(secret)}
    words = {*secrets, *readers}
    forms = {
        form: word for word in words for form in (word, quote(word, safe=""), json.dumps(word)[1:-1], escape(word))
    }
    plain = text.casefold()
    return {word for form, word in forms.items() if form.casefold() in plain} | {each for each in coded if each in text}


def _base64(secret: str) -> Iterator[str]:
    """How a secret looks within base64: it may begin at each of three places, behind whatever user name."""
    for before, first in enumerate((0, 2, 3)):
        yield base64.b64encode(b"\0" * before + secret.encode()).decode()[first:-4]


@dataclass
class Parrot:
    """A web server that answers everything with `status` and with everything it was sent."""

    status: int
    url: str = ""
    heard: list[str] = field(default_factory=list)


@contextmanager
def parrot(status: int) -> Iterator[Parrot]:
    """Let it talk while the context is open."""
    bird = Parrot(status=status)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            credentials = [value for name, value in self.headers.items() if not name.startswith(("Accept", "User-"))]
            bird.heard.append(f"{self.path} {self.headers}\n{body}")
            people = [part for mail, name in READERS for part in (mail, name, quote(mail)) if mail in body]
            said = json.dumps({"message": [*credentials, *people, self.path], "Message": body[:200]}).encode()
            self.send_response(bird.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        do_GET = do_POST  # noqa: N815 - the names are the standard library's

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the standard library's name
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    bird.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield bird
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def mail_parrot(*, refuses: str) -> Iterator[tuple[int, list[str]]]:
    """Give a mail server's port and what it heard; it answers the command `refuses` with all it heard until then."""
    heard: list[str] = []
    listener = socket.create_server(("127.0.0.1", 0))

    def converse(connection: socket.socket) -> None:
        with connection, connection.makefile("rb") as lines, suppress(OSError):
            connection.sendall(b"220 mail.example ESMTP\r\n")
            while line := lines.readline().decode().strip():
                heard.append(line)
                step = line.split()[0].upper()
                names = " ".join(name for _, name in READERS)
                if step == refuses:
                    answer = f"550 5.7.1 not like this: {line} {names}"
                elif step == "EHLO":
                    answer = "250-mail.example\r\n250 AUTH PLAIN"
                else:
                    answer = {"AUTH": "235 2.7.0 welcome", "DATA": "354 go on"}.get(step, "250 2.0.0 Ok")
                connection.sendall(f"{answer}\r\n".encode())

    def listen() -> None:
        with suppress(OSError):  # the test is over
            while True:
                connection, _ = listener.accept()
                threading.Thread(target=converse, args=(connection,), daemon=True).start()

    thread = threading.Thread(target=listen)
    thread.start()
    try:
        yield listener.getsockname()[1], heard
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()
