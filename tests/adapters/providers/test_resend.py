import json
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st
from openapi_core import OpenAPI
from openapi_core.testing import MockRequest

from digest.adapters.providers import resend
from digest.adapters.providers.resend import API, Resend, ResendPayload
from digest.errors import ProviderMisused
from digest.model.mail import Email, Fate, Outcome, Receipt, Recipient
from tests.adapters.providers.letter import ENVELOPE, HOSTILE, TAG
from tests.adapters.providers.letter import PLAIN as EMAIL

Start = Callable[..., Any]
Answer = Callable[..., bytes]


def readers(count: int, name: str = "") -> tuple[Recipient, ...]:
    return tuple(
        Recipient(
            delivery_id=n, address=f"reader{n}@example.org", name=name, unsubscribe_url=f"https://example.org/u/{n}"
        )
        for n in range(1, count + 1)
    )


def payload(count: int = 2, email: Email = EMAIL, name: str = "") -> ResendPayload:
    return Resend(api_key="key").payload(email, ENVELOPE, readers(count, name), tag=TAG)


def messages(made: ResendPayload) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(made.body)
    return found


def hand_over(url: str, count: int = 2, **options: Any) -> Any:
    return Resend(api_key="key", base_url=url, **options).submit(payload(count))


def test_each_reader_has_a_message_with_a_link_and_tags_of_his_own() -> None:
    first, second = messages(payload())
    assert first == {
        "from": '"The Round-up" <news@example.org>',
        "to": ["reader1@example.org"],
        "reply_to": "desk@example.org",
        "subject": "Subject",
        "html": '<a href="https://example.org/u/1">x</a>',
        "text": "Text https://example.org/u/1\n",
        "headers": {
            "List-Id": "<daily.example.org>",
            "List-Unsubscribe": "<https://example.org/u/1>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Precedence": "bulk",
            "Feedback-ID": "20260515:daily.example.org:bulk:example.org",
        },
        "tags": [{"name": "batch", "value": TAG}, {"name": "delivery", "value": "1"}],
    }
    assert "https://example.org/u/2" in second["html"]
    assert "https://example.org/u/1" not in json.dumps(second)


def test_a_newsroom_that_takes_no_replies_names_no_address_for_them() -> None:
    made = Resend(api_key="key").payload(EMAIL, replace(ENVELOPE, reply_to=""), readers(1), tag=TAG)
    assert "reply_to" not in messages(made)[0]


@pytest.mark.parametrize("address", ["a@example.org,b@example.org", "a@example.org\r\nb", "<a@b.org>"])
def test_an_address_that_would_be_two_is_refused(address: str) -> None:
    with pytest.raises(ProviderMisused, match="delivery 1"):
        Resend(api_key="key").payload(EMAIL, ENVELOPE, [readers(1)[0]._replace(address=address)], tag=TAG)


@pytest.mark.parametrize("count", [0, 101])
def test_nobody_and_one_too_many_are_refused(count: int) -> None:
    with pytest.raises(ProviderMisused, match="from 1 to 100"):
        payload(count)


def test_every_message_has_an_id_of_its_own_and_the_call_its_key(loopback: Start, answer: Answer) -> None:
    server = loopback(answer("200 OK", json.dumps({"data": [{"id": "m-1"}, {"id": "m-2"}]})))
    receipt = hand_over(server.url + "/")
    assert (receipt.outcome, receipt.reference) == (Outcome.ACCEPTED, "m-1")
    assert receipt.fates == (
        Fate(delivery_id=1, outcome=Outcome.ACCEPTED, reference="m-1"),
        Fate(delivery_id=2, outcome=Outcome.ACCEPTED, reference="m-2"),
    )
    head, _, body = server.requests[0].partition(b"\r\n\r\n")
    assert head.startswith(b"POST /emails/batch HTTP/1.1")
    assert b"Authorization: Bearer key" in head
    assert f"Idempotency-Key: {TAG}".encode() in head
    assert b"x-batch-validation: permissive" in head
    assert body == payload().body


def test_a_message_that_is_refused_is_refused_alone_and_the_ids_are_those_of_the_others(
    loopback: Start, answer: Answer
) -> None:
    said = {"data": [{"id": "m-1"}, {"id": "m-3"}], "errors": [{"index": 1, "message": "The `to` field is none."}]}
    receipt = hand_over(loopback(answer("200 OK", json.dumps(said))).url, 3)
    assert receipt.outcome is Outcome.ACCEPTED
    assert [(fate.delivery_id, fate.outcome, fate.reference) for fate in receipt.fates] == [
        (1, Outcome.ACCEPTED, "m-1"),
        (2, Outcome.REJECTED, ""),
        (3, Outcome.ACCEPTED, "m-3"),
    ]
    assert receipt.fates[1].detail == "Resend: The `to` field is none."


@pytest.mark.parametrize(
    "body",
    [
        "Forbidden",
        "[]",
        "{}",
        '{"data": {"id": "m-1"}}',
        '{"data": [{"id": "m-1"}]}',
        '{"data": [{"id": "m-1"}, {"id": ""}]}',
        '{"data": [{"id": "m-1"}, 2]}',
        '{"data": [{"id": "m-1"}, {"id": "m-2"}, {"id": "m-3"}]}',
        '{"data": [{"id": "m-1"}, {"id": "m-2"}], "errors": [{"index": 1, "message": ""}]}',
        '{"data": [{"id": "m-1"}], "errors": [{"index": 2, "message": ""}]}',
        '{"data": [{"id": "m-1"}], "errors": [{"index": "1", "message": ""}]}',
        '{"data": [{"id": "m-1"}], "errors": [{"index": true, "message": ""}]}',
        '{"data": [], "errors": [{"index": 1}, {"index": 1}]}',
        '{"data": [{"id": "m-1"}], "errors": "none"}',
    ],
)
def test_an_answer_that_is_not_one_for_each_message_is_uncertain(loopback: Start, answer: Answer, body: str) -> None:
    assert hand_over(loopback(answer("200 OK", body)).url).outcome is Outcome.UNCERTAIN


@pytest.mark.parametrize("given", [b"reset", b"hang", b"HTTP/1.1 502 Bad\r\nContent-Length: 0\r\n\r\n"])
def test_a_call_without_an_answer_is_uncertain_and_made_once(loopback: Start, given: bytes) -> None:
    server = loopback(given, given)
    assert hand_over(server.url, timeout=0.2).outcome is Outcome.UNCERTAIN
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("status", "name", "outcome", "halts"),
    [
        ("409 Conflict", "invalid_idempotent_request", Outcome.UNCERTAIN, False),
        ("409 Conflict", "concurrent_idempotent_requests", Outcome.UNCERTAIN, False),
        ("409 Conflict", "something_new", Outcome.REJECTED, False),
        ("429 Too Many", "rate_limit_exceeded", Outcome.RETRYABLE, False),
        ("429 Too Many", "daily_quota_exceeded", Outcome.RETRYABLE, True),
        ("429 Too Many", "monthly_quota_exceeded", Outcome.RETRYABLE, True),
        ("401 No", "missing_api_key", Outcome.RETRYABLE, True),
        ("403 No", "validation_error", Outcome.RETRYABLE, True),
        ("422 No", "invalid_from_address", Outcome.RETRYABLE, True),
        ("422 No", "missing_required_field", Outcome.REJECTED, False),
        ("500 Oops", "application_error", Outcome.UNCERTAIN, False),
    ],
)
def test_every_error_has_its_class(
    loopback: Start, answer: Answer, status: str, name: str, outcome: Outcome, halts: bool
) -> None:
    receipt = hand_over(loopback(answer(status, json.dumps({"name": name, "message": "why"}))).url)
    assert (receipt.outcome, receipt.halts) == (outcome, halts)
    assert name in receipt.detail


@given(st.sets(st.integers(min_value=0, max_value=99)), st.integers(min_value=1, max_value=100))
def test_whichever_messages_are_refused_every_other_has_its_own_id(places: set[int], count: int) -> None:
    refused = {place for place in places if place < count}
    taken = [place for place in range(count) if place not in refused]
    answer = requests.Response()
    answer.status_code = 200
    said = {"data": [{"id": f"m-{n}"} for n in taken], "errors": [{"index": n, "message": f"{n}"} for n in refused]}
    answer._content = json.dumps(said).encode()
    fates = resend._receipt(range(count), answer).fates
    assert [fate.delivery_id for fate in fates] == list(range(count))
    assert {fate.delivery_id: fate.reference for fate in fates if fate.outcome is Outcome.ACCEPTED} == {
        n: f"m-{n}" for n in taken
    }
    assert {fate.delivery_id for fate in fates if fate.outcome is Outcome.REJECTED} == refused


def all_refused(*words: str) -> Receipt:
    answer = requests.Response()
    answer.status_code = 200
    errors = [{"index": n, "message": each} for n, each in enumerate(words)]
    answer._content = json.dumps({"data": [], "errors": errors}).encode()
    return resend._receipt(range(len(words)), answer)


@pytest.mark.parametrize("words", [("The domain is not verified.",) * 2, ("Invalid `to` field.",), ("no.", "nor she.")])
def test_where_all_are_refused_each_is_and_whether_it_is_we_is_for_others_to_say(words: tuple[str, ...]) -> None:
    receipt = all_refused(*words)
    assert (receipt.outcome, receipt.halts, receipt.detail) == (Outcome.ACCEPTED, False, f"Resend: {words[0]}")
    assert {fate.outcome for fate in receipt.fates} == {Outcome.REJECTED}


@pytest.mark.parametrize(("status", "outcome"), [("429 Slow", Outcome.RETRYABLE), ("409 No", Outcome.REJECTED)])
def test_an_error_that_is_no_json_is_classed_by_its_status(
    loopback: Start, answer: Answer, status: str, outcome: Outcome
) -> None:
    assert hand_over(loopback(answer(status, "<html>")).url).outcome is outcome


def test_a_wait_that_is_asked_for_is_told(loopback: Start, answer: Answer) -> None:
    said = answer("429 Slow", '{"name": "rate_limit_exceeded"}', retry_after="7")
    assert hand_over(loopback(said).url).retry_after == 7.0


@cache
def spec(path: Path) -> OpenAPI:
    return OpenAPI.from_dict(json.loads(path.read_text(encoding="utf-8")))


def validate(shared: Path, made: ResendPayload) -> None:
    spec(shared / "data" / "specs" / "resend" / "resend.json").validate_request(
        MockRequest(
            API,
            "post",
            "/emails/batch",
            headers={"Authorization": "Bearer key", "Idempotency-Key": made.key},
            data=made.body,
            content_type="application/json",
        )
    )


@pytest.mark.shared
@pytest.mark.parametrize("count", [1, 2, 99, 100])
def test_the_call_is_one_that_resends_specification_allows(shared: Path, count: int) -> None:
    validate(shared, payload(count))


@pytest.mark.shared
@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_title_or_name_stays_in_its_own_field_and_within_the_specification(shared: Path, title: str) -> None:
    made = payload(1, replace(EMAIL, subject=title, html=title, text=title), name=title)
    assert messages(made)[0].keys() == messages(payload(1))[0].keys()
    assert len(messages(made)[0]["to"]) == 1
    validate(shared, made)


@pytest.mark.shared
def test_the_specification_can_refuse(shared: Path) -> None:
    made = payload(1)
    broken = [{name: value for name, value in messages(made)[0].items() if name != "subject"}]
    with pytest.raises(Exception, match="subject"):
        validate(shared, replace(made, body=json.dumps(broken).encode()))


def test_no_tag_has_a_character_that_resend_does_not_take() -> None:
    tags = [tag for message in messages(payload(3)) for tag in message["tags"]]
    assert all(part.replace("-", "").replace("_", "").isalnum() for tag in tags for part in tag.values())
