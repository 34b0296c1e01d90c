"""What every provider must do, run over each of them."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from digest.adapters.provider_registry import PROVIDERS, build
from digest.errors import ConfigError, ProviderMisused, Unproven
from digest.model.mail import Outcome, Recipient, Trace
from digest.ports.world import Provider
from tests.adapters.providers.letter import EMAIL, ENVELOPE, TAG


def recipients(count: int) -> tuple[Recipient, ...]:
    return tuple(
        Recipient(
            delivery_id=n,
            address=f"reader{n}@example.org",
            name=f'Réader "{n}", Esq.',
            unsubscribe_url=f"https://example.org/u/{n}",
        )
        for n in range(1, count + 1)
    )


BREVO_SAYS = json.dumps({"messageIds": ["<1@provider>", "<2@provider>"]})
MAILGUN_SAYS = json.dumps({"id": "<1@provider>", "message": "Queued."})
POSTMARK_SAYS = json.dumps([{"ErrorCode": 0, "Message": "OK", "MessageID": f"m-{n}"} for n in (1, 2)])

RESEND_SAYS = json.dumps({"data": [{"id": "m-1"}, {"id": "m-2"}]})
SES_SAYS = json.dumps({"BulkEmailEntryResults": [{"Status": "SUCCESS", "MessageId": f"m-{n}"} for n in (1, 2)]})
KEYS = {"access_key_id": "id", "secret_access_key": "secret"}


@pytest.fixture(params=sorted(PROVIDERS))
def provider(
    request: pytest.FixtureRequest, tmp_path: Path, loopback: Callable[..., Any], answer: Callable[..., bytes]
) -> Provider:
    def says(body: str) -> str:
        return str(loopback(answer("200 OK", body), answer("200 OK", body)).url)

    def accepts() -> str:
        said = answer("202 Accepted", X_Message_Id="m-1")
        return str(loopback(said, said).url)

    options: dict[str, Callable[[], dict[str, object]]] = {
        "outbox": lambda: {"directory": tmp_path / "outbox"},
        "mailgun": lambda: {"domain": "example.org", "api_key": "key", "base_url": says(MAILGUN_SAYS)},
        "postmark": lambda: {"server_token": "token", "base_url": says(POSTMARK_SAYS)},
        "resend": lambda: {"api_key": "key", "base_url": says(RESEND_SAYS)},
        "ses": lambda: {**KEYS, "region": "eu-west-1", "send_rate": 50, "base_url": says(SES_SAYS)},
        "brevo": lambda: {"api_key": "key", "base_url": says(BREVO_SAYS)},
        "sendgrid": lambda: {"api_key": "key", "base_url": accepts()},
    }
    return build(request.param, options[request.param]())


def test_the_registry_knows_it_by_its_own_name(provider: Provider) -> None:
    assert provider.name in PROVIDERS
    assert type(provider).__name__.casefold() == provider.name


def test_the_same_arguments_make_the_same_payload(provider: Provider) -> None:
    first = provider.payload(EMAIL, ENVELOPE, recipients(3), tag=TAG)
    assert first == provider.payload(EMAIL, ENVELOPE, recipients(3), tag=TAG)
    assert first != provider.payload(EMAIL, ENVELOPE, recipients(2), tag=TAG)
    assert first != provider.payload(replace(EMAIL, subject="Other"), ENVELOPE, recipients(3), tag=TAG)


def test_a_full_batch_is_taken_and_one_more_is_refused(provider: Provider) -> None:
    provider.payload(EMAIL, ENVELOPE, recipients(provider.batch_size), tag=TAG)
    with pytest.raises(ProviderMisused, match=str(provider.batch_size + 1)):
        provider.payload(EMAIL, ENVELOPE, recipients(provider.batch_size + 1), tag=TAG)


def test_what_is_handed_over_is_accepted_with_a_reference(provider: Provider) -> None:
    payload = provider.payload(EMAIL, ENVELOPE, recipients(2), tag=TAG)
    receipt = provider.submit(payload)
    assert (receipt.outcome, {fate.outcome for fate in receipt.fates}) in (
        (Outcome.ACCEPTED, set()),
        (Outcome.ACCEPTED, {Outcome.ACCEPTED}),
    )
    assert receipt.reference
    assert provider.submit(payload) == receipt


def test_another_provider_s_payload_is_a_mistake_and_no_receipt(provider: Provider) -> None:
    with pytest.raises(ProviderMisused, match=r"payload\(\)"):
        provider.submit(b"something else")


def test_a_real_provider_is_never_replayed_and_the_outbox_is(provider: Provider) -> None:
    assert provider.is_real is not (provider.replay_for == timedelta.max)


def test_what_is_handed_over_for_good_is_never_searched_for(provider: Provider) -> None:
    if provider.search_after is None:
        assert provider.search(TAG, since=ENVELOPE.sent_at) is Trace.UNKNOWN


def test_an_unproven_call_is_refused_whatever_it_says(provider: Provider) -> None:
    for body in (b"{}", b"[]", b'{"event-data": {"event": "complained"}}'):
        with pytest.raises((Unproven, ValueError)):
            provider.events({}, body, now=ENVELOPE.sent_at)


def test_it_says_how_fast_it_may_be_asked(provider: Provider) -> None:
    assert 1 <= provider.connections <= 64
    assert provider.per_second >= 0


@pytest.mark.parametrize(
    ("name", "options", "what"),
    [
        ("pigeon", {}, "no provider 'pigeon'"),
        ("outbox", {}, "'directory'"),
        ("mailgun", {"domain": "x"}, "'api_key'"),
        ("mailgun", {"domain": "x", "api_key": "k", "regoin": "eu"}, "'regoin'"),
        ("mailgun", {"domain": "x", "api_key": "k", "region": "mars"}, "no region 'mars'"),
        ("brevo", {}, "'api_key'"),
        ("sendgrid", {"api_key": "k", "region": "mars"}, "no region 'mars'"),
        ("sendgrid", {"api_key": "k", "webhook_public_key": "none"}, "webhook_public_key cannot be read"),
    ],
)
def test_wrong_options_are_named(name: str, options: dict[str, object], what: str) -> None:
    with pytest.raises(ConfigError, match=what):
        build(name, options)


def test_a_secret_is_not_in_the_error() -> None:
    with pytest.raises(ConfigError) as caught:
        build("mailgun", {"api_key": "canary-key"})
    assert "canary" not in str(caught.value)
