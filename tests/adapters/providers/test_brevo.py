import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment

from digest.adapters.providers.brevo import Brevo, BrevoPayload
from digest.errors import ProviderMisused
from digest.model.mail import UNSUBSCRIBE_PLACEHOLDER, Email, Envelope, Outcome, Trace
from digest.render.header import header_text
from tests.adapters.providers.letter import ENVELOPE, HOSTILE, TAG
from tests.adapters.providers.letter import PLAIN as EMAIL
from tests.adapters.providers.readers import HOSTILE_NAMES, readers

TITLES = (*HOSTILE, "{{ params.unsubscribe }}", "{% autoescape off %}{# gone #}", "{{{%{#", "{")


def payload(
    count: int = 2, email: Email = EMAIL, *, name: str = "", tag: str = TAG, envelope: Envelope = ENVELOPE
) -> BrevoPayload:
    return Brevo(api_key="key").payload(email, envelope, readers(count, name), tag=tag)


def said(made: BrevoPayload) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(made.body)
    return found


def rendered(made: BrevoPayload, part: str, version: int = 0) -> str:
    """What Brevo makes of it: its template language is Django's, whose signs and whose escaping Jinja shares."""
    language = Environment(autoescape=True, keep_trailing_newline=True)
    call = said(made)
    return language.from_string(call[part]).render(params=call["messageVersions"][version]["params"])


def test_each_reader_is_a_version_with_a_link_headers_and_a_delivery_of_his_own() -> None:
    call = said(payload(name="Ann"))
    versions = call.pop("messageVersions")
    assert call == {
        "sender": {"email": "news@example.org", "name": "The Round-up"},
        "replyTo": {"email": "desk@example.org"},
        "subject": "Subject",
        "htmlContent": '<a href="{{params.unsubscribe}}">x</a>',
        "textContent": "Text {{params.unsubscribe}}\n",
        "tags": [TAG],
        "headers": {"idempotencyKey": TAG},
    }
    assert versions[0] == {
        "to": [{"email": "reader1@example.org", "name": "Ann"}],
        "params": {"unsubscribe": "https://example.org/u/1"},
        "headers": {
            "List-Id": "<daily.example.org>",
            "List-Unsubscribe": "<https://example.org/u/1>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Precedence": "bulk",
            "Feedback-ID": "20260515:daily.example.org:bulk:example.org",
            "X-Mailin-custom": f"{TAG}/1",
        },
    }
    assert "/u/1" not in json.dumps(versions[1])


def test_a_newsroom_that_takes_no_replies_names_no_address_for_them() -> None:
    assert "replyTo" not in said(payload(envelope=replace(ENVELOPE, reply_to="")))


def test_a_proof_has_no_key_for_its_tag_is_none_and_two_of_one_second_are_no_replay() -> None:
    assert "headers" not in said(payload(1, tag="proof-daily-2026-05-15-063000"))


def test_a_replay_ends_well_before_brevo_forgets_the_key() -> None:
    assert timedelta(minutes=5) < Brevo.replay_for <= timedelta(minutes=13)
    assert Brevo.search_after is not None


@pytest.mark.parametrize("title", TITLES)
def test_a_hostile_title_is_printed_and_never_read_as_a_template(title: str) -> None:
    made = payload(
        email=replace(EMAIL, subject=f"To {title}", html=f"{title}{EMAIL.html}", text=f"{title}{EMAIL.text}")
    )
    assert said(made).keys() == said(payload()).keys()
    assert rendered(made, "textContent") == f"{title}Text https://example.org/u/1\n".replace("\r\n", "\n")
    assert rendered(made, "htmlContent").endswith('<a href="https://example.org/u/1">x</a>')
    assert rendered(made, "subject") == header_text(f"To {title}", 250)


SCRAPS = st.lists(st.sampled_from(["{", "}", "%", "#", " ", "params.unsubscribe", UNSUBSCRIBE_PLACEHOLDER])).map(
    "".join
)


@given(SCRAPS)
def test_whatever_braces_a_text_has_brevo_gives_it_back(scraps: str) -> None:
    made = payload(1, replace(EMAIL, text=scraps))
    assert rendered(made, "textContent") == scraps.replace(UNSUBSCRIBE_PLACEHOLDER, "https://example.org/u/1")


def test_a_letter_without_braces_carries_no_variable_for_them() -> None:
    assert {tuple(version["params"]) for version in said(payload())["messageVersions"]} == {("unsubscribe",)}


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_hostile_name_is_letters_or_nothing(name: str) -> None:
    to = said(payload(1, name=name))["messageVersions"][0]["to"][0]
    assert to["email"] == "reader1@example.org"
    assert not set(to.get("name", "")) & set('{}<>@,;"\r\n')
    assert len(to.get("name", "")) <= 70


@pytest.mark.parametrize(
    ("sender", "shown"), [("Thé «Round-up»", "Thé Round-up"), ("The Daily, live", "The Daily, live")]
)
def test_a_newsroom_s_name_is_one_that_brevo_does_not_drop(sender: str, shown: str) -> None:
    call = said(payload(envelope=replace(ENVELOPE, sender=f'"{sender}" <news@example.org>')))
    assert call["sender"] == {"email": "news@example.org", "name": shown}


@pytest.mark.parametrize(
    "change",
    [
        {"address": "a@example.org,b@example.org"},
        {"address": "a@example.org\r\nb"},
        {"unsubscribe_url": "https://example.org/{{x}}"},
        {"unsubscribe_url": "https://example.org/?a=1&b=2"},
        {"unsubscribe_url": "https://example.org/\r\nBcc: x"},
        {"unsubscribe_url": "https://example.org/" + "x" * 900},
    ],
)
def test_an_address_or_a_link_that_would_be_more_is_refused(change: Mapping[str, str]) -> None:
    wrong = readers(1)[0]._replace(**change)  # type: ignore[arg-type]
    with pytest.raises(ProviderMisused, match="delivery 1"):
        Brevo(api_key="key").payload(EMAIL, ENVELOPE, [wrong], tag=TAG)


def test_nobody_to_write_to_is_a_mistake() -> None:
    with pytest.raises(ProviderMisused, match="from 1 to 1000"):
        payload(0)


def test_it_posts_with_the_key_and_gives_each_copy_its_own_reference(
    loopback: Callable[..., Any], answer: Callable[..., bytes]
) -> None:
    server = loopback(answer("201 Created", '{"messageIds": ["<1@b>", "<2@b>"]}'))
    receipt = Brevo(api_key="key", base_url=server.url + "/").submit(payload())
    assert (receipt.outcome, receipt.reference) == (Outcome.ACCEPTED, "<1@b>")
    assert [(fate.delivery_id, fate.outcome, fate.reference) for fate in receipt.fates] == [
        (1, Outcome.ACCEPTED, "<1@b>"),
        (2, Outcome.ACCEPTED, "<2@b>"),
    ]
    head, _, body = server.requests[0].partition(b"\r\n\r\n")
    assert head.startswith(b"POST /v3/smtp/email HTTP/1.1")
    assert b"api-key: key" in head
    assert body == payload().body


def test_a_single_copy_s_id_may_come_alone(loopback: Callable[..., Any], answer: Callable[..., bytes]) -> None:
    server = loopback(answer("201 Created", '{"messageId": "<1@b>"}'))
    assert Brevo(api_key="key", base_url=server.url).submit(payload(1)).reference == "<1@b>"


@pytest.mark.parametrize(
    "body", ["[]", "{}", '{"messageIds": ["<1@b>"]}', '{"messageIds": [1, 2]}', '{"messageIds": "<1@b>"}', "Forbidden"]
)
def test_an_answer_that_is_not_one_id_for_each_is_uncertain(
    loopback: Callable[..., Any], answer: Callable[..., bytes], body: str
) -> None:
    brevo = Brevo(api_key="key", base_url=loopback(answer("201 Created", body)).url)
    assert brevo.submit(payload()).outcome is Outcome.UNCERTAIN


@pytest.mark.parametrize(
    ("status", "code", "outcome", "halts"),
    [
        (400, "duplicate_parameter", Outcome.UNCERTAIN, False),
        (409, "duplicate_parameter", Outcome.UNCERTAIN, False),
        (400, "duplicate_request", Outcome.UNCERTAIN, False),
        (400, "invalid_parameter", Outcome.REJECTED, False),
        (400, "not_enough_credits", Outcome.RETRYABLE, True),
        (400, "account_under_validation", Outcome.RETRYABLE, True),
        (401, "unauthorized", Outcome.RETRYABLE, True),
        (402, "not_enough_credits", Outcome.RETRYABLE, True),
        (429, "too_many_requests", Outcome.RETRYABLE, False),
        (500, "duplicate_parameter", Outcome.UNCERTAIN, False),
    ],
)
def test_brevo_s_code_says_more_than_the_status(
    loopback: Callable[..., Any],
    answer: Callable[..., bytes],
    status: int,
    code: str,
    outcome: Outcome,
    *,
    halts: bool,
) -> None:
    server = loopback(answer(f"{status} No", json.dumps({"code": code, "message": "words"})))
    receipt = Brevo(api_key="key", base_url=server.url).submit(payload())
    assert (receipt.outcome, receipt.halts) == (outcome, halts)
    assert code in receipt.detail
    assert receipt.knows_key == (status < 500 and code == "duplicate_parameter")


def test_a_refusal_that_is_no_json_is_classed_by_its_status(
    loopback: Callable[..., Any], answer: Callable[..., bytes]
) -> None:
    brevo = Brevo(api_key="key", base_url=loopback(answer("400 No", "<html>")).url)
    assert brevo.submit(payload()).outcome is Outcome.REJECTED


def test_a_limit_says_when_it_ends(loopback: Callable[..., Any], answer: Callable[..., bytes]) -> None:
    brevo = Brevo(api_key="key", base_url=loopback(answer("429 Slow", "{}", x_sib_ratelimit_reset="27")).url)
    assert brevo.submit(payload()).retry_after == 27.0


@pytest.mark.parametrize("fault", [b"reset", b"hang", b"HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n"])
def test_nothing_is_handed_over_twice_whatever_happens(loopback: Callable[..., Any], fault: bytes) -> None:
    server = loopback(fault, b"HTTP/1.1 201 Created\r\nContent-Length: 21\r\n\r\n" + b'{"messageId":"<again"}')
    brevo = Brevo(api_key="key", base_url=server.url, timeout=0.3)
    assert brevo.submit(payload(1)).outcome is Outcome.UNCERTAIN
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("body", "trace"),
    [
        ({"events": [{"event": "requests", "tag": TAG}]}, Trace.FOUND),
        ({"events": [{"event": "requests", "tag": json.dumps([TAG])}]}, Trace.FOUND),
        ({"events": [{"event": "requests", "tag": "another"}]}, Trace.UNKNOWN),
        ({"events": [7]}, Trace.UNKNOWN),
        ({"events": []}, Trace.MISSING),
        ({}, Trace.MISSING),
        ({"code": "x"}, Trace.UNKNOWN),
        ([], Trace.UNKNOWN),
    ],
)
def test_a_lost_batch_is_looked_for_among_the_events_by_its_tag(
    loopback: Callable[..., Any], answer: Callable[..., bytes], body: object, trace: Trace
) -> None:
    server = loopback(answer("200 OK", json.dumps(body)))
    brevo = Brevo(api_key="key", base_url=server.url)
    assert brevo.search(TAG, since=datetime(2026, 5, 15, tzinfo=UTC)) is trace
    target = server.requests[0].split(b" ", 2)[1].decode()
    assert urlsplit(target).path == "/v3/smtp/statistics/events"
    assert parse_qs(urlsplit(target).query) == {"tags": [TAG], "limit": ["1"]}


@pytest.mark.parametrize("fault", [b"reset", b"HTTP/1.1 500 Oops\r\nContent-Length: 2\r\n\r\n{}"])
def test_a_search_without_an_answer_knows_nothing(loopback: Callable[..., Any], fault: bytes) -> None:
    brevo = Brevo(api_key="key", base_url=loopback(fault).url)
    assert brevo.search(TAG, since=datetime(2026, 5, 15, tzinfo=UTC)) is Trace.UNKNOWN
