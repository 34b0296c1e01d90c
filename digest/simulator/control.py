"""Requests below /_simulator/ -> what was accepted and called, another script, another time."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from datetime import timedelta
from http import HTTPStatus

from digest.errors import ScriptError
from digest.simulator.exchange import Accepted, Answer, Copy, Request, as_json, compact
from digest.simulator.office import Office
from digest.simulator.outcomes import happenings
from digest.simulator.script import script

PREFIX = "/_simulator/"


class Control:
    """The simulator's own pages; docs/simulator.md lists them."""

    def __init__(self, office: Office, *, moved: Callable[[], object]) -> None:
        """`moved` hears that the clock, the script or the log is another now."""
        self._office = office
        self._moved = moved
        self._pages: Mapping[tuple[str, str], Callable[[Request], Answer]] = {
            ("GET", "log"): self._log,
            ("GET", "calls"): self._calls,
            ("GET", "events"): self._events,
            ("GET", "clock"): self._clock,
            ("POST", "clock"): self._move,
            ("POST", "reset"): self._reset,
            ("GET", "script"): self._script,
            ("PUT", "script"): self._play,
            ("POST", "script"): self._play,
        }

    def __call__(self, request: Request) -> Answer | None:
        """The answer to a request of ours; None for the provider's."""
        if not request.path.startswith(PREFIX):
            return None
        name = request.path.removeprefix(PREFIX)
        page = self._pages.get((request.method, name))
        if page is None:
            known = ", ".join(sorted(f"{method} {PREFIX}{each}" for method, each in self._pages))
            return as_json(HTTPStatus.NOT_FOUND, {"error": f"there is no {request.method} {request.path}: {known}"})
        return page(request)

    def _log(self, request: Request) -> Answer:
        """A line per copy; `?tag=` those of a batch."""
        return _lines(
            flat(call, copy) for call in self._office.log.accepted(request.asked().get("tag")) for copy in call.copies
        )

    def _calls(self, request: Request) -> Answer:  # noqa: ARG002 - a page takes a request
        return _lines(asdict(call) | {"at": call.at.isoformat()} for call in tuple(self._office.calls))

    def _events(self, request: Request) -> Answer:
        now = self._office.clock.now()
        return _lines(
            {"id": each.id, "at": each.at.isoformat(), "kind": each.kind.value, "code": each.code}
            | {"address": each.copy.address, "delivery": each.copy.delivery, "tag": call.tag}
            for call in self._office.log.accepted(request.asked().get("tag"))
            for each in happenings(call, self._office.script.fortunes, until=now)
        )

    def _clock(self, request: Request) -> Answer:  # noqa: ARG002 - a page takes a request
        return as_json(HTTPStatus.OK, {"now": self._office.clock.now().isoformat()})

    def _move(self, request: Request) -> Answer:
        """`{"move": 86400}`: so many seconds on, or back."""
        try:
            given = json.loads(request.body)
            self._office.clock.move(timedelta(seconds=float(given["move"])))
        except (ValueError, TypeError, KeyError, OverflowError) as error:
            return as_json(HTTPStatus.BAD_REQUEST, {"error": f'send {{"move": SECONDS}} ({error!r})'})
        self._moved()
        return self._clock(request)

    def _reset(self, request: Request) -> Answer:  # noqa: ARG002 - a page takes a request
        self._office.reset()
        self._moved()
        return as_json(HTTPStatus.OK, {})

    def _script(self, request: Request) -> Answer:  # noqa: ARG002 - a page takes a request
        return as_json(HTTPStatus.OK, self._office.script.model_dump(mode="json"))

    def _play(self, request: Request) -> Answer:
        try:
            self._office.play(script(request.body.decode(), name="the script"))
        except (ScriptError, UnicodeDecodeError) as error:
            return as_json(HTTPStatus.BAD_REQUEST, {"error": str(error)})
        self._moved()
        return self._script(request)


def flat(call: Accepted, copy: Copy) -> dict[str, object]:
    """A copy with what its call says of it."""
    shared = {"call": call.call, "at": call.at.isoformat(), "provider": call.provider, "id": call.id}
    return shared | {"tag": call.tag, "key": call.key} | asdict(copy)


def _lines(rows: Iterable[object]) -> Answer:
    body = b"".join(compact(row) + b"\n" for row in rows)
    return Answer(status=HTTPStatus.OK, headers=(("Content-Type", "application/x-ndjson"),), body=body)
