"""The mailbox to which bounces come: a maildir on this machine, or a folder on an IMAP server.

Nothing in it is marked, moved or deleted: others may read it too, and what is read twice has the same name (Event.id)
and counts once. How far back to look is the caller's to remember.
"""

import imaplib
import os
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from glob import escape
from itertools import chain
from pathlib import Path
from typing import Any, Protocol

from digest.deliver.dsn import LARGEST
from digest.errors import Unreachable

_EARLY = timedelta(days=1)
"""SINCE compares days, in the server's own zone (RFC 3501, section 6.4.4)."""

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


class BounceBox(Protocol):
    """A mailbox that can be read."""

    def messages(self, *, since: datetime) -> Iterator[tuple[bytes, datetime]]:
        """Yield (message, when it arrived) from `since` on, oldest first, each cut at LARGEST bytes.

        Raises Unreachable when the mailbox cannot be read.
        """
        ...


@dataclass(frozen=True, slots=True)
class Maildir:
    """A folder with one file a message in `new` and `cur` (cr.yp.to/proto/maildir.html)."""

    path: str

    def messages(self, *, since: datetime) -> Iterator[tuple[bytes, datetime]]:
        """See BounceBox. A message arrived when its file was last written."""
        for stamp, name in sorted(self._files(since)):
            content = self._content(name)
            if content is not None:
                yield content, datetime.fromtimestamp(stamp, UTC)

    def _files(self, since: datetime) -> list[tuple[float, str]]:
        """(time, path) of every message; links are not followed. `cur` comes last: it is where messages move to."""
        found = []
        try:
            for folder in ("new", "cur"):
                with os.scandir(Path(self.path, folder)) as entries:
                    files = [one for one in entries if one.is_file(follow_symlinks=False) and one.name[0] != "."]
                found += [(_written(one, otherwise=since), one.path) for one in files]
        except OSError as error:
            raise _unreadable(self.path, error) from error
        return [(written, path) for written, path in found if written >= since.timestamp()]

    def _content(self, path: str) -> bytes | None:
        """The message, wherever a mail reader has put it meanwhile; None for one that was deleted."""
        unique = Path(path).name.partition(":")[0]
        for place in chain([Path(path)], Path(self.path, "cur").glob(f"{escape(unique)}*")):
            try:
                with place.open("rb") as file:
                    return file.read(LARGEST)
            except FileNotFoundError:
                continue
            except OSError as error:
                raise _unreadable(self.path, error) from error
        return None


def _written(file: os.DirEntry[str], *, otherwise: datetime) -> float:
    """When a file was written; `otherwise` for one that was moved this very moment: its name will find it again."""
    try:
        return file.stat(follow_symlinks=False).st_mtime
    except FileNotFoundError:
        return otherwise.timestamp()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImapBox:
    """A folder on an IMAP server (RFC 3501), always over TLS, opened to be read only."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    folder: str
    timeout: float

    def messages(self, *, since: datetime) -> Iterator[tuple[bytes, datetime]]:
        """See BounceBox. One message is in memory at a time, and none is asked for beyond LARGEST bytes."""
        try:
            with self._connected() as server:
                server.login(_quoted(self.user), self.password)
                _expect_ok(server.select(_quoted(self.folder), readonly=True))
                day = since.astimezone(UTC) - _EARLY
                asked = f"SINCE {day.day}-{_MONTHS[day.month - 1]}-{day.year}"
                for number in (_expect_ok(server.uid("SEARCH", asked))[0] or b"").split():
                    yield from _fetched(server, number.decode("ascii"))
        except (OSError, imaplib.IMAP4.error) as error:
            raise _unreadable(f"{self.user} on {self.host}", error) from error

    @contextmanager
    def _connected(self) -> Iterator[imaplib.IMAP4]:
        """A connection that is closed at the end even where the server is past goodbyes, as imaplib's own is not."""
        context = ssl.create_default_context()
        server = imaplib.IMAP4_SSL(self.host, self.port, ssl_context=context, timeout=self.timeout)
        try:
            yield server
        except BaseException:
            server.shutdown()
            raise
        try:
            server.logout()
        except (OSError, imaplib.IMAP4.error):  # all there was has been read
            server.shutdown()


def _fetched(server: imaplib.IMAP4, number: str) -> Iterator[tuple[bytes, datetime]]:
    """One message with its arrival; nothing for one that somebody has deleted meanwhile."""
    parts = _expect_ok(server.uid("FETCH", number, f"(INTERNALDATE BODY.PEEK[]<0.{LARGEST}>)"))
    contents = [part[1] for part in parts if isinstance(part, tuple)]  # what precedes a literal, and the literal
    if contents:
        said = b" ".join(part[0] if isinstance(part, tuple) else part or b"" for part in parts)
        yield contents[0], _arrival(said)


def _arrival(said: bytes) -> datetime:
    """The INTERNALDATE of an answer, such as «15-May-2026 06:31:00 +0100»; servers give it before or after the rest."""
    found = re.search(rb'INTERNALDATE "([ \d]\d-[A-Za-z]{3}-\d{4} [^"]+)"', said)
    if found is None:
        raise imaplib.IMAP4.error("the answer names no date")
    day, month, rest = found[1].decode("ascii", "replace").strip().split("-", 2)
    try:
        return datetime.strptime(f"{day} {_MONTHS.index(month.title()) + 1} {rest}", "%d %m %Y %H:%M:%S %z")
    except ValueError as error:
        raise imaplib.IMAP4.error(f"the answer's date is none: {error}") from error


def _expect_ok(answer: tuple[str, list[Any]]) -> list[Any]:
    status, said = answer
    if status != "OK":
        raise imaplib.IMAP4.error(f"{status} {said!r}")
    return said


def _quoted(text: str) -> str:
    """As a quoted string (RFC 3501, section 4.3); imaplib does so with passwords alone."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _unreadable(what: str, error: Exception) -> Unreachable:
    return Unreachable(f"the bounce mailbox {what}: {error}", mend="look at its path or login, then try again.")
