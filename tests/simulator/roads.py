"""The roads that have a simulator, a line each; the letter and the readers that go by them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from uuid import NAMESPACE_URL, uuid5

import requests

from digest.adapters.provider_registry import build
from digest.model.mail import UNSUBSCRIBE_PLACEHOLDER, Email, Recipient
from digest.ports.world import Provider
from digest.render.merge import as_entities, as_joined, mark
from tests.adapters.providers.letter import HOSTILE
from tests.adapters.providers.readers import HOSTILE_NAMES

PATIENCE = 30.0
"""Seconds after which a client gives up a server that says nothing; a test of that says fewer."""

KEYS = {"access_key_id": "AKIDEXAMPLE", "secret_access_key": "secret"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Road:
    """What a provider is made of, by name, and the option by which its webhooks are proved; `user` goes with it."""

    options: Mapping[str, object]
    proof: str
    user: str = ""


ROADS: Mapping[str, Road] = {
    "mailgun": Road(options={"domain": "mg.example.org", "api_key": "key"}, proof="webhook_key"),
    "postmark": Road(options={"server_token": "token"}, proof="webhook_password", user="digest"),
    "ses": Road(options={"region": "eu-west-1", "send_rate": 50, **KEYS}, proof="topic_arn"),
    "resend": Road(options={"api_key": "key"}, proof="webhook_secret"),
    "brevo": Road(options={"api_key": "key"}, proof="webhook_token"),
    "sendgrid": Road(options={"api_key": "key"}, proof="webhook_public_key"),
}


def provider(name: str, url: str, *, timeout: float = PATIENCE, secret: str = "") -> Provider:
    """The adapter, as the program makes it, with its base address at a simulator; `secret` proves the webhooks."""
    road = ROADS[name]
    proof = {road.proof: secret.removeprefix(f"{road.user}:")} if secret else {}
    certificate = {"certificate": _certificate(url)} if name == "ses" else {}
    return build(name, {**road.options, **proof, **certificate, "base_url": url, "timeout": timeout})


def _certificate(url: str) -> Callable[[str], bytes]:
    """SNS's certificates, which are at Amazon's address in its messages and at the simulator's in the test."""
    return lambda _: requests.get(f"{url}/_simulator/sns/certificate.pem", timeout=10).content


def readers(count: int, *, prefix: str = "reader") -> tuple[Recipient, ...]:
    """As many, each with an address, a link and a hostile name of his own."""
    return tuple(
        Recipient(
            delivery_id=n,
            address=f"{prefix}{n}@example.org",
            name=HOSTILE_NAMES[n % len(HOSTILE_NAMES)],
            unsubscribe_url=f"https://example.org/u/{n}",
        )
        for n in range(1, count + 1)
    )


def batches(everybody: Sequence[Recipient], size: int) -> Iterator[tuple[str, Sequence[Recipient]]]:
    """The readers cut into calls, each with its tag."""
    for start in range(0, len(everybody), size):
        yield str(uuid5(NAMESPACE_URL, f"{len(everybody)}/{start}")), everybody[start : start + size]


def letter(*titles: str) -> Email:
    """A letter of hostile titles, disarmed as rendering does it, and of braces that are only braces."""
    shown = [mark(title) for title in titles or HOSTILE]
    braces = "@media(width>1px){.a{color:red}} {{name}} {{{name}}} {% if name %} {# gone #} {"
    return Email(
        subject=as_joined(" ".join(["Round-up:", *shown])),
        preheader="",
        html="".join(f"<h2>{as_entities(escape(each))}</h2>" for each in shown)
        + f'<style>{braces}</style><a href="{UNSUBSCRIBE_PLACEHOLDER}">Unsubscribe</a>{braces}',
        text=as_joined("\n".join(shown)) + f"\n{braces}{UNSUBSCRIBE_PLACEHOLDER}\n",
    )
