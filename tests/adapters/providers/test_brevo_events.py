"""What Brevo tells -> events, when it is Brevo that tells it."""

import json
from base64 import b64encode
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from digest.adapters.providers import brevo as module
from digest.adapters.providers.brevo import Brevo
from digest.errors import Unproven, Unreachable
from digest.model.feedback import BounceClass, Event, EventKind

NOW = datetime(2026, 5, 15, 7, 0, tzinfo=UTC)
SAID = {
    "event": "hard_bounce",
    "email": "reader1@example.org",
    "id": 99,
    "date": "2026-05-15 08:30:00",
    "message-id": "<1@b>",
    "ts": 1778826600,
    "ts_event": 1778826600,
    "ts_epoch": 1778826600250,
    "subject": "Subject",
    "tag": '["b-1"]',
    "tags": ["b-1"],
    "X-Mailin-custom": "b-1/7",
    "reason": "550 5.1.1 no such user",
}
PULLED = {
    "event": "hardBounces",
    "email": "reader1@example.org",
    "date": "2026-05-15T08:30:00.000+02:00",
    "messageId": "<1@b>",
    "tag": "b-1",
    "reason": "550 5.1.1 no such user",
}
brevo = Brevo(api_key="key", webhook_token="token")


def bearer(token: str = "token") -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


def basic(password: str = "token") -> dict[str, str]:
    return {"authorization": "Basic " + b64encode(f"digest:{password}".encode()).decode()}


def read(**changes: object) -> Event:
    (event,) = brevo.events(bearer(), json.dumps(SAID | changes).encode(), now=NOW)
    return event


def test_a_bounce_is_told_with_whose_copy_it_was() -> None:
    event = read()
    assert (event.kind, event.bounce, event.status) == (EventKind.BOUNCED, BounceClass.HARD, "5.1.1")
    assert (event.provider, event.batch_id, event.delivery_id) == ("brevo", "b-1", 7)
    assert event.address == "reader1@example.org"
    assert event.at == datetime(2026, 5, 15, 6, 30, 0, 250_000, tzinfo=UTC)
    assert json.loads(event.payload) == SAID


@pytest.mark.parametrize(
    ("changes", "kind", "bounce"),
    [
        ({"event": "request"}, EventKind.ACCEPTED, None),
        ({"event": "delivered"}, EventKind.DELIVERED, None),
        ({"event": "deferred"}, EventKind.DEFERRED, None),
        ({"event": "spam"}, EventKind.COMPLAINED, None),
        ({"event": "unsubscribed"}, EventKind.UNSUBSCRIBED, None),
        ({"event": "soft_bounce", "reason": "452 4.2.2 full"}, EventKind.BOUNCED, BounceClass.SOFT),
        ({"event": "soft_bounce", "reason": ""}, EventKind.BOUNCED, BounceClass.SOFT),
        ({"event": "hard_bounce", "reason": ""}, EventKind.BOUNCED, BounceClass.HARD),
        ({"event": "hard_bounce", "reason": "550 5.7.1 policy"}, EventKind.BOUNCED, BounceClass.OURS),
        ({"event": "blocked"}, EventKind.BOUNCED, BounceClass.OURS),
        ({"event": "error"}, EventKind.BOUNCED, BounceClass.OURS),
        ({"event": "invalid_email", "reason": ""}, EventKind.BOUNCED, BounceClass.HARD),
        ({"event": "opened"}, EventKind.UNKNOWN, None),
        ({"event": "click"}, EventKind.UNKNOWN, None),
        ({"event": "new in 2027"}, EventKind.UNKNOWN, None),
        ({"event": ["spam"]}, EventKind.UNKNOWN, None),
    ],
)
def test_every_kind_has_its_word_and_what_is_not_known_is_kept_as_unknown(
    changes: dict[str, object], kind: EventKind, bounce: BounceClass | None
) -> None:
    event = read(**changes)
    assert (event.kind, event.bounce) == (kind, bounce)


@pytest.mark.parametrize("proof", [bearer(), basic(), {"authorization": "bearer token"}])
def test_the_secret_comes_as_a_token_or_as_a_password(proof: dict[str, str]) -> None:
    assert brevo.events(proof, json.dumps(SAID).encode(), now=NOW)


@pytest.mark.parametrize(
    "proof", [{}, bearer("guessed"), basic("guessed"), {"authorization": "token"}, {"authorization": "Bearer é"}]
)
def test_without_the_secret_nothing_is_heard(proof: dict[str, str]) -> None:
    with pytest.raises(Unproven, match="not ours"):
        brevo.events(proof, json.dumps(SAID).encode(), now=NOW)


@pytest.mark.parametrize("proof", [{}, bearer(""), basic("")])
def test_who_set_up_no_secret_hears_nothing(proof: dict[str, str]) -> None:
    with pytest.raises(Unproven, match="no proof"):
        Brevo(api_key="key").events(proof, json.dumps(SAID).encode(), now=NOW)


def test_a_batched_call_loses_nothing_to_an_entry_that_is_none() -> None:
    body = json.dumps([SAID, 7, {"event": {}}, SAID | {"event": "spam"}]).encode()
    kinds = [event.kind for event in brevo.events(bearer(), body, now=NOW)]
    assert kinds == [EventKind.BOUNCED, EventKind.UNKNOWN, EventKind.UNKNOWN, EventKind.COMPLAINED]


@pytest.mark.parametrize("body", [b"no", b"\xff"])
def test_what_is_proven_and_unreadable_is_a_value_error(body: bytes) -> None:
    with pytest.raises(ValueError, match="JSON"):
        brevo.events(bearer(), body, now=NOW)


def test_an_event_without_our_header_still_has_its_tag() -> None:
    (event,) = brevo.events(bearer(), json.dumps({**SAID, "X-Mailin-custom": None}).encode(), now=NOW)
    assert (event.batch_id, event.delivery_id) == ("b-1", 0)


@pytest.mark.parametrize(
    ("changes", "batch"), [({"tags": ["a", "b"]}, ""), ({"tags": [], "tag": "[b"}, "[b"), ({"tags": [], "tag": ""}, "")]
)
def test_tags_that_are_not_just_ours_name_no_batch(changes: dict[str, object], batch: str) -> None:
    assert read(**{"X-Mailin-custom": ""}, **changes).batch_id == batch


@pytest.mark.parametrize(
    ("changes", "at"),
    [
        ({"ts_epoch": 1778826600}, datetime(2026, 5, 15, 6, 30, tzinfo=UTC)),
        ({"ts_epoch": None}, datetime(2026, 5, 15, 6, 30, tzinfo=UTC)),
        ({"ts_epoch": 10**400}, NOW),
        ({"ts_epoch": None, "ts_event": None, "date": "soon"}, NOW),
    ],
)
def test_an_event_has_the_time_that_brevo_means(changes: dict[str, object], at: datetime) -> None:
    assert read(**changes).at == at


def test_an_event_that_is_heard_and_pulled_is_one(loopback: Callable[..., Any], answer: Callable[..., bytes]) -> None:
    server = loopback(answer("200 OK", json.dumps({"events": [PULLED, PULLED | {"event": "softBounces"}]})))
    pulled, other = Brevo(api_key="key", base_url=server.url).pull(since=NOW)
    assert pulled.id == read().id
    assert (pulled.kind, pulled.bounce, pulled.batch_id) == (EventKind.BOUNCED, BounceClass.HARD, "b-1")
    assert pulled.at == datetime(2026, 5, 15, 6, 30, tzinfo=UTC)
    assert other.id not in {pulled.id, read(email="reader2@example.org").id}


def test_two_deferrals_of_a_copy_are_two_events() -> None:
    assert read(event="deferred").id != read(event="deferred", ts_epoch=1778826700000).id


def test_events_are_pulled_page_after_page_until_they_are_older(
    loopback: Callable[..., Any], answer: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PAGE", 2)
    ages = ["2026-05-15T08:00:00Z", "2026-05-15T07:30:00Z", "2026-05-15T07:10:00Z", "2026-05-15T06:59:00Z"]
    told = [PULLED | {"date": date, "messageId": f"<{n}@b>"} for n, date in enumerate(ages)]
    pages = (told[:2], told[2:], told[:1])
    server = loopback(*(answer("200 OK", json.dumps({"events": page})) for page in pages))
    found = list(Brevo(api_key="key", base_url=server.url).pull(since=NOW))
    assert [event.at.hour for event in found] == [8, 7, 7, 6]
    asked = [parse_qs(urlsplit(request.split(b" ", 2)[1].decode()).query) for request in server.requests]
    assert asked == [{"days": ["30"], "limit": ["2"], "offset": [n], "sort": ["desc"]} for n in ("0", "2")]


def test_an_empty_record_ends_it(loopback: Callable[..., Any], answer: Callable[..., bytes]) -> None:
    assert list(Brevo(api_key="key", base_url=loopback(answer("200 OK", "{}")).url).pull(since=NOW)) == []


def test_an_answer_that_names_no_events_is_not_taken_for_none(
    loopback: Callable[..., Any], answer: Callable[..., bytes]
) -> None:
    server = loopback(answer("200 OK", '{"event": []}'))
    with pytest.raises(Unreachable):
        list(Brevo(api_key="key", base_url=server.url).pull(since=NOW))
