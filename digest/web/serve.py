"""The pages -> a listening server."""

import socket
from collections.abc import Callable

from flask import Flask
from waitress.server import BaseWSGIServer, MultiSocketServer, create_server

from digest.app.app import App
from digest.errors import UsageError
from digest.web.pages import pages

LARGEST_BODY = 16 * 1024
"""Bytes of a request body; the one-click POST of RFC 8058 has 26. The pages read none of it."""


def serve(app: App, *, host: str, port: int, told: Callable[[str], None]) -> None:
    """Answer requests until the process is told to stop; `told` hears the address once it can be reached.

    Raises:
        UsageError: when the address cannot be listened on.

    """
    server = listener(app, host=host, port=port)
    told(f"http://{host}:{port}")
    server.run()


def listener(app: App, *, host: str, port: int, threads: int = 8) -> BaseWSGIServer | MultiSocketServer:
    """Return a server that listens and does not answer yet (`run` does); a port of 0 is any free one.

    Raises:
        UsageError: when the address cannot be listened on.

    """
    return listening(pages(app), host=host, port=port, threads=threads, mend="change [serve] host and port.")


def listening(web: Flask, *, host: str, port: int, mend: str, threads: int = 8) -> BaseWSGIServer | MultiSocketServer:
    """Return the same for any of our applications; `mend` says what to change when the address is taken.

    Raises:
        UsageError: when the address cannot be listened on.

    """
    try:
        opened = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except (OSError, ValueError) as error:  # ValueError: a host name that cannot be encoded
        raise UsageError(f"http://{host}:{port} cannot be listened on ({error})", mend=mend) from error
    most = LARGEST_BODY + 1  # waitress refuses what reaches its limit
    return create_server(web, sockets=[opened], threads=threads, ident="", max_request_body_size=most)


def bound(server: BaseWSGIServer | MultiSocketServer) -> int:
    """Return the port on which a listener of ours can be reached: it was made of exactly one socket."""
    return int(vars(server)["effective_port"])
