"""Copies for readers, and the provider of SMTP, for its tests."""

from digest.adapters.providers.smtp import Smtp, SmtpPayload
from digest.model.mail import Outcome, Receipt, Recipient
from tests.adapters.providers.letter import EMAIL, ENVELOPE, TAG

KEY = b"0123456789abcdef"
BASE = "bounces@lists.example.org"
A, R, L = Outcome.ACCEPTED, Outcome.REJECTED, Outcome.RETRYABLE


def readers(count: int) -> tuple[Recipient, ...]:
    """So many readers, from number 1 on."""
    return tuple(
        Recipient(
            delivery_id=n, address=f"reader{n}@example.org", name="", unsubscribe_url=f"https://example.org/u/{n}"
        )
        for n in range(1, count + 1)
    )


def smtp(port: int, **options: object) -> Smtp:
    """A provider for a server on this port of loopback."""
    given = {"host": "127.0.0.1", "port": port, "security": "none", "bounce_address": BASE, "key": KEY, "timeout": 5.0}
    return Smtp(**(given | options))  # type: ignore[arg-type]


def payload(count: int) -> SmtpPayload:
    """The copies of so many readers."""
    return smtp(25).payload(EMAIL, ENVELOPE, readers(count), tag=TAG)


def fates(receipt: Receipt) -> dict[int, Outcome]:
    """What became of each."""
    return {fate.delivery_id: fate.outcome for fate in receipt.fates}
