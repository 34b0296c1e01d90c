"""A mail server on loopback that answers, is silent or hangs up at any step of a conversation, as it is told."""

import socket
import struct
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

CLOSE, RESET, HANG = "close", "reset", "hang"
ACTIONS = (CLOSE, RESET, HANG)

USUAL = {
    "greeting": "220 mail.example ESMTP",
    "EHLO": "250-mail.example\r\n250 AUTH PLAIN",
    "AUTH": "235 2.7.0 welcome",
    "MAIL": "250 2.1.0 Ok",
    "RCPT": "250 2.1.5 Ok",
    "DATA": "354 go on",
    "END": "250 2.0.0 Ok: queued as 4B1D",
    "RSET": "250 2.0.0 Ok",
    "QUIT": "221 2.0.0 Bye",
}

Script = Mapping[str, Sequence[str]]
"""Step -> what is answered the first, second … time on one connection; then as usual. «body» is the data, unread."""


@dataclass
class MailServer:
    """`conversations` has each connection's commands; `complete` the copies whose dot was seen, (from, to, data)."""

    port: int
    scripts: Sequence[Script]
    conversations: list[list[str]] = field(default_factory=list)
    complete: list[tuple[str, str, bytes]] = field(default_factory=list)
    connections: list[socket.socket] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    def receivers(self) -> list[str]:
        """To whom complete copies came, in order."""
        return [receiver for _, receiver, _ in self.complete]

    def converse(self, connection: socket.socket, number: int) -> None:
        """Hold one conversation by its script."""
        said: list[str] = []
        self.conversations.append(said)
        script = dict(self.scripts[number]) if number < len(self.scripts) else {}
        turns: dict[str, int] = {}

        def answer(step: str) -> str:
            turn = turns.get(step, 0)
            turns[step] = turn + 1
            given = script.get(step, ())
            text = given[turn] if turn < len(given) else USUAL.get(step, "500 what?")
            if text not in ACTIONS:
                connection.sendall(text.encode() + b"\r\n")
            return text

        with connection, connection.makefile("rb") as lines:
            given = answer("greeting")
            while given not in ACTIONS and (line := lines.readline()):
                said.append(line.decode("ascii").strip())
                step = said[-1].split()[0].upper()
                given = answer(step)
                if given.startswith("354"):
                    given = self._take_data(lines, said, answer, script)
                if step == "QUIT":
                    return
            if given == HANG:
                self.stop.wait(10)
            if given == RESET:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    def _take_data(self, lines, said, answer, script) -> str:  # type: ignore[no-untyped-def]
        if "body" in script:
            lines.readline()
            return str(script["body"][0])
        data = b""
        while (line := lines.readline()) not in {b".\r\n", b""}:
            data += line.removeprefix(b".") if line.startswith(b"..") else line
        if not line:
            return CLOSE
        sender, receiver = (next(w for w in reversed(said) if w.startswith(word)) for word in ("MAIL", "RCPT"))
        self.complete.append((sender[11:-1], receiver[9:-1], data))
        return str(answer("END"))
