"""What a client of each provider sends, written by hand from the provider's pages: none of it is our adapters'."""

import base64
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import requests
from urllib3.filepost import encode_multipart_formdata

from digest.simulator.server import Running

TAG = "5f0c2f6e-7d0a-5f53-9a8b-1c6b2a1c9b10"
SIGNED = (
    "AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20260515/eu-west-1/ses/aws4_request, "
    f"SignedHeaders=content-type;host;x-amz-date, Signature={'0' * 64}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A request as it goes out."""

    path: str
    headers: Mapping[str, str]
    body: Any

    def to(self, running: Running) -> requests.Response:
        """Send it and wait for the answer."""
        return requests.post(running.url + self.path, data=self.content(), headers=self.headers, timeout=10)

    def content(self) -> bytes:
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


def link(number: int) -> str:
    return f"<https://news.example.org/u/{number}>"


def unsubscribe(number: int) -> dict[str, str]:
    return {"List-Unsubscribe": link(number), "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def pairs(given: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"Name": name, "Value": value} for name, value in given.items()]


def mailgun(readers: Sequence[str], **changes: str) -> Sent:
    variables = {address: {"id": n, "link": link(n)} for n, address in enumerate(readers, 1)}
    fields = {
        "from": "News <news@example.org>",
        "subject": "Copy %recipient.id%",
        "text": "Out: %recipient.link%",
        "recipient-variables": json.dumps(variables),
        "o:tag": TAG,
        "v:delivery": "%recipient.id%",
        "h:List-Unsubscribe": "%recipient.link%",
        "h:List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    } | changes
    body, kind = encode_multipart_formdata(
        [*(("to", reader) for reader in readers), *((name, value) for name, value in fields.items() if value)]
    )
    key = base64.b64encode(b"api:key").decode()
    return Sent(
        path="/v3/mg.example.org/messages", headers={"Authorization": f"Basic {key}", "Content-Type": kind}, body=body
    )


def postmark(readers: Sequence[str], **changes: Any) -> Sent:
    body = [
        {
            "From": "news@example.org",
            "To": address,
            "Subject": f"Copy {n}",
            "TextBody": "Out",
            "Tag": TAG,
            "Metadata": {"delivery": str(n)},
            "Headers": pairs(unsubscribe(n)),
        }
        | changes
        for n, address in enumerate(readers, 1)
    ]
    return Sent(
        path="/email/batch", headers={"X-Postmark-Server-Token": "token", "Content-Type": "application/json"}, body=body
    )


def ses(readers: Sequence[str], **changes: Any) -> Sent:
    body = {
        "FromEmailAddress": "news@example.org",
        "DefaultEmailTags": [{"Name": "batch", "Value": TAG}],
        "DefaultContent": {
            "Template": {
                "TemplateContent": {"Subject": "Copy {{n}}", "Html": "<p>{{n}}</p>"},
                "TemplateData": "{}",
                "Headers": pairs({"Precedence": "bulk"}),
            }
        },
        "BulkEmailEntries": [
            {
                "Destination": {"ToAddresses": [address]},
                "ReplacementTags": [{"Name": "delivery", "Value": str(n)}],
                "ReplacementHeaders": pairs(unsubscribe(n)),
                "ReplacementEmailContent": {"ReplacementTemplate": {"ReplacementTemplateData": json.dumps({"n": n})}},
            }
            for n, address in enumerate(readers, 1)
        ],
    } | changes
    headers = {"Authorization": SIGNED, "X-Amz-Date": "20260515T063000Z", "Content-Type": "application/json"}
    return Sent(path="/v2/email/outbound-bulk-emails", headers=headers, body=body)


def resend(readers: Sequence[str], key: str = TAG, **changes: Any) -> Sent:
    body = [
        {
            "from": "News <news@example.org>",
            "to": [address],
            "subject": f"Copy {n}",
            "text": "Out",
            "headers": unsubscribe(n),
            "tags": [{"name": "batch", "value": TAG}, {"name": "delivery", "value": str(n)}],
        }
        | changes
        for n, address in enumerate(readers, 1)
    ]
    headers = {"Authorization": "Bearer re_key", "Content-Type": "application/json"}
    return Sent(path="/emails/batch", headers=headers | ({"Idempotency-Key": key} if key else {}), body=body)


def brevo(readers: Sequence[str], key: str = TAG, **changes: Any) -> Sent:
    body = {
        "sender": {"email": "news@example.org", "name": "News"},
        "subject": "Copy {{params.n}}",
        "htmlContent": "<p>{{ params.n }}</p>",
        "tags": [TAG],
        "headers": {"Precedence": "bulk"} | ({"idempotencyKey": key} if key else {}),
        "messageVersions": [
            {
                "to": [{"email": address}],
                "params": {"n": n},
                "headers": unsubscribe(n) | {"X-Mailin-custom": f"delivery:{n}"},
            }
            for n, address in enumerate(readers, 1)
        ],
    } | changes
    headers = {"api-key": "key", "Content-Type": "application/json"}
    return Sent(path="/v3/smtp/email", headers=headers, body=body)


def sendgrid(readers: Sequence[str], **changes: Any) -> Sent:
    body = {
        "from": {"email": "news@example.org"},
        "subject": "Copy -n-",
        "content": [{"type": "text/plain", "value": "Out -n-"}],
        "categories": [TAG],
        "personalizations": [
            {
                "to": [{"email": address}],
                "headers": unsubscribe(n),
                "substitutions": {"-n-": str(n)},
                "custom_args": {"delivery": "-n-"},
            }
            for n, address in enumerate(readers, 1)
        ],
    } | changes
    headers = {"Authorization": "Bearer SG.key", "Content-Type": "application/json"}
    return Sent(path="/v3/mail/send", headers=headers, body=body)


CALLS: dict[str, Callable[..., Sent]] = {
    "mailgun": mailgun,
    "ses": ses,
    "resend": resend,
    "brevo": brevo,
    "postmark": postmark,
    "sendgrid": sendgrid,
}
MOST = {"mailgun": 1000, "ses": 50, "resend": 100, "brevo": 1000, "postmark": 500, "sendgrid": 1000}


def readers(count: int, prefix: str = "reader") -> list[str]:
    return [f"{prefix}{n}@example.org" for n in range(1, count + 1)]
