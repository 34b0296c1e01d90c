"""The secret behind every link that stands in a mail."""

import contextlib
import os
import secrets
from pathlib import Path

from digest.errors import ConfigError

LEAST_BYTES = 16


def secret_key(given: str, path: Path) -> bytes:
    """Return the key: the one given (DIGEST_SECRET_KEY), else the one in the file at `path`, made on first use.

    Losing the key makes every link in mails already sent void, so `digest db backup` copies the file too.

    Raises:
        ConfigError: when the key is too short to protect anything.

    """
    key = given.encode() if given else _kept(path)
    if len(key) < LEAST_BYTES:
        where = "in DIGEST_SECRET_KEY" if given else f"in {path}"
        raise ConfigError(
            f"the secret key {where} has {len(key)} bytes, {LEAST_BYTES} or more are needed",
            mend="put 32 random characters there; links in mails already sent work with their old key only.",
        )
    return key


def _kept(path: Path) -> bytes:
    if not path.exists():
        _make(path)
    return path.read_bytes().strip()


def _make(path: Path) -> None:
    """Write a new key under a name of its own and link it into place: of many starts at once one key stands."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(32) + "\n")
        file.flush()
        os.fsync(file.fileno())
    with contextlib.suppress(FileExistsError):  # another start was first: its key is the key
        os.link(draft, path)
    draft.unlink()
