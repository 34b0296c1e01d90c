"""An enhanced status code, or a provider's own word -> what a bounce says of the address."""

import re
from collections.abc import Mapping

from digest.model.feedback import BounceClass

_CODE = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")

_BY_DETAIL: Mapping[str, BounceClass] = {
    "5.2.2": BounceClass.SOFT,
    "5.2.3": BounceClass.OURS,
    "5.3.4": BounceClass.OURS,
    "5.1.7": BounceClass.OURS,
    "5.1.8": BounceClass.OURS,
}
"""Details that differ from their subject: a full mailbox, a letter too long for it or for the
system, a sender's address that is none."""

_BY_SUBJECT: Mapping[str, BounceClass] = {
    "1": BounceClass.HARD,
    "2": BounceClass.HARD,
    "3": BounceClass.SOFT,
    "4": BounceClass.SOFT,
    "5": BounceClass.OURS,
    "6": BounceClass.OURS,
    "7": BounceClass.OURS,
}
"""The second number of a permanent failure (RFC 3463, section 3): addressing, mailbox, system, routing, protocol,
content, security or policy."""


def enhanced_status(text: str) -> str:
    """Return the first enhanced status code in `text` (RFC 3463, section 2), such as «5.1.1»; empty where none is."""
    found = _CODE.search(text)
    return found[0] if found else ""


def bounce_class(status: str, *, said: BounceClass) -> BounceClass:
    """Class a bounce by its status code; by the provider's own class `said` where there is no code that tells more.

    Whatever is 4.x.x is soft. A refusal for policy (5.7.x) is ours whatever the provider calls it: it says nothing of
    the reader. X.0.0 («other undefined status») tells nothing.
    """
    parsed = _CODE.fullmatch(status)
    if parsed is None:
        return said
    if parsed[1] == "4":
        return BounceClass.SOFT
    if parsed[1] == "2":
        return said
    return _BY_DETAIL.get(status) or _BY_SUBJECT.get(parsed[2], said)
