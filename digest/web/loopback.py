"""Who may ask: this machine, by a name that is its own."""

import ipaddress

from digest.errors import UsageError

LOCAL = "localhost"


def refuse_public(host: str) -> None:
    """Refuse to listen where others could reach us: the preview has no login.

    Raises:
        UsageError: when `host` is no loopback address (RFC 1122, 3.2.1.3; RFC 4291, 2.5.3).

    """
    if not _is_loopback(host):
        raise UsageError(
            f"--host {host} can be reached from other machines, and the preview has no login",
            mend="listen on 127.0.0.1; from elsewhere, `ssh -L 8090:127.0.0.1:8090 HOST` leads there.",
        )


def is_addressed_to_us(host: str) -> bool:
    """Say whether a Host header names this machine, on whatever port.

    A page elsewhere may give its own name our address and have a browser ask us under it (DNS
    rebinding); then the header holds that name.
    """
    name, colon, port = host.rpartition(":")
    if not colon or not port.isdecimal():
        name = host
    return _is_loopback(name.removeprefix("[").removesuffix("]") if name.startswith("[") else name)


def _is_loopback(host: str) -> bool:
    if host.lower() == LOCAL:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
