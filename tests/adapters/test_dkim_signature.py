"""Signatures that verifiers take, over the headers that must be covered, the same at every attempt."""

import os
import re
import shutil
from base64 import b64decode, b64encode
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from stat import S_IMODE
from subprocess import run

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


def documented(word: str, *, cwd: Path) -> str:
    """Carry out the one OpenSSL command of docs/operations.md that has this word; what it prints."""
    if shutil.which("openssl") is None:
        if os.environ.get("CI"):
            pytest.fail("openssl is absent: in CI the commands of the documentation must be run")
        pytest.skip("needs openssl")
    text = (Path(__file__).parents[2] / "docs" / "operations.md").read_text(encoding="utf-8")
    (command,) = (found for found in re.findall(r"`(openssl [^`]+)`", text) if word in found)
    return run(["sh", "-c", command], cwd=cwd, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(("kind", "algorithm"), [("genrsa", "rsa-sha256"), ("genpkey", "ed25519-sha256")])
def test_a_key_of_the_documentations_command_signs_and_is_its_owners_alone(
    kind: str, algorithm: str, tmp_path: Path
) -> None:
    documented(kind, cwd=tmp_path)
    file = tmp_path / "dkim.pem"
    assert S_IMODE(file.stat().st_mode) == 0o600
    assert tags(signed(file.read_text()))["a"] == algorithm


def test_the_record_of_the_documentations_command_verifies(tmp_path: Path) -> None:
    documented("genrsa", cwd=tmp_path)
    public = documented("openssl rsa", cwd=tmp_path)
    record = "v=DKIM1; k=rsa; p=" + public
    assert dkim.verify(signed((tmp_path / "dkim.pem").read_text()), dnsfunc=lambda name, timeout=5: record.encode())


def test_the_record_of_an_ed25519_key_is_the_bare_key(tmp_path: Path) -> None:
    """RFC 8463, section 4."""
    documented("genpkey", cwd=tmp_path)
    key = serialization.load_pem_private_key((tmp_path / "dkim.pem").read_bytes(), password=None)
    assert isinstance(key, ed25519.Ed25519PrivateKey)
    assert b64decode(documented("openssl pkey", cwd=tmp_path)) == key.public_key().public_bytes_raw()
