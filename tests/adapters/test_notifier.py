import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from digest.adapters import notifier as notifier_module
from digest.adapters.notifier import CommandNotifier, NoNotifier, WebhookNotifier
from digest.model.mail import Alert
from digest.ports.world import Notifier

ALERT = Alert(key="k", kind="feed", message="«Dead» $(touch x)", at=datetime(2026, 5, 15, 6, 30, tzinfo=UTC))
AS_JSON = {"key": "k", "kind": "feed", "message": "«Dead» $(touch x)", "at": "2026-05-15T06:30:00+00:00"}


def test_a_command_gets_the_alert_on_its_standard_input(tmp_path: Path) -> None:
    script = "import pathlib, sys; pathlib.Path(sys.argv[1]).write_bytes(sys.stdin.buffer.read())"
    notifier: Notifier = CommandNotifier([sys.executable, "-c", script, str(tmp_path / "told")])
    assert notifier.notify(ALERT) == ""
    assert json.loads((tmp_path / "told").read_bytes()) == AS_JSON


def test_a_command_that_fails_says_what_went_wrong() -> None:
    told = CommandNotifier([sys.executable, "-c", "import sys; sys.exit('no modem')"]).notify(ALERT)
    assert told.endswith("ended with 1: no modem")


def test_a_command_that_is_not_there_says_so() -> None:
    assert CommandNotifier(["/no/such/command"]).notify(ALERT).startswith("/no/such/command could not be run")


def test_a_command_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notifier_module, "TIMEOUT_SECONDS", 0.2)
    told = CommandNotifier([sys.executable, "-c", "import time; time.sleep(60)"]).notify(ALERT)
    assert told.endswith("did not end within 0.2 seconds")


def test_a_webhook_gets_the_alert_as_json(loopback: Callable[..., Any], answer: Callable[..., bytes]) -> None:
    server = loopback(answer("204 No Content"))
    assert WebhookNotifier(server.url).notify(ALERT) == ""
    head, _, body = server.requests[0].partition(b"\r\n\r\n")
    assert b"application/json" in head
    assert json.loads(body) == AS_JSON


@pytest.mark.parametrize("status", ["302 Found", "404 Not Found", "500 Oops"])
def test_a_webhook_that_does_not_take_it_says_so(
    loopback: Callable[..., Any], answer: Callable[..., bytes], status: str
) -> None:
    told = WebhookNotifier(loopback(answer(status, Location="http://x.invalid")).url).notify(ALERT)
    assert told == f"the webhook answered HTTP {status[:3]}"


def test_a_webhook_that_cannot_be_reached_does_not_give_its_address_away() -> None:
    told = WebhookNotifier("http://provider.invalid/secret-token").notify(ALERT)
    assert told == "the webhook could not be reached (ConnectionError)"


def test_who_wants_no_alerts_gets_none() -> None:
    assert NoNotifier().notify(ALERT) == ""
