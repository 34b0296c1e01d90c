"""Every letter of the program, out of the outbox and through a real server into a real mailbox, once for all tests."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from digest.adapters.providers.outbox import Outbox
from digest.model.mail import Email, Envelope, Outcome, Recipient
from tests.mailbox.postfix import find_postfix, postfix
from tests.mailbox.programs import required
from tests.render.letters import ENVELOPE, READER, TAG, letters

READERS = (
    READER,
    Recipient(
        delivery_id=18,
        address="sian.jones@reader.example",
        name="Siân Llewelyn-Jônes, «y Bont»",
        unsubscribe_url="https://dailyrose.example/u/18.k3v9Qz0aTqLwXy5R",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One reader's copy of a letter: what was meant, and the very bytes that were handed over."""

    letter: str
    email: Email
    envelope: Envelope
    reader: Recipient
    sent: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """What was handed over, and the maildir in which it lies, a file each."""

    copies: tuple[Copy, ...]
    maildir: Path
    files: tuple[Path, ...]


@pytest.fixture(scope="session")
def mailbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mailbox]:
    """Every letter for every reader; skipped without Postfix or root, required in CI."""
    program = required(find_postfix(), "Postfix")
    folder = tmp_path_factory.mktemp("outbox")
    copies = [copy for name, email in letters().items() for copy in outbox(folder / name, name, email)]
    with tempfile.TemporaryDirectory(prefix="digest-postfix-") as name:
        root = Path(name)
        root.chmod(0o755)  # every daemon runs as a user of its own
        with postfix(program, root) as server:
            files = server.deliver([(copy.reader.address, copy.sent) for copy in copies])
            yield Mailbox(copies=tuple(copies), maildir=server.maildir, files=tuple(files))


@pytest.fixture
def reading_program(request: pytest.FixtureRequest) -> str:
    """A mail reader or browser of the terminal by its name, given as the fixture's parameter."""
    found = shutil.which(str(request.param))
    if found is None:
        if os.environ.get("CI"):
            pytest.fail(f"{request.param} is absent: in CI the letter must be read in it")
        pytest.skip(f"there is no {request.param} on this machine")
    return found


def outbox(folder: Path, name: str, email: Email) -> list[Copy]:
    """One letter for every reader, each at an address of its own, as the outbox writes it."""
    provider = Outbox(folder)
    readers = [reader._replace(address=f"{name}.{reader.address}") for reader in READERS]
    newsletter = "weekly" if name == "weekly" else ENVELOPE.newsletter
    envelope = replace(ENVELOPE, newsletter=newsletter, list_id=f"{newsletter}.dailyrose.example")
    receipt = provider.submit(provider.payload(email, envelope, readers, tag=f"{TAG}.{name}"))
    assert receipt.outcome is Outcome.ACCEPTED
    files = {int(path.name.partition("-")[0]): path.read_bytes() for path in folder.rglob("*.eml")}
    return [
        Copy(letter=name, email=email, envelope=envelope, reader=reader, sent=files[reader.delivery_id])
        for reader in readers
    ]
