"""What is sent to Brevo -> valid by Brevo's own specification."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from openapi_core import OpenAPI
from openapi_core.testing import MockRequest

from digest.adapters.providers.brevo import API, Brevo
from digest.model.mail import Email
from tests.adapters.providers.letter import ENVELOPE, HOSTILE, TAG
from tests.adapters.providers.letter import PLAIN as EMAIL
from tests.adapters.providers.readers import HOSTILE_NAMES, readers

TITLES = (*HOSTILE, "{{ params.unsubscribe }}", "{% autoescape off %}{# gone #}")


def body(count: int = 2, email: Email = EMAIL, *, name: str = "") -> bytes:
    return Brevo(api_key="key").payload(email, ENVELOPE, readers(count, name), tag=TAG).body


class Loader(yaml.SafeLoader if not hasattr(yaml, "CSafeLoader") else yaml.CSafeLoader):  # type: ignore[misc]
    """Leaves dates as they are written: two of the file’s examples are the day 0 of a month."""


Loader.add_constructor("tag:yaml.org,2002:timestamp", lambda loader, node: loader.construct_scalar(node))


def texted(node: object) -> object:
    """The same with every key a text: the file's answers have numbers for names, which JSON Schema has not."""
    if isinstance(node, dict):
        return {str(key): texted(value) for key, value in node.items()}
    return [texted(each) for each in node] if isinstance(node, list) else node


@cache
def specification(shared: Path) -> OpenAPI:
    """Brevo’s file, of which the paths that are called are kept: elsewhere a maximum is a text («1E+2»)."""
    text = (shared / "data/specs/brevo/swagger_definition_v3.yml").read_text("utf-8")
    whole = texted(yaml.load(text, Loader=Loader))
    assert isinstance(whole, dict)
    names = ("sendSmtpEmail", "createSmtpEmail", "scheduleSmtpEmail", "getEmailEventReport", "errorModel")
    schemas = {name: whole["components"]["schemas"][name] for name in names}
    components = {"schemas": schemas, "securitySchemes": whole["components"]["securitySchemes"]}
    paths = {path: whole["paths"][path] for path in ("/smtp/email", "/smtp/statistics/events")}
    return OpenAPI.from_dict(whole | {"components": components, "paths": paths})


def validate(shared: Path, call: bytes) -> None:
    specification(shared).validate_request(
        MockRequest(
            API,
            "post",
            "/v3/smtp/email",
            headers={"api-key": "key"},
            data=call,
            content_type="application/json",
        )
    )


@pytest.mark.shared
@pytest.mark.parametrize("count", [1, 2, 999, 1000])
def test_every_call_is_valid_by_brevo_s_own_specification(shared: Path, count: int) -> None:
    validate(shared, body(count, name="Zoë"))


@pytest.mark.shared
def test_hostile_titles_and_names_are_valid_too(shared: Path) -> None:
    for title in TITLES:
        validate(shared, body(email=replace(EMAIL, subject=title, html=title, text=title)))
    for name in HOSTILE_NAMES:
        validate(shared, body(name=name))


@pytest.mark.shared
def test_the_specification_can_refuse(shared: Path) -> None:
    broken = body().replace(b'"email":"reader1@example.org"', b'"mail":"reader1@example.org"')
    with pytest.raises(Exception, match="'email' is a required property"):
        validate(shared, broken)


@pytest.mark.shared
def test_the_questions_are_valid_too(shared: Path, loopback: Callable[..., Any], answer: Callable[..., bytes]) -> None:
    server = loopback(answer("200 OK", "{}"), answer("200 OK", "{}"))
    brevo = Brevo(api_key="key", base_url=server.url)
    brevo.search(TAG, since=datetime(2026, 5, 15, tzinfo=UTC))
    assert list(brevo.pull(since=datetime(2026, 5, 15, tzinfo=UTC))) == []
    for request in server.requests:
        target = urlsplit(request.split(b" ", 2)[1].decode())
        asked = {name: value for name, (value,) in parse_qs(target.query).items()}
        specification(shared).validate_request(
            MockRequest(API, "get", target.path, headers={"api-key": "key"}, args=asked)
        )
