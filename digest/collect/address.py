"""A link as a feed gives it -> the canonical URL of the page, and the key by which two pages are one."""

import re
from urllib.parse import SplitResult, parse_qsl, quote, urljoin, urlsplit, urlunsplit

LONGEST = 4096
"""Characters; browsers and servers stop somewhere beyond 8,000, feeds that go there do not mean it as a link."""

TRACKING_PREFIXES = ("utm_", "pk_", "mtm_", "at_custom", "ns_", "_hs")
TRACKING = frozenset(
    "at_medium at_campaign at_campaign_type at_link_id at_link_type at_link_origin at_ptr_name at_format at_bbc_team"
    " fbclid gclid gclsrc dclid wbraid gbraid msclkid yclid twclid ttclid igshid igsh mc_cid mc_eid mkt_tok cmp cmpid"
    " cid_source ito intcmp icid ocid ncid s_cid smid smtyp xtor wt_mc wt.mc_id ftcamp ref_src ref_url guccounter"
    " guce_referrer guce_referrer_sig __twitter_impression outputtype traffic_source rssfeed feedtype".split()
)
"""Parameters, in lower case, that say where a reader came from and never which page is meant."""

TRACKING_AT = {"news.google.com": frozenset({"oc", "hl", "gl", "ceid"}), "www.independent.co.uk": frozenset({"amp"})}
"""Parameters that are noise on one host only."""

HOSTS = {
    "amp.theguardian.com": "www.theguardian.com",
    "m.theguardian.com": "www.theguardian.com",
    "amp.bbc.co.uk": "www.bbc.co.uk",
    "amp.bbc.com": "www.bbc.com",
    "m.bbc.co.uk": "www.bbc.co.uk",
    "m.bbc.com": "www.bbc.com",
    "amp.ft.com": "www.ft.com",
    "m.ft.com": "www.ft.com",
    "amp.news.sky.com": "news.sky.com",
    "amp.reuters.com": "www.reuters.com",
    "mobile.reuters.com": "www.reuters.com",
    "m.independent.co.uk": "www.independent.co.uk",
    "amp.theatlantic.com": "www.theatlantic.com",
    "mobile.twitter.com": "twitter.com",
    "m.facebook.com": "www.facebook.com",
    "m.youtube.com": "www.youtube.com",
}
"""AMP and mobile hosts whose paths are known to be those of the full site."""

AMP_PATHS = {
    "www.mirror.co.uk": ".amp",
    "www.express.co.uk": "/amp",
    "www.dailyrecord.co.uk": ".amp",
    "www.walesonline.co.uk": ".amp",
    "www.manchestereveningnews.co.uk": ".amp",
    "www.liverpoolecho.co.uk": ".amp",
    "www.chroniclelive.co.uk": ".amp",
    "www.birminghammail.co.uk": ".amp",
    "metro.co.uk": "/amp/",
    "labourlist.org": "/amp/",
}
"""What an AMP page's path ends in, host by host."""

REDIRECTORS = {
    ("www.google.com", "/url"): ("url", "q"),
    ("www.google.co.uk", "/url"): ("url", "q"),
    ("l.facebook.com", "/l.php"): ("u",),
    ("lm.facebook.com", "/l.php"): ("u",),
}
"""Redirects that carry their target in a parameter (Google Alerts' feeds do)."""

AGGREGATORS = frozenset({"news.google.com", "news.yahoo.com", "www.msn.com", "flipboard.com", "feedproxy.google.com"})
"""Hosts that stand between a reader and the publisher."""

SAME_HOST = {"bbc.com": "bbc.co.uk"}
"""Hosts, without «www.», that serve the same pages under two names."""

PORTS = {"http": 80, "https": 443}
IN_PATH = "/:@!$&'()*+,;=~%"
IN_QUERY = IN_PATH + "?"
HOST = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*\.?|\[[0-9a-f:.]+\]")


def canonical(url: str, *, base: str = "") -> str:
    """The one way in which we write the address of a page; "" where there is no usable http(s) address.

    Relative links are resolved against `base`. Scheme and host in lower case, no default port,
    fragment, tracking parameters or dot segments; parameters keep their order, reserved
    characters their escapes (RFC 3986, section 6.2.2). An address with a user name is refused.
    `canonical(canonical(x)) == canonical(x)`.
    """
    split = _split(url, base)
    while split and (target := _unwrapped(split)) is not None:  # each wrapping is longer than what it wraps
        split = _split(target, "")
    return _written(split) if split else ""


def same_page_key(url: str) -> str:
    """What two canonical URLs of one page share: no scheme, no «www.», no slash at the end."""
    split = urlsplit(url)
    host = split.netloc.removeprefix("www.")
    query = f"?{split.query}" if split.query else ""
    return SAME_HOST.get(host, host) + split.path.rstrip("/") + query


def is_aggregator(url: str) -> bool:
    """Whether the link leads to an aggregator's redirect, not to the publisher's own page."""
    return urlsplit(url).netloc in AGGREGATORS


def _split(url: str, base: str) -> SplitResult | None:
    """Take the URL apart as a browser would (WHATWG: backslashes are slashes); None if it is no use."""
    cleaned = re.sub(r"[\x00-\x1f\x7f]", "", url).strip()
    head, mark, tail = cleaned.partition("?")
    try:
        split = urlsplit(urljoin(base, head.replace("\\", "/") + mark + tail))
        usable = split.scheme in PORTS and split.username is None and len(url) <= LONGEST
        host = _host(split.hostname or "", split.port, split.scheme)
    except ValueError:  # what urllib says of brackets, ports and Unicode that no host can have
        return None
    return split._replace(netloc=host) if usable and host else None


def _host(name: str, port: int | None, scheme: str) -> str:
    """The host in lower-case ASCII (IDNA), with its port unless that is the default; "" if no host can be so."""
    ascii_name = (name if name.isascii() else name.encode("idna").decode("ascii")).lower()
    if ":" in ascii_name:
        ascii_name = f"[{ascii_name}]"
    if not HOST.fullmatch(ascii_name) or port == 0:
        return ""
    named = HOSTS.get(ascii_name.rstrip("."), ascii_name.rstrip("."))
    return named if port in (None, PORTS.get(scheme)) else f"{named}:{port}"


def _unwrapped(split: SplitResult) -> str | None:
    """The address inside an AMP cache's or a redirector's address, or None."""
    wrapping = r"/(?:c|v|wp)/(s/)?(.+)" if split.netloc.endswith(".cdn.ampproject.org") else r"/amp/(s/)?(.+\..+)"
    cached = re.fullmatch(wrapping, split.path)
    if cached and (split.netloc in {"www.google.com", "www.google.co.uk"} or "ampproject" in split.netloc):
        query = f"?{split.query}" if split.query else ""
        return f"{'https' if cached[1] else 'http'}://{cached[2]}{query}"
    wanted = REDIRECTORS.get((split.netloc, split.path), ())
    values = dict(parse_qsl(split.query))
    return next((values[name] for name in wanted if name in values), None)


def _written(split: SplitResult) -> str:
    """Put the parts together again, each in its one normal form."""
    path = _path(split.netloc, split.path)
    pieces = [piece for piece in split.query.split("&") if piece and not _is_tracking(split.netloc, piece)]
    query = "&".join(_escaped(piece, IN_QUERY) for piece in pieces)
    return urlunsplit((split.scheme, split.netloc, path, query, ""))


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
