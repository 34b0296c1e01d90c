"""The pages a sent mail needs: unsubscribe, and the proof that it is us who answer."""

import json
from collections.abc import Callable
from http import HTTPStatus

from flask import Flask, Response, request

from digest import __version__
from digest.app.app import App
from digest.app.shipped import templates
from digest.errors import DigestError, InvalidToken
from digest.pipeline.line import Line
from digest.pipeline.subscribe import Standing, standing, unsubscribe
from digest.render.templates import environment, fill

LONGEST_NONCE = 64

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


def pages(app: App) -> Flask:
    """Return the WSGI application. A GET or HEAD never changes anything: scanners follow links."""
    web = Flask(__name__, static_folder=None, template_folder=None)
    letters = _Letters(app)
    web.add_url_rule("/u/<token>", "ask", lambda token: letters.answer(token, standing), methods=["GET"])
    web.add_url_rule("/u/<token>", "leave", lambda token: letters.answer(token, unsubscribe), methods=["POST"])
    web.add_url_rule("/healthz", "health", lambda: _health(app), methods=["GET"])
    web.add_url_rule("/page.css", "sheet", letters.sheet, methods=["GET"])
    web.register_error_handler(DigestError, _out_of_order)
    web.after_request(_hardened)
    return web


class _Letters:
    """The pages behind the links of a mail."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._texts = templates()
        self._jinja = environment(self._texts)

    def answer(self, token: str, act: Callable[[int, Line], tuple[Standing, str]]) -> Response:
        try:
            found, title = act(self._app.delivery(token), self._app.line)
        except InvalidToken:
            found, title = Standing.UNKNOWN, ""
        match found:
            case Standing.SUBSCRIBED:
                return self._page("unsubscribe", title=title)
            case Standing.GONE:
                return self._page("gone", title=title)
            case Standing.PROOF:
                return self._page("proof")
            case Standing.UNKNOWN:
                return self._page("unknown", status=HTTPStatus.NOT_FOUND)

    def sheet(self) -> Response:
        return Response(self._texts["pages/page.css"], mimetype="text/css")

    def _page(self, name: str, *, title: str = "", status: HTTPStatus = HTTPStatus.OK) -> Response:
        brand = self._app.line.newsroom.brand
        text = fill(self._jinja, f"pages/{name}.html.j2", newsroom=brand.name, contact=brand.contact, title=title)
        return Response(text, status=status, mimetype="text/html")


def _health(app: App) -> Response:
    nonce = request.args.get("nonce", "")[:LONGEST_NONCE]
    told = {"digest": __version__, "proof": app.proof_of_identity(nonce) if nonce else ""}
    return Response(json.dumps(told), mimetype="application/json")


def _out_of_order(error: Exception) -> Response:
    """Say that it was not done, so that a mail program tries again (a database being restored, a full disk)."""
    del error
    text = "This could not be done just now. Please try again in a few minutes.\n"
    return Response(text, status=HTTPStatus.SERVICE_UNAVAILABLE, mimetype="text/plain", headers={"Retry-After": "300"})


def _hardened(response: Response) -> Response:
    response.headers.update(HEADERS)
    return response
