"""A link as a feed gives it -> the canonical URL of the page, and the key by which two pages are one."""

import re
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import SplitResult, parse_qsl, quote, urljoin, urlsplit, urlunsplit

from digest.collect import googlenews
from digest.collect.hosts import (
    AGGREGATORS,
    AMP_PATHS,
    HOSTS,
    REDIRECTORS,
    SAME_HOST,
    TRACKING,
    TRACKING_AT,
    TRACKING_PREFIXES,
)

LONGEST = 4096
"""Characters; browsers and servers stop somewhere beyond 8,000, feeds that go there do not mean it as a link."""

PORTS = {"http": 80, "https": 443}
AROUND = "".join(map(chr, range(0x21)))
SLASHES = re.compile(r"^(https?:|)//+", re.IGNORECASE)
BREAKS = re.compile(r"[\t\n\r]")
NUMBER = re.compile(r"(?:^|\.)(?:[0-9]+|0x[0-9a-f]*)\.?$")
IN_PATH = "/:@!$&'()*+,;=~%"
IN_QUERY = IN_PATH + "?"
HOST = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*\.?|\[[0-9a-f:.]+\]")


CLEAN = re.compile(
    r"https?://((?:[a-z0-9]+(?:-+[a-z0-9]+)*\.)+[a-z]{2,})(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+/?(?:\?([A-Za-z0-9._~=&-]*))?"
)
"""An address with nothing in it to put right but its parameters: host, path, query. Most of what feeds give is one."""

SPECIAL = frozenset({*HOSTS, *AMP_PATHS, *(host for host, _ in REDIRECTORS), "news.google.com"})
"""Hosts whose paths mean more than a page."""


def canonical(url: str, *, base: str = "") -> str:
    """The one way in which we write the address of a page; "" where there is no usable http(s) address.

    Relative links are resolved against `base`. Scheme and host in lower case, no default port,
    fragment, tracking parameters or dot segments; parameters keep their order, reserved
    characters their escapes (RFC 3986, section 6.2.2). An address with a user name is refused.
    `canonical(canonical(x)) == canonical(x)`.
    """
    clean = CLEAN.fullmatch(url)
    if clean and clean[1] not in SPECIAL and not clean[1].endswith(".ampproject.org") and len(url) <= LONGEST:
        return _without_tracking(url, clean[1], clean[2])
    split = _split(url, base)
    while split and (inner := _unwrapped(split)) is not None:  # each wrapping is longer than what it wraps
        split = _split(inner, "")
    written = _written(split) if split else ""
    return written if len(written) <= LONGEST else ""


def absolute(url: str, *, base: str) -> str:
    """Resolve a link as a browser would (WHATWG: backslashes are slashes, breaks are nothing); "" if it cannot be."""
    cleaned = BREAKS.sub("", url.strip(AROUND))
    head, mark, tail = cleaned.partition("?")
    try:
        return urljoin(base, SLASHES.sub(r"\1//", head.replace("\\", "/")) + mark + tail)
    except ValueError:  # what urllib says of brackets that no host can have
        return ""


def same_page_key(url: str) -> str:
    """What two canonical URLs of one page share: no scheme, no «www.», no slash at the end."""
    split = urlsplit(url)
    host = split.netloc.removeprefix("www.")
    query = f"?{split.query}" if split.query else ""
    fragment = f"#{split.fragment}" if split.fragment else ""
    return SAME_HOST.get(host, host) + split.path.rstrip("/") + query + fragment


def is_home(url: str) -> bool:
    """Whether a canonical URL is a site's home page, which is no article's own."""
    return url.rstrip("/").endswith(f"://{authority_of(url)}")


def is_aggregator(url: str) -> bool:
    """Whether the link leads to an aggregator's redirect, not to the publisher's own page."""
    return authority_of(url) in AGGREGATORS


def authority_of(url: str) -> str:
    """The host of a canonical URL, with its port if it has one (RFC 3986, section 3.2); "" where there is no URL."""
    return url.partition("://")[2].partition("/")[0]


def same_site(one: str, other: str) -> bool:
    """Whether two canonical URLs are of one host, or of a host and one below it, «www.» apart."""
    hosts = sorted((authority_of(url).removeprefix("www.") for url in (one, other)), key=len)
    return f".{hosts[1]}".endswith(f".{hosts[0]}")


def _without_tracking(url: str, host: str, query: str | None) -> str:
    """The clean address without the parameters that only track."""
    if query is None:
        return url
    kept = "&".join(piece for piece in query.split("&") if piece and not _is_tracking(host, piece))
    page = url.partition("?")[0]
    return f"{page}?{kept}" if kept else page


def _split(url: str, base: str) -> SplitResult | None:
    """Take the URL apart; None if it is no use."""
    try:
        split = urlsplit(absolute(url, base=base))
        usable = split.scheme in PORTS and split.username is None and len(url) <= LONGEST
        host = _host(split.hostname or "", split.port, split.scheme)
    except ValueError:  # what urllib says of ports and Unicode that no host can have
        return None
    return split._replace(netloc=host) if usable and host else None


def _host(name: str, port: int | None, scheme: str) -> str:
    """The host in lower-case ASCII (IDNA), with its port unless that is the default; "" if no host can be so.

    What ends in a number is an IPv4 address for a browser (URL standard, section 3.5): written any
    other way than with four decimal numbers it would lead elsewhere than it says, and is refused.
    """
    ascii_name = (name if name.isascii() else _punycode(name)).lower()
    if ":" in ascii_name:
        ascii_name = f"[{IPv6Address(ascii_name)}]"
    elif NUMBER.search(ascii_name):
        ascii_name = str(IPv4Address(ascii_name.removesuffix(".")))
    if not HOST.fullmatch(ascii_name) or port == 0:
        return ""
    named = HOSTS.get(ascii_name.rstrip("."), ascii_name.rstrip("."))
    return named if port in (None, PORTS.get(scheme)) else f"{named}:{port}"


def _punycode(name: str) -> str:
    """A name in other letters as browsers send it (UTS 46: «faß» stays «faß»)."""
    import idna

    return idna.encode(name, uts46=True).decode("ascii")


def _unwrapped(split: SplitResult) -> str | None:
    """The address inside an AMP cache's or a redirector's address, or None."""
    wrapping = r"/(?:c|v|wp)/(s/)?(.+)" if split.netloc.endswith(".cdn.ampproject.org") else r"/amp/(s/)?(.+\..+)"
    cached = re.fullmatch(wrapping, split.path)
    if cached and (split.netloc in {"www.google.com", "www.google.co.uk"} or "ampproject" in split.netloc):
        query = f"?{split.query}" if split.query else ""
        return f"{'https' if cached[1] else 'http'}://{cached[2]}{query}"
    if split.netloc == "news.google.com":
        return googlenews.written_into(split.path)
    wanted = REDIRECTORS.get((split.netloc, split.path), ())
    values = dict(parse_qsl(split.query))
    return next((values[name] for name in wanted if name in values), None)


def _written(split: SplitResult) -> str:
    """Put the parts together again, each in its one normal form."""
    path = _path(split.netloc, split.path)
    pieces = [piece for piece in split.query.split("&") if piece and not _is_tracking(split.netloc, piece)]
    query = "&".join(_escaped(piece, IN_QUERY) for piece in pieces)
    fragment = _escaped(split.fragment, IN_QUERY) if split.fragment.startswith("!") else ""
    return urlunsplit((split.scheme, split.netloc, path, query, fragment))


def _path(host: str, path: str) -> str:
    """The path without dot segments, repeated slashes at its end and an AMP ending."""
    whole = _without_dots(_escaped(path, IN_PATH))
    ending = AMP_PATHS.get(host)
    while ending and whole.endswith(ending):
        whole = whole.removesuffix(ending) + ("/" if ending.endswith("/") else "")
    return re.sub(r"/+$", "/", whole) or "/"


def _without_dots(path: str) -> str:
    """Resolve «.» and «..» (RFC 3986, section 5.2.4)."""
    kept: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            del kept[max(1, len(kept) - 1) :]
        elif segment != ".":
            kept.append(segment)
    return "/".join(kept) + ("/" if path.endswith(("/.", "/..")) else "")


def _is_tracking(host: str, piece: str) -> bool:
    """Whether `name=value` only says where the reader came from."""
    name = piece.partition("=")[0].casefold()
    return name.startswith(TRACKING_PREFIXES) or name in TRACKING or name in TRACKING_AT.get(host, ())


def _escaped(part: str, safe: str) -> str:
    """Escape what may not stand in a URL, and write escapes in one way: %7E is ~, %2f is %2F, a lost % is %25."""
    repaired = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", part)
    plain = re.sub(r"%[0-9A-Fa-f]{2}", lambda found: _one_escape(found.group()), repaired)
    return quote(plain, safe=safe, errors="replace")


def _one_escape(escape: str) -> str:
    """An unreserved character needs no escape (RFC 3986, section 2.3); every other one is written in capitals."""
    character = chr(int(escape[1:], 16))
    return character if character.isascii() and (character.isalnum() or character in "-._~") else escape.upper()
