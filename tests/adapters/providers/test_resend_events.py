"""What Resend tells -> events, when it is Resend that tells it."""

import hmac
import json
from base64 import b64encode
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from openapi_core import OpenAPI
from openapi_core.testing import MockRequest

from digest.adapters.providers.resend import API, Resend
from digest.errors import Unproven, Unreachable
from digest.model.feedback import BounceClass, Event, EventKind

NOW = datetime(2026, 5, 15, 7, 0, tzinfo=UTC)
KEY = b"0123456789abcdef01234567"
SECRET = "whsec_" + b64encode(KEY).decode()
DATA: dict[str, Any] = {
    "email_id": "m-1",
    "created_at": "2026-05-15T06:30:00.000Z",
    "from": "The Round-up <news@example.org>",
    "to": ["reader1@example.org"],
    "subject": "Subject",
    "tags": {"batch": "b-1", "delivery": "7"},
}
BOUNCE = {
    "type": "Permanent",
    "subType": "NoEmail",
    "message": "The address does not exist.",
    "diagnosticCode": ["smtp; 550 5.1.1 user unknown"],
}
resend = Resend(api_key="key", webhook_secret=SECRET)


def proof(body: bytes, *, key: bytes = KEY) -> dict[str, str]:
    stamp = f"{NOW.timestamp():.0f}"
    signed = hmac.new(key, f"msg_1.{stamp}.".encode() + body, sha256).digest()
    return {"svix-id": "msg_1", "svix-timestamp": stamp, "svix-signature": "v1," + b64encode(signed).decode()}


def read(word: str, **data: object) -> Event:
    said = {"type": word, "created_at": "2026-05-15T06:31:00.000Z", "data": DATA | data}
    body = json.dumps(said).encode()
    (event,) = resend.events(proof(body), body, now=NOW)
    return event


def test_a_bounce_is_told_with_whose_copy_it_was() -> None:
    event = read("email.bounced", bounce=BOUNCE)
    assert (event.kind, event.bounce, event.status) == (EventKind.BOUNCED, BounceClass.HARD, "5.1.1")
    assert (event.provider, event.id, event.batch_id, event.delivery_id) == ("resend", "msg_1", "b-1", 7)
    assert (event.address, event.detail) == ("reader1@example.org", "smtp; 550 5.1.1 user unknown")
    assert event.at == datetime(2026, 5, 15, 6, 31, tzinfo=UTC)
    assert json.loads(event.payload)["type"] == "email.bounced"


def test_an_event_speaks_for_its_own_copy_alone() -> None:
    assert not read("email.delivered").speaks_for_batch


def bounced(**changes: object) -> dict[str, object]:
    return {"bounce": BOUNCE | {"diagnosticCode": []} | changes}


@pytest.mark.parametrize(
    ("word", "data", "kind", "bounce"),
    [
        ("email.sent", {}, EventKind.ACCEPTED, None),
        ("email.delivered", {}, EventKind.DELIVERED, None),
        ("email.delivery_delayed", {}, EventKind.DEFERRED, None),
        ("email.complained", {}, EventKind.COMPLAINED, None),
        ("email.bounced", bounced(), EventKind.BOUNCED, BounceClass.HARD),
        ("email.bounced", bounced(subType="General"), EventKind.BOUNCED, BounceClass.HARD),
        ("email.bounced", bounced(type="Undetermined", subType="Undetermined"), EventKind.BOUNCED, BounceClass.SOFT),
        ("email.bounced", bounced(type="Transient", subType="MailboxFull"), EventKind.BOUNCED, BounceClass.SOFT),
        ("email.bounced", bounced(type="Transient", subType="ContentRejected"), EventKind.BOUNCED, BounceClass.OURS),
        ("email.bounced", bounced(diagnosticCode=["550 5.7.1 no"]), EventKind.BOUNCED, BounceClass.OURS),
        ("email.bounced", bounced(diagnosticCode="552 5.2.2 full"), EventKind.BOUNCED, BounceClass.SOFT),
        ("email.bounced", {}, EventKind.BOUNCED, BounceClass.SOFT),
        ("email.suppressed", {"suppressed": {"reason": "previous_bounce"}}, EventKind.BOUNCED, BounceClass.HARD),
        ("email.failed", {"failed": {"reason": "reached_daily_quota"}}, EventKind.BOUNCED, BounceClass.OURS),
        ("email.opened", {}, EventKind.UNKNOWN, None),
        ("email.scheduled", {}, EventKind.UNKNOWN, None),
        ("email.new_in_2027", {}, EventKind.UNKNOWN, None),
        ("domain.updated", {"to": None}, EventKind.UNKNOWN, None),
    ],
)
def test_every_kind_has_its_word_and_what_is_not_known_is_kept_as_unknown(
    word: str, data: dict[str, object], kind: EventKind, bounce: BounceClass | None
) -> None:
    event = read(word, **data)
    assert (event.kind, event.bounce) == (kind, bounce)


def test_why_a_message_failed_or_was_not_tried_is_told() -> None:
    assert read("email.failed", failed={"reason": "reached_daily_quota"}).detail == "reached_daily_quota"
    assert read("email.suppressed", suppressed={"message": "It bounced before."}).detail == "It bounced before."


@pytest.mark.parametrize(
    "tags",
    [
        {"batch": "b-1", "delivery": "7"},
        [{"name": "batch", "value": "b-1"}, {"name": "delivery", "value": "7"}, "stray"],
    ],
)
def test_tags_are_read_as_an_object_and_as_a_list(tags: object) -> None:
    event = read("email.delivered", tags=tags)
    assert (event.batch_id, event.delivery_id) == ("b-1", 7)


@pytest.mark.parametrize("tags", [None, [], {}, "b-1", [None]])
def test_an_event_without_our_tags_is_an_event_all_the_same(tags: object) -> None:
    event = read("email.delivered", tags=tags)
    assert (event.kind, event.batch_id, event.delivery_id) == (EventKind.DELIVERED, "", 0)


def test_a_message_to_two_is_two_events_with_a_name_each() -> None:
    body = json.dumps({"type": "email.sent", "data": {"to": ["One <one@example.org>", "two@example.org"]}}).encode()
    events = resend.events(proof(body), body, now=NOW)
    assert [(event.id, event.address) for event in events] == [
        ("msg_1", "one@example.org"),
        ("msg_1-1", "two@example.org"),
    ]
    assert {event.at for event in events} == {NOW}


def test_without_the_secret_nothing_is_heard() -> None:
    body = b'{"type": "email.complained", "data": {}}'
    for headers in ({}, proof(body, key=b"guessed"), proof(b"{}")):
        with pytest.raises(Unproven):
            resend.events(headers, body, now=NOW)
    with pytest.raises(Unproven, match="no proof"):
        Resend(api_key="key").events(proof(body, key=b""), body, now=NOW)


@pytest.mark.parametrize("body", [b"[]", b"no", b"\xff"])
def test_what_is_proven_and_unreadable_is_a_value_error(body: bytes) -> None:
    with pytest.raises(ValueError, match="JSON"):
        resend.events(proof(body), body, now=NOW)


def listed(name: str, last_event: str, created_at: str = "2026-05-15 06:30:00.678+00") -> dict[str, object]:
    return {"id": name, "to": ["reader1@example.org"], "created_at": created_at, "last_event": last_event, "html": "x"}


def pull(*pages: object, loopback: Callable[..., Any], answer: Callable[..., bytes]) -> tuple[list[Event], list[str]]:
    server = loopback(*(answer("200 OK", json.dumps(page)) for page in pages))
    found = list(Resend(api_key="key", base_url=server.url).pull(since=NOW))
    return found, [request.split(b" ", 2)[1].decode() for request in server.requests]


def test_what_became_last_of_each_message_is_pulled_page_after_page(
    loopback: Callable[..., Any], answer: Callable[..., bytes]
) -> None:
    first = {"has_more": True, "data": [listed("m-4", "sent"), listed("m-3", "bounced")]}
    second = {"has_more": False, "data": [listed("m-2", "suppressed"), listed("m-1", "complained")]}
    found, targets = pull(first, second, loopback=loopback, answer=answer)
    assert [(event.id, event.kind, event.bounce) for event in found] == [
        ("m-3-bounced-0", EventKind.BOUNCED, BounceClass.SOFT),
        ("m-2-suppressed-0", EventKind.BOUNCED, BounceClass.HARD),
        ("m-1-complained-0", EventKind.COMPLAINED, None),
    ]
    assert found[0].at == datetime(2026, 5, 15, 6, 30, 0, 678_000, tzinfo=UTC)
    assert "html" not in json.loads(found[0].payload)
    assert [urlsplit(target).path for target in targets] == ["/emails", "/emails"]
    assert [parse_qs(urlsplit(target).query) for target in targets] == [
        {"limit": ["100"]},
        {"limit": ["100"], "after": ["m-3"]},
    ]


def test_pulling_goes_back_as_far_as_a_mail_server_may_try_and_no_further(
    loopback: Callable[..., Any], answer: Callable[..., bytes]
) -> None:
    messages = [
        listed("m-3", "delivered", "2026-05-10 07:00:01+00"),
        listed("m-2", "delivered", "2026-05-10 06:59:59+00"),
        listed("m-1", "complained"),
    ]
    found, targets = pull({"has_more": True, "data": messages}, loopback=loopback, answer=answer)
    assert [event.id for event in found] == ["m-3-delivered-0"]
    assert len(targets) == 1


@pytest.mark.parametrize("page", [{"has_more": True, "data": []}, {"has_more": True, "data": [{"id": None}]}])
def test_a_list_that_does_not_go_on_is_at_its_end(
    loopback: Callable[..., Any], answer: Callable[..., bytes], page: object
) -> None:
    assert pull(page, loopback=loopback, answer=answer)[0] == []


@pytest.mark.parametrize("page", [{}, [], {"data": "none"}])
def test_an_answer_that_names_no_messages_is_not_taken_for_none(
    loopback: Callable[..., Any], answer: Callable[..., bytes], page: object
) -> None:
    with pytest.raises(Unreachable):
        pull(page, loopback=loopback, answer=answer)


def test_a_key_that_may_only_send_cannot_pull(loopback: Callable[..., Any], answer: Callable[..., bytes]) -> None:
    server = loopback(answer("401 No", '{"name": "restricted_api_key"}'))
    with pytest.raises(Unreachable, match="restricted_api_key"):
        list(Resend(api_key="key", base_url=server.url).pull(since=NOW))


@cache
def spec(path: Path) -> OpenAPI:
    return OpenAPI.from_dict(json.loads(path.read_text(encoding="utf-8")))


@pytest.mark.shared
@pytest.mark.parametrize("query", ["limit=100", "limit=100&after=m-3"])
def test_the_list_is_asked_for_as_resends_specification_allows(shared: Path, query: str) -> None:
    spec(shared / "data" / "specs" / "resend" / "resend.json").validate_request(
        MockRequest(
            API,
            "get",
            "/emails",
            args={name: value[0] for name, value in parse_qs(query).items()},
            headers={"Authorization": "Bearer key"},
        )
    )
