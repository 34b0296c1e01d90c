import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from openapi_core import OpenAPI
from openapi_core.testing import MockRequest

from digest.adapters.providers import postmark
from digest.adapters.providers.postmark import Postmark, PostmarkPayload
from digest.errors import ProviderMisused
from digest.model.mail import Email, Fate, Outcome, Receipt, Recipient, Trace
from tests.adapters.providers.letter import ENVELOPE, HOSTILE, TAG
from tests.adapters.providers.letter import PLAIN as EMAIL


def readers(count: int) -> tuple[Recipient, ...]:
    return tuple(
        Recipient(
            delivery_id=n, address=f"reader{n}@example.org", name="", unsubscribe_url=f"https://example.org/u/{n}"
        )
        for n in range(1, count + 1)
    )


def payload(count: int = 2, email: Email = EMAIL) -> PostmarkPayload:
    return Postmark(server_token="token").payload(email, ENVELOPE, readers(count), tag=TAG)


def messages(made: PostmarkPayload) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(made.body)
    return found


def test_each_reader_has_a_message_with_a_link_and_a_delivery_of_his_own() -> None:
    first, second = messages(payload())
    assert first == {
        "From": '"The Round-up" <news@example.org>',
        "To": "reader1@example.org",
        "ReplyTo": "desk@example.org",
        "Subject": "Subject",
        "HtmlBody": '<a href="https://example.org/u/1">x</a>',
        "TextBody": "Text https://example.org/u/1\n",
        "Tag": TAG,
        "Metadata": {"batch": TAG, "delivery": "1"},
        "MessageStream": "broadcast",
        "TrackOpens": False,
        "TrackLinks": "None",
        "Headers": [
            {"Name": "List-Id", "Value": "<daily.example.org>"},
            {"Name": "List-Unsubscribe", "Value": "<https://example.org/u/1>"},
            {"Name": "List-Unsubscribe-Post", "Value": "List-Unsubscribe=One-Click"},
            {"Name": "Precedence", "Value": "bulk"},
            {"Name": "Feedback-ID", "Value": "20260515:daily.example.org:bulk:example.org"},
        ],
    }
    assert "https://example.org/u/2" in second["HtmlBody"]
    assert "https://example.org/u/1" not in json.dumps(second)


def test_a_newsroom_that_takes_no_replies_names_no_address_for_them() -> None:
    made = Postmark(server_token="token").payload(EMAIL, replace(ENVELOPE, reply_to=""), readers(1), tag=TAG)
    assert "ReplyTo" not in messages(made)[0]


def test_a_call_beyond_postmarks_bytes_is_refused_before_it_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postmark, "LARGEST_CALL", 1000)
    payload(1)
    with pytest.raises(ProviderMisused, match="bytes in one call"):
        payload(2)


@pytest.mark.parametrize(("characters", "copies"), [(1_000, 500), (90_000, 500), (200_000, 245), (60_000_000, 1)])
def test_a_call_has_as_many_readers_as_its_bytes_allow(characters: int, copies: int) -> None:
    letter = replace(EMAIL, html="x" * characters)
    fits = min(Postmark.batch_size, Postmark(server_token="token").fits(letter))
    assert fits == pytest.approx(copies, abs=2)
    if copies > 1:
        Postmark(server_token="token").payload(letter, ENVELOPE, readers(fits), tag=TAG)


@pytest.mark.parametrize("address", ["a@example.org,b@example.org", "a@example.org\r\nb", "<a@b.org>"])
def test_an_address_that_would_be_two_is_refused(address: str) -> None:
    wrong = readers(1)[0]._replace(address=address)
    with pytest.raises(ProviderMisused, match="delivery 1"):
        Postmark(server_token="token").payload(EMAIL, ENVELOPE, [wrong], tag=TAG)


def test_every_message_has_an_answer_of_its_own(loopback: Callable[..., Any], answer: Callable[..., bytes]) -> None:
    said = [
        {"ErrorCode": 0, "Message": "OK", "MessageID": "m-1", "To": "reader1@example.org"},
        {"ErrorCode": 406, "Message": "You tried to send to a recipient that has been marked as inactive."},
        {"ErrorCode": 100, "Message": "Maintenance"},
    ]
    server = loopback(answer("200 OK", json.dumps(said)))
    receipt = Postmark(server_token="token", base_url=server.url + "/").submit(payload(3))
    assert (receipt.outcome, receipt.reference) == (Outcome.ACCEPTED, "m-1")
    assert receipt.fates[0] == Fate(delivery_id=1, outcome=Outcome.ACCEPTED, reference="m-1")
    assert [(fate.delivery_id, fate.outcome) for fate in receipt.fates[1:]] == [
        (2, Outcome.REJECTED),
        (3, Outcome.RETRYABLE),
    ]
    assert "Postmark 406: You tried" in receipt.fates[1].detail
    head = server.requests[0].partition(b"\r\n\r\n")[0]
    assert head.startswith(b"POST /email/batch HTTP/1.1")
    assert b"X-Postmark-Server-Token: token" in head


@pytest.mark.parametrize("code", [400, 401, 405, 412, 413])
def test_a_code_that_refuses_us_halts_and_keeps_the_copies(
    loopback: Callable[..., Any], answer: Callable[..., bytes], code: int
) -> None:
    ours, taken = {"ErrorCode": code, "Message": "why"}, {"ErrorCode": 0, "MessageID": "m-1"}
    inactive = {"ErrorCode": 406, "Message": "inactive"}
    server = loopback(*(answer("200 OK", json.dumps(said)) for said in ([ours, ours], [inactive, taken, ours])))
    provider = Postmark(server_token="token", base_url=server.url)
    whole, part = provider.submit(payload(2)), provider.submit(payload(3))
    assert whole == Receipt(outcome=Outcome.RETRYABLE, detail=f"Postmark {code}: why", halts=True)
    assert (part.outcome, part.halts, part.detail) == (Outcome.ACCEPTED, True, f"Postmark {code}: why")
    assert [fate.outcome for fate in part.fates] == [Outcome.REJECTED, Outcome.ACCEPTED, Outcome.RETRYABLE]


@pytest.mark.parametrize(
    "body", ["{}", "[]", '[{"ErrorCode": 0}, {"ErrorCode": 0}]', '[{"ErrorCode": "0"}, 1]', "Forbidden", "[1, 2]"]
)
def test_an_answer_that_is_not_one_for_each_message_is_uncertain(
    loopback: Callable[..., Any], answer: Callable[..., bytes], body: str
) -> None:
    postmark_ = Postmark(server_token="token", base_url=loopback(answer("200 OK", body)).url)
    assert postmark_.submit(payload(2)).outcome is Outcome.UNCERTAIN


def test_a_wrong_token_halts_and_a_malformed_call_is_refused(
    loopback: Callable[..., Any], answer: Callable[..., bytes]
) -> None:
    server = loopback(answer("401 Unauthorized", '{"ErrorCode": 10}'), answer("422 No", '{"ErrorCode": 402}'))
    provider = Postmark(server_token="token", base_url=server.url)
    assert provider.submit(payload()).halts
    assert provider.submit(payload()).outcome is Outcome.REJECTED


@pytest.mark.parametrize(
    ("body", "trace"),
    [
        (
            '{"TotalCount": 2, "Messages": [{"Recipients": ["a@example.org"]}, {"Recipients": ["b@example.org"]}]}',
            replace(Trace.FOUND, addresses=("a@example.org", "b@example.org")),
        ),
        ('{"TotalCount": 0, "Messages": []}', Trace.MISSING),
        ('{"TotalCount": 2, "Messages": [{"Recipients": ["a@example.org"]}]}', Trace.UNKNOWN),
        ('{"TotalCount": 1, "Messages": [{"Recipients": []}]}', Trace.UNKNOWN),
        ('{"TotalCount": 1, "Messages": [{"Recipients": [null]}]}', Trace.UNKNOWN),
        ('{"TotalCount": 1, "Messages": [{"Recipients": "a@example.org"}]}', Trace.UNKNOWN),
        ('{"TotalCount": 1, "Messages": [7]}', Trace.UNKNOWN),
        ('{"TotalCount": 1}', Trace.UNKNOWN),
        ("[]", Trace.UNKNOWN),
    ],
)
def test_a_lost_batch_is_looked_for_among_the_outbound_messages(
    loopback: Callable[..., Any], answer: Callable[..., bytes], body: str, trace: Trace
) -> None:
    server = loopback(answer("200 OK", body))
    provider = Postmark(server_token="token", base_url=server.url)
    assert provider.search(TAG, since=datetime(2026, 5, 15, 0, 10, tzinfo=UTC)) == trace
    target = server.requests[0].split(b" ", 2)[1].decode()
    assert urlsplit(target).path == "/messages/outbound"
    assert parse_qs(urlsplit(target).query) == {
        "count": ["500"],
        "offset": ["0"],
        "tag": [TAG],
        "fromdate": ["2026-05-14"],
    }


@cache
def spec(path: Path) -> OpenAPI:
    """The file, with a whole address for its server: it gives none of its own but «//api.postmarkapp.com»."""
    given = json.loads(path.read_text(encoding="utf-8"))
    return OpenAPI.from_dict(given | {"servers": [{"url": postmark.API}]})


@pytest.mark.shared
@pytest.mark.parametrize("count", [1, 2, 499, 500])
def test_the_call_is_one_that_postmarks_specification_allows(shared: Path, count: int) -> None:
    made = payload(count)
    request = MockRequest(
        postmark.API,
        "post",
        "/email/batch",
        headers={"X-Postmark-Server-Token": "token"},
        data=made.body,
        content_type="application/json",
    )
    spec(shared / "data" / "specs" / "postmark" / "server.json").validate_request(request)


@pytest.mark.shared
@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_title_stays_in_its_own_field_and_within_the_specification(shared: Path, title: str) -> None:
    made = payload(1, replace(EMAIL, subject=title, html=title, text=title))
    assert messages(made)[0].keys() == messages(payload(1))[0].keys()
    request = MockRequest(
        postmark.API,
        "post",
        "/email/batch",
        headers={"X-Postmark-Server-Token": "token"},
        data=made.body,
        content_type="application/json",
    )
    spec(shared / "data" / "specs" / "postmark" / "server.json").validate_request(request)
