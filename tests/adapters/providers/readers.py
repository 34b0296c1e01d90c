"""Readers for the tests of providers that are handed their names too."""

from digest.model.mail import Recipient

HOSTILE_NAMES = (
    "",
    "Zoë O’Hara-Smith",
    'Réader "n", Esq.',
    "a; b",
    "{{params.brace}}",
    "-link-",
    "a@b.org>, <c@d.org",
    "\r\nBcc: x",
    "n" * 500,
)
"""Names that would be more than a name, if they could."""


def readers(count: int, name: str = "") -> tuple[Recipient, ...]:
    """As many, each with an address and a link of his own."""
    return tuple(
        Recipient(
            delivery_id=n, address=f"reader{n}@example.org", name=name, unsubscribe_url=f"https://example.org/u/{n}"
        )
        for n in range(1, count + 1)
    )
