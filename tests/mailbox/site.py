"""A mail site on loopback: readers with a mailbox, readers without, and the mailbox to which bounces come."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.adapters.certificates import certificate
from tests.mailbox.postfix import Postfix, find_postfix, free_port, postfix
from tests.mailbox.programs import required

DOMAIN = "reader.example"
BOUNCES = "bounces@lists.example.org"
LARGEST_LETTER = 20_000
BUSY = f"busy@{DOMAIN}"
"""Nobody can hand anything over to him today, says the strict server."""

SETTINGS = f"""\
recipient_delimiter = +
virtual_mailbox_domains = {DOMAIN}, lists.example.org
virtual_mailbox_maps = texthash:{{folder}}/boxes
smtpd_reject_unlisted_recipient = no
smtpd_tls_security_level = encrypt
smtpd_tls_cert_file = {{folder}}/localhost.crt
smtpd_tls_key_file = {{folder}}/localhost.key
"""

STRICT = f"""\
127.0.0.1:{{port}} inet n - n - - smtpd
  -o smtpd_tls_security_level=none
  -o smtpd_reject_unlisted_recipient=yes
  -o smtpd_recipient_restrictions=check_recipient_access,texthash:{{folder}}/busy
  -o message_size_limit={LARGEST_LETTER}
  -o smtpd_hard_error_limit=3
  -o smtpd_error_sleep_time=0
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A running server with two doors, its folder, and the certificate by which it is known as localhost.

    At its own port it asks for TLS, and takes letters for whom it does not know: they bounce. At the strict one it has
    no TLS, refuses such readers at once, and longer letters, and ends a connection after three mistakes.
    """

    server: Postfix
    strict_port: int
    folder: Path
    trusted: Path

    @property
    def inbox(self) -> Path:
        """The maildir of all readers."""
        return self.server.maildir

    @property
    def bounces(self) -> Path:
        """The maildir to which bounces come."""
        return self.folder / "mail" / "bounces"

    def wait_for_mail(self, *addresses: str) -> None:
        """Until each of these (or one that begins so) has had a letter put into a mailbox since the last time."""
        waiting = set(addresses)
        while waiting:
            self.server.wait_for("status=sent (delivered to maildir)")
            waiting = {address for address in waiting if f"to=<{address}" not in self.server.said[-1]}


@contextmanager
def site(readers: Sequence[str]) -> Iterator[Site]:
    """A site on which these addresses have a mailbox; skipped without Postfix or root, required in CI."""
    program = required(find_postfix(), "Postfix")
    with tempfile.TemporaryDirectory(prefix="digest-postfix-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # every daemon runs as a user of its own
        trusted, _ = certificate(folder, "localhost")
        boxes = [f"{address} inbox/" for address in (*readers, BUSY)]
        (folder / "boxes").write_text("\n".join([*boxes, f"{BOUNCES} bounces/", ""]))
        (folder / "busy").write_text(f"{BUSY} 450 4.2.1 busy\n")
        strict = free_port()
        services = STRICT.format(port=strict, folder=folder)
        with postfix(program, folder, settings=SETTINGS.format(folder=folder), services=services) as server:
            yield Site(server=server, strict_port=strict, folder=folder, trusted=trusted)


def letters(maildir: Path) -> list[bytes]:
    """What lies unread in a maildir, in order of arrival."""
    return [path.read_bytes() for path in sorted((maildir / "new").iterdir())]
