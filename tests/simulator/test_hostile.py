"""Whatever a client sends is accepted or refused; nothing else ever comes of it."""

import json
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.simulator.exchange import Refused, Request
from digest.simulator.log import Log
from digest.simulator.names import DIALECTS, dialect
from digest.simulator.records import LogRecords
from digest.simulator.script import Script
from tests.simulator.calls import CALLS, readers

WORDS = sorted(
    {word for name in CALLS for word in CALLS[name](readers(1)).content().decode().replace("\\", "").split('"')}
)
TEXT = st.one_of(st.sampled_from(WORDS), st.text(max_size=8))
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), TEXT),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXT, inner, max_size=4)),
    max_leaves=12,
)


def spots(value: Any) -> list[list[Any]]:
    """The way to every value within a value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [[]] + [[key, *way] for key, each in inner for way in spots(each)]


def replaced(value: Any, way: list[Any], new: Any) -> Any:
    if not way:
        return new
    changed = value.copy()
    changed[way[0]] = replaced(value[way[0]], way[1:], new)
    return changed


@pytest.mark.parametrize("name", [name for name in DIALECTS if name != "mailgun"])
@given(data=st.data())
def test_a_call_with_anything_in_any_place_is_taken_or_refused(name: str, data: st.DataObject) -> None:
    sent = CALLS[name](readers(2))
    way = data.draw(st.sampled_from(spots(sent.body)))
    body = json.dumps(replaced(sent.body, way, data.draw(JSON))).encode()
    headers = {key.lower(): value for key, value in sent.headers.items()}
    for thorough in (True, False):
        with suppress(Refused):
            dialect(name).read(
                Request(method="POST", path=sent.path, headers=headers, body=body), number="1", thorough=thorough
            )


@given(variables=JSON, field=st.sampled_from(["recipient-variables", "text", "o:tag", "v:delivery", "h:X-Any"]))
def test_a_form_with_anything_in_any_field_is_taken_or_refused(variables: Any, field: str) -> None:
    sent = CALLS["mailgun"](readers(2), **{field: json.dumps(variables)})
    headers = {key.lower(): value for key, value in sent.headers.items()}
    for thorough in (True, False):
        with suppress(Refused):
            dialect("mailgun").read(
                Request(method="POST", path=sent.path, headers=headers, body=sent.body), number="1", thorough=thorough
            )


LISTS = {
    "mailgun": ("GET", "/v3/d/events"),
    "ses": ("GET", "/v2/email/account"),
    "resend": ("GET", "/emails/1"),
    "brevo": ("GET", "/v3/smtp/statistics/events"),
    "postmark": ("GET", "/bounces"),
    "sendgrid": ("GET", "/v3/messages"),
}
NAMES = st.sampled_from(
    "begin end limit ascending event tags from days startDate count offset fromdate type query sort page".split()
)


@pytest.mark.parametrize("name", LISTS)
@given(query=st.dictionaries(NAMES, TEXT.filter(lambda text: "&" not in text)), page=st.text("abcdefgh123=_-"))
def test_a_list_that_is_asked_for_with_anything_is_given_or_refused(
    tmp_path_factory: pytest.TempPathFactory, name: str, query: dict[str, str], page: str
) -> None:
    log = Log(tmp_path_factory.mktemp("log") / "log")
    method, path = LISTS[name]
    headers = {key.lower(): value for key, value in CALLS[name](readers(1)).headers.items()}
    text = "&".join(f"{key}={value}" for key, value in query.items())
    records = LogRecords(log=log, script=Script(), now=datetime(2026, 5, 15, tzinfo=UTC))
    for asked in (path, f"{path}/{page}"):
        with suppress(Refused):
            dialect(name).listed(Request(method=method, path=asked, query=text, headers=headers), records)
    log.close()
