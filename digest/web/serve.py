"""The pages -> a listening server."""

from waitress.server import create_server

from digest.app.app import App
from digest.errors import UsageError
from digest.web.pages import pages


def serve(app: App, *, host: str, port: int, threads: int = 8) -> None:
    """Answer requests until the process is told to stop.

    Raises:
        UsageError: when the address cannot be listened on.

    """
    try:
        server = create_server(pages(app), host=host, port=port, threads=threads, ident="")
    except OSError as error:
        raise UsageError(
            f"http://{host}:{port} cannot be listened on ({error})", mend="change [serve] port."
        ) from error
    server.run()
