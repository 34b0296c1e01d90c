"""Only what our topic signed, by a certificate of SNS's own, is heard."""

import json
from base64 import b64encode
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from hypothesis import given
from hypothesis import strategies as st

from digest.adapters.events import sns
from digest.adapters.events.sns import Certificates, Notice, proven, require_topic
from digest.errors import ConfigError, Unproven, Unreachable
from tests.adapters.events.topic import CONFIRM, NOW, TOPIC, URL, certificate, lookup, notification, signed, wish


def hear(body: bytes, *, topic: str = TOPIC, find: Callable[[str], bytes] = lookup, later: float = 0) -> Notice:
    return proven(body, topic_arn=topic, certificate=find, now=NOW + timedelta(seconds=later))


def altered(body: bytes, **changes: object) -> bytes:
    return json.dumps({**json.loads(body), **changes}).encode()


@pytest.mark.parametrize("changes", [{}, {"Subject": "Amazon SES"}, {"Subject": None}, {"Message": "a\nb “c”"}])
def test_a_notification_is_heard_with_and_without_a_subject(changes: dict[str, Any]) -> None:
    said = notification("hello", **changes)
    notice = hear(signed(said))
    assert (notice.id, notice.message, notice.confirm_at) == ("n-1", said["Message"], "")
    assert notice.at == NOW - timedelta(minutes=1)


def test_the_wish_to_be_subscribed_says_where_it_is_granted_and_the_other_does_not() -> None:
    assert hear(signed(wish())).confirm_at == CONFIRM
    assert hear(signed(wish("UnsubscribeConfirmation"))).confirm_at == ""


@pytest.mark.parametrize(
    "changes",
    [
        {"Message": "other"},
        {"MessageId": "n-2"},
        {"Subject": "new"},
        {"Timestamp": "2026-05-15T06:59:01.000Z"},
        {"Type": "UnsubscribeConfirmation"},
        {"Signature": b64encode(b"guessed").decode()},
        {"Signature": ""},
        {"Signature": None},
    ],
)
def test_whatever_is_altered_is_found(changes: dict[str, object]) -> None:
    with pytest.raises(Unproven, match="not by SNS's certificate"):
        hear(altered(signed(notification("hello")), **changes))


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"TopicArn": TOPIC + "2"}, "another SNS topic"),
        ({"TopicArn": None}, "another SNS topic"),
        ({"SignatureVersion": "1"}, "not signed by version 2"),
        ({"SignatureVersion": 2}, "not signed by version 2"),
        ({"Type": "Surprise"}, "no type that SNS has"),
        ({"Message": {"eventType": "Complaint"}}, "is no text"),
        ({"Signature": "not base64"}, "cannot be read"),
        ({"Signature": "é"}, "cannot be read"),
    ],
)
def test_what_is_not_as_sns_writes_it_is_refused(changes: dict[str, object], why: str) -> None:
    with pytest.raises(Unproven, match=why):
        hear(altered(signed(notification("hello")), **changes))


@pytest.mark.parametrize("version", ["1", "2"])
def test_sha_1_is_no_proof_whatever_it_calls_itself(version: str) -> None:
    body = altered(signed(notification("hello"), algorithm=SHA1()), SignatureVersion=version)
    with pytest.raises(Unproven):
        hear(body)


def test_another_s_key_is_no_proof() -> None:
    with pytest.raises(Unproven, match="not by SNS's certificate"):
        hear(signed(notification("hello"), by=1))


def test_a_certificate_of_another_kind_or_time_is_no_proof() -> None:
    body = signed(notification("hello"))
    for pem, why in (
        (certificate(days=-1), "not valid now"),
        (certificate(elliptic=True), "no RSA key"),
        (b"<html>", "cannot be read"),
    ):
        with pytest.raises(Unproven, match=why):
            hear(body, find={URL: pem}.__getitem__)


@pytest.mark.parametrize(
    "url",
    [
        "",
        URL.replace("https:", "http:"),
        URL.replace("eu-west-1", "us-east-1"),
        URL.replace("amazonaws.com", "amazonaws.com.evil.example"),
        URL.replace("sns.eu-west-1.amazonaws.com", "sns-eu-west-1.s3.amazonaws.com"),
        URL.replace("sns.eu-west-1.amazonaws.com", "sns.eu-west-1.amazonaws.com:444"),
        URL.replace("sns.eu-west-1.amazonaws.com", "evil.example\\@sns.eu-west-1.amazonaws.com"),
        URL.replace("https://", "https://user@"),
        URL.replace("/Simple", "/../Simple"),
        URL.replace("/Simple", "/bucket/Simple"),
        URL + "?x=1",
        URL + "#x",
        URL + "\n",
        URL.replace("https:", "https:\t"),
        URL.replace("https://", "https:////"),
        "https://[::1",
        5,
    ],
)
def test_a_certificate_from_elsewhere_is_not_even_fetched(url: object) -> None:
    def never(_: str) -> bytes:
        raise AssertionError("fetched")

    with pytest.raises(Unproven, match="own address"):
        hear(altered(signed(notification("hello")), SigningCertURL=url), find=never)


def test_china_has_a_domain_of_its_own() -> None:
    topic = "arn:aws-cn:sns:cn-north-1:123456789012:feedback"
    url = URL.replace("eu-west-1.amazonaws.com", "cn-north-1.amazonaws.com.cn")
    body = altered(signed(notification("hello", TopicArn=topic)), SigningCertURL=url)
    assert hear(body, topic=topic, find=lambda _: certificate()).message == "hello"
    with pytest.raises(Unproven):
        hear(altered(body, SigningCertURL=url.replace(".com.cn", ".com")), topic=topic)


@pytest.mark.parametrize("later", [-60 - 75 * 60 - 1, 75 * 60 - 60 + 1, 400 * 86_400])
def test_a_call_is_taken_for_as_long_as_sns_tries(later: float) -> None:
    body = signed(notification("hello"))
    hear(body, later=75 * 60 - 60)
    with pytest.raises(Unproven, match="not valid now" if later > 86_400 else "more than an hour"):
        hear(body, later=later)


def test_a_time_that_is_none_is_refused_though_it_is_signed() -> None:
    with pytest.raises(Unproven, match="more than an hour"):
        hear(signed(notification("hello", Timestamp="soon")))


@pytest.mark.parametrize(
    "url",
    [
        CONFIRM.replace("https:", "http:"),
        CONFIRM.replace("eu-west-1.amazonaws.com/", "evil.example/"),
        CONFIRM.replace("Confirm", "Delete"),
        CONFIRM.replace(TOPIC, TOPIC + "2"),
        CONFIRM.replace("/?", "/x?"),
        CONFIRM + "&Action=DeleteTopic",
        CONFIRM + "#x",
        CONFIRM + "&\t",
        "",
    ],
)
def test_a_wish_is_granted_at_snss_own_address_alone(url: str) -> None:
    with pytest.raises(ValueError, match="not SNS's own"):
        hear(signed(wish(SubscribeURL=url)))


def test_without_a_topic_nothing_is_heard() -> None:
    with pytest.raises(Unproven, match="no proof"):
        hear(signed(notification("hello")), topic="")


@pytest.mark.parametrize("body", [b"", b"[]", b"\xff", b"[" * 100_000])
def test_what_is_no_json_is_a_value_error(body: bytes) -> None:
    with pytest.raises(ValueError, match="JSON"):
        hear(body)


@pytest.mark.parametrize(
    "topic", ["feedback", "arn:aws:sqs:eu-west-1:123456789012:x", "arn:aws:sns:eu-west-1:1:x", "x\n"]
)
def test_a_topic_that_is_none_is_a_mistake(topic: str) -> None:
    assert require_topic("") == ""
    with pytest.raises(ConfigError, match="no SNS topic"):
        require_topic(topic)


@given(st.integers(min_value=0), st.integers(min_value=1, max_value=255))
def test_a_byte_that_was_altered_is_found_or_changes_nothing(place: int, flip: int) -> None:
    body = bytearray(signed(notification("hello")))
    whole = hear(bytes(body))
    body[place % len(body)] ^= flip
    try:
        heard = hear(bytes(body), find=lambda _: certificate())
    except (Unproven, ValueError):
        return
    assert heard == whole


def test_a_certificate_is_fetched_once_and_no_redirect_is_followed(
    loopback: Callable[..., Any], answer: Callable[..., bytes]
) -> None:
    server = loopback(answer("200 OK", "PEM"), answer("302 Go", Location="http://127.0.0.1:1/"), answer("404 No"))
    find = Certificates()
    assert [find(server.url + "/a"), find(server.url + "/a")] == [b"PEM", b"PEM"]
    for status in (302, 404):
        with pytest.raises(Unreachable, match=str(status)):
            find(server.url + "/b")
    assert len(server.requests) == 3


def test_a_certificate_that_cannot_be_had_now_is_no_refusal(loopback: Callable[..., Any]) -> None:
    with pytest.raises(Unreachable) as caught:
        Certificates()(loopback(b"reset").url)
    assert caught.value.retry_helps


def test_no_more_certificates_are_kept_than_there_can_be(
    loopback: Callable[..., Any], answer: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sns, "MOST_KEPT", 2)
    server = loopback(*[answer("200 OK", "PEM")] * 4)
    find = Certificates()
    for path in ("a", "b", "c", "a", "c"):
        find(f"{server.url}/{path}")
    assert len(server.requests) == 4
