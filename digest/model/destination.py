"""A web address as somebody wrote it -> where it leads: scheme, host and port in one spelling, as browsers read it."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import quote, unquote

WEB_PORTS = {"http": 80, "https": 443}
LONGEST_SHOWN = 120
LONGEST_ADDRESS = 4096
"""Characters; RFC 9110, section 4.1 asks for at least 8000 octets of servers, and no feed has needed half."""

_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_WHOLE = re.compile(r"(?P<scheme>https?)://(?P<authority>[^/?#]*)(?P<target>[^#]*)(#[^\n]*)?", re.IGNORECASE)
_NAME = re.compile(r"(?=.{1,253}\Z)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*")
_NUMBER = re.compile(r"0x[0-9a-f]*|[0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """Where an address leads. `host` is ASCII in small letters, IP addresses in their one usual spelling.

    `target` is path and query, percent-encoded. `url` is made of these parts again, so that whoever fetches it
    cannot read another host in it than was judged here.
    """

    scheme: str
    host: str
    port: int
    target: str

    @property
    def host_port(self) -> str:
        """The host as own_hosts names it: 127.0.0.1:8123, [::1]:80, cms.example.org:443."""
        return f"{bracketed(self.host)}:{self.port}"

    @property
    def url(self) -> str:
        """The address, in one spelling."""
        port = "" if self.port == WEB_PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{bracketed(self.host)}{port}{self.target}"

    def is_among(self, own_hosts: Collection[str]) -> bool:
        """True when own_hosts names this host with this port, or, for ports 80 and 443, without one."""
        is_web = self.port in WEB_PORTS.values()
        return self.host_port in own_hosts or (is_web and bracketed(self.host) in own_hosts)


def read(url: str) -> Destination:
    """Return what an address says, whether or not we may follow it.

    The host is read as browsers do (the URL standard, section 3.5): percent-encoding, IDNA, numbers that are IPv4
    addresses. What a browser would silently mend (backslashes, line breaks, missing slashes) is refused.

    Raises:
        ValueError: when it is no plain address of the web, saying what to write.

    """
    text = url.strip()
    shown = f"{text[:LONGEST_SHOWN]!r}"
    parts = _WHOLE.fullmatch(text)
    if not parts or not parts["authority"]:
        raise ValueError(f"{shown} is not an http or https address; write one such as https://example.org/feed")
    if "@" in parts["authority"]:
        host = parts["authority"].rpartition("@")[2]
        raise ValueError(
            f"the address at {host[:LONGEST_SHOWN]!r} has a user name in it, which we do not send; take it out"
        )
    if len(text) > LONGEST_ADDRESS or "\\" in parts["authority"] or _CONTROLS.search(text):
        raise ValueError(f"{shown} is too long or has a backslash or control character in it; write it without")
    try:
        host, port = host_and_port(parts["authority"])
    except ValueError as error:
        raise ValueError(f"{shown} has no valid host and port; correct them") from error
    scheme = parts["scheme"].lower()
    target = parts["target"] if parts["target"].startswith("/") else f"/{parts['target']}"
    return Destination(
        scheme=scheme,
        host=host,
        port=WEB_PORTS[scheme] if port is None else port,
        target=quote(target, safe="!$%&'()*+,/:;=?@[]~"),
    )


def host_and_port(authority: str) -> tuple[str, int | None]:
    """Return host and port of «host», «host:port», «[v6]» or «[v6]:port»; ValueError when there is no sense in it."""
    if authority.startswith("["):
        inner, closed, after = authority[1:].partition("]")
        if not closed or "%" in inner or (after and not after.startswith(":")):
            raise ValueError(authority)
        return str(IPv6Address(inner)), _port(after[1:])
    host, _, port = authority.partition(":")
    return _host(host), _port(port)


def _port(text: str) -> int | None:
    digits = text.lstrip("0")
    if not text:
        return None
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 5 and int(digits) <= 65535):
        raise ValueError(text)
    return int(digits)


def _host(text: str) -> str:
    """Return a name, or an IPv4 address however it was written, in one spelling."""
    name = unquote(text, errors="strict")
    if not name.isascii():
        import idna

        name = idna.encode(name, uts46=True).decode("ascii")
    name = name.lower().removesuffix(".")
    if not _NAME.fullmatch(name):
        raise ValueError(text)
    return str(_ipv4(name)) if _NUMBER.fullmatch(name.rpartition(".")[2]) else name


def _ipv4(name: str) -> IPv4Address:
    """Read what ends in a number as browsers and inet_aton do: 127.1, 0x7f.1, 0177.0.0.1, 2130706433."""
    *first, last = (_number(part) for part in name.split("."))
    if len(first) > 3 or any(part > 255 for part in first) or last >= 256 ** (4 - len(first)):
        raise ValueError(name)
    return IPv4Address(last + sum(part << (24 - 8 * place) for place, part in enumerate(first)))


def _number(text: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise ValueError(text)
    if text.startswith("0x"):
        return int(text[2:] or "0", 16)
    return int(text, 8 if text.startswith("0") else 10)


def bracketed(host: str) -> str:
    """Return a host as it stands in an address: IPv6 in brackets (RFC 3986, section 3.2.2)."""
    return f"[{host}]" if ":" in host else host
