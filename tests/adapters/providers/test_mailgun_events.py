"""What Mailgun tells -> events, when it is Mailgun that tells it."""

import hmac
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest

from digest.adapters.providers.mailgun import Mailgun
from digest.errors import Unproven, Unreachable
from digest.model.feedback import BounceClass, EventKind

NOW = datetime(2026, 5, 15, 7, 0, tzinfo=UTC)
SAID = {
    "event": "failed",
    "id": "e-1",
    "timestamp": 1778826600.5,
    "severity": "permanent",
    "reason": "bounce",
    "recipient": "reader1@example.org",
    "delivery-status": {"code": 550, "message": "550 5.1.1 no such user"},
    "user-variables": {"batch": "b-1", "delivery": "7"},
}
mailgun = Mailgun(domain="example.org", api_key="key", webhook_key="signing")


def call(said: object, *, key: str = "signing", at: datetime = NOW) -> bytes:
    stamp, token = f"{at.timestamp():.0f}", "t" * 50
    signature = hmac.new(key.encode(), (stamp + token).encode(), sha256).hexdigest()
    proof = {"timestamp": stamp, "token": token, "signature": signature}
    return json.dumps({"signature": proof, "event-data": said}).encode()


def test_a_failure_is_told_with_whose_copy_it_was() -> None:
    (event,) = mailgun.events({}, call(SAID), now=NOW)
    assert (event.kind, event.bounce, event.status) == (EventKind.BOUNCED, BounceClass.HARD, "5.1.1")
    assert (event.provider, event.id, event.batch_id, event.delivery_id) == ("mailgun", "e-1", "b-1", 7)
    assert event.address == "reader1@example.org"
    assert event.at == datetime(2026, 5, 15, 6, 30, 0, 500_000, tzinfo=UTC)
    assert event.nonce == "t" * 50
    assert json.loads(event.payload) == SAID


@pytest.mark.parametrize(
    ("changes", "kind", "bounce"),
    [
        ({"event": "accepted"}, EventKind.ACCEPTED, None),
        ({"event": "delivered"}, EventKind.DELIVERED, None),
        ({"event": "complained"}, EventKind.COMPLAINED, None),
        ({"event": "unsubscribed"}, EventKind.UNSUBSCRIBED, None),
        ({"event": "opened"}, EventKind.UNKNOWN, None),
        ({"event": "something new"}, EventKind.UNKNOWN, None),
        ({"event": None}, EventKind.UNKNOWN, None),
        ({"severity": "temporary"}, EventKind.DEFERRED, None),
        ({"reason": "espblock"}, EventKind.BOUNCED, BounceClass.OURS),
        ({"reason": "old"}, EventKind.BOUNCED, BounceClass.SOFT),
        ({"reason": "suppress-bounce", "delivery-status": {"code": 605}}, EventKind.BOUNCED, BounceClass.HARD),
        ({"event": "rejected", "reason": "", "delivery-status": {}}, EventKind.BOUNCED, BounceClass.OURS),
        ({"delivery-status": {"enhanced-code": "5.7.1"}}, EventKind.BOUNCED, BounceClass.OURS),
        ({"delivery-status": {"message": "552 5.2.2 mailbox full"}}, EventKind.BOUNCED, BounceClass.SOFT),
    ],
)
def test_every_kind_has_its_word_and_what_is_not_known_is_kept_as_unknown(
    changes: dict[str, object], kind: EventKind, bounce: BounceClass | None
) -> None:
    (event,) = mailgun.events({}, call(SAID | changes), now=NOW)
    assert (event.kind, event.bounce) == (kind, bounce)


@pytest.mark.parametrize("age", [timedelta(seconds=301), timedelta(seconds=-301), timedelta(days=400)])
def test_a_signature_is_taken_for_five_minutes(age: timedelta) -> None:
    mailgun.events({}, call(SAID, at=NOW - timedelta(seconds=299)), now=NOW)
    with pytest.raises(Unproven, match="five minutes"):
        mailgun.events({}, call(SAID, at=NOW - age), now=NOW)


def test_another_key_proves_nothing_and_neither_does_none() -> None:
    with pytest.raises(Unproven, match="not ours"):
        mailgun.events({}, call(SAID, key="guessed"), now=NOW)
    with pytest.raises(Unproven, match="no proof"):
        Mailgun(domain="example.org", api_key="key").events({}, call(SAID, key=""), now=NOW)


def test_an_event_of_nobody_is_an_event_all_the_same() -> None:
    (event,) = mailgun.events({}, call({"event": "delivered", "user-variables": [], "recipient": 5}), now=NOW)
    assert (event.batch_id, event.delivery_id, event.address, event.at) == ("", 0, "5", NOW)
    assert event.id


def test_a_call_that_is_no_json_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="JSON"):
        mailgun.events({}, b"\xff", now=NOW)


def test_events_are_pulled_page_after_page(loopback: Callable[..., Any], answer: Callable[..., bytes]) -> None:
    def page(ids: list[str], following: str) -> Callable[[str], bytes]:
        def made(url: str) -> bytes:
            items = [SAID | {"id": name} for name in ids]
            said = {"items": items, "paging": {"next": f"{url}/v3/example.org/events/{following}"}}
            return answer("200 OK", json.dumps(said))

        return made

    server = loopback(page(["e-1"], "second"), page(["e-2"], "third"), page([], "third"))
    found = list(Mailgun(domain="example.org", api_key="key", base_url=server.url).pull(since=NOW))
    assert [event.id for event in found] == ["e-1", "e-2"]
    assert not found[0].nonce
    targets = [request.split(b" ", 2)[1].decode() for request in server.requests]
    assert targets[0].startswith(f"/v3/example.org/events?begin={NOW.timestamp():.0f}&ascending=yes")
    assert targets[1:] == ["/v3/example.org/events/second", "/v3/example.org/events/third"]


@pytest.mark.parametrize("page", [{"items": [SAID], "paging": {"next": "https://elsewhere.example/x"}}, {"items": 1}])
def test_a_next_page_elsewhere_is_not_asked_for_with_our_key(
    loopback: Callable[..., Any], answer: Callable[..., bytes], page: dict[str, object]
) -> None:
    server = loopback(answer("200 OK", json.dumps(page)))
    with pytest.raises(Unreachable):
        list(Mailgun(domain="example.org", api_key="key", base_url=server.url).pull(since=NOW))
