"""The letters of an outbox, delivered by a real mail server into a real mailbox, once for all tests."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from digest.adapters.providers.outbox import Outbox
from digest.model.mail import Outcome, Recipient
from tests.mailbox.postfix import find_postfix, postfix
from tests.render.letters import ENVELOPE, READER, TAG, letter

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
class Mailbox:
    """What was handed over, by address, and the maildir in which it lies."""

    sent: dict[str, bytes]
    maildir: Path
    files: tuple[Path, ...]


@pytest.fixture(scope="session")
def mailbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mailbox]:
    """The daily letter for every reader, as the outbox writes it; skipped without Postfix or root, required in CI."""
    program = find_postfix()
    if program is None or os.geteuid() != 0:
        if os.environ.get("CI"):
            pytest.fail("Postfix or root is absent: in CI letters must be delivered")
        pytest.skip("a real mailbox needs Postfix and root")
    sent = outbox(tmp_path_factory.mktemp("outbox"))
    with tempfile.TemporaryDirectory(prefix="digest-postfix-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # every daemon runs as a user of its own
        with postfix(program, folder) as server:
            files = server.deliver(list(sent.items()))
            yield Mailbox(sent=sent, maildir=server.maildir, files=tuple(files))


@pytest.fixture
def reading_program(request: pytest.FixtureRequest) -> str:
    """A mail reader or browser of the terminal by its name, given as the fixture's parameter."""
    found = shutil.which(str(request.param))
    if found is None:
        if os.environ.get("CI"):
            pytest.fail(f"{request.param} is absent: in CI the letter must be read in it")
        pytest.skip(f"there is no {request.param} on this machine")
    return found


def outbox(folder: Path) -> dict[str, bytes]:
    """The .eml files of the outbox, by the address of their readers."""
    provider = Outbox(folder)
    receipt = provider.submit(provider.payload(letter(), ENVELOPE, READERS, tag=TAG))
    assert receipt.outcome is Outcome.ACCEPTED
    files = {int(path.name.partition("-")[0]): path.read_bytes() for path in folder.rglob("*.eml")}
    return {reader.address: files[reader.delivery_id] for reader in READERS}
