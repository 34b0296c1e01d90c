"""The outbox: one `.eml` file per copy, for trials, demonstrations and newsrooms that send by other means."""

import os
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from digest.errors import ProviderMisused, Unproven
from digest.model.feedback import Event
from digest.model.mail import Email, Envelope, Fate, Outcome, Receipt, Recipient, Trace
from digest.render.mime import message


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One message and the name of its file, relative to the outbox."""

    delivery_id: int
    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxPayload:
    """The messages of one batch, and the readers for whom no valid message can be made, with the reason."""

    copies: tuple[Copy, ...]
    refused: tuple[Fate, ...] = ()


class Outbox:
    """`ports.Provider` that writes files. A file that is there is never written again: a replay is the same file."""

    name = "outbox"
    batch_size = 100
    connections = 1
    per_second = 0.0
    replay_for = timedelta.max
    search_after: timedelta | None = None
    is_real = False

    def __init__(self, directory: Path) -> None:
        """`directory` is made when the first batch arrives."""
        self._directory = directory

    def fits(self, email: Email) -> int:  # noqa: ARG002
        """Any number: each copy is a file of its own."""
        return self.batch_size

    def payload(self, email: Email, envelope: Envelope, recipients: Sequence[Recipient], *, tag: str) -> OutboxPayload:
        """Render every copy. A reader with an impossible address is refused alone; ProviderMisused for a full batch."""
        if len(recipients) > self.batch_size:
            raise ProviderMisused(
                f"{len(recipients)} readers in one batch.", mend=f"{self.batch_size} are the most for the outbox."
            )
        copies: list[Copy] = []
        refused: list[Fate] = []
        for recipient in recipients:
            try:
                content = message(email, envelope=envelope, recipient=recipient, tag=tag)
            except ProviderMisused as error:
                fate = Fate(delivery_id=recipient.delivery_id, outcome=Outcome.REJECTED, detail=error.detail)
                refused.append(fate)
                continue
            name = f"{_folder(envelope)}/{_file_name(recipient, content)}"
            copies.append(Copy(delivery_id=recipient.delivery_id, name=name, content=content))
        return OutboxPayload(copies=tuple(copies), refused=tuple(refused))

    def submit(self, payload: object) -> Receipt:
        """Put every file in its place; accepted when all are there and on the disk.

        A full or read-only disk is retryable: nothing is lost by writing the rest later.
        """
        if not isinstance(payload, OutboxPayload):
            raise ProviderMisused(f"the outbox was handed a {type(payload).__name__}.", mend="Use its own payload().")
        if payload.refused and not payload.copies:
            return Receipt(outcome=Outcome.REJECTED, detail=payload.refused[0].detail)
        try:
            self._write(payload.copies)
        except OSError as error:
            return Receipt(outcome=Outcome.RETRYABLE, detail=f"the outbox cannot be written: {error}")
        return Receipt(
            outcome=Outcome.ACCEPTED,
            reference=payload.copies[0].name if payload.copies else "",
            fates=payload.refused,
        )

    def search(self, tag: str, *, since: datetime) -> Trace:  # noqa: ARG002 - a file is simply written again
        """Never asked: a replay is the same file."""
        return Trace.UNKNOWN

    def events(self, headers: Mapping[str, str], body: bytes, *, now: datetime) -> tuple[Event, ...]:  # noqa: ARG002
        """Raise Unproven: a folder calls nobody."""
        raise Unproven("the outbox is a folder and calls nobody", mend="take its address out of whoever calls it.")

    def pull(self, *, since: datetime) -> Iterator[Event]:  # noqa: ARG002
        """Raise ProviderMisused: a folder knows nothing of what became of a mail."""
        raise ProviderMisused("the outbox is a folder: it hears of no bounce.", mend="Ask where mail is really sent.")

    def _write(self, copies: Sequence[Copy]) -> None:
        """Write the copies that are not there, then make their names last."""
        for folder in sorted({(self._directory / copy.name).parent for copy in copies}):
            folder.mkdir(parents=True, exist_ok=True)
            with _open_folder(folder) as descriptor:
                for copy in copies:
                    _write_once(folder / Path(copy.name).name, copy.content)
                os.fsync(descriptor)


def _folder(envelope: Envelope) -> str:
    """`<day>-<newsletter>`: the edition's own."""
    return f"{envelope.day:%Y-%m-%d}-{re.sub('[^a-z0-9-]+', '-', envelope.newsletter.casefold())}"


def _file_name(recipient: Recipient, content: bytes) -> str:
    """The delivery and a hash of the address; a proof has no delivery, so each different proof is another file."""
    if recipient.delivery_id < 1:
        return f"proof-{_short_hash(recipient.address.encode() + content)}.eml"
    return f"{recipient.delivery_id}-{_short_hash(recipient.address.encode())}.eml"


def _short_hash(content: bytes) -> str:
    """Ten hexadecimal digits: enough to tell files apart, and no address in a folder listing."""
    return sha256(content).hexdigest()[:10]


@contextmanager
def _open_folder(folder: Path) -> Iterator[int]:
    """A descriptor of the folder, to write its entries to the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _write_once(path: Path, content: bytes) -> None:
    """Write under a name of our own, then link: a file under its name is always complete, and the first one stays."""
    if path.exists():
        return
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", suffix=".part") as part:
        part.write(content)
        part.flush()
        os.fsync(part.fileno())
        try:
            os.link(part.name, path)
        except FileExistsError:
            return
