"""What all six have in common: what is accepted is written down, what is wrong is refused in the provider's words."""

import json
from collections.abc import Callable
from typing import Any

import pytest
import requests

from digest.errors import UsageError
from digest.simulator.names import DIALECTS
from digest.simulator.server import Habits, simulator
from tests.simulator.calls import CALLS, MOST, TAG, Sent, link, readers

ALL = pytest.mark.parametrize("name", CALLS)

ERRORS: dict[str, Callable[[requests.Response], str]] = {
    "mailgun": lambda answer: str(answer.json()["message"]),
    "ses": lambda answer: str(answer.json()["message"]) if answer.headers["x-amzn-ErrorType"] else "",
    "resend": lambda answer: str(answer.json()["message"]) if answer.json()["statusCode"] == answer.status_code else "",
    "brevo": lambda answer: str(answer.json()["message"]) if answer.json()["code"] else "",
    "postmark": lambda answer: str(answer.json()["Message"]) if answer.json()["ErrorCode"] else "",
    "sendgrid": lambda answer: str(answer.json()["errors"][0]["message"]),
}
"""Where each provider says what is wrong."""


def ids(name: str, answer: requests.Response) -> list[str]:
    """The ids that an answer gives, one or one a copy."""
    if name == "sendgrid":
        return [answer.headers["X-Message-Id"]]
    said: Any = answer.json()
    match name:
        case "mailgun":
            assert said["message"] == "Queued. Thank you."
            return [said["id"]]
        case "ses":
            assert {each["Status"] for each in said["BulkEmailEntryResults"]} == {"SUCCESS"}
            return [each["MessageId"] for each in said["BulkEmailEntryResults"]]
        case "resend":
            return [each["id"] for each in said["data"]]
        case "brevo":
            return list(said["messageIds"])
        case _:
            assert {each["ErrorCode"] for each in said} == {0}
            return [each["MessageID"] for each in said]


def test_there_is_a_call_for_every_provider_that_is_simulated() -> None:
    assert set(CALLS) == set(DIALECTS) == set(MOST)


@ALL
def test_each_copy_is_written_down_as_its_reader_would_get_it(name: str) -> None:
    with simulator(name) as running:
        answer = CALLS[name](readers(3)).to(running)
        copies = running.copies()
    assert answer.status_code == {"brevo": 201, "sendgrid": 202}.get(name, 200)
    assert [copy["address"] for copy in copies] == readers(3)
    assert [copy["delivery"] for copy in copies] == ["1", "2", "3"]
    assert [copy["subject"] for copy in copies] == ["Copy 1", "Copy 2", "Copy 3"]
    assert {copy["tag"] for copy in copies} == {TAG}
    assert {copy["call"] for copy in copies} == {1}
    assert {copy["key"] for copy in copies} == {TAG if name in {"resend", "brevo"} else ""}
    links = [str(copy["list_unsubscribe"]) for copy in copies]
    assert links == [link(n) for n in (1, 2, 3)]
    given = ids(name, answer)
    known = [copy["message_id"] for copy in copies]
    assert given == known or (len(given) == 1 and given == [copies[0]["id"]])


@ALL
@pytest.mark.parametrize("thorough", [True, False], ids=["thorough", "cheap"])
def test_a_full_call_is_accepted_and_one_reader_more_is_refused(name: str, thorough: bool) -> None:
    with simulator(name, habits=Habits(thorough=thorough)) as running:
        assert CALLS[name](readers(MOST[name]), **own(name, "1")).to(running).ok
        refused = CALLS[name](readers(MOST[name] + 1), **own(name, "2")).to(running)
        copies = running.copies()
    assert refused.status_code in {400, 422}
    assert str(MOST[name] + 1) in ERRORS[name](refused)
    assert [copy["delivery"] for copy in copies] == [str(n) for n in range(1, MOST[name] + 1)]
    assert {copy["tag"] for copy in copies} == {TAG}


def own(name: str, key: str) -> dict[str, str]:
    """A key of its own, where there are keys."""
    return {"key": key} if name in {"resend", "brevo"} else {}


@ALL
def test_nobody_at_all_is_refused(name: str) -> None:
    with simulator(name) as running:
        assert CALLS[name]([]).to(running).status_code in {400, 422}
        assert running.copies() == []


@ALL
@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (["a@example.org", "a@example.org"], "a@example.org"),
        (["a@example.org,b@example.org"], "not one address"),
        (["nobody"], "not one address"),
        (["<a@example.org> <b@example.org>"], "not one address"),
    ],
)
def test_an_address_that_is_none_or_two_or_there_twice_is_refused(name: str, wrong: list[str], why: str) -> None:
    with simulator(name) as running:
        answer = CALLS[name](wrong).to(running)
        assert (running.copies(), [bool(call.refused) for call in running.calls()]) == ([], [True])
    assert answer.status_code in {400, 422}
    assert why in ERRORS[name](answer)


def changed(sent: Sent, old: str, new: str) -> Sent:
    """The same call with some bytes for others."""
    assert old.encode() in sent.content()
    body = sent.content().replace(old.encode(), new.encode())
    return Sent(path=sent.path, headers=sent.headers, body=body)


@ALL
@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("/u/2>", "/u/1>", "unsubscribe link"),
        ("https://news.example.org/u/1", "mailto:out@example.org", "not one link"),
        ("List-Unsubscribe=One-Click", "no", "List-Unsubscribe-Post"),
    ],
    ids=["shared", "no link", "no one-click"],
)
def test_a_copy_without_an_unsubscribe_link_of_its_own_is_refused(name: str, old: str, new: str, why: str) -> None:
    with simulator(name) as running:
        answer = changed(CALLS[name](readers(2)), old, new).to(running)
        assert running.copies() == []
    assert answer.status_code in {400, 422}
    assert why in ERRORS[name](answer)


@ALL
def test_a_call_without_a_key_of_the_account_is_turned_away(name: str) -> None:
    sent = CALLS[name](readers(1))
    bare = {"Content-Type": sent.headers.get("Content-Type", "application/json")}
    with simulator(name) as running:
        answer = Sent(path=sent.path, headers=bare, body=sent.body).to(running)
        assert running.copies() == []
    assert answer.status_code == (403 if name == "ses" else 401)


@ALL
def test_a_body_that_is_nothing_is_refused_and_the_simulator_lives_on(name: str) -> None:
    sent = CALLS[name](readers(1))
    with simulator(name) as running:
        for body in (b"", b"{", b"[]", b"[1]", b'{"personalizations": 1}', b"\xff\xfe", b"null"):
            assert Sent(path=sent.path, headers=sent.headers, body=body).to(running).status_code in {400, 422}
        assert sent.to(running).ok


@ALL
def test_what_the_provider_does_not_have_is_not_found(name: str) -> None:
    with simulator(name) as running:
        headers = CALLS[name](readers(1)).headers
        assert requests.get(f"{running.url}/v9/nothing", headers=headers, timeout=10).status_code == 404


def test_a_variable_that_a_reader_has_not_got_is_refused() -> None:
    with simulator("mailgun") as running:
        answer = CALLS["mailgun"](readers(1), text="Dear %recipient.name%").to(running)
    assert answer.status_code == 400
    assert "name" in answer.json()["message"]


def test_readers_of_mailgun_never_see_each_other() -> None:
    with simulator("mailgun") as running:
        answer = CALLS["mailgun"](readers(2), **{"recipient-variables": ""}).to(running)
    assert (answer.status_code, "addresses of all" in answer.json()["message"]) == (400, True)


def test_mailgun_takes_a_urlencoded_form_as_well() -> None:
    form = {
        "from": "news@example.org",
        "to": "a@example.org",
        "subject": "Hello",
        "text": "Out",
        "h:List-Unsubscribe": link(1),
        "h:List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    with simulator("mailgun") as running:
        url = f"{running.url}/v3/mg.example.org/messages"
        assert requests.post(url, data=form, auth=("api", "key"), timeout=10).ok
        assert [copy["subject"] for copy in running.copies()] == ["Hello"]


@pytest.mark.parametrize("name", ["brevo", "ses"])
def test_headers_beyond_ascii_are_refused_where_the_provider_wants_ascii(name: str) -> None:
    with simulator(name) as running:
        answer = changed(CALLS[name](readers(1)), '"bulk"', json.dumps("bülk", ensure_ascii=False)).to(running)
    assert (answer.status_code, "ASCII" in ERRORS[name](answer)) == (400, True)


@pytest.mark.parametrize("name", [name for name in CALLS if name != "mailgun"])
def test_a_header_that_would_be_two_is_refused(name: str) -> None:
    with simulator(name) as running:
        answer = changed(CALLS[name](readers(1)), "/u/1>", "/u/1>\\r\\nBcc: all@example.org").to(running)
        assert running.copies() == []
    assert "cannot stand in a mail" in ERRORS[name](answer)


@pytest.mark.parametrize("header", ["Authorization", "X-Amz-Date"])
def test_a_call_to_amazon_is_signed_with_version_four(header: str) -> None:
    sent = CALLS["ses"](readers(1))
    with simulator("ses") as running:
        answer = Sent(path=sent.path, headers=dict(sent.headers) | {header: "wrong"}, body=sent.body).to(running)
    assert answer.headers["x-amzn-ErrorType"] in {"IncompleteSignatureException", "InvalidSignatureException"}


def test_a_provider_that_nobody_knows_is_named_with_those_there_are() -> None:
    with pytest.raises(UsageError, match=r"pigeon.*mailgun, ses"), simulator("pigeon"):
        pass
