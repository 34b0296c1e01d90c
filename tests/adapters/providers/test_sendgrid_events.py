"""What SendGrid tells -> events, when it is SendGrid that tells it."""

import builtins
import json
from base64 import b64encode
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from digest.adapters.events.sendgrid import LISTS
from digest.adapters.providers import sendgrid as module
from digest.adapters.providers.sendgrid import Sendgrid
from digest.errors import ConfigError, Unproven, Unreachable
from digest.model.feedback import BounceClass, Event, EventKind

NOW = datetime(2026, 5, 15, 7, 0, tzinfo=UTC)
SAID = {
    "email": "reader1@example.org",
    "timestamp": 1778826600,
    "smtp-id": "<1@ismtpd>",
    "event": "bounce",
    "type": "bounce",
    "category": ["b-1"],
    "sg_event_id": "e-1",
    "sg_message_id": "m-1.1",
    "reason": "550 5.1.1 no such user",
    "status": "5.1.1",
    "bounce_classification": "Invalid Address",
    "batch": "b-1",
    "delivery": "7",
}
KEY = ec.generate_private_key(ec.SECP256R1())


def shown(key: ec.EllipticCurvePrivateKey, form: Encoding = Encoding.DER) -> str:
    """A public key as SendGrid's settings show it, or as PEM."""
    said = key.public_key().public_bytes(form, PublicFormat.SubjectPublicKeyInfo)
    return said.decode() if form is Encoding.PEM else b64encode(said).decode()


sendgrid = Sendgrid(api_key="key", webhook_public_key=shown(KEY))


def proof(body: bytes, *, at: datetime = NOW, key: ec.EllipticCurvePrivateKey = KEY) -> dict[str, str]:
    stamp = f"{at.timestamp():.0f}"
    return {
        "x-twilio-email-event-webhook-timestamp": stamp,
        "x-twilio-email-event-webhook-signature": b64encode(
            key.sign(stamp.encode() + body, ec.ECDSA(SHA256()))
        ).decode(),
    }


def hear(*said: object) -> tuple[Event, ...]:
    body = json.dumps(said).encode()
    return sendgrid.events(proof(body), body, now=NOW)


def test_a_bounce_is_told_with_whose_copy_it_was() -> None:
    (event,) = hear(SAID)
    assert (event.kind, event.bounce, event.status) == (EventKind.BOUNCED, BounceClass.HARD, "5.1.1")
    assert (event.provider, event.id, event.batch_id, event.delivery_id) == ("sendgrid", "e-1", "b-1", 7)
    assert event.address == "reader1@example.org"
    assert event.at == datetime(2026, 5, 15, 6, 30, tzinfo=UTC)
    assert json.loads(event.payload) == SAID


UNSAID = {"status": "", "reason": "", "bounce_classification": ""}


@pytest.mark.parametrize(
    ("changes", "kind", "bounce"),
    [
        ({"event": "processed"}, EventKind.ACCEPTED, None),
        ({"event": "delivered"}, EventKind.DELIVERED, None),
        ({"event": "deferred"}, EventKind.DEFERRED, None),
        ({"event": "spamreport"}, EventKind.COMPLAINED, None),
        ({"event": "unsubscribe"}, EventKind.UNSUBSCRIBED, None),
        ({"event": "group_unsubscribe"}, EventKind.UNSUBSCRIBED, None),
        ({"event": "group_resubscribe"}, EventKind.UNKNOWN, None),
        ({"event": "open"}, EventKind.UNKNOWN, None),
        ({"event": "click"}, EventKind.UNKNOWN, None),
        ({"event": "account_status_change"}, EventKind.UNKNOWN, None),
        ({"event": "new in 2027"}, EventKind.UNKNOWN, None),
        ({"event": 5}, EventKind.UNKNOWN, None),
        (UNSAID, EventKind.BOUNCED, BounceClass.HARD),
        (UNSAID | {"type": "blocked"}, EventKind.BOUNCED, BounceClass.SOFT),
        (UNSAID | {"type": "blocked", "reason": "550 5.1.1 blocked"}, EventKind.BOUNCED, BounceClass.SOFT),
        (UNSAID | {"type": "blocked", "reason": "550 5.7.1 listed"}, EventKind.BOUNCED, BounceClass.OURS),
        (UNSAID | {"bounce_classification": "Reputation"}, EventKind.BOUNCED, BounceClass.OURS),
        (UNSAID | {"bounce_classification": "Mailbox Unavailable"}, EventKind.BOUNCED, BounceClass.SOFT),
        (UNSAID | {"bounce_classification": "Unclassified"}, EventKind.BOUNCED, BounceClass.HARD),
        ({"status": "5.2.2"}, EventKind.BOUNCED, BounceClass.SOFT),
        ({"event": "dropped", "reason": "Bounced Address"}, EventKind.BOUNCED, BounceClass.HARD),
        ({"event": "dropped", "reason": "Invalid"}, EventKind.BOUNCED, BounceClass.HARD),
        ({"event": "dropped", "reason": "Unsubscribed Address"}, EventKind.UNSUBSCRIBED, None),
        ({"event": "dropped", "reason": "Spam Reporting Address"}, EventKind.BOUNCED, BounceClass.HARD),
        ({"event": "dropped", "reason": "Spam Content"}, EventKind.BOUNCED, BounceClass.OURS),
    ],
)
def test_every_kind_has_its_word_and_what_is_not_known_is_kept_as_unknown(
    changes: dict[str, object], kind: EventKind, bounce: BounceClass | None
) -> None:
    (event,) = hear(SAID | changes)
    assert (event.kind, event.bounce) == (kind, bounce)


def test_an_entry_that_is_none_does_not_lose_the_others() -> None:
    events = hear(SAID, "words", None, {}, [SAID], SAID | {"sg_event_id": "e-2", "timestamp": {}})
    assert [event.kind for event in events] == [
        EventKind.BOUNCED,
        EventKind.UNKNOWN,
        EventKind.UNKNOWN,
        EventKind.UNKNOWN,
        EventKind.UNKNOWN,
        EventKind.BOUNCED,
    ]
    assert events[-1].at == NOW
    assert len({event.id for event in events}) == 6
    assert events[1].payload == '"words"'


@pytest.mark.parametrize(("category", "batch"), [("b-1", "b-1"), (["b-1"], "b-1"), (["a", "b"], ""), (None, "")])
def test_an_event_without_our_arguments_still_has_its_category(category: object, batch: str) -> None:
    (event,) = hear({name: value for name, value in SAID.items() if name != "batch"} | {"category": category})
    assert event.batch_id == batch


@pytest.mark.parametrize("position", [0, 40, -1])
def test_a_byte_that_is_altered_proves_nothing(position: int) -> None:
    body = bytearray(json.dumps([SAID]).encode())
    headers = proof(bytes(body))
    body[position] ^= 1
    with pytest.raises(Unproven, match="not signed"):
        sendgrid.events(headers, bytes(body), now=NOW)


@pytest.mark.parametrize(
    "change",
    [
        {"x-twilio-email-event-webhook-timestamp": "1778828401"},
        {"x-twilio-email-event-webhook-signature": "é"},
        {"x-twilio-email-event-webhook-signature": "AAAA"},
        {"x-twilio-email-event-webhook-signature": "no base64!"},
        {"x-twilio-email-event-webhook-signature": ""},
    ],
)
def test_another_signature_or_time_proves_nothing(change: dict[str, str]) -> None:
    with pytest.raises(Unproven, match="not signed"):
        sendgrid.events(proof(b"[]") | change, b"[]", now=NOW)


def test_another_key_proves_nothing_and_neither_does_none() -> None:
    with pytest.raises(Unproven, match="not signed"):
        sendgrid.events(proof(b"[]", key=ec.generate_private_key(ec.SECP256R1())), b"[]", now=NOW)
    with pytest.raises(Unproven, match="not signed"):
        sendgrid.events({}, b"[]", now=NOW)
    with pytest.raises(Unproven, match="no proof"):
        Sendgrid(api_key="key").events(proof(b"[]"), b"[]", now=NOW)


@pytest.mark.parametrize(
    "age", [timedelta(hours=25, seconds=1), timedelta(minutes=-5, seconds=-1), timedelta(days=400)]
)
def test_a_signature_is_taken_for_as_long_as_sendgrid_tries(age: timedelta) -> None:
    assert sendgrid.events(proof(b"[]", at=NOW - timedelta(hours=24)), b"[]", now=NOW) == ()
    with pytest.raises(Unproven, match="not lately"):
        sendgrid.events(proof(b"[]", at=NOW - age), b"[]", now=NOW)


@pytest.mark.parametrize("body", [b"no", b"\xff"])
def test_what_is_proven_and_unreadable_is_a_value_error(body: bytes) -> None:
    with pytest.raises(ValueError, match="JSON"):
        sendgrid.events(proof(body), body, now=NOW)


@pytest.mark.parametrize("said", [shown(KEY, Encoding.PEM), shown(KEY, Encoding.PEM).replace("\n", "\\n"), shown(KEY)])
def test_the_key_may_be_written_as_sendgrid_shows_it_or_as_pem(said: str) -> None:
    assert Sendgrid(api_key="key", webhook_public_key=said).events(proof(b"[]"), b"[]", now=NOW) == ()


@pytest.mark.parametrize(
    "said", ["words", "AAAA", "é", shown(KEY)[:-8], shown(ec.generate_private_key(ec.SECP384R1()))]
)
def test_a_key_that_is_none_is_a_mistake_of_the_config(said: str) -> None:
    with pytest.raises(ConfigError, match="webhook_public_key"):
        Sendgrid(api_key="key", webhook_public_key=said)


def test_without_the_library_the_mistake_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    imported = builtins.__import__

    def lacks(name: str, *rest: Any, **more: Any) -> Any:
        if name.startswith("cryptography"):
            raise ImportError(name)
        return imported(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", lacks)
    with pytest.raises(ConfigError) as caught:
        Sendgrid(api_key="key", webhook_public_key=shown(KEY))
    assert 'pip install "digest[sendgrid]"' in str(caught.value)
    Sendgrid(api_key="key")


LISTED: dict[str, list[dict[str, object]]] = {
    "bounces": [{"created": 1778826600, "email": "a@example.org", "reason": "550 5.1.1 gone", "status": "5.1.1"}],
    "blocks": [{"created": 1778826601, "email": "b@example.org", "reason": "no route to host", "status": "4.0.0"}],
    "invalid_emails": [{"created": 1778826602, "email": "c@example.org", "reason": "domain is unknown"}],
    "spam_reports": [{"created": 1778826603, "email": "d@example.org", "ip": "192.0.2.1"}],
    "unsubscribes": [{"created": 1778826604, "email": "e@example.org"}],
}


def test_the_suppression_lists_are_pulled_one_after_the_other(
    loopback: Callable[..., Any], answer: Callable[..., bytes]
) -> None:
    server = loopback(*(answer("200 OK", json.dumps(entries)) for entries in LISTED.values()))
    found = list(Sendgrid(api_key="key", base_url=server.url).pull(since=NOW))
    assert [(event.address[0], event.kind, event.bounce) for event in found] == [
        ("a", EventKind.BOUNCED, BounceClass.HARD),
        ("b", EventKind.BOUNCED, BounceClass.SOFT),
        ("c", EventKind.BOUNCED, BounceClass.HARD),
        ("d", EventKind.COMPLAINED, None),
        ("e", EventKind.UNSUBSCRIBED, None),
    ]
    assert found[0].at == datetime(2026, 5, 15, 6, 30, tzinfo=UTC)
    assert len({event.id for event in found}) == 5
    targets = [request.split(b" ", 2)[1].decode() for request in server.requests]
    assert [urlsplit(target).path for target in targets] == [f"/v3/suppression/{name}" for name in LISTED]
    assert {urlsplit(target).query for target in targets} == {f"start_time={NOW.timestamp():.0f}&limit=500&offset=0"}


def test_a_long_list_is_read_page_after_page(
    loopback: Callable[..., Any], answer: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PAGE", 2)
    monkeypatch.setattr(module, "LISTS", {"bounces": LISTS["bounces"]})
    entries = [LISTED["bounces"][0] | {"created": 1778826600 + n} for n in range(3)]
    server = loopback(*(answer("200 OK", json.dumps(page)) for page in (entries[:2], entries[2:])))
    assert len({event.id for event in Sendgrid(api_key="key", base_url=server.url).pull(since=NOW)}) == 3
    asked = [parse_qs(urlsplit(request.split(b" ", 2)[1].decode()).query)["offset"] for request in server.requests]
    assert asked == [["0"], ["2"]]


def test_an_answer_that_is_no_list_is_not_taken_for_an_empty_one(
    loopback: Callable[..., Any], answer: Callable[..., bytes]
) -> None:
    server = loopback(answer("200 OK", '{"errors": []}'))
    with pytest.raises(Unreachable):
        list(Sendgrid(api_key="key", base_url=server.url).pull(since=NOW))
