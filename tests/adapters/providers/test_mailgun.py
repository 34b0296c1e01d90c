import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from email import policy
from email.parser import BytesParser
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from openapi_core import OpenAPI
from openapi_core.testing import MockRequest

from digest.adapters.providers.mailgun import Mailgun, MailgunPayload
from digest.errors import ProviderMisused
from digest.model.mail import Email, Envelope, Outcome, Recipient, Trace
from tests.adapters.providers.letter import ENVELOPE, HOSTILE, TAG
from tests.adapters.providers.letter import PLAIN as EMAIL


def readers(count: int) -> tuple[Recipient, ...]:
    return tuple(
        Recipient(
            delivery_id=n, address=f"reader{n}@example.org", name="", unsubscribe_url=f"https://example.org/u/{n}"
        )
        for n in range(1, count + 1)
    )


def payload(count: int = 2, email: Email = EMAIL, envelope: Envelope = ENVELOPE) -> MailgunPayload:
    return Mailgun(domain="example.org", api_key="key").payload(email, envelope, readers(count), tag=TAG)


def fields(made: MailgunPayload) -> list[tuple[str, str]]:
    head = b"Content-Type: " + made.content_type.encode() + b"\r\n\r\n"
    parsed = BytesParser(policy=policy.HTTP).parsebytes(head + made.body)
    return [
        (str(part.get_param("name", header="content-disposition")), str(part.get_content()))
        for part in parsed.iter_parts()
    ]


def test_the_call_says_what_mailgun_wants_to_know() -> None:
    found = fields(payload())
    assert [value for name, value in found if name == "to"] == ["reader1@example.org", "reader2@example.org"]
    rest = dict(each for each in found if each[0] != "to")
    assert json.loads(rest.pop("recipient-variables")) == {
        "reader1@example.org": {"id": 1, "unsubscribe": "https://example.org/u/1"},
        "reader2@example.org": {"id": 2, "unsubscribe": "https://example.org/u/2"},
    }
    assert rest == {
        "from": '"The Round-up" <news@example.org>',
        "subject": "Subject",
        "text": "Text %recipient.unsubscribe%\n",
        "html": '<a href="%recipient.unsubscribe%">x</a>',
        "o:tag": TAG,
        "o:tracking": "no",
        "o:tracking-clicks": "no",
        "o:tracking-opens": "no",
        "v:batch": TAG,
        "v:delivery": "%recipient.id%",
        "h:Reply-To": "desk@example.org",
        "h:Date": "Fri, 15 May 2026 06:30:00 +0000",
        "h:List-Id": "<daily.example.org>",
        "h:List-Unsubscribe": "<%recipient.unsubscribe%>",
        "h:List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "h:Precedence": "bulk",
        "h:Feedback-ID": "20260515:daily.example.org:bulk:example.org",
    }


@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_title_stays_in_its_own_field(title: str) -> None:
    made = payload(email=replace(EMAIL, subject=title, html=title, text=title))
    names = [name for name, _ in fields(made)]
    assert names == [name for name, _ in fields(payload())]
    assert made.body.count(made.content_type.partition("boundary=")[2].encode()) == len(names) + 1


@pytest.mark.parametrize(
    "address", ["a@example.org,b@example.org", 'a"@example.org', "a@example.org\r\nb", "<a@b.org>"]
)
def test_an_address_that_would_be_two_is_refused(address: str) -> None:
    wrong = readers(1)[0]._replace(address=address)
    with pytest.raises(ProviderMisused, match="delivery 1"):
        Mailgun(domain="example.org", api_key="key").payload(EMAIL, ENVELOPE, [wrong], tag=TAG)


def test_nobody_to_write_to_is_a_mistake() -> None:
    with pytest.raises(ProviderMisused, match="from 1 to 1000"):
        payload(0)


def test_it_posts_to_its_domain_with_the_key_and_never_twice(
    loopback: Callable[..., Any], answer: Callable[..., bytes]
) -> None:
    server = loopback(answer("200 OK", '{"id": "<1@mg>", "message": "Queued."}'), answer("500 Oops"))
    mailgun = Mailgun(domain="mg.example.org", api_key="key", base_url=server.url + "/")
    assert mailgun.submit(payload()).reference == "<1@mg>"
    assert mailgun.submit(payload()).outcome is Outcome.UNCERTAIN
    assert len(server.requests) == 2
    head = server.requests[0].partition(b"\r\n\r\n")[0]
    assert head.startswith(b"POST /v3/mg.example.org/messages HTTP/1.1")
    assert b"Authorization: Basic YXBpOmtleQ==" in head


@pytest.mark.parametrize("body", ["[]", "{}", '{"id": ""}', '{"id": 7}', "Forbidden"])
def test_an_answer_that_is_not_mailgun_s_is_uncertain(
    loopback: Callable[..., Any], answer: Callable[..., bytes], body: str
) -> None:
    mailgun = Mailgun(domain="example.org", api_key="key", base_url=loopback(answer("200 OK", body)).url)
    assert mailgun.submit(payload()).outcome is Outcome.UNCERTAIN


@cache
def specification(shared: Path) -> OpenAPI:
    text = (shared / "data/specs/mailgun/openapi.yaml").read_text("utf-8")
    return OpenAPI.from_dict(yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))


def validate(shared: Path, made: MailgunPayload) -> None:
    specification(shared).validate_request(
        MockRequest(
            "https://api.mailgun.net",
            "post",
            "/v3/example.org/messages",
            view_args={"domain_name": "example.org"},
            headers={"Authorization": "Basic YXBpOmtleQ=="},
            data=made.body,
            content_type=made.content_type,
        )
    )


@pytest.mark.shared
@pytest.mark.parametrize("count", [1, 2, 999, 1000])
def test_every_call_is_valid_by_mailgun_s_own_specification(shared: Path, count: int) -> None:
    validate(shared, payload(count))


@pytest.mark.shared
@pytest.mark.parametrize("title", HOSTILE)
def test_hostile_titles_are_valid_too(shared: Path, title: str) -> None:
    validate(shared, payload(email=replace(EMAIL, subject=title, html=title, text=title)))


@pytest.mark.shared
def test_the_specification_can_refuse(shared: Path) -> None:
    made = payload()
    broken = made.body.replace(b'name="o:tracking"\r\n\r\nno', b'name="o:tracking"\r\n\r\nperhaps')
    assert broken != made.body
    with pytest.raises(Exception, match="not one of"):
        validate(shared, replace(made, body=broken))


@pytest.mark.parametrize(
    ("body", "trace"),
    [
        ('{"items": [{"event": "accepted"}], "paging": {}}', Trace.FOUND),
        ('{"items": [], "paging": {}}', Trace.MISSING),
        ("[]", Trace.UNKNOWN),
        ("Forbidden", Trace.UNKNOWN),
    ],
)
def test_a_lost_batch_is_looked_for_among_the_events_by_its_tag(
    loopback: Callable[..., Any], answer: Callable[..., bytes], body: str, trace: Trace
) -> None:
    server = loopback(answer("200 OK", body))
    mailgun = Mailgun(domain="mg.example.org", api_key="key", base_url=server.url)
    assert mailgun.search(TAG, since=datetime(2026, 5, 15, 6, 30, tzinfo=UTC)) is trace
    asked = server.requests[0].partition(b"\r\n")[0].decode()
    assert asked.startswith("GET /v3/mg.example.org/events?")
    assert parse_qs(urlsplit(asked.split()[1]).query) == {
        "tags": [TAG],
        "event": ["accepted"],
        "begin": ["1778826600"],
        "ascending": ["yes"],
        "limit": ["1"],
    }


@pytest.mark.parametrize("given", [b"reset", b"HTTP/1.1 500 Oops\r\nContent-Length: 2\r\n\r\n{}"])
def test_a_search_without_an_answer_knows_nothing(loopback: Callable[..., Any], given: bytes) -> None:
    mailgun = Mailgun(domain="example.org", api_key="key", base_url=loopback(given).url)
    assert mailgun.search(TAG, since=datetime(2026, 5, 15, tzinfo=UTC)) is Trace.UNKNOWN
