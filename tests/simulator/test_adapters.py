"""Our own adapters against the other side: what is sent arrives, and what was lost is found again."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from digest.adapters.providers.mailgun import Mailgun
from digest.adapters.providers.postmark import Postmark
from digest.model.mail import Outcome, Recipient, Trace
from digest.ports.world import Provider
from digest.simulator.script import Do, Rule, Script
from digest.simulator.server import Running, simulator
from tests.adapters.providers.letter import EMAIL, ENVELOPE, TAG

PATIENCE = 0.5
"""Seconds after which a client gives up a server that says nothing."""


def mailgun(url: str) -> Provider:
    return Mailgun(domain="mg.example.org", api_key="key", base_url=url, timeout=PATIENCE)


def postmark(url: str) -> Provider:
    return Postmark(server_token="token", base_url=url, timeout=PATIENCE)


ADAPTERS: dict[str, Callable[[str], Provider]] = {"mailgun": mailgun, "postmark": postmark}
BOTH = pytest.mark.parametrize("name", ADAPTERS)


def readers(count: int) -> tuple[Recipient, ...]:
    return tuple(
        Recipient(
            delivery_id=n, address=f"reader{n}@example.org", name="", unsubscribe_url=f"https://example.org/u/{n}"
        )
        for n in range(1, count + 1)
    )


def send(provider: Provider, count: int = 3) -> Outcome:
    return provider.submit(provider.payload(EMAIL, ENVELOPE, readers(count), tag=TAG)).outcome


def trace(provider: Provider, running: Running) -> Trace:
    """What the records say of the batch an hour after it was tried."""
    running.move_clock(timedelta(hours=1))
    return provider.search(TAG, since=ENVELOPE.sent_at)


@BOTH
def test_each_reader_of_a_full_call_has_one_copy_with_a_link_of_his_own(name: str) -> None:
    with simulator(name) as running:
        provider = ADAPTERS[name](running.url)
        assert send(provider, provider.batch_size) is Outcome.ACCEPTED
        copies = running.copies()
    assert [copy["address"] for copy in copies] == [reader.address for reader in readers(provider.batch_size)]
    assert [copy["delivery"] for copy in copies] == [str(n) for n in range(1, provider.batch_size + 1)]
    assert [copy["list_unsubscribe"] for copy in copies] == [f"<{r.unsubscribe_url}>" for r in readers(len(copies))]
    assert {copy["tag"] for copy in copies} == {TAG}
    assert {copy["subject"] for copy in copies} == {EMAIL.subject}


LOST = [
    Rule(do=Do.HANG),
    Rule(do=Do.RESET),
    Rule(do=Do.CLOSE),
    Rule(do=Do.STATUS_AFTER, status=500),
    Rule(do=Do.GARBAGE),
    Rule(do=Do.TRUNCATE),
]
NEVER = [Rule(do=Do.HANG_BEFORE), Rule(do=Do.RESET_BEFORE), Rule(do=Do.RESET_UNREAD), Rule(do=Do.STATUS, status=503)]


@BOTH
@pytest.mark.parametrize("rule", LOST, ids=lambda rule: rule.do.value)
def test_a_batch_whose_answer_was_lost_is_found_again_by_its_tag(name: str, rule: Rule) -> None:
    with simulator(name, script=Script(rules=(rule,))) as running:
        provider = ADAPTERS[name](running.url)
        assert send(provider) is Outcome.UNCERTAIN
        assert len(running.copies()) == 3
        assert trace(provider, running).is_found


@BOTH
@pytest.mark.parametrize("rule", NEVER, ids=lambda rule: rule.do.value)
def test_a_batch_that_was_never_accepted_is_missing_from_the_records(name: str, rule: Rule) -> None:
    with simulator(name, script=Script(rules=(rule,))) as running:
        provider = ADAPTERS[name](running.url)
        assert send(provider) is Outcome.UNCERTAIN
        assert running.copies() == []
        assert trace(provider, running) is Trace.MISSING


@BOTH
def test_where_nobody_listens_the_batch_may_be_tried_again(name: str) -> None:
    with simulator(name, script=Script(rules=(Rule(do=Do.REFUSE, calls=(2,), seconds=30),))) as running:
        provider = ADAPTERS[name](running.url)
        assert send(provider) is Outcome.ACCEPTED
        assert send(provider) is Outcome.RETRYABLE
        assert len(running.copies()) == 3
