"""SMTP: one message per reader, over connections to a mail server that are kept.

Sources: RFC 5321, RFC 3207 (STARTTLS), RFC 4954 (AUTH), RFC 1047 (the answer that is lost after the dot). Each copy has
an envelope sender of its own (VERP), so that a bounce says whose it is; what came of it is read from the mailbox behind
that address (RFC 3464).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address

from digest.adapters.bounce_box import BounceBox, ImapBox, Maildir
from digest.adapters.dkim_signature import Signer
from digest.adapters.smtp_line import NONE, STARTTLS, Door
from digest.adapters.smtp_receipt import Standing, receipt
from digest.adapters.smtp_turn import Copy, Lines, answers
from digest.deliver.dsn import reports
from digest.deliver.token import KEY_ID
from digest.deliver.verp import bounce_address
from digest.errors import ConfigError, ProviderMisused, Unproven
from digest.model.feedback import Event
from digest.model.mail import Email, Envelope, Fate, Outcome, Receipt, Recipient, Trace
from digest.render.mime import message

LARGEST_BATCH = 50
"""Readers of whom nothing is known when the program is killed in the middle of a batch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpPayload:
    """The messages of one batch, and the readers for whom no valid message can be made, with the reason."""

    copies: tuple[Copy, ...]
    refused: tuple[Fate, ...] = ()


class Smtp:
    """`ports.Provider` for a mail server of the newsroom's choice."""

    name = "smtp"
    batch_size = LARGEST_BATCH
    connections = 4
    per_second = 0.0
    replay_for = timedelta(0)
    search_after: timedelta | None = None
    is_real = True

    def __init__(
        self,
        *,
        host: str,
        bounce_address: str,
        key: bytes,
        port: int = 587,
        security: str = STARTTLS,
        username: str = "",
        password: str = "",
        ehlo_name: str = "",
        dkim_domain: str = "",
        dkim_selector: str = "",
        dkim_key: str = "",
        maildir: str = "",
        imap_host: str = "",
        imap_port: int = 993,
        imap_user: str = "",
        imap_password: str = "",
        imap_folder: str = "INBOX",
        connections: int = connections,
        per_second: float = per_second,
        timeout: float = 30.0,
    ) -> None:
        """`key` seals the bounce addresses; `per_second` counts copies; `timeout` is the seconds for one answer.

        Batches are cut so that one is no more than a second's copies: they go out as fast as the server takes them.
        ConfigError for options that do not go together.
        """
        self.connections = connections
        self.batch_size = min(LARGEST_BATCH, max(1, int(per_second))) if per_second else LARGEST_BATCH
        self.per_second = per_second / self.batch_size
        self._base, self._key = bounce_address, key
        _refuse_contradictions(
            (security == NONE and not _is_loopback(host), 'security = "none" is for a server on this machine alone'),
            (bool(username) is not bool(password), "username and password go together"),
            (not f"{username}{password}".isascii(), "username and password must be ASCII"),
            (
                not f"{imap_user}{imap_password}{imap_folder}".isascii(),
                "imap_user, its password and imap_folder must be ASCII (a folder as IMAP spells it)",
            ),
            (not _is_name(host), f"host {host!r} is no name of a server"),
            (bool(imap_host) and not _is_name(imap_host), f"imap_host {imap_host!r} is no name of a server"),
            (len({bool(dkim_key), bool(dkim_domain), bool(dkim_selector)}) > 1, "dkim_* and its key go together"),
            (bool(maildir and imap_host), "bounces come to a maildir or to an IMAP box, not to both"),
            (
                bool(imap_host) is not bool(imap_user and imap_password),
                "imap_host, imap_user and its password go together",
            ),
        )
        self._sender(0)  # or a ConfigError: better now than at the first copy
        door = Door(
            host=host,
            port=port,
            security=security,
            username=username,
            password=password,
            ehlo_name=ehlo_name,
            timeout=timeout,
        )
        self._lines = Lines(door)
        self._standing = Standing()
        self._signer = Signer(domain=dkim_domain, selector=dkim_selector, key=dkim_key) if dkim_key else None
        self._box: BounceBox | None = None
        if maildir:
            self._box = Maildir(maildir)
        elif imap_host:
            self._box = ImapBox(
                host=imap_host,
                port=imap_port,
                user=imap_user,
                password=imap_password,
                folder=imap_folder,
                timeout=timeout,
            )

    def fits(self, email: Email) -> int:  # noqa: ARG002
        """Any number: each copy is a message of its own."""
        return self.batch_size

    def payload(self, email: Email, envelope: Envelope, recipients: Sequence[Recipient], *, tag: str) -> SmtpPayload:
        """Make and sign every copy; who has an impossible address is refused alone. ProviderMisused for too many."""
        if not 0 < len(recipients) <= LARGEST_BATCH:  # a batch may have been cut under another limit by the second
            raise ProviderMisused(
                f"{len(recipients)} readers in one batch.", mend=f"from 1 to {LARGEST_BATCH} go over SMTP at a time."
            )
        copies: list[Copy] = []
        refused: list[Fate] = []
        for reader in recipients:
            try:
                content = message(email, envelope=envelope, recipient=reader, tag=tag)
            except ProviderMisused as error:
                refused.append(Fate(delivery_id=reader.delivery_id, outcome=Outcome.REJECTED, detail=error.detail))
                continue
            if self._signer:
                content = self._signer.signed(content, at=envelope.sent_at)
            sender = self._sender(reader.delivery_id)
            copies.append(Copy(delivery_id=reader.delivery_id, sender=sender, address=reader.address, content=content))
        return SmtpPayload(copies=tuple(copies), refused=tuple(refused))

    def submit(self, payload: object) -> Receipt:
        """Hand over each copy at most once: what is known of it is its fate, what is not makes the batch uncertain."""
        if not isinstance(payload, SmtpPayload):
            raise ProviderMisused(f"SMTP was handed a {type(payload).__name__}.", mend="Use its own payload().")
        found = tuple(answers(payload.copies, self._lines))
        before = self._standing  # after several threads' copies
        self._standing = before.after(found)
        return receipt(found, payload.refused, before=before)

    def search(self, tag: str, *, since: datetime) -> Trace:  # noqa: ARG002 - SMTP has no records to ask
        """Never asked: SMTP cannot be asked what it took."""
        return Trace.UNKNOWN

    def events(self, headers: Mapping[str, str], body: bytes, *, now: datetime) -> tuple[Event, ...]:  # noqa: ARG002
        """Raise Unproven: a mail server writes to the bounce address and calls nobody."""
        raise Unproven("mail servers write mails and make no calls", mend="run `digest feedback pull` for bounces.")

    def pull(self, *, since: datetime) -> Iterator[Event]:
        """Read the bounces and complaints that came to the bounce address since then; the mailbox stays as it is."""
        if self._box is None:
            raise ProviderMisused(
                "no mailbox is named in which bounces arrive.", mend="set maildir or imap_host in [provider.smtp]."
            )
        return (
            event
            for content, received in self._box.messages(since=since)
            for event in reports(
                content, provider=self.name, base=self._base, keys={KEY_ID: self._key}, received=received
            )
        )

    def _sender(self, delivery_id: int) -> str:
        return bounce_address(self._base, delivery_id, key=self._key, key_id=KEY_ID)


def _refuse_contradictions(*rules: tuple[bool, str]) -> None:
    wrong = [what for is_wrong, what in rules if is_wrong]
    if wrong:
        raise ConfigError(
            f"[provider.smtp]: {'; '.join(wrong)}.", mend="docs/operations.md shows what belongs together."
        )


def _is_name(host: str) -> bool:
    """Whether the resolver takes it: labels that are empty or too long are no failure of the network's."""
    try:
        return bool(host.encode("idna"))
    except UnicodeError:
        return False


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
