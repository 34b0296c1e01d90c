"""Only what Svix signed with our secret, and lately, is heard."""

import hmac
from base64 import b64decode, b64encode
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.adapters.events.svix import require_svix
from digest.errors import Unproven

NOW = datetime(2026, 5, 15, 7, 0, tzinfo=UTC)
KEY = b"0123456789abcdef01234567"
SECRET = "whsec_" + b64encode(KEY).decode()
BODY = b'{"type": "email.sent"}'


def signature(body: bytes = BODY, *, at: datetime = NOW, key: bytes = KEY, name: str = "msg_1") -> str:
    signed = f"{name}.{at.timestamp():.0f}.".encode() + body
    return "v1," + b64encode(hmac.new(key, signed, sha256).digest()).decode()


def headers(signatures: str, *, at: datetime = NOW, name: str = "msg_1") -> dict[str, str]:
    return {"svix-id": name, "svix-timestamp": f"{at.timestamp():.0f}", "svix-signature": signatures}


def hear(signatures: str, *, body: bytes = BODY, secret: str = SECRET, at: datetime = NOW) -> str:
    return require_svix(headers(signatures, at=at), body, secret=secret, now=NOW)


def test_a_call_has_the_name_that_it_keeps_when_it_comes_again() -> None:
    assert hear(signature()) == "msg_1"


def test_the_example_of_svixs_own_page_is_proven() -> None:
    """docs.svix.com, «Verifying Webhooks Manually»: secret, headers and body are given there."""
    given_headers = {
        "svix-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "svix-timestamp": "1614265330",
        "svix-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }
    name = require_svix(
        given_headers,
        b'{"test": 2432232314}',
        secret="whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        now=datetime.fromtimestamp(1614265330, UTC),
    )
    assert name == "msg_p5jXN8AQM9LWM0D4loKWxJek"


def test_one_signature_of_several_is_enough() -> None:
    other = signature(key=b"the secret before this one")
    assert hear(f"{other} v1a,asymmetric {signature()} v1,") == "msg_1"


@pytest.mark.parametrize(
    "signatures",
    ["", "v1,", "v1", signature(key=b"guessed"), signature().replace("v1,", "v2,"), signature().lower(), "v1,é", " "],
)
def test_a_signature_by_another_is_none(signatures: str) -> None:
    with pytest.raises(Unproven, match="no signature on it"):
        hear(signatures)


@pytest.mark.parametrize("age", [timedelta(seconds=301), timedelta(seconds=-301), timedelta(days=400)])
def test_a_signature_is_taken_for_five_minutes(age: timedelta) -> None:
    near = NOW - (timedelta(seconds=299) if age > timedelta(0) else timedelta(seconds=-299))
    assert hear(signature(at=near), at=near)
    with pytest.raises(Unproven, match="five minutes"):
        hear(signature(at=NOW - age), at=NOW - age)


def test_a_time_that_is_none_is_refused_though_it_is_signed() -> None:
    signed = "v1," + b64encode(hmac.new(KEY, b"msg_1.soon." + BODY, sha256).digest()).decode()
    with pytest.raises(Unproven, match="five minutes"):
        require_svix(headers(signed) | {"svix-timestamp": "soon"}, BODY, secret=SECRET, now=NOW)


@pytest.mark.parametrize(
    ("secret", "why"),
    [
        ("", "no proof"),
        ("whsec_???", "none of Svix's"),
        ("whsec_é", "none of"),
        ("whsec_", "none of"),
        ("whsec_QUJD", "none of"),
    ],
)
def test_without_a_secret_that_is_one_nothing_is_heard(secret: str, why: str) -> None:
    with pytest.raises(Unproven, match=why):
        hear(signature(key=b""), secret=secret)


def test_no_header_at_all_is_no_proof() -> None:
    with pytest.raises(Unproven):
        require_svix({}, BODY, secret=SECRET, now=NOW)


@given(st.binary(max_size=200), st.integers(min_value=0), st.integers(min_value=1, max_value=255))
def test_a_byte_that_was_altered_is_found(body: bytes, place: int, flip: int) -> None:
    signed = signature(body)
    assert hear(signed, body=body)
    altered = bytearray(body or b"\0")
    altered[place % len(altered)] ^= flip
    with pytest.raises(Unproven):
        hear(signed, body=bytes(altered))


def test_the_secret_may_come_without_its_prefix() -> None:
    assert b64decode(SECRET.removeprefix("whsec_")) == KEY
    assert hear(signature(), secret=SECRET.removeprefix("whsec_")) == "msg_1"
