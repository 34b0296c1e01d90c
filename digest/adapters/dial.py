"""A host and a port -> a connected socket, once every address of the host was found to be on the public internet.

A name is resolved once, and the address that was judged is the one that is called: a name server that answers
differently the second time (DNS rebinding) is never asked a second time.
"""

import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any

from digest.adapters.limits import Deadline, Refused
from digest.guard import mend, why_private
from digest.model.destination import Destination

Address = tuple[str, int] | tuple[str, int, int, int]
"""An address of the system's: IP and port, for IPv6 with flow and scope."""


def _resolve(host: str, port: int) -> Sequence[Address]:
    found: list[Any] = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [address for *_, address in found]


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """The two calls that leave this machine: what a name resolves to, and a socket to give to `connect`.

    Handed in, so that a test can be the internet.
    """

    resolve: Callable[[str, int], Sequence[Address]] = _resolve
    new_socket: Callable[[int], socket.socket] = socket.socket


def dial(
    destination: Destination,
    *,
    network: Network,
    deadline: Deadline,
    may_be_private: bool,
    opened: Callable[[socket.socket], None],
) -> socket.socket:
    """Connect to the first address that answers, each in its share of the time left; `opened` sees each socket.

    Raises:
        Refused: when the name is unknown or any of its addresses is private.
        OSError: when no address answers.

    """
    addresses = _judged(destination, network, may_be_private=may_be_private)
    for waiting, address in zip(range(len(addresses), 0, -1), addresses, strict=True):
        try:
            made = _connected(address, network, deadline.remaining() / waiting, opened)
        except OSError:
            if waiting == 1:
                raise
        else:
            made.settimeout(deadline.remaining())
            return made
    raise Refused("its host name is not known")


def _judged(destination: Destination, network: Network, *, may_be_private: bool) -> list[Address]:
    """Resolve, and refuse the name as a whole if one of its addresses is private: it is not for us to pick."""
    try:
        addresses = list(dict.fromkeys(network.resolve(destination.host, destination.port)))
    except (OSError, UnicodeError) as error:
        raise Refused("its host name is not known") from error
    for address in addresses:
        why = "" if may_be_private else why_private(ip_address(address[0]))
        if why:
            raise Refused(
                f"{destination.host_port} leads to {address[0]}, on a private network ({why}); {mend(destination)}"
            )
    return addresses


def _connected(
    address: Address, network: Network, seconds: float, opened: Callable[[socket.socket], None]
) -> socket.socket:
    """Call one judged address, and make sure that it is the one that answers."""
    made = network.new_socket(socket.AF_INET6 if ":" in address[0] else socket.AF_INET)
    try:
        opened(made)
        made.settimeout(seconds)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        made.connect(address)
        _check_peer(made, address)
    except BaseException:
        made.close()
        raise
    return made


def _check_peer(made: socket.socket, address: Address) -> None:
    """Refuse a connection that ends elsewhere: nothing but the judged address may hear what we ask."""
    if ip_address(made.getpeername()[0]) != ip_address(address[0]):
        raise Refused("its connection ends at another address than was called")
