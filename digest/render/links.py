"""A URL from anywhere -> the address as it is printed, or a ValueError that says what is wrong with it."""

import re
from urllib.parse import quote, urlsplit, urlunsplit

from digest.model.mail import UNSUBSCRIBE_PLACEHOLDER
from digest.render.merge import addressed

LONGEST = 2_000
"""Longer addresses are cut by mail programs, and one of them would eat the size budget of ten stories."""

_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_HOST = re.compile(rf"(?=.{{1,253}}\Z){_LABEL}(?:\.{_LABEL})*\.?", re.IGNORECASE)
_HOST_V6 = re.compile(r"[0-9a-f:.]+", re.IGNORECASE)
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f-\xa0\\\u2028\u2029]")
_MAILBOX = re.compile(r"[A-Za-z0-9.!#&'*+/=?^_`~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


def link(url: str) -> str:
    """An absolute http(s) address, percent-encoded so that any parser and any provider reads the same (RFC 3986).

    Braces, brackets, bars and lone percent signs are encoded, which disarms merge syntax in
    links; an international host is written in its ASCII form. Idempotent. Raises ValueError for
    other schemes, user names, hosts that cannot be, blanks, and addresses over 2,000 characters.
    """
    if _FORBIDDEN.search(url):
        raise ValueError(f"{url[:80]!r} holds a blank, a control character or a backslash")
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"}:
        raise ValueError(f"{url[:80]!r} does not begin with http:// or https://")
    if "@" in parts.netloc:
        raise ValueError(f"{url[:80]!r} holds a user name")
    behind = (_quoted(parts.path), _quoted(parts.query), _quoted(parts.fragment))
    written = urlunsplit((parts.scheme, _host(parts.hostname or "") + _port(parts.port), *behind))
    if len(written) > LONGEST:
        raise ValueError(f"{url[:80]!r} is longer than {LONGEST:,} characters")
    return written


def source_link(url: str) -> str:
    """As `link`, for what a feed names: our own placeholder is refused, it would become the reader's link."""
    written = link(url)
    if urlsplit(written).hostname == urlsplit(UNSUBSCRIBE_PLACEHOLDER).hostname:
        raise ValueError(f"{url[:80]!r} is the placeholder of the unsubscribe link")
    return written


def contact_link(contact: str) -> str:
    """`mailto:` for a mailbox, the address for a web page, nothing for other words."""
    if _MAILBOX.fullmatch(contact):
        return f"mailto:{contact}"
    try:
        return link(contact)
    except ValueError:
        return ""


def _host(name: str) -> str:
    if ":" in name and _HOST_V6.fullmatch(name):
        return f"[{name}]"
    ascii_name = name if name.isascii() else name.encode("idna").decode("ascii")
    if not _HOST.fullmatch(ascii_name):
        raise ValueError(f"{name[:80]!r} cannot be the name of a machine")
    return ascii_name


def _port(port: int | None) -> str:
    return "" if port is None else f":{port}"


def _quoted(part: str) -> str:
    return addressed(quote(_LONE_PERCENT.sub("%25", part), safe="/:@!$&'()*+,;=?~%-._"))
