"""Each proof checked as its receiver would check it: by hand, or by OpenSSL."""

import base64
import hashlib
import hmac
import json
import re
from pathlib import Path
from subprocess import run

import pytest
import requests

from digest.simulator.server import simulator
from tests.simulator.receiver import READERS, confirmed, habits, is_svix, receiving, sent


def test_mailguns_signature_is_over_timestamp_and_token() -> None:
    with receiving() as receiver, simulator("mailgun", habits=habits(receiver, "key-1")) as running:
        sent("mailgun", running, READERS)
        got = receiver.waits_for(14)
    proofs = [json.loads(each.body)["signature"] for each in got]
    for proof in proofs:
        text = f"{proof['timestamp']}{proof['token']}".encode()
        assert proof["signature"] == hmac.new(b"key-1", text, hashlib.sha256).hexdigest()
    assert len({proof["token"] for proof in proofs}) == len(proofs)


def test_resends_signature_is_over_id_timestamp_and_body() -> None:
    with receiving() as receiver, simulator("resend", habits=habits(receiver)) as running:
        sent("resend", running, READERS)
        got = receiver.waits_for(13)
        assert running.secret.startswith("whsec_")
        assert all(is_svix(each, running.secret) for each in got)
    assert len({each.headers["svix-id"] for each in got}) == len(got)


def verified(tmp_path: Path, *, public: bytes, signature: bytes, text: bytes) -> bool:
    """OpenSSL's word on a signature: RSA with PKCS #1 v1.5 or ECDSA, SHA-256."""
    for name, content in (("public.pem", public), ("signature", signature), ("text", text)):
        (tmp_path / name).write_bytes(content)
    command = ["openssl", "dgst", "-sha256", "-verify", "public.pem", "-signature", "signature", "text"]
    return run(command, cwd=tmp_path, capture_output=True, check=False).stdout == b"Verified OK\n"


def test_sendgrids_signature_is_over_timestamp_and_body(tmp_path: Path) -> None:
    with receiving() as receiver, simulator("sendgrid", habits=habits(receiver)) as running:
        sent("sendgrid", running, READERS)
        got = receiver.waits_for(1)[0]
    prefix = "x-twilio-email-event-webhook"
    public = f"-----BEGIN PUBLIC KEY-----\n{running.secret}\n-----END PUBLIC KEY-----\n".encode()
    signature = base64.b64decode(got.headers[f"{prefix}-signature"])
    text = got.headers[f"{prefix}-timestamp"].encode() + got.body
    assert verified(tmp_path, public=public, signature=signature, text=text)
    assert not verified(tmp_path, public=public, signature=signature, text=text + b" ")


def test_amazons_messages_are_signed_by_the_certificate_they_name(tmp_path: Path) -> None:
    fields = {
        "SubscriptionConfirmation": "Message MessageId SubscribeURL Timestamp Token TopicArn Type",
        "Notification": "Message MessageId Subject Timestamp TopicArn Type",
    }
    with receiving() as receiver, simulator("ses", habits=habits(receiver)) as running:
        confirmed(running, receiver)
        sent("ses", running, READERS[:1])
        got = [json.loads(each.body) for each in receiver.waits_for(3)]
        assert re.fullmatch(
            r"https://sns\.eu-west-1\.amazonaws\.com/SimpleNotificationService-[0-9a-f]{32}\.pem",
            got[0]["SigningCertURL"],
        )
        pem = requests.get(f"{running.url}/_simulator/sns/certificate.pem", timeout=10).content
        (tmp_path / "certificate.pem").write_bytes(pem)
    command = ["openssl", "x509", "-in", "certificate.pem", "-pubkey", "-noout"]
    public = run(command, cwd=tmp_path, capture_output=True, check=True).stdout
    for said in got:
        text = "".join(f"{name}\n{said[name]}\n" for name in fields[said["Type"]].split()).encode()
        signature = base64.b64decode(said["Signature"])
        assert said["SignatureVersion"] == "2"
        assert said["TopicArn"] == running.secret
        assert verified(tmp_path, public=public, signature=signature, text=text)
        assert not verified(tmp_path, public=public, signature=signature, text=text.replace(b"Type", b"type"))


@pytest.mark.parametrize(
    ("name", "secret", "header"),
    [("brevo", "token-1", "Bearer token-1"), ("postmark", "user:word", "Basic dXNlcjp3b3Jk")],
)
def test_brevo_and_postmark_name_themselves_in_a_header(name: str, secret: str, header: str) -> None:
    with receiving() as receiver, simulator(name, habits=habits(receiver, secret)) as running:
        sent(name, running, READERS[:1])
        assert receiver.waits_for(1)[0].headers["authorization"] == header
