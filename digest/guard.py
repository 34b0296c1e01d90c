"""A web address -> where it leads, or why we do not go there: private networks, odd ports, user names (SSRF).

Written addresses are judged here, as browsers would read them; what a name resolves to is judged when the
connection is made, with `why_private`, by whoever makes it.
"""

from collections.abc import Collection
from ipaddress import IPv4Address, IPv6Address

from digest.model.destination import Destination, bracketed, host_and_port, read
from digest.model.network import GLOBAL_UNICAST, IPV4_COMPATIBLE, IPV4_MAPPED, SPECIAL

LOCAL_SUFFIXES = tuple(
    ".localhost .local .internal .localdomain .intranet .private .corp .home .lan .home.arpa".split()
)
"""Names that belong to local networks: RFC 6761, RFC 6762 with its appendix G, RFC 8375, and ICANN's «.internal»."""

OTHER_SERVICES = frozenset(
    {1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110}
    | {111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531}
    | {532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190}
    | {5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080}
)
"""Ports on which something else than the web listens: the «bad ports» of the Fetch standard, section 2.9."""


def refusal(url: str, own_hosts: Collection[str] = ()) -> str:
    """Return why a feed may not lie at this address and how to mend it; "" when it may."""
    try:
        destination(url, own_hosts)
    except ValueError as error:
        return str(error)
    return ""


def destination(url: str, own_hosts: Collection[str] = ()) -> Destination:
    """Return where an address leads that we may follow. `own_hosts` as `own_host` returns them.

    Raises:
        ValueError: saying why not, with the input and the mend.

    """
    found = read(url)
    if why := why_not(found, own_hosts):
        raise ValueError(f"{found.host_port} {why}; {mend(found)}")
    return found


def why_not(found: Destination, own_hosts: Collection[str] = ()) -> str:
    """Return why nothing may lead there, as far as the address itself tells; "" for the public and for own hosts."""
    if found.is_among(own_hosts):
        return ""
    if found.port in OTHER_SERVICES:
        return "is a port at which no web server listens"
    return _why_private_as_written(found)


def mend(found: Destination) -> str:
    """Return what to do about an own host that was refused."""
    return (
        f'if it is the newsroom\'s own, add "{found.host_port}" to own_hosts under [collect], '
        "or own_host = true to the source"
    )


def why_private(address: IPv4Address | IPv6Address) -> str:
    """Return why an address is not on the public internet, such as «loopback, RFC 1122»; "" where it is.

    `is_global` of the standard library is no help: it lets NAT64, 6to4, multicast and site-local addresses through.
    """
    if isinstance(address, IPv6Address) and address in IPV4_MAPPED:
        return why_private(_embedded(address))
    for block in SPECIAL:
        if address.version == block.network.version and address in block.network:
            return f"{block.name}, {block.source}"
    if isinstance(address, IPv4Address) or address in GLOBAL_UNICAST:
        return ""
    is_compatible = address in IPV4_COMPATIBLE
    return (is_compatible and why_private(_embedded(address))) or "outside the global unicast addresses, RFC 4291"


def own_host(entry: str) -> str:
    """Return an entry of own_hosts in its one spelling: «name», which stands for ports 80 and 443, or «name:port».

    Raises:
        ValueError: when it is neither; there are no wildcards and no ranges.

    """
    try:
        host, port = host_and_port(entry)
        return bracketed(host) if port is None else f"{bracketed(host)}:{port}"
    except ValueError as error:
        raise ValueError(
            "is not a host; write a name or an address, with its port where that is neither 80 nor 443, no wildcard: "
            '"cms.example.org" or "127.0.0.1:8123"'
        ) from error


def typed_host(url: str) -> frozenset[str]:
    """Return the host of an address that the newsroom itself chose, as an own host; none where it is no address."""
    try:
        return frozenset({read(url).host_port})
    except ValueError:
        return frozenset()


def private_host(url: str) -> frozenset[str]:
    """Return the host of an address that somebody typed, as an own host, if it lies on a private network as written.

    Any other name stays under guard: who typed it saw the name, and not where it resolves to.
    """
    try:
        found = read(url)
    except ValueError:
        return frozenset()
    return frozenset({found.host_port}) if _why_private_as_written(found) else frozenset()


def _why_private_as_written(found: Destination) -> str:
    """Return why an address lies on a private network that says so itself; what a name resolves to shows later."""
    if ":" in found.host or found.host.rpartition(".")[2].isdigit():
        address = IPv6Address(found.host) if ":" in found.host else IPv4Address(found.host)
        why = why_private(address)
        return f"is on a private network ({why})" if why else ""
    if "." not in found.host or found.host.endswith(LOCAL_SUFFIXES):
        return "is a name of a local network"
    return ""


def _embedded(address: IPv6Address) -> IPv4Address:
    """Return the IPv4 address in the last 32 bits."""
    return IPv4Address(int(address) & 0xFFFFFFFF)
