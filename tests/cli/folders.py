"""Folders compared, and mails read."""

import email
import email.policy
from email.message import EmailMessage
from hashlib import sha256
from pathlib import Path


def contents(folder: Path) -> dict[str, str]:
    """Every file and folder by its name, with a hash of what is in it."""
    return {
        str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest() if path.is_file() else "folder"
        for path in sorted(folder.rglob("*"))
    }


def mails(folder: Path) -> list[EmailMessage]:
    """Every message of an outbox, parsed; proofs are not copies and are left out."""
    return [read(path.read_bytes()) for path in sorted(folder.rglob("*.eml")) if not path.name.startswith("proof-")]


def read(content: bytes) -> EmailMessage:
    """A message, which must have no defect anywhere."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    assert [part.defects for part in message.walk() if part.defects] == []
    return message


def header(message: EmailMessage, name: str) -> str:
    """The one header of this name."""
    (value,) = message.get_all(name, [])
    return str(value)
