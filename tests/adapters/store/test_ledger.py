from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, select, update

from digest.adapters.store.editions import SqlEditions
from digest.adapters.store.engine import reading, writing
from digest.adapters.store.ledger import SqlLedger
from digest.adapters.store.readers import SqlReaders
from digest.adapters.store.schema import attempts, batches, subscriptions
from digest.deliver.batches import batch_id, part_id
from digest.model.mail import (
    Balance,
    Batch,
    BatchState,
    DeliveryState,
    Doubt,
    EditionState,
    Fate,
    Outcome,
    Reader,
    Receipt,
    Trace,
)
from digest.ports.ledger import Ledger

NOW = datetime(2026, 5, 15, 6, 30, tzinfo=UTC)
DAY = date(2026, 5, 15)
ACCEPTED = Receipt(outcome=Outcome.ACCEPTED, reference="<id@provider>")
RETRYABLE = Receipt(outcome=Outcome.RETRYABLE, detail="429")
UNCERTAIN = Receipt(outcome=Outcome.UNCERTAIN, detail="reset")
REJECTED = Receipt(outcome=Outcome.REJECTED, detail="HTTP 400: no")

Approved = Callable[..., int]


@pytest.fixture
def ledger(engine: Engine) -> Ledger:
    return SqlLedger(engine)


def prepare(ledger: Ledger, edition_id: int, *, batch_size: int = 2) -> int:
    assert ledger.prepare(edition_id, list_domain="example.org", provider="outbox", batch_size=batch_size, at=NOW)
    return edition_id


def claim(ledger: Ledger, edition_id: int, *, worker: str = "w1", at: datetime = NOW) -> Batch:
    batch = claim_if_any(ledger, edition_id, worker=worker, at=at)
    assert batch is not None
    return batch


def claim_if_any(ledger: Ledger, edition_id: int, *, worker: str = "w1", at: datetime = NOW) -> Batch | None:
    return ledger.claim(edition_id, worker=worker, at=at, lease_seconds=60)


def states(ledger: Ledger, edition_id: int) -> Counter[DeliveryState]:
    return Counter(copy.state for copy in ledger.deliveries(edition_id))


def reasons(ledger: Ledger, edition_id: int) -> dict[str, str]:
    return {copy.address: copy.reason for copy in ledger.deliveries(edition_id)}


def test_preparing_freezes_everybody_into_exactly_one_batch(ledger: Ledger, approved: Approved) -> None:
    edition = prepare(ledger, approved(5))
    seen: list[str] = []
    names: list[str] = []
    while (batch := claim_if_any(ledger, edition)) is not None:
        assert (batch.n, batch.newsletter, batch.day, batch.attempt) == (len(names), "daily", DAY, 1)
        names.append(batch.id)
        seen += [reader.address for reader in batch.readers]
    assert seen == [f"reader{n}@example.org" for n in range(5)]
    assert names == [
        batch_id(list_domain="example.org", newsletter="daily", day=DAY, provider="outbox", n=n) for n in range(3)
    ]


def test_an_edition_is_prepared_once_and_only_when_approved(engine: Engine, ledger: Ledger, approved: Approved) -> None:
    edition = prepare(ledger, approved(1))
    assert not ledger.prepare(edition, list_domain="example.org", provider="outbox", batch_size=2, at=NOW)
    assert not ledger.prepare(99, list_domain="example.org", provider="outbox", batch_size=2, at=NOW)
    record = SqlEditions(engine).get(edition)
    assert (record.state, record.provider, record.prepared_at) == (EditionState.SENDING, "outbox", NOW)


def test_an_edition_without_readers_balances_at_zero(ledger: Ledger, approved: Approved) -> None:
    edition = prepare(ledger, approved(0))
    assert claim_if_any(ledger, edition) is None
    assert list(ledger.deliveries(edition)) == []
    assert ledger.close(edition, at=NOW)


def test_only_the_newsletter_s_own_readers_are_candidates(engine: Engine, ledger: Ledger, approved: Approved) -> None:
    approved(3, newsletter="weekly")
    edition = approved(2)
    with writing(engine) as connection:
        connection.execute(update(subscriptions).where(subscriptions.c.subscriber_id == 1).values(state="unsubscribed"))
    prepare(ledger, edition)
    assert [copy.address for copy in ledger.deliveries(edition)] == ["reader1@example.org"]


def test_the_suppressed_are_candidates_and_end_as_suppressed_with_the_reason(
    engine: Engine, ledger: Ledger, approved: Approved
) -> None:
    edition = approved(4)
    SqlReaders(engine).suppress("reader1@example.org", reason="complaint", at=NOW)
    with writing(engine) as connection:
        two = subscriptions.c.subscriber_id == 3
        connection.execute(update(subscriptions).where(two).values(state="suppressed", reason="bounced"))
    prepare(ledger, edition)
    assert states(ledger, edition) == {DeliveryState.PENDING: 2, DeliveryState.SUPPRESSED: 2}
    assert reasons(ledger, edition)["reader1@example.org"] == "complaint"
    assert reasons(ledger, edition)["reader2@example.org"] == "bounced"
    claimed = claim(ledger, edition)
    assert [reader.address for reader in claimed.readers] == ["reader0@example.org", "reader3@example.org"]
    assert claim_if_any(ledger, edition) is None


def test_a_claim_carries_each_reader_with_delivery_address_and_name(ledger: Ledger, approved: Approved) -> None:
    edition = prepare(ledger, approved(2))
    copies = {copy.address: copy.delivery_id for copy in ledger.deliveries(edition)}
    assert claim(ledger, edition).readers == (
        Reader(copies["reader0@example.org"], "reader0@example.org", "Reader 0"),
        Reader(copies["reader1@example.org"], "reader1@example.org", "Reader 1"),
    )


def test_a_batch_is_claimed_by_one_worker_only(ledger: Ledger, approved: Approved) -> None:
    edition = prepare(ledger, approved(2))
    claim(ledger, edition, worker="w1")
    assert claim_if_any(ledger, edition, worker="w2") is None


def test_nothing_is_claimed_while_the_edition_is_paused(engine: Engine, ledger: Ledger, approved: Approved) -> None:
    edition = prepare(ledger, approved(2))
    SqlEditions(engine).move(
        edition, expected=[EditionState.SENDING], to=EditionState.PAUSED, by="Ann", reason="", at=NOW
    )
    assert claim_if_any(ledger, edition) is None


def test_readers_who_left_or_were_suppressed_since_are_taken_out_and_counted(
    engine: Engine, ledger: Ledger, approved: Approved
) -> None:
    edition = prepare(ledger, approved(6), batch_size=6)
    readers = SqlReaders(engine)
    ids = [copy.delivery_id for copy in ledger.deliveries(edition)]
    readers.unsubscribe(ids[0], at=NOW)
    readers.suppress("reader1@example.org", reason="complaint", at=NOW)
    with writing(engine) as connection:
        connection.execute(update(subscriptions).where(subscriptions.c.subscriber_id == 3).values(state="suppressed"))
    assert [reader.delivery_id for reader in claim(ledger, edition).readers] == ids[3:]
    assert states(ledger, edition) == {
        DeliveryState.PENDING: 3,
        DeliveryState.SUPPRESSED: 2,
        DeliveryState.EXCLUDED: 1,
    }


def test_a_batch_that_everybody_left_is_closed_at_once_and_the_next_is_tried(
    engine: Engine, ledger: Ledger, approved: Approved
) -> None:
    edition = prepare(ledger, approved(3))
    for delivery in [copy.delivery_id for copy in ledger.deliveries(edition)][:2]:
        SqlReaders(engine).unsubscribe(delivery, at=NOW)
    batch = claim(ledger, edition)
    assert batch.n == 1
    ledger.settle(batch, ACCEPTED, worker="w1", at=NOW)
    assert ledger.close(edition, at=NOW)
    with reading(engine) as connection:
        detail = connection.execute(select(batches.c.detail).where(batches.c.n == 0)).scalar_one()
    assert detail == "every reader of this batch had left before it was handed over"


def test_a_retry_sends_to_the_same_readers_even_when_one_has_left_since(
    engine: Engine, ledger: Ledger, approved: Approved
) -> None:
    edition = prepare(ledger, approved(2))
    first = claim(ledger, edition)
    ledger.settle(first, RETRYABLE, worker="w1", at=NOW)
    SqlReaders(engine).unsubscribe(first.readers[0].delivery_id, at=NOW)
    second = claim(ledger, edition, at=NOW + timedelta(minutes=1))
    assert (second.attempt, second.readers) == (2, first.readers)


def test_a_call_that_could_not_be_begun_is_no_attempt(engine: Engine, ledger: Ledger, approved: Approved) -> None:
    edition = prepare(ledger, approved(2))
    first = claim(ledger, edition)
    unsent = replace(RETRYABLE, was_called=False)
    assert ledger.settle(first, unsent, worker="w1", at=NOW)
    assert not ledger.settle(first, unsent, worker="w1", at=NOW)
    SqlReaders(engine).unsubscribe(first.readers[0].delivery_id, at=NOW)
    assert claim_if_any(ledger, edition, at=NOW) is None
    second = claim(ledger, edition, at=NOW + timedelta(minutes=1))
    assert (second.attempt, second.readers) == (1, first.readers[1:])


def test_a_replay_that_could_not_be_begun_leaves_the_doubt_as_it_was(ledger: Ledger, approved: Approved) -> None:
    edition = prepare(ledger, approved(2))
    ledger.settle(claim(ledger, edition), UNCERTAIN, worker="w1", at=NOW)
    before = ledger.doubts(edition)
    ledger.replay(before[0].batch_id, at=NOW, until=NOW + timedelta(hours=1))
    ledger.settle(claim(ledger, edition), replace(RETRYABLE, was_called=False), worker="w1", at=NOW)
    assert ledger.doubts(edition) == before


def test_a_retryable_batch_waits_for_its_turn_and_longer_when_the_provider_says_so(
    ledger: Ledger, approved: Approved
) -> None:
    edition = prepare(ledger, approved(2))
    assert ledger.next_due(edition) is None
    ledger.settle(claim(ledger, edition), RETRYABLE, worker="w1", at=NOW)
    assert ledger.next_due(edition) == NOW + timedelta(seconds=30)
    assert claim_if_any(ledger, edition, at=NOW + timedelta(seconds=29)) is None
    later = NOW + timedelta(seconds=30)
    asked = Receipt(outcome=Outcome.RETRYABLE, retry_after=1000)
    ledger.settle(claim(ledger, edition, at=later), asked, worker="w1", at=later)
    assert ledger.next_due(edition) == later + timedelta(seconds=1000)


def test_every_attempt_is_written_down(engine: Engine, ledger: Ledger, approved: Approved) -> None:
    edition = prepare(ledger, approved(1))
    ledger.settle(claim(ledger, edition), RETRYABLE, worker="w1", at=NOW)
    claim(ledger, edition, worker="w2", at=NOW + timedelta(minutes=1))
    with reading(engine) as connection:
        rows = connection.execute(select(attempts).order_by(attempts.c.attempt)).all()
    assert [(row.attempt, row.worker, row.ended_at, row.outcome, row.detail) for row in rows] == [
        (1, "w1", NOW, "retryable", "429"),
        (2, "w2", None, "", ""),
    ]


def test_an_accepted_batch_ends_its_readers_but_those_the_provider_refused_singly(
    ledger: Ledger, approved: Approved
) -> None:
    edition = prepare(ledger, approved(4), batch_size=3)
    batch = claim(ledger, edition)
    of_another_batch = batch.readers[-1].delivery_id + 1
    fates = tuple(
        Fate(delivery_id=number, outcome=Outcome.REJECTED, detail="unknown user")
        for number in (batch.readers[1].delivery_id, of_another_batch)
    )
    receipt = Receipt(outcome=Outcome.ACCEPTED, reference="<id>", fates=fates)
    assert ledger.settle(batch, receipt, worker="w1", at=NOW)
    assert states(ledger, edition) == {
        DeliveryState.ACCEPTED: 2,
        DeliveryState.REJECTED: 1,
        DeliveryState.PENDING: 1,
    }
    assert reasons(ledger, edition)["reader1@example.org"] == "unknown user"
    assert [copy.reference for copy in ledger.deliveries(edition)] == ["<id>", "", "<id>", ""]


def test_each_copys_own_reference_is_kept_where_the_provider_gives_one(ledger: Ledger, approved: Approved) -> None:
    edition = prepare(ledger, approved(2))
    batch = claim(ledger, edition)
    fates = tuple(
        Fate(delivery_id=reader.delivery_id, outcome=Outcome.ACCEPTED, reference=f"<{place}>")
        for place, reader in enumerate(batch.readers)
    )
    ledger.settle(batch, Receipt(outcome=Outcome.ACCEPTED, reference="<all>", fates=fates), worker="w1", at=NOW)
    assert [copy.reference for copy in ledger.deliveries(edition)] == ["<0>", "<1>"]
    assert ledger.close(edition, at=NOW)


def test_copies_that_may_be_tried_again_get_a_batch_of_their_own_and_the_others_are_done(
    engine: Engine, ledger: Ledger, approved: Approved
) -> None:
    edition = prepare(ledger, approved(3))
    batch = claim(ledger, edition)
    first, second = batch.readers
    again = Fate(delivery_id=second.delivery_id, outcome=Outcome.RETRYABLE, detail="throttled")
    ledger.settle(batch, Receipt(outcome=Outcome.ACCEPTED, reference="<id>", fates=(again,)), worker="w1", at=NOW)
    assert states(ledger, edition) == {DeliveryState.ACCEPTED: 1, DeliveryState.PENDING: 2}
    other = claim(ledger, edition)
    assert (other.n, claim_if_any(ledger, edition)) == (1, None)
    due = ledger.next_due(edition)
    assert due is not None
    assert due > NOW
    left_over = claim(ledger, edition, at=due)
    assert left_over.id == part_id(batch.id, n=2)
    assert (left_over.n, left_over.attempt) == (2, 2)
    assert left_over.readers == (second,)
    assert first not in other.readers + left_over.readers
    for each in (other, left_over):
        ledger.settle(each, ACCEPTED, worker="w1", at=due)
    assert ledger.close(edition, at=due)


def test_copies_that_are_put_off_again_and_again_wait_longer_each_time_and_are_given_up_in_the_end(
    ledger: Ledger, approved: Approved
) -> None:
    edition, at, waits = prepare(ledger, approved(1)), NOW, []
    for _ in range(4):
        batch = claim(ledger, edition, at=at)
        again = Fate(delivery_id=batch.readers[0].delivery_id, outcome=Outcome.RETRYABLE)
        ledger.settle(batch, Receipt(outcome=Outcome.ACCEPTED, fates=(again,)), worker="w1", at=at)
        due = ledger.next_due(edition)
        assert due is not None
        waits.append(due - at)
        at = due
    assert waits == sorted(waits)
    assert waits[-1] > waits[0]
    assert ledger.abandon_open(edition, before=NOW + timedelta(seconds=1), at=at) == 1
    assert ledger.close(edition, at=at)


def test_who_left_meanwhile_is_taken_out_of_the_batch_of_those_who_are_tried_again(
    engine: Engine, ledger: Ledger, approved: Approved
) -> None:
    edition = prepare(ledger, approved(2))
    batch = claim(ledger, edition)
    fates = tuple(Fate(delivery_id=one.delivery_id, outcome=Outcome.RETRYABLE) for one in batch.readers)
    ledger.settle(batch, Receipt(outcome=Outcome.ACCEPTED, fates=fates), worker="w1", at=NOW)
    SqlReaders(engine).suppress(batch.readers[0].address, reason="complained", at=NOW)
    left_over = claim(ledger, edition, at=NOW + timedelta(hours=1))
    assert left_over.readers == batch.readers[1:]


def test_a_reader_whose_call_was_refused_is_rejected_with_the_reason(ledger: Ledger, approved: Approved) -> None:
    edition = prepare(ledger, approved(1))
    ledger.settle(claim(ledger, edition), REJECTED, worker="w1", at=NOW)
    assert reasons(ledger, edition) == {"reader0@example.org": "HTTP 400: no"}


@pytest.mark.parametrize(
    ("answers", "end"),
    [
        ([REJECTED, REJECTED], EditionState.FAILED),
        ([REJECTED, ACCEPTED], EditionState.SENT),
    ],
)
def test_an_edition_of_which_not_one_copy_was_accepted_has_failed(
    engine: Engine, ledger: Ledger, approved: Approved, answers: list[Receipt], end: EditionState
) -> None:
    edition = prepare(ledger, approved(2), batch_size=1)
    for answer in answers:
        ledger.settle(claim(ledger, edition), answer, worker="w1", at=NOW)
    assert ledger.close(edition, at=NOW)
    assert SqlEditions(engine).get(edition).state is end


def test_an_edition_whose_readers_had_all_left_has_not_failed(
    engine: Engine, ledger: Ledger, approved: Approved
) -> None:
    edition = prepare(ledger, approved(1))
    SqlReaders(engine).suppress("reader0@example.org", reason="complained", at=NOW)
    assert claim_if_any(ledger, edition) is None
    assert ledger.close(edition, at=NOW)
    assert SqlEditions(engine).get(edition).state is EditionState.SENT


def test_the_readers_of_a_call_that_was_refused_are_tried_in_halves_at_once(ledger: Ledger, approved: Approved) -> None:
    edition = prepare(ledger, approved(5), batch_size=5)
    whole = claim(ledger, edition)
    ledger.settle(whole, REJECTED, worker="w1", at=NOW)
    first, second = claim(ledger, edition), claim(ledger, edition)
    assert [len(half.readers) for half in (first, second)] == [2, 3]
    assert first.readers + second.readers == whole.readers
    assert [half.id for half in (first, second)] == [part_id(whole.id, n=n) for n in (1, 2)]
    ledger.settle(first, ACCEPTED, worker="w1", at=NOW)
    ledger.settle(second, ACCEPTED, worker="w1", at=NOW)
    assert ledger.close(edition, at=NOW)
    assert states(ledger, edition) == {DeliveryState.ACCEPTED: 5}


def test_a_known_key_settles_a_replay_and_leaves_a_first_call_in_doubt(ledger: Ledger, approved: Approved) -> None:
    known = replace(UNCERTAIN, knows_key=True)
    edition = prepare(ledger, approved(4))
    ledger.settle(claim(ledger, edition), UNCERTAIN, worker="w1", at=NOW)
    ledger.settle(claim(ledger, edition), known, worker="w1", at=NOW)
    lost, strange = ledger.doubts(edition)
    assert (lost.may_replay, strange.may_replay) == (True, False)
    assert ledger.replay(lost.batch_id, at=NOW, until=NOW + timedelta(hours=1))
    assert ledger.settle(claim(ledger, edition), known, worker="w1", at=NOW)
    assert [doubt.batch_id for doubt in ledger.doubts(edition)] == [strange.batch_id]
    assert states(ledger, edition) == {DeliveryState.ACCEPTED: 2, DeliveryState.PENDING: 2}


def test_an_uncertain_batch_is_never_claimed_again_by_itself(ledger: Ledger, approved: Approved) -> None:
    edition = prepare(ledger, approved(2))
    ledger.settle(claim(ledger, edition), UNCERTAIN, worker="w1", at=NOW)
    assert claim_if_any(ledger, edition, at=NOW + timedelta(days=30)) is None
    assert ledger.balance(edition).uncertain_batches == 1
    assert not ledger.close(edition, at=NOW)


@pytest.mark.parametrize("accepted", [True, False])
def test_an_operator_s_word_settles_an_uncertain_batch(
    engine: Engine, ledger: Ledger, approved: Approved, accepted: bool
) -> None:
    edition = prepare(ledger, approved(2))
    batch = claim(ledger, edition)
    assert not ledger.resolve(batch.id, accepted=accepted, by="Ann", at=NOW)
    ledger.settle(batch, UNCERTAIN, worker="w1", at=NOW)
    assert ledger.resolve(batch.id, accepted=accepted, by="Ann", at=NOW)
    assert not ledger.resolve(batch.id, accepted=accepted, by="Ann", at=NOW)
    when, who, what, why = SqlEditions(engine).history(edition)[-1]
    assert (when, who, why) == (NOW, "Ann", f"batch {batch.id}")
    assert what == ("batch accepted" if accepted else "batch absent")
    assert ledger.close(edition, at=NOW) is accepted
    assert (claim_if_any(ledger, edition) is None) is accepted


def test_who_lost_the_claim_cannot_settle(ledger: Ledger, approved: Approved) -> None:
    edition = prepare(ledger, approved(2))
    batch = claim(ledger, edition, worker="w1")
    assert not ledger.settle(batch, ACCEPTED, worker="w2", at=NOW)
    assert ledger.release_stale(edition, at=NOW, is_alive=lambda _: False) == 1
    assert ledger.replay(batch.id, at=NOW, until=NOW + timedelta(hours=1))
    again = claim(ledger, edition, worker="w1")
    assert again.attempt == 2
    assert not ledger.settle(batch, ACCEPTED, worker="w1", at=NOW)
    assert ledger.settle(again, ACCEPTED, worker="w1", at=NOW)
    assert not ledger.settle(again, REJECTED, worker="w1", at=NOW)
    assert states(ledger, edition) == {DeliveryState.ACCEPTED: 2}


@pytest.mark.parametrize("is_let_go", [False, True])
def test_an_answer_that_comes_late_knows_more_than_records_and_people(
    ledger: Ledger, approved: Approved, is_let_go: bool
) -> None:
    edition = prepare(ledger, approved(2))
    batch = claim(ledger, edition)
    assert ledger.release_stale(edition, at=NOW, is_alive=lambda _: False) == 1
    assert ledger.trace(batch.id, Trace.MISSING, at=NOW)
    assert not is_let_go or ledger.resolve(batch.id, accepted=False, by="Ann", at=NOW)
    assert not ledger.settle(batch, REJECTED, worker="w1", at=NOW)
    assert ledger.settle(batch, ACCEPTED, worker="w1", at=NOW)
    assert states(ledger, edition) == {DeliveryState.ACCEPTED: 2}
    assert claim_if_any(ledger, edition, at=NOW + timedelta(hours=1)) is None


def test_an_answer_that_comes_late_says_nothing_of_the_call_that_was_made_since(
    ledger: Ledger, approved: Approved
) -> None:
    edition = prepare(ledger, approved(2))
    batch = claim(ledger, edition)
    assert ledger.settle(batch, RETRYABLE, worker="w1", at=NOW)
    assert not ledger.settle(batch, ACCEPTED, worker="w1", at=NOW)
    again = claim(ledger, edition, at=NOW + timedelta(hours=1))
    assert not ledger.settle(batch, ACCEPTED, worker="w1", at=NOW)
    assert ledger.settle(again, ACCEPTED, worker="w1", at=NOW)


def test_a_replay_that_was_not_made_outlives_no_key(ledger: Ledger, approved: Approved) -> None:
    edition = prepare(ledger, approved(2))
    batch = claim(ledger, edition)
    ledger.settle(batch, UNCERTAIN, worker="w1", at=NOW)
    until = NOW + timedelta(minutes=30)
    assert ledger.replay(batch.id, at=NOW, until=until)
    assert claim_if_any(ledger, edition, at=NOW - timedelta(seconds=1)) is None
    assert claim_if_any(ledger, edition, at=until) is None
    assert [doubt.batch_id for doubt in ledger.doubts(edition)] == [batch.id]
    assert claim(ledger, edition, at=until - timedelta(seconds=1)).is_replay


def test_a_replay_that_was_not_taken_for_now_leaves_the_batch_in_doubt(ledger: Ledger, approved: Approved) -> None:
    edition = prepare(ledger, approved(2))
    ledger.settle(claim(ledger, edition), UNCERTAIN, worker="w1", at=NOW)
    (doubt,) = ledger.doubts(edition)
    until = NOW + timedelta(hours=1)
    ledger.replay(doubt.batch_id, at=NOW, until=until)
    ledger.settle(claim(ledger, edition), RETRYABLE, worker="w1", at=NOW)
    assert ledger.doubts(edition) == [doubt]
    assert claim_if_any(ledger, edition, at=NOW + timedelta(minutes=5)) is None
    assert ledger.replay(doubt.batch_id, at=NOW, until=until)
    assert claim_if_any(ledger, edition, at=NOW + timedelta(seconds=119)) is None  # as it was told to wait
    ledger.settle(claim(ledger, edition, at=NOW + timedelta(minutes=2)), ACCEPTED, worker="w1", at=NOW)
    assert ledger.close(edition, at=NOW)


def test_a_replay_that_was_refused_says_nothing_of_the_call_before_it(ledger: Ledger, approved: Approved) -> None:
    edition = prepare(ledger, approved(2))
    ledger.settle(claim(ledger, edition), UNCERTAIN, worker="w1", at=NOW)
    (doubt,) = ledger.doubts(edition)
    until = NOW + timedelta(hours=1)
    ledger.replay(doubt.batch_id, at=NOW, until=until)
    ledger.settle(claim(ledger, edition), REJECTED, worker="w1", at=NOW)
    assert states(ledger, edition) == {DeliveryState.PENDING: 2}
    assert ledger.doubts(edition) == [doubt]
    assert claim_if_any(ledger, edition, at=NOW) is None  # not again at once
    ledger.replay(doubt.batch_id, at=NOW, until=until)
    ledger.settle(claim(ledger, edition, at=NOW + timedelta(minutes=2)), ACCEPTED, worker="w1", at=NOW)
    assert states(ledger, edition) == {DeliveryState.ACCEPTED: 2}


def test_what_was_to_be_replayed_is_not_once_the_database_is_distrusted(ledger: Ledger, approved: Approved) -> None:
    edition = prepare(ledger, approved(2))
    batch = claim(ledger, edition)
    ledger.settle(batch, UNCERTAIN, worker="w1", at=NOW)
    ledger.replay(batch.id, at=NOW, until=NOW + timedelta(hours=1))
    ledger.distrust(edition, at=NOW)
    assert claim_if_any(ledger, edition, at=NOW) is None


@pytest.mark.parametrize(
    ("is_alive", "after_seconds", "is_taken"),
    [
        (True, 9999, False),
        (False, 0, True),
        (None, 60, False),
        (None, 61, True),
        (True, -9999, False),
        (None, -3540, False),
        (None, -3541, True),  # its clock was years ahead: to wait for the end of its lease is to wait for ever
    ],
)
def test_a_batch_is_taken_from_the_dead_at_once_and_from_the_unknown_after_the_lease(
    ledger: Ledger, approved: Approved, is_alive: bool | None, after_seconds: int, is_taken: bool
) -> None:
    edition = prepare(ledger, approved(2))
    batch = claim(ledger, edition)
    taken = ledger.release_stale(edition, at=NOW + timedelta(seconds=after_seconds), is_alive=lambda _: is_alive)
    assert taken == int(is_taken)
    assert [doubt.batch_id for doubt in ledger.doubts(edition)] == [batch.id] * taken


def test_the_batch_of_the_dead_is_uncertain(engine: Engine, ledger: Ledger, approved: Approved) -> None:
    edition = prepare(ledger, approved(2))
    claim(ledger, edition)
    assert ledger.release_stale(edition, at=NOW, is_alive=lambda _: False) == 1
    assert ledger.release_stale(edition, at=NOW, is_alive=lambda _: False) == 0
    assert claim_if_any(ledger, edition) is None
    assert ledger.balance(edition).uncertain_batches == 1
    with reading(engine) as connection:
        assert connection.execute(select(batches.c.detail)).scalar_one() == "worker w1 ended in the middle of attempt 1"


def test_a_doubt_says_when_its_batch_was_tried_first_and_last(ledger: Ledger, approved: Approved) -> None:
    edition = prepare(ledger, approved(2))
    batch = claim(ledger, edition)
    ledger.settle(batch, RETRYABLE, worker="w1", at=NOW)
    later = NOW + timedelta(hours=1)
    ledger.settle(claim(ledger, edition, at=later), UNCERTAIN, worker="w1", at=later)
    assert ledger.doubts(edition) == [Doubt(batch_id=batch.id, first_tried_at=NOW, last_tried_at=later)]


@pytest.mark.parametrize("found", [Trace.FOUND, Trace.MISSING])
def test_the_providers_records_settle_a_doubt_or_leave_it_to_an_operator(
    ledger: Ledger, approved: Approved, found: Trace
) -> None:
    edition = prepare(ledger, approved(2))
    batch = claim(ledger, edition)
    ledger.settle(batch, UNCERTAIN, worker="w1", at=NOW)
    assert ledger.trace(batch.id, found, at=NOW)
    assert ledger.doubts(edition) == []
    assert claim_if_any(ledger, edition, at=NOW + timedelta(days=1)) is None
    assert ledger.close(edition, at=NOW) is found.is_found
    assert not ledger.trace(batch.id, Trace.FOUND, at=NOW)
    assert not ledger.replay(batch.id, at=NOW, until=NOW + timedelta(hours=1))
    if not found.is_found:
        assert [state for _, state, _ in ledger.open_batches(edition)] == [BatchState.ABSENT]
        assert ledger.resolve(batch.id, accepted=False, by="Ann", at=NOW)
        assert claim(ledger, edition).readers == batch.readers


def test_what_is_absent_waits_for_its_word_anew_once_the_edition_is_resumed(
    engine: Engine, ledger: Ledger, approved: Approved
) -> None:
    edition, monday = prepare(ledger, approved(2)), NOW + timedelta(days=3)
    batch = claim(ledger, edition)
    ledger.settle(batch, UNCERTAIN, worker="w1", at=NOW)
    assert ledger.trace(batch.id, Trace.MISSING, at=NOW)
    assert SqlEditions(engine).move(
        edition, expected=[EditionState.SENDING], to=EditionState.PAUSED, by="Ann", reason="", at=NOW
    )
    assert ledger.resume(edition, by="Ann", at=monday)
    assert ledger.abandon_open(edition, before=monday, at=monday) == 0


def test_records_that_tell_copy_by_copy_settle_those_that_are_there_and_leave_the_others_to_an_operator(
    ledger: Ledger, approved: Approved
) -> None:
    edition = prepare(ledger, approved(3), batch_size=3)
    batch = claim(ledger, edition)
    ledger.settle(batch, UNCERTAIN, worker="w1", at=NOW)
    found = replace(Trace.FOUND, addresses=("Reader0@EXAMPLE.org", "reader2@example.org", "stranger@example.org"))
    assert ledger.trace(batch.id, found, at=NOW)
    assert states(ledger, edition) == {DeliveryState.ACCEPTED: 2, DeliveryState.PENDING: 1}
    assert [state for _, state, _ in ledger.open_batches(edition)] == [BatchState.ABSENT]
    assert ledger.resolve(batch.id, accepted=False, by="Ann", at=NOW)
    assert [one.address for one in claim(ledger, edition).readers] == ["reader1@example.org"]


@pytest.mark.parametrize(("is_restored", "why"), [(False, "nor sent again"), (True, "may or may not have arrived")])
def test_what_the_records_do_not_know_is_given_up_with_what_can_be_said_of_it(
    ledger: Ledger, approved: Approved, *, is_restored: bool, why: str
) -> None:
    edition = prepare(ledger, approved(2))
    batch = claim(ledger, edition)
    ledger.settle(batch, UNCERTAIN, worker="w1", at=NOW)
    if is_restored:
        ledger.distrust(edition, at=NOW)
    ledger.trace(batch.id, Trace.MISSING, at=NOW)
    assert ledger.abandon_open(edition, before=NOW + timedelta(seconds=1), at=NOW) == 2
    assert all(why in reason for reason in reasons(ledger, edition).values())


def test_records_that_name_every_copy_settle_the_batch(ledger: Ledger, approved: Approved) -> None:
    edition = prepare(ledger, approved(2))
    batch = claim(ledger, edition)
    ledger.settle(batch, UNCERTAIN, worker="w1", at=NOW)
    assert ledger.trace(
        batch.id, replace(Trace.FOUND, addresses=("reader0@example.org", "reader1@example.org")), at=NOW
    )
    assert ledger.close(edition, at=NOW)
    assert states(ledger, edition) == {DeliveryState.ACCEPTED: 2}


def test_who_settles_while_we_ask_whether_he_lives_keeps_his_batch(ledger: Ledger, approved: Approved) -> None:
    edition = prepare(ledger, approved(2))
    batch = claim(ledger, edition)

    def dies_after_settling(_: str) -> bool:
        assert ledger.settle(batch, ACCEPTED, worker="w1", at=NOW)
        return False

    assert ledger.release_stale(edition, at=NOW, is_alive=dies_after_settling) == 0
    assert ledger.close(edition, at=NOW)


def test_what_is_open_at_the_deadline_is_abandoned_and_counted(ledger: Ledger, approved: Approved) -> None:
    edition = prepare(ledger, approved(6))
    ledger.settle(claim(ledger, edition), UNCERTAIN, worker="w1", at=NOW)
    ledger.settle(claim(ledger, edition), RETRYABLE, worker="w1", at=NOW)
    ledger.settle(claim(ledger, edition), ACCEPTED, worker="w1", at=NOW)
    assert ledger.abandon_open(edition, before=NOW, at=NOW) == 0
    assert ledger.abandon_open(edition, before=NOW + timedelta(seconds=1), at=NOW) == 4
    assert states(ledger, edition) == {DeliveryState.ABANDONED: 4, DeliveryState.ACCEPTED: 2}
    assert "may or may not have arrived" in reasons(ledger, edition)["reader0@example.org"]
    assert "not handed over" in reasons(ledger, edition)["reader2@example.org"]
    assert ledger.next_due(edition) is None
    assert ledger.close(edition, at=NOW)


def test_what_is_open_is_listed_in_order(ledger: Ledger, approved: Approved) -> None:
    edition = prepare(ledger, approved(6))
    ledger.settle(claim(ledger, edition), ACCEPTED, worker="w1", at=NOW)
    uncertain = claim(ledger, edition)
    ledger.settle(uncertain, UNCERTAIN, worker="w1", at=NOW)
    assert [(state, detail) for _, state, detail in ledger.open_batches(edition)] == [
        (BatchState.UNCERTAIN, "reset"),
        (BatchState.READY, ""),
    ]
    assert ledger.open_batches(edition)[0][0] == uncertain.id


def test_an_edition_closes_only_when_the_books_balance(engine: Engine, ledger: Ledger, approved: Approved) -> None:
    edition = prepare(ledger, approved(3))
    assert not ledger.close(edition, at=NOW)
    ledger.settle(claim(ledger, edition), ACCEPTED, worker="w1", at=NOW)
    assert ledger.balance(edition) == Balance(
        candidates=3,
        pending=1,
        accepted=2,
        rejected=0,
        suppressed=0,
        excluded=0,
        abandoned=0,
        batches=2,
        open_batches=1,
        uncertain_batches=0,
    )
    assert not ledger.close(edition, at=NOW)
    ledger.settle(claim(ledger, edition), ACCEPTED, worker="w1", at=NOW)
    assert ledger.close(edition, at=NOW)
    assert not ledger.close(edition, at=NOW)
    assert SqlEditions(engine).get(edition).state is EditionState.SENT
    assert [what for _, _, what, _ in SqlEditions(engine).history(edition)] == ["draft", "approved", "sending", "sent"]


def test_the_readers_of_a_large_edition_come_in_pages_without_a_gap(ledger: Ledger, approved: Approved) -> None:
    yesterday = prepare(ledger, approved(10, day=DAY - timedelta(days=1)), batch_size=1000)
    today = prepare(ledger, approved(5_001), batch_size=1000)
    rows = list(ledger.deliveries(today))
    assert len(rows) == 5_001
    assert [row.delivery_id for row in rows] == sorted(row.delivery_id for row in rows)
    assert len(list(ledger.deliveries(yesterday))) == 10


def test_of_an_uncertain_batch_only_copies_without_a_fate_are_in_doubt(
    engine: Engine, ledger: Ledger, approved: Approved
) -> None:
    """Twenty taken, one whose answer was lost, twenty-nine untried: nobody gets two copies, nobody is forgotten."""
    edition = prepare(ledger, approved(50), batch_size=50)
    batch = claim(ledger, edition)
    ids = [reader.delivery_id for reader in batch.readers]
    taken = tuple(Fate(delivery_id=number, outcome=Outcome.ACCEPTED, reference=f"<{number}>") for number in ids[:19])
    refused = (Fate(delivery_id=ids[19], outcome=Outcome.REJECTED, detail="unknown user"),)
    untried = tuple(Fate(delivery_id=number, outcome=Outcome.RETRYABLE) for number in ids[21:])
    lost = Receipt(outcome=Outcome.UNCERTAIN, detail="no answer", fates=taken + refused + untried)
    assert ledger.settle(batch, lost, worker="w1", at=NOW)
    assert states(ledger, edition) == {
        DeliveryState.ACCEPTED: 19,
        DeliveryState.REJECTED: 1,
        DeliveryState.PENDING: 30,
    }
    assert [doubt.batch_id for doubt in ledger.doubts(edition)] == [batch.id]
    again = claim(ledger, edition, at=NOW + timedelta(minutes=1))
    assert [reader.delivery_id for reader in again.readers] == ids[21:]
    assert again.id != batch.id
    ledger.settle(again, ACCEPTED, worker="w1", at=NOW)
    assert claim_if_any(ledger, edition, at=NOW + timedelta(hours=1)) is None
    assert not ledger.close(edition, at=NOW)
    assert ledger.resolve(batch.id, accepted=False, by="Ann", at=NOW)
    last = claim(ledger, edition, at=NOW + timedelta(hours=1))
    assert [reader.delivery_id for reader in last.readers] == [ids[20]]
    ledger.settle(last, ACCEPTED, worker="w1", at=NOW)
    assert ledger.close(edition, at=NOW)
    assert states(ledger, edition) == {DeliveryState.ACCEPTED: 49, DeliveryState.REJECTED: 1}


def test_a_doubt_that_is_given_up_takes_only_the_copies_in_doubt_along(ledger: Ledger, approved: Approved) -> None:
    edition = prepare(ledger, approved(2))
    batch = claim(ledger, edition)
    taken = (Fate(delivery_id=batch.readers[0].delivery_id, outcome=Outcome.ACCEPTED),)
    ledger.settle(batch, Receipt(outcome=Outcome.UNCERTAIN, fates=taken), worker="w1", at=NOW)
    assert ledger.abandon_open(edition, before=NOW + timedelta(seconds=1), at=NOW) == 1
    assert states(ledger, edition) == {DeliveryState.ACCEPTED: 1, DeliveryState.ABANDONED: 1}
