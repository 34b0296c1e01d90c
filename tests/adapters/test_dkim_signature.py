"""Signatures that verifiers take, over the headers that must be covered, the same at every attempt."""

import re
from base64 import b64decode, b64encode
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import dkim
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa

from digest.adapters.dkim_signature import SIGNED, Signer
from digest.errors import ConfigError
from digest.model.mail import Recipient
from digest.render.mime import message
from tests.adapters.providers.letter import EMAIL, ENVELOPE, TAG

AT = datetime(2024, 5, 15, 6, 30, tzinfo=UTC)
READER = Recipient(delivery_id=7, address="reader@example.org", name="Siân", unsubscribe_url="https://example.org/u/7")
LETTER = message(EMAIL, envelope=ENVELOPE, recipient=READER, tag=TAG)
RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PKCS1, PKCS8 = serialization.PrivateFormat.TraditionalOpenSSL, serialization.PrivateFormat.PKCS8


def pem(key: rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey, form: serialization.PrivateFormat = PKCS8) -> str:
    return key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()).decode()


def record(key: rsa.RSAPrivateKey) -> Callable[..., bytes]:
    """A name server that knows one key."""
    public = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)

    def text(name: bytes, timeout: int = 5) -> bytes:
        del timeout
        assert name == b"s1._domainkey.example.org."
        return b"v=DKIM1; k=rsa; p=" + b64encode(public)

    return text


def signed(key: str = "", *, content: bytes = LETTER, at: datetime = AT) -> bytes:
    return Signer(domain="example.org", selector="s1", key=key or pem(RSA)).signed(content, at=at)


def tags(content: bytes) -> dict[str, str]:
    head = re.sub(rb"\r\n[ \t]+", b" ", content).partition(b"\r\n")[0].decode("ascii")
    pairs = (tag.split("=", 1) for tag in head.removeprefix("DKIM-Signature:").split(";"))
    return {name.strip(): re.sub(r"\s+", "", value) for name, value in pairs}


@pytest.mark.parametrize("form", [PKCS1, PKCS8])
def test_a_verifier_takes_the_signature_and_the_letter_is_below_it_unchanged(form: serialization.PrivateFormat) -> None:
    made = signed(pem(RSA, form))
    assert made.endswith(LETTER)
    assert dkim.verify(made, dnsfunc=record(RSA))
    assert all(len(line) <= 998 for line in made.split(b"\r\n"))


def test_it_covers_what_must_be_covered() -> None:
    made = tags(signed())
    assert made["a"] == "rsa-sha256"
    assert made["c"] == "relaxed/relaxed"
    assert (made["d"], made["s"], made["t"]) == ("example.org", "s1", "1715754600")
    covered = made["h"].split(":")
    assert covered == list(SIGNED)
    assert covered.count("from") == 2
    assert {"list-unsubscribe", "list-unsubscribe-post", "list-id", "reply-to", "feedback-id"} < set(covered)


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        (b"List-Unsubscribe: <https://example.org/u/7>", b"List-Unsubscribe: <https://evil.example/u/7>"),
        (b"List-Unsubscribe=One-Click", b"List-Unsubscribe=Two-Clicks"),
        (b"Subject: ", b"Subject: Not "),
        (b"Unsubscribe:", b"Subscribe:"),
        (b"From: ", b"From: evil@example.net\r\nFrom: "),
    ],
)
def test_what_is_changed_or_added_on_the_way_breaks_it(was: bytes, becomes: bytes) -> None:
    made = signed()
    assert was in made
    assert not dkim.verify(made.replace(was, becomes, 1), dnsfunc=record(RSA))


def test_white_space_that_relays_change_does_not_break_it() -> None:
    made = signed().replace(b"Precedence: bulk", b"Precedence:   bulk").replace(b"List-Id: <", b"List-ID:\r\n  <")
    assert dkim.verify(made, dnsfunc=record(RSA))


def test_an_absent_reply_address_cannot_be_added() -> None:
    bare = re.sub(rb"Reply-To: [^\r]*\r\n", b"", LETTER)
    made = signed(content=bare)
    assert dkim.verify(made, dnsfunc=record(RSA))
    assert not dkim.verify(made.replace(b"Precedence", b"Reply-To: x@evil.example\r\nPrecedence"), dnsfunc=record(RSA))


def test_the_same_letter_at_the_same_time_has_the_same_bytes() -> None:
    assert signed() == signed()
    assert signed(at=AT + timedelta(seconds=1)) != signed()


def test_a_key_of_ed25519_signs_as_rfc_8463_says() -> None:
    """dkimpy verifies these with a library that is not ours: here the signature is checked by itself."""
    key = ed25519.Ed25519PrivateKey.generate()
    made = signed(pem(key))
    assert tags(made)["a"] == "ed25519-sha256"
    assert made == signed(pem(key))
    hashed = dkim.DKIM(made)
    hasher = dkim.HASH_ALGORITHMS[b"ed25519-sha256"]()
    relaxed = dkim.CanonicalizationPolicy.from_c_value(b"relaxed/relaxed")
    named = [name.encode() for name in tags(made)["h"].split(":")]
    field = next(pair for pair in hashed.headers if pair[0].lower() == b"dkim-signature")
    headers = relaxed.canonicalize_headers(hashed.headers)
    dkim.hash_headers(hasher, relaxed, headers, named, field, {})
    key.public_key().verify(b64decode(tags(made)["b"]), hasher.digest())


def test_a_key_may_stand_on_one_line_with_its_line_ends_spelt() -> None:
    assert signed(pem(RSA).replace("\n", "\\n")) == signed()
    assert signed(pem(RSA).replace("\n", "\r\n")) == signed()


@pytest.mark.parametrize(
    ("key", "why"),
    [
        ("canary", "no private key in PEM"),
        ("-----BEGIN PRIVATE KEY-----\ncanary\n-----END PRIVATE KEY-----", "no private key in PEM"),
        ("-----BEGIN PRIVATE KEY-----\nY2FuYXJ5\n-----END PRIVATE KEY-----", "no private key in PEM"),
        (pem(rsa.generate_private_key(public_exponent=65537, key_size=1024)).replace("\n", "\r\n"), ""),
    ],
    ids=["no PEM", "no base 64", "no key", "short but allowed"],
)
def test_what_is_no_key_is_refused_without_being_repeated(key: str, why: str) -> None:
    if not why:
        assert signed(key)
        return
    with pytest.raises(ConfigError, match=why) as refused:
        signed(key)
    assert "canary" not in str(refused.value)
