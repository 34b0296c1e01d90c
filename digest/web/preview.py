"""The preview desk: an edition in every view, what the checks find and why each story is there. It changes nothing."""

import hashlib
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from http import HTTPStatus

from flask import Flask, Response, redirect, request
from jinja2 import Environment
from werkzeug.wrappers import Response as AnyResponse

from digest.app.app import App
from digest.app.shipped import shipped
from digest.app.watch import WatchedApp
from digest.errors import DigestError, UsageError
from digest.model.mail import Email
from digest.model.schedule import Schedule
from digest.pipeline.preview import Preview, preview
from digest.render.merge import as_entities
from digest.render.templates import environment, fill
from digest.schedule import local_day
from digest.web import desk, ledger
from digest.web.frame import frame
from digest.web.look import Look
from digest.web.loopback import is_addressed_to_us

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; frame-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
LETTER_POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src https: http:; form-action 'none'; "
    "frame-ancestors 'self'"
)
"""The letter's own policy: no script, whatever stands in it; its styles are its own and its pictures are fetched."""

EMPTY: dict[str, object] = {
    "newsletters": (),
    "title": "",
    "day": None,
    "days": (),
    "earlier": None,
    "later": None,
    "standing": None,
    "frame_url": "",
    "empty_because": "",
    "findings": (),
    "entries": (),
    "spiked": (),
}
"""What the page says of an edition that cannot be shown."""


def preview_pages(watched: WatchedApp, *, newsletter: str) -> Flask:
    """Return the WSGI application; it begins with today's edition of `newsletter`. There is no way to change anything.

    What cannot be shown because a file is broken is told in the letter's place; see docs/preview.md.
    """
    web = Flask(__name__, static_folder=None, template_folder=None)
    pages = _Desk(watched)
    rules: dict[str, Callable[..., AnyResponse]] = {
        "/": lambda: pages.today(newsletter),
        "/<name>/": pages.today,
        "/<name>/<day>": pages.page,
        "/<name>/<day>/letter": pages.letter,
        "/state": pages.state,
        "/preview.css": lambda: pages.file("preview/preview.css", "text/css"),
        "/preview.js": lambda: pages.file("preview/preview.js", "text/javascript"),
        "/favicon.ico": lambda: Response(status=HTTPStatus.NO_CONTENT),
    }
    for rule, answer in rules.items():
        web.add_url_rule(rule, rule, answer, methods=["GET"])
    web.before_request(_only_for_us)
    web.register_error_handler(DigestError, _trouble)
    web.after_request(_hardened)
    return web


class _Desk:
    """The pages; each request sees the program as its files then have it."""

    def __init__(self, watched: WatchedApp) -> None:
        self._watched = watched
        self._last: tuple[object, Preview] | None = None

    def state(self) -> Response:
        """Tell whether anything has changed since a state that the browser names (RFC 9110, 13.1.2)."""
        answer = Response(status=HTTPStatus.NO_CONTENT)
        answer.set_etag(self._watched.state())
        answer.make_conditional(request)
        return answer

    def file(self, name: str, kind: str) -> Response:
        return Response(_texts()[name], mimetype=kind)

    def today(self, name: str) -> AnyResponse:
        """Lead to today's edition, or say why that cannot be known just now."""
        state, look = self._watched.state(), Look.asked(request.path, request.args)
        try:
            app = self._watched.app()
            day = local_day(_schedule(app, name), app.line.clock())
        except DigestError as error:
            return _page(look, state, error)
        return redirect(look.at(f"/{name}/{day}"))

    def page(self, name: str, day: str) -> Response:
        """Answer with the desk, and in the letter's place with the error where there is one."""
        state, look = self._watched.state(), Look.asked(request.path, request.args)
        values: dict[str, object] = {}
        try:
            app = self._watched.app()
            values |= _around(app, _schedule(app, name), _date(day), look)
            found = self._previewed(app, state, name, _date(day))
            values |= _shown(found, look, app)
        except DigestError as error:
            return _page(look, state, error, **values)
        return _page(look, state, **values)

    def letter(self, name: str, day: str) -> Response:
        """Answer with what stands in the frame; 404 for an edition that has no letter."""
        state = self._watched.state()
        app = self._watched.app()
        found = self._previewed(app, state, name, _date(day))
        if found.email is None:
            raise UsageError(f"{name} of {day} is empty", mend="its page says why.")
        text = _framed(found, found.email, Look.asked(request.path, request.args), app)
        return Response(text, mimetype="text/html", headers={"Content-Security-Policy": LETTER_POLICY})

    def _previewed(self, app: App, state: str, name: str, day: date) -> Preview:
        """Make the preview, or take the last one: a page and its frame are two requests for the same.

        `state` was read before `app` was, so that nothing old is kept under the name of something new.
        """
        now = app.line.clock()
        key = (state, name, day, now.replace(second=0, microsecond=0))
        last = self._last
        if last is None or last[0] != key:
            last = (key, preview(_schedule(app, name), day=day, now=now, line=app.line))
            self._last = last
        return last[1]


def _around(app: App, schedule: Schedule, day: date, look: Look) -> dict[str, object]:
    """What can be said whether or not the letter can be shown."""
    name, today = schedule.newsletter, local_day(schedule, app.line.clock())
    days = desk.days(app.line.editions.days(name), look, newsletter=name, shown=day, today=today)
    earlier, later = desk.beside(days)
    return {
        "newsletters": desk.newsletters(app.line.newsroom.schedules, look, shown=name),
        "title": schedule.title,
        "day": day,
        "days": days,
        "earlier": earlier,
        "later": later,
    }


def _shown(found: Preview, look: Look, app: App) -> dict[str, object]:
    text = _framed(found, found.email, look, app) if found.email else ""
    mark = hashlib.sha256(text.encode()).hexdigest()[:16]
    record, edition = found.record, found.judgement.edition
    return {
        "standing": desk.standing(found),
        "frame_url": f"{look.frame_url}&v={mark}{ledger.fragment(found, look)}" if text else "",
        "empty_because": (record.reason if record else "") or edition.empty_because,
        "findings": ledger.noted(found.findings, look),
        "entries": ledger.entries(found, look),
        "spiked": ledger.spiked(found, look),
    }


def _framed(found: Preview, email: Email, look: Look, app: App) -> str:
    return frame(found, email, look.view, jinja=_jinja(), sender=app.line.newsroom.sender)


def _page(look: Look, state: str, error: DigestError | None = None, /, **values: object) -> Response:
    status = HTTPStatus.NOT_FOUND if isinstance(error, UsageError) else HTTPStatus.OK
    trouble = error and {"what": (type(error).__doc__ or "").strip(), "detail": error.detail, "mend": error.mend}
    always = {"look": look, "state": state, "views": desk.views(look), "widths": desk.widths(look), "trouble": trouble}
    text = fill(_jinja(), "preview/page.html.j2", **{**EMPTY, **values, **always})
    return Response(as_entities(text), status=status, mimetype="text/html")


def _schedule(app: App, name: str) -> Schedule:
    for schedule in app.line.newsroom.schedules:
        if schedule.newsletter == name:
            return schedule
    known = ", ".join(schedule.newsletter for schedule in app.line.newsroom.schedules)
    raise UsageError(f"there is no newsletter {name!r}", mend=f"there are: {known}.")


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{text!r} is no date", mend="write one such as 2026-05-15.") from error


def _jinja() -> Environment:
    """The templates of the desk itself, which no newsroom's own folder changes."""
    return _compiled(tuple(_texts().items()))


@lru_cache(maxsize=1)
def _compiled(texts: tuple[tuple[str, str], ...]) -> Environment:
    """An environment keeps its templates compiled, so the one of these very texts is kept."""
    return environment(dict(texts))


def _texts() -> dict[str, str]:
    folder = shipped("templates")
    paths = sorted((folder / "preview").iterdir())
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def _only_for_us() -> Response | None:
    if is_addressed_to_us(request.host):
        return None
    text = "This is the preview of somebody's newsroom; it answers to the names of its own machine only.\n"
    return Response(text, status=HTTPStatus.MISDIRECTED_REQUEST, mimetype="text/plain")


def _trouble(error: Exception) -> Response:
    """Say it in words where there is no page to say it on."""
    status = HTTPStatus.NOT_FOUND if isinstance(error, UsageError) else HTTPStatus.SERVICE_UNAVAILABLE
    return Response(f"{error}\n", status=status, mimetype="text/plain")


def _hardened(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response
