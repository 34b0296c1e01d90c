import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from digest.adapters.providers import sendgrid as module
from digest.adapters.providers.sendgrid import Sendgrid, SendgridPayload
from digest.errors import ProviderMisused
from digest.model.mail import UNSUBSCRIBE_PLACEHOLDER, Email, Envelope, Outcome, Trace
from digest.render.header import header_text
from tests.adapters.providers.letter import ENVELOPE, HOSTILE, TAG
from tests.adapters.providers.letter import PLAIN as EMAIL
from tests.adapters.providers.readers import HOSTILE_NAMES, readers

TITLES = (*HOSTILE, "-name-", "[unsubscribe] <%asm_group_unsubscribe_raw_url%>", "{{#if x}}")


def payload(count: int = 2, email: Email = EMAIL, *, name: str = "", envelope: Envelope = ENVELOPE) -> SendgridPayload:
    return Sendgrid(api_key="key").payload(email, envelope, readers(count, name), tag=TAG)


def said(made: SendgridPayload) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(made.body)
    return found


def mark_of(call: Mapping[str, Any]) -> str:
    (mark,) = {mark for one in call["personalizations"] for mark in one["substitutions"]}
    return str(mark)


def substituted(call: Mapping[str, Any], n: int = 0) -> list[str]:
    """Subject, text and HTML as SendGrid sends them: every mark of a reader replaced («Substitution Tags»)."""
    parts = [call["subject"], *(each["value"] for each in call["content"])]
    for mark, value in call["personalizations"][n]["substitutions"].items():
        parts = [part.replace(mark, value) for part in parts]
    return parts


def test_each_reader_has_a_link_headers_and_a_delivery_of_his_own() -> None:
    call = said(payload(name="Ann"))
    mark = mark_of(call)
    first, second = call.pop("personalizations")
    off = {"enable": False}
    assert call == {
        "from": {"email": "news@example.org", "name": "The Round-up"},
        "reply_to": {"email": "desk@example.org"},
        "subject": "Subject",
        "content": [
            {"type": "text/plain", "value": f"Text {mark}\n"},
            {"type": "text/html", "value": f'<a href="{mark}">x</a>'},
        ],
        "categories": [TAG],
        "tracking_settings": {
            "click_tracking": {"enable": False, "enable_text": False},
            "open_tracking": off,
            "subscription_tracking": off,
            "ganalytics": off,
        },
        "mail_settings": {"bypass_list_management": off, "footer": off, "sandbox_mode": off},
    }
    assert first == {
        "to": [{"email": "reader1@example.org", "name": "Ann"}],
        "headers": {
            "List-Id": "<daily.example.org>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Precedence": "bulk",
            "Feedback-ID": "20260515:daily.example.org:bulk:example.org",
            "List-Unsubscribe": "<https://example.org/u/1>",
        },
        "substitutions": {mark: "https://example.org/u/1"},
        "custom_args": {"batch": TAG, "delivery": "1"},
    }
    assert "/u/1" not in json.dumps(second)


def test_a_newsroom_that_takes_no_replies_names_no_address_for_them() -> None:
    assert "reply_to" not in said(payload(envelope=replace(ENVELOPE, reply_to="")))


@pytest.mark.parametrize("title", TITLES)
def test_a_hostile_title_is_printed_as_it_is(title: str) -> None:
    call = said(payload(email=replace(EMAIL, subject=f"To {title}", html=title + EMAIL.html, text=title + EMAIL.text)))
    assert call.keys() == said(payload()).keys()
    assert substituted(call) == [
        header_text(f"To {title}", 250),
        f"{title}Text https://example.org/u/1\n",
        f'{title}<a href="https://example.org/u/1">x</a>',
    ]


def test_a_title_that_is_the_mark_of_another_letter_is_printed_too() -> None:
    known = mark_of(said(payload()))
    call = said(payload(email=replace(EMAIL, text=f"{known} {EMAIL.text}")))
    assert mark_of(call) != known
    assert substituted(call)[1] == f"{known} Text https://example.org/u/1\n"


def test_a_mark_that_the_letter_holds_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    class Digest:
        def __init__(self, content: bytes) -> None:
            self.begins = content[:1].decode()

        def hexdigest(self) -> str:
            return self.begins * 64

    monkeypatch.setattr(module, "sha256", Digest)
    letter = replace(EMAIL, text=f"-link-{'0' * 24}- {UNSUBSCRIBE_PLACEHOLDER}")
    assert substituted(said(payload(email=letter)))[1] == f"-link-{'0' * 24}- https://example.org/u/1"


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_hostile_name_is_letters_or_nothing(name: str) -> None:
    to = said(payload(1, name=name))["personalizations"][0]["to"][0]
    assert to["email"] == "reader1@example.org"
    assert not set(to.get("name", "")) & set('{}<>@,;"\r\n')


@pytest.mark.parametrize(
    "change",
    [
        {"address": "a@example.org,b@example.org"},
        {"address": "a@example.org\r\nb"},
        {"unsubscribe_url": "https://example.org/?a=1&b=2"},
        {"unsubscribe_url": "https://example.org/>\r\nBcc: x"},
    ],
)
def test_an_address_or_a_link_that_would_be_more_is_refused(change: Mapping[str, str]) -> None:
    wrong = readers(1)[0]._replace(**change)  # type: ignore[arg-type]
    with pytest.raises(ProviderMisused, match="delivery 1"):
        Sendgrid(api_key="key").payload(EMAIL, ENVELOPE, [wrong], tag=TAG)


def test_nobody_to_write_to_is_a_mistake() -> None:
    with pytest.raises(ProviderMisused, match="from 1 to 1000"):
        payload(0)


def test_a_call_beyond_sendgrid_s_bytes_is_refused_before_it_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGEST_CALL", len(payload(2).body))
    payload(1)
    with pytest.raises(ProviderMisused, match="bytes in one call"):
        payload(2)


def test_it_posts_with_the_key_and_keeps_sendgrid_s_id(
    loopback: Callable[..., Any], answer: Callable[..., bytes]
) -> None:
    server = loopback(answer("202 Accepted", X_Message_Id="m-1"))
    receipt = Sendgrid(api_key="key", base_url=server.url + "/").submit(payload())
    assert (receipt.outcome, receipt.reference, receipt.fates) == (Outcome.ACCEPTED, "m-1", ())
    head, _, body = server.requests[0].partition(b"\r\n\r\n")
    assert head.startswith(b"POST /v3/mail/send HTTP/1.1")
    assert b"Authorization: Bearer key" in head
    assert body == payload().body


def test_a_sandbox_s_yes_and_one_without_an_id_are_uncertain(
    loopback: Callable[..., Any], answer: Callable[..., bytes]
) -> None:
    server = loopback(answer("200 OK", X_Message_Id="m-1"), answer("202 Accepted"))
    sendgrid = Sendgrid(api_key="key", base_url=server.url)
    assert sendgrid.submit(payload()).outcome is Outcome.UNCERTAIN
    assert sendgrid.submit(payload()).outcome is Outcome.UNCERTAIN


@pytest.mark.parametrize(
    ("status", "outcome", "halts"),
    [
        (400, Outcome.REJECTED, False),
        (401, Outcome.RETRYABLE, True),
        (403, Outcome.RETRYABLE, True),
        (413, Outcome.REJECTED, False),
        (500, Outcome.UNCERTAIN, False),
    ],
)
def test_an_answer_is_classed_by_its_status(
    loopback: Callable[..., Any], answer: Callable[..., bytes], status: int, outcome: Outcome, *, halts: bool
) -> None:
    receipt = Sendgrid(api_key="key", base_url=loopback(answer(f"{status} No", "{}")).url).submit(payload())
    assert (receipt.outcome, receipt.halts) == (outcome, halts)


def test_a_limit_says_when_it_ends(loopback: Callable[..., Any], answer: Callable[..., bytes]) -> None:
    said_ = answer("429 Slow", "{}", X_RateLimit_Reset="1778826660", Date="Fri, 15 May 2026 06:30:00 GMT")
    assert Sendgrid(api_key="key", base_url=loopback(said_).url).submit(payload()).retry_after == 60.0


@pytest.mark.parametrize("fault", [b"reset", b"hang", b"HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n"])
def test_nothing_is_handed_over_twice_whatever_happens(loopback: Callable[..., Any], fault: bytes) -> None:
    server = loopback(fault, b"HTTP/1.1 202 Accepted\r\nX-Message-Id: again\r\nContent-Length: 0\r\n\r\n")
    sendgrid = Sendgrid(api_key="key", base_url=server.url, timeout=0.3)
    assert sendgrid.submit(payload()).outcome is Outcome.UNCERTAIN
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("given", "trace"),
    [
        (("200 OK", '{"messages": [{"sg_message_id": "m-1.1"}]}'), Trace.FOUND),
        (("200 OK", '{"messages": []}'), Trace.MISSING),
        (("200 OK", '{"messages": null}'), Trace.UNKNOWN),
        (("200 OK", "[]"), Trace.UNKNOWN),
        (("403 Forbidden", '{"messages": []}'), Trace.UNKNOWN),
        (("500 Oops", "{}"), Trace.UNKNOWN),
    ],
)
def test_a_lost_batch_is_looked_for_in_the_logs_by_its_category(
    loopback: Callable[..., Any], answer: Callable[..., bytes], given: tuple[str, str], trace: Trace
) -> None:
    server = loopback(answer(*given))
    sendgrid = Sendgrid(api_key="key", base_url=server.url)
    assert sendgrid.search(TAG, since=datetime(2026, 5, 15, 6, 30, tzinfo=UTC)) is trace
    head, _, body = server.requests[0].partition(b"\r\n\r\n")
    assert head.startswith(b"POST /v3/logs HTTP/1.1")
    assert b"Content-Type: application/json" in head
    assert json.loads(body) == {
        "query": f"categories IN ('{TAG}') AND sg_message_id_created_at >= TIMESTAMP \"2026-05-15T06:30:00Z\"",
        "limit": 1,
    }
