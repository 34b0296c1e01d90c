"""A connection to a mail server, over which one copy after the other is handed over, and what was answered to each.

What is known when a connection dies: before the dot that ends a copy was sent, the copy was not handed over, whatever
the server had of it (RFC 5321, section 4.1.1.4); from then on nothing is known until the answer is here (RFC 1047). So
the dot goes out by itself, after everything else has.
"""

import contextlib
import re
import smtplib
import socket
import ssl
import time
from dataclasses import dataclass, field
from typing import Self

from digest.deliver.replies import CLOSING, Reply, Stage

STARTTLS, TLS, NONE = "starttls", "tls", "none"
ANSWER_TO_END_SECONDS = 120.0
"""For how long the answer to the dot is waited for; content is often looked at before it (RFC 5321: ten minutes)."""

GOODBYE_SECONDS = 2.0
_LINE_BEGINS_WITH_DOT = re.compile(rb"(?m)^\.")
_CUT_OFF = (ssl.SSLEOFError, ssl.SSLZeroReturnError)
"""Failures of a handshake that say nothing of us or of the server's certificate."""


class NotOpen(Exception):
    """No connection on which mail could be handed over: nothing was sent. `halts` says that we are refused."""

    def __init__(self, detail: str, *, halts: bool = False) -> None:
        """`detail` is what the server or the network said."""
        super().__init__(detail)
        self.halts = halts


class Lost(Exception):
    """The connection ended before the dot was sent: the copy was not handed over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """Which server, how it is spoken to, and who says that it is us; `timeout` is in seconds, for one answer."""

    host: str
    port: int
    security: str
    username: str = ""
    password: str = field(default="", repr=False)
    ehlo_name: str = ""
    timeout: float = 30.0


class SmtpLine:
    """One open connection. `is_proven` once it has carried a copy to an answer."""

    def __init__(self, client: smtplib.SMTP, *, timeout: float) -> None:
        """`client` is connected, greeted, and logged in where that is needed."""
        self.is_proven = False
        self.is_open = True
        self.used_at = time.monotonic()
        self._client = client
        self._timeout = timeout

    @classmethod
    def opened(cls, door: Door) -> Self:
        """Connect, greet, encrypt and log in; NotOpen, with nothing left open, where one of them fails."""
        client = _connected(door)
        try:
            _introduce(client, door)
        except OSError as error:
            client.close()
            raise _not_open(error) from error
        return cls(client, timeout=door.timeout)

    def hand_over(self, *, sender: str, address: str, content: bytes) -> Reply:
        """Hand over one copy, lines ended by CRLF, and return the answer that decides; Lost if the end was not sent."""
        self.used_at = time.monotonic()
        try:
            refused = self._begin(sender, address)
            if refused is None:
                self._send(_LINE_BEGINS_WITH_DOT.sub(b"..", content))
        except OSError as error:  # those of smtplib are OSErrors too
            self.close()
            raise Lost(_said(error)) from error
        reply = refused or self._end()
        self.is_proven = self.is_proven or reply.code not in {0, CLOSING}
        if reply.code == CLOSING or reply.code // 100 not in ({4, 5} if refused else {2, 4, 5}):
            self.close()
        elif refused:
            self._forget()
        return reply

    def goodbye(self) -> None:
        """Take leave as RFC 5321 wants it; what has been handed over stays so, whatever the server makes of that."""
        if self.is_open:
            with contextlib.suppress(OSError):
                self._bounded(GOODBYE_SECONDS)
                self._client.quit()
            self.close()

    def close(self) -> None:
        """End the connection at once."""
        self.is_open = False
        self._client.close()

    def _begin(self, sender: str, address: str) -> Reply | None:
        """Name sender and reader and ask for the data; the answer that refused one of these, or None."""
        steps = (
            (Stage.MAIL, f"MAIL FROM:<{sender}>", 2),
            (Stage.RECIPIENT, f"RCPT TO:<{address}>", 2),
            (Stage.DATA, "DATA", 3),
        )
        for stage, words, wanted in steps:
            code, said = self._client.docmd(words)
            if code // 100 != wanted:
                return Reply(stage=stage, code=code, text=_text(said))
        return None

    def _end(self) -> Reply:
        """Send the dot and wait for what it brings; code 0 when nothing comes."""
        try:
            self._bounded(ANSWER_TO_END_SECONDS)
            self._send(b".\r\n")
            code, said = self._client.getreply()
            self._bounded(self._timeout)
        except OSError as error:
            return Reply(stage=Stage.END, code=0, text=_said(error))
        return Reply(stage=Stage.END, code=code, text=_text(said))

    def _forget(self) -> None:
        """Take back a copy that was begun, so that the next can be: a connection that will not is closed."""
        try:
            code, _ = self._client.rset()
        except OSError:
            code = 0
        if code != 250:
            self.close()

    def _send(self, content: bytes) -> None:
        if self._client.sock is None:
            raise smtplib.SMTPServerDisconnected("the connection is closed")
        self._client.sock.sendall(content)

    def _bounded(self, seconds: float) -> None:
        if self._client.sock is not None:
            self._client.sock.settimeout(seconds)


def _connected(door: Door) -> smtplib.SMTP:
    """A connection on which the server has greeted us."""
    name = door.ehlo_name or None
    try:
        if door.security == TLS:
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(door.host, door.port, name, timeout=door.timeout, context=context)
        return smtplib.SMTP(door.host, door.port, name, timeout=door.timeout)
    except OSError as error:
        raise _not_open(error) from error


def _introduce(client: smtplib.SMTP, door: Door) -> None:
    """Greet, encrypt, log in. Small writes go out at once: the dot must not wait for an answer to what precedes it."""
    if client.sock is not None:
        client.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    client.ehlo_or_helo_if_needed()
    if door.security == STARTTLS:
        client.starttls(context=ssl.create_default_context())
        client.ehlo_or_helo_if_needed()
    if door.username:
        client.login(door.username, door.password)


def _not_open(error: OSError) -> NotOpen:
    """What a failure to open says: our credentials, certificate or words refused, or a server that is not there now."""
    match error:
        case smtplib.SMTPResponseException():
            return NotOpen(_said(error), halts=error.smtp_code // 100 == 5)
        case smtplib.SMTPServerDisconnected():
            return NotOpen(_said(error))
        case smtplib.SMTPException():  # STARTTLS or AUTH is not offered
            return NotOpen(_said(error), halts=True)
        case ssl.SSLError():
            return NotOpen(_said(error), halts=not isinstance(error, _CUT_OFF))
        case _:
            return NotOpen(_said(error))


def _said(error: OSError) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        return f"{error.smtp_code} {_text(said) if isinstance(said, bytes) else said}"
    return f"{type(error).__name__}: {error}"


def _text(said: bytes) -> str:
    return said.decode("utf-8", "replace")
