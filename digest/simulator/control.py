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
from digest.simulator.seals import Seal
from digest.simulator.sns import TOPIC, SnsSeal
from digest.simulator.webhooks import Webhooks

PREFIX = "/_simulator/"


class Control:
    """The simulator's own pages; docs/simulator.md lists them."""

    def __init__(
        self, office: Office, *, moved: Callable[[], object], webhooks: Webhooks | None, seal: Seal | None
    ) -> None:
        """`moved` hears that the clock, the script or the log is another now, and so do the webhooks."""
        self._office = office
        self._told = moved
        self._webhooks = webhooks
        self._seal = seal
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
            ("GET", "webhooks"): self._attempts,
            ("GET", "sns/certificate.pem"): self._certificate,
            ("GET", "sns/confirm"): self._confirm,
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

    def _moved(self) -> None:
        self._told()
        if self._webhooks:
            self._webhooks.moved()

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
        if self._webhooks:
            self._webhooks.forget()
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

    def _attempts(self, request: Request) -> Answer:  # noqa: ARG002 - a page takes a request
        attempts = tuple(self._webhooks.attempts) if self._webhooks else ()
        return _lines(asdict(each) | {"at": each.at.isoformat()} for each in attempts)

    def _certificate(self, request: Request) -> Answer:  # noqa: ARG002 - a page takes a request
        if not isinstance(self._seal, SnsSeal):
            return as_json(HTTPStatus.NOT_FOUND, {"error": "only ses has a certificate, once --webhook is given"})
        pem = self._seal.certificate
        return Answer(status=HTTPStatus.OK, headers=(("Content-Type", "application/x-pem-file"),), body=pem)

    def _confirm(self, request: Request) -> Answer:
        """As Amazon's SubscribeURL."""
        if not self._webhooks or not self._webhooks.confirm(request.asked().get("Token", "")):
            return as_json(HTTPStatus.FORBIDDEN, {"error": "the token is not that of the confirmation"})
        xml = f"<ConfirmSubscriptionResponse><SubscriptionArn>{TOPIC}:1</SubscriptionArn></ConfirmSubscriptionResponse>"
        return Answer(status=HTTPStatus.OK, headers=(("Content-Type", "text/xml"),), body=xml.encode())


def flat(call: Accepted, copy: Copy) -> dict[str, object]:
    """A copy with what its call says of it."""
    shared = {"call": call.call, "at": call.at.isoformat(), "provider": call.provider, "id": call.id}
    return shared | {"tag": call.tag, "tags": list(call.tags), "key": call.key} | asdict(copy)


def _lines(rows: Iterable[object]) -> Answer:
    body = b"".join(compact(row) + b"\n" for row in rows)
    return Answer(status=HTTPStatus.OK, headers=(("Content-Type", "application/x-ndjson"),), body=body)
