"""The pages -> a listening server."""

from collections.abc import Callable

from waitress.server import BaseWSGIServer, MultiSocketServer, create_server

from digest.app.app import App
from digest.errors import UsageError
from digest.web.pages import LARGEST_BODY, pages


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
    try:
        return create_server(
            pages(app), host=host, port=port, threads=threads, ident="", max_request_body_size=LARGEST_BODY
        )
    except (OSError, ValueError) as error:  # waitress says ValueError for a host it cannot make out
        raise UsageError(
            f"http://{host}:{port} cannot be listened on ({error})", mend="change [serve] host and port."
        ) from error
