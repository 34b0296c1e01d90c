"""A discreet provider is the same provider, but for what it repeats."""

from datetime import UTC, datetime

import pytest

from digest.adapters.discreet import Discreet
from digest.errors import Unproven, Unreachable
from digest.model.feedback import Event, EventKind
from digest.model.mail import Fate, Outcome, Receipt, Trace
from tests.adapters.providers.letter import EMAIL, ENVELOPE, TAG
from tests.adapters.providers.readers import readers
from tests.fakes import FakeProvider

SECRET = "canary-key-7f3a"
NOW = datetime(2026, 5, 15, tzinfo=UTC)


def provider() -> tuple[FakeProvider, Discreet]:
    plain = FakeProvider()
    return plain, Discreet(plain, secrets=["", SECRET])


def test_it_has_what_the_other_has() -> None:
    plain, discreet = provider()
    names = ("name", "batch_size", "connections", "per_second", "replay_for", "search_after", "is_real")
    assert [getattr(discreet, name) for name in names] == [getattr(plain, name) for name in names]
    assert discreet.fits(EMAIL) == plain.fits(EMAIL)
    assert discreet.payload(EMAIL, ENVELOPE, readers(2), tag=TAG) == plain.payload(EMAIL, ENVELOPE, readers(2), tag=TAG)


def test_an_answer_goes_on_as_it_is_but_for_the_secret_in_it() -> None:
    plain, discreet = provider()
    fates = (
        Fate(delivery_id=1, outcome=Outcome.ACCEPTED, reference="m-1"),
        Fate(delivery_id=2, outcome=Outcome.REJECTED, detail=f"not with {SECRET}"),
    )
    plain.answers(Receipt(outcome=Outcome.ACCEPTED, reference="m-1", detail=f"by {SECRET}", fates=fates))
    receipt = discreet.submit(discreet.payload(EMAIL, ENVELOPE, readers(2), tag=TAG))
    assert receipt == Receipt(
        outcome=Outcome.ACCEPTED,
        reference="m-1",
        detail="by […]",
        fates=(fates[0], Fate(delivery_id=2, outcome=Outcome.REJECTED, detail="not with […]")),
    )


class Chatty(FakeProvider):
    """Repeats its secret in every error."""

    def search(self, tag: str, *, since: datetime) -> Trace:
        raise Unreachable(f"search with {SECRET}.", mend="Try again.")

    def events(self, headers: object, body: bytes, *, now: datetime) -> tuple[Event, ...]:
        raise Unproven(f"not {SECRET}")

    def pull(self, *, since: datetime):  # type: ignore[no-untyped-def]
        yield Event(provider="fake", id="1", kind=EventKind.DELIVERED, at=NOW)
        raise Unreachable(f"pull with {SECRET}.") from ValueError(SECRET)


def test_an_error_goes_on_as_it_is_but_for_the_secret_in_it_and_behind_it() -> None:
    discreet = Discreet(Chatty(), secrets=[SECRET])
    with pytest.raises(Unreachable, match=r"search with \[…\]\. Mend: Try again\.") as caught:
        discreet.search(TAG, since=NOW)
    assert caught.value.__suppress_context__
    with pytest.raises(Unproven, match=r"not \[…\]"):
        discreet.events({}, b"", now=NOW)
    told = discreet.pull(since=NOW)
    assert next(told).kind is EventKind.DELIVERED
    with pytest.raises(Unreachable, match=r"pull with \[…\]") as caught:
        next(told)
    assert caught.value.__cause__ is None
