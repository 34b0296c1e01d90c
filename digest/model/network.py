"""The blocks of addresses that are not the public internet, each with its name and its RFC.

From IANA's special-purpose registries for IPv4 and IPv6, without the few blocks there that anybody may reach, and
with what is multicast, reserved or retired. A block that lies within another stands before it.
"""

from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A block of addresses and what it is for."""

    network: IPv4Network | IPv6Network
    name: str
    source: str


GLOBAL_UNICAST = IPv6Network("2000::/3")
"""The only part of IPv6 that is handed out to the public (RFC 4291, section 2.4); the rest is refused unnamed."""

IPV4_MAPPED = IPv6Network("::ffff:0:0/96")
"""An IPv4 address in IPv6 dress (RFC 4291, section 2.5.5.2): the system speaks IPv4 to it."""

IPV4_COMPATIBLE = IPv6Network("::/96")
"""The retired form of the same (RFC 4291, section 2.5.5.1)."""

_TABLE = (
    ("0.0.0.0/8", "this network", "RFC 791"),
    ("10.0.0.0/8", "private use", "RFC 1918"),
    ("100.64.0.0/10", "shared by carriers’ customers", "RFC 6598"),
    ("127.0.0.0/8", "loopback", "RFC 1122"),
    ("169.254.0.0/16", "link-local", "RFC 3927"),
    ("172.16.0.0/12", "private use", "RFC 1918"),
    ("192.0.0.0/24", "IETF protocols", "RFC 6890"),
    ("192.0.2.0/24", "documentation", "RFC 5737"),
    ("192.88.99.0/24", "6to4 relays, retired", "RFC 7526"),
    ("192.168.0.0/16", "private use", "RFC 1918"),
    ("198.18.0.0/15", "benchmarking", "RFC 2544"),
    ("198.51.100.0/24", "documentation", "RFC 5737"),
    ("203.0.113.0/24", "documentation", "RFC 5737"),
    ("224.0.0.0/4", "multicast", "RFC 5771"),
    ("255.255.255.255/32", "broadcast", "RFC 919"),
    ("240.0.0.0/4", "reserved", "RFC 1112"),
    ("::/128", "unspecified", "RFC 4291"),
    ("::1/128", "loopback", "RFC 4291"),
    ("64:ff9b::/96", "NAT64", "RFC 6052"),
    ("64:ff9b:1::/48", "local NAT64", "RFC 8215"),
    ("100::/64", "discarded", "RFC 6666"),
    ("100:0:0:1::/64", "dummy prefix", "RFC 9780"),
    ("2001::/32", "Teredo", "RFC 4380"),
    ("2001:2::/48", "benchmarking", "RFC 5180"),
    ("2001:10::/28", "ORCHID, retired", "RFC 4843"),
    ("2001:20::/28", "ORCHIDv2", "RFC 7343"),
    ("2001:30::/28", "drones’ identities", "RFC 9374"),
    ("2001::/23", "IETF protocols", "RFC 2928"),
    ("2001:db8::/32", "documentation", "RFC 3849"),
    ("2002::/16", "6to4", "RFC 3056"),
    ("3ffe::/16", "6bone, retired", "RFC 3701"),
    ("3fff::/20", "documentation", "RFC 9637"),
    ("5f00::/16", "segment routing", "RFC 9602"),
    ("fc00::/7", "unique local", "RFC 4193"),
    ("fe80::/10", "link-local", "RFC 4291"),
    ("fec0::/10", "site-local, retired", "RFC 3879"),
    ("ff00::/8", "multicast", "RFC 4291"),
)

SPECIAL = tuple(Block(network=ip_network(text), name=name, source=source) for text, name, source in _TABLE)
