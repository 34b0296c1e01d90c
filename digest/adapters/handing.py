"""What handing over to every provider has in common: what is refused before anybody is called."""

from collections.abc import Sequence
from typing import TypeVar

from digest.errors import ProviderMisused
from digest.model.mail import Recipient

Payload = TypeVar("Payload")


def require_size(recipients: Sequence[Recipient], *, most: int, provider: str) -> None:
    """ProviderMisused for a call to nobody, or to more readers than the provider takes in one."""
    if not 0 < len(recipients) <= most:
        raise ProviderMisused(f"{len(recipients)} readers in one call.", mend=f"{provider} takes from 1 to {most}.")


def require_bytes(body: bytes, *, most: int, provider: str) -> None:
    """ProviderMisused for a call with more bytes than the provider takes in one."""
    if len(body) > most:
        raise ProviderMisused(
            f"{len(body):,} bytes in one call.", mend=f"{provider} takes {most:,}: shorten the letter."
        )


def own(payload: object, kind: type[Payload], *, provider: str) -> Payload:
    """The payload, if it is one of the provider's own; ProviderMisused for another's."""
    if not isinstance(payload, kind):
        raise ProviderMisused(f"{provider} was handed a {type(payload).__name__}.", mend="Use its own payload().")
    return payload
