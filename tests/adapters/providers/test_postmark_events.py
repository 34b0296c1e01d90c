"""What Postmark tells -> events, when it is Postmark that tells it."""

import json
from base64 import b64encode
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from digest.adapters.providers import postmark as module
from digest.adapters.providers.postmark import Postmark
from digest.errors import Unproven, Unreachable
from digest.model.feedback import BounceClass, Event, EventKind

NOW = datetime(2026, 5, 15, 7, 0, tzinfo=UTC)
SAID = {
    "RecordType": "Bounce",
    "ID": 42,
    "Type": "HardBounce",
    "Tag": "b-1",
    "Metadata": {"batch": "b-1", "delivery": "7"},
    "Details": "smtp;550 5.1.1 unknown user",
    "Email": "reader1@example.org",
    "BouncedAt": "2026-05-15T06:30:00.1234567Z",
    "Content": "the whole mail",
}
postmark = Postmark(server_token="token", webhook_password="pass")


def proof(password: str = "pass") -> dict[str, str]:
    return {"authorization": "Basic " + b64encode(f"digest:{password}".encode()).decode()}


def read(**changes: object) -> Event:
    (event,) = postmark.events(proof(), json.dumps(SAID | changes).encode(), now=NOW)
    return event


def test_a_bounce_is_told_with_whose_copy_it_was_and_without_the_mail() -> None:
    event = read()
    assert (event.kind, event.bounce, event.status) == (EventKind.BOUNCED, BounceClass.HARD, "5.1.1")
    assert (event.id, event.batch_id, event.delivery_id, event.address) == ("bounce-42", "b-1", 7, SAID["Email"])
    assert event.at == datetime(2026, 5, 15, 6, 30, 0, 123456, tzinfo=UTC)
    assert "whole mail" not in event.payload


def test_an_event_speaks_for_its_own_copy_alone() -> None:
    assert not read(RecordType="Delivery").speaks_for_batch


@pytest.mark.parametrize(
    ("changes", "kind", "bounce"),
    [
        ({"Type": "SoftBounce", "Details": ""}, EventKind.BOUNCED, BounceClass.SOFT),
        ({"Type": "Blocked", "Details": ""}, EventKind.BOUNCED, BounceClass.OURS),
        ({"Type": "HardBounce", "Details": "550 5.7.1 policy"}, EventKind.BOUNCED, BounceClass.OURS),
        ({"Type": "Transient"}, EventKind.DEFERRED, None),
        ({"Type": "SpamComplaint"}, EventKind.COMPLAINED, None),
        ({"Type": "New in 2027"}, EventKind.UNKNOWN, None),
        ({"RecordType": "Delivery"}, EventKind.DELIVERED, None),
        ({"RecordType": "SpamComplaint"}, EventKind.COMPLAINED, None),
        ({"RecordType": "Open"}, EventKind.UNKNOWN, None),
        (
            {"RecordType": "SubscriptionChange", "SuppressSending": True, "SuppressionReason": "ManualSuppression"},
            EventKind.UNSUBSCRIBED,
            None,
        ),
        (
            {"RecordType": "SubscriptionChange", "SuppressSending": False, "SuppressionReason": "ManualSuppression"},
            EventKind.UNKNOWN,
            None,
        ),
    ],
)
def test_every_kind_has_its_word_and_what_is_not_known_is_kept_as_unknown(
    changes: dict[str, object], kind: EventKind, bounce: BounceClass | None
) -> None:
    event = read(**changes)
    assert (event.kind, event.bounce) == (kind, bounce)


def test_without_the_password_nothing_is_heard() -> None:
    for headers in ({}, proof("guessed"), {"authorization": "Basic é"}):
        with pytest.raises(Unproven, match="not ours"):
            postmark.events(headers, b"{}", now=NOW)
    with pytest.raises(Unproven, match="no proof"):
        Postmark(server_token="token").events(proof(""), b"{}", now=NOW)


@pytest.mark.parametrize("body", [b"[]", b"no", b"\xff"])
def test_what_is_proven_and_unreadable_is_a_value_error(body: bytes) -> None:
    with pytest.raises(ValueError, match="JSON"):
        postmark.events(proof(), body, now=NOW)


def test_bounces_are_pulled_page_after_page(
    loopback: Callable[..., Any], answer: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PAGE", 2)
    bare = {name: value for name, value in SAID.items() if name != "RecordType"}
    pages = [[bare, bare | {"ID": 43}], [bare | {"ID": 44}]]
    server = loopback(*(answer("200 OK", json.dumps({"TotalCount": 3, "Bounces": page})) for page in pages))
    found = list(Postmark(server_token="token", base_url=server.url).pull(since=NOW))
    assert [(event.id, event.kind) for event in found] == [(f"bounce-{n}", EventKind.BOUNCED) for n in (42, 43, 44)]
    asked = [parse_qs(urlsplit(request.split(b" ", 2)[1].decode()).query) for request in server.requests]
    assert asked == [{"count": ["2"], "offset": [n], "fromdate": ["2026-05-14"]} for n in ("0", "2")]


def test_an_answer_that_names_no_bounces_is_not_taken_for_none(
    loopback: Callable[..., Any], answer: Callable[..., bytes]
) -> None:
    server = loopback(answer("200 OK", "{}"))
    with pytest.raises(Unreachable):
        list(Postmark(server_token="token", base_url=server.url).pull(since=NOW))
