"""What is sent to SendGrid -> valid by SendGrid's own specifications."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openapi_core import OpenAPI
from openapi_core.testing import MockRequest

from digest.adapters.events.sendgrid import LISTS
from digest.adapters.providers.sendgrid import PAGE, REGIONS, Sendgrid
from digest.model.mail import Email
from tests.adapters.providers.letter import ENVELOPE, HOSTILE, TAG
from tests.adapters.providers.letter import PLAIN as EMAIL
from tests.adapters.providers.readers import HOSTILE_NAMES, readers


def body(count: int = 2, email: Email = EMAIL, *, name: str = "") -> bytes:
    return Sendgrid(api_key="key").payload(email, ENVELOPE, readers(count, name), tag=TAG).body


@cache
def specification(path: Path) -> OpenAPI:
    """The file, without the examples of the logs', which are a table where OpenAPI 3.1 wants a list."""
    return OpenAPI.from_dict(without_examples(json.loads(path.read_text(encoding="utf-8"))))


def without_examples(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: without_examples(value) for key, value in node.items() if key != "examples"}
    return [without_examples(each) for each in node] if isinstance(node, list) else node


def validate(path: Path, method: str, where: str, call: bytes = b"", **asked: str) -> None:
    specification(path).validate_request(
        MockRequest(
            REGIONS["global"],
            method,
            where,
            headers={"Authorization": "Bearer key", "Accept": "application/json"},
            args=asked,
            data=call,
            content_type="application/json",
        )
    )


@pytest.mark.shared
@pytest.mark.parametrize("count", [1, 2, 999, 1000])
def test_every_call_is_valid_by_sendgrid_s_own_specification(shared: Path, count: int) -> None:
    path = shared / "data/specs/sendgrid/tsg_mail_v3.json"
    validate(path, "post", "/v3/mail/send", body(count, name="Zoë"))


@pytest.mark.shared
def test_hostile_titles_and_names_are_valid_too(shared: Path) -> None:
    path = shared / "data/specs/sendgrid/tsg_mail_v3.json"
    for title in HOSTILE:
        made = body(email=replace(EMAIL, subject=title, html=title, text=title))
        validate(path, "post", "/v3/mail/send", made)
    for name in HOSTILE_NAMES:
        validate(path, "post", "/v3/mail/send", body(name=name))


@pytest.mark.shared
def test_the_specification_can_refuse(shared: Path) -> None:
    broken = body().replace(b'"email":"reader1@example.org"', b'"mail":"reader1@example.org"')
    with pytest.raises(Exception, match="'email' is a required property"):
        validate(shared / "data/specs/sendgrid/tsg_mail_v3.json", "post", "/v3/mail/send", broken)


@pytest.mark.shared
def test_the_questions_are_valid_too(shared: Path, loopback: Callable[..., Any], answer: Callable[..., bytes]) -> None:
    specs = shared / "data/specs/sendgrid"
    server = loopback(answer("200 OK", "{}"))
    Sendgrid(api_key="key", base_url=server.url).search(TAG, since=datetime(2026, 5, 15, tzinfo=UTC))
    validate(specs / "tsg_logs_v3.json", "post", "/v3/logs", server.requests[0].partition(b"\r\n\r\n")[2])
    for where in LISTS:
        validate(
            specs / "tsg_suppressions_v3.json",
            "get",
            f"/v3/suppression/{where}",
            start_time="1778826600",
            limit=f"{PAGE}",
            offset="0",
        )
