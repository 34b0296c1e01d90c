"""Hand over: every batch that waits -> the provider, each call written down before and after."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from digest.deliver.halves import halves
from digest.deliver.unnamed import unnamed
from digest.errors import DigestError, StoreError
from digest.model.mail import Batch, EditionRecord, EditionState, Email, Envelope, Fate, Outcome, Receipt, Recipient
from digest.pipeline.envelope import envelope
from digest.pipeline.line import Line
from digest.pipeline.withhold import withhold

LEASE_SECONDS = 300.0
"""How long a worker that cannot be asked is believed to be at work on a batch; far longer than any call may last."""

MOST_REFUSALS = 7
"""After so many calls in a row that were refused, a refused reader is no longer believed to be the reason."""


@dataclass(slots=True)
class Run:
    """How one sending stands: copies that came to their end, and how the provider has answered of late."""

    done: int
    is_taken: bool
    """Whether anything of the edition was ever accepted."""
    refused: int = 0
    """Calls that were refused, in a row, since one was taken."""
    refusal: str = ""
    """Why the last of them was."""
    was_parted: bool = False
    """Whether a refused call was halved: there is more to hand over."""
    is_at_a_loss: bool = False
    """Whether a reader was refused alone who is not believed to be the reason."""
    failure: StoreError | None = None
    """The first thing that could not be written down; then nothing more is begun."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of a batch's call."""

    receipt: Receipt
    is_of_some: bool = False
    """Whether none was made, since some of its copies can be in none, or all not in one: that says nothing of us."""


def hand_over(record: EditionRecord, email: Email, *, line: Line) -> None:
    """Hand over every batch that can be claimed, several at a time; what was begun is written down before any end.

    A call that was refused is tried again in halves (deliver/halves.py). Where nothing is taken any more, or nothing
    ever was, the edition pauses with the copies that are left: it is then the letter that is refused, or we.

    Raises:
        StoreError: when an answer, or the mark of a call, could not be written down; all others have been.

    """
    sent_at = record.prepared_at or line.clock()
    head = envelope(line, newsletter=record.newsletter, day=record.day, sent_at=sent_at)
    books = line.ledger.balance(record.id)
    run = Run(done=books.candidates - books.pending, is_taken=books.accepted > 0)
    line.progress("send", run.done, books.candidates)
    with line.interrupts() as is_interrupted:
        while True:
            run.was_parted = False
            for batch, answer in line.calls.map(
                lambda batch: _call(batch, email, head, line),
                _claimed(record, run, is_interrupted, line),
                at_once=line.provider.connections,
                per_second=line.provider.per_second,
            ):
                _write_down(batch, _judged(batch, answer, run), record, run, line)
                line.progress("send", min(run.done, books.candidates), books.candidates)
            if is_interrupted() or run.failure or not run.was_parted:
                break
    if run.is_at_a_loss and not run.is_taken:
        _pause(record, f"{line.provider.name} has taken no copy: {run.refusal}", run, line)
    if run.failure:
        raise run.failure


def _claimed(record: EditionRecord, run: Run, is_interrupted: Callable[[], bool], line: Line) -> Iterator[Batch]:
    """Claim one batch after the other, until none waits, somebody pauses the edition, or the program is to end."""
    while not is_interrupted() and not run.failure:
        try:
            batch = line.ledger.claim(
                record.id, worker=line.registry.name, at=line.clock(), lease_seconds=LEASE_SECONDS
            )
            if batch is None:
                return
            _raise_mark(batch, line)
        except StoreError as error:  # calls are under way whose answers have to be written down first
            run.failure = error
            return
        yield batch


def _raise_mark(batch: Batch, line: Line) -> None:
    """Note the call beside the database; where that cannot be, no call is made, and the batch waits as before."""
    try:
        line.high_water.raise_to(batch.serial)
    except StoreError as error:
        unsent = Receipt(outcome=Outcome.RETRYABLE, detail=str(error))
        line.ledger.settle(batch, unsent, worker=line.registry.name, at=line.clock())
        raise


def _call(batch: Batch, email: Email, head: Envelope, line: Line) -> Answer:
    """Hand over the copies of a batch. Where there are some of which no call can be made, none is made.

    Then they are refused by ourselves, each with the reason, before anything is out, and the others are tried in calls
    of their own.

    Links are made here, by whoever calls: those who claim and write down are one for all calls.
    """
    link = line.newsroom.link
    recipients = [
        Recipient(delivery_id=identity, address=address, name=name, unsubscribe_url=link(identity))
        for identity, address, name in batch.readers
    ]
    payload = partial(line.provider.payload, email, head, tag=batch.id)
    try:
        made = payload(recipients)
    except DigestError as error:
        refused = tuple(_refusals(payload, recipients))
        is_of_all = len(refused) == len(recipients)
        fates = () if is_of_all else refused
        receipt = Receipt(outcome=Outcome.REJECTED, detail=str(error), fates=fates)
        return Answer(receipt=receipt, is_of_some=not is_of_all)
    return Answer(receipt=unnamed(line.provider.submit(made), recipients))


def _refusals(payload: Callable[[Sequence[Recipient]], object], readers: Sequence[Recipient]) -> Iterator[Fate]:
    """The copies of which no call can be made even alone, such as one with an impossible address."""
    for reader in readers:
        try:
            payload((reader,))
        except DigestError as error:
            yield Fate(delivery_id=reader.delivery_id, outcome=Outcome.REJECTED, detail=str(error))


def _judged(batch: Batch, answer: Answer, run: Run) -> Receipt:
    """The answer as it is to be written down, in the light of those before it.

    A call in which every copy was refused singly is a call refused. A reader who is refused is rejected only while
    others are taken; else it may be the letter, or we, and he is put off. A replay's answer is that of the first call.
    """
    receipt = answer.receipt
    refused = {fate.delivery_id for fate in receipt.fates if fate.outcome is Outcome.REJECTED}
    if not batch.is_replay and all(reader.delivery_id in refused for reader in batch.readers):
        receipt = replace(receipt, outcome=Outcome.REJECTED, detail=receipt.fates[0].detail, fates=())
    if _is_taken(batch, receipt):
        run.refused, run.is_taken = 0, True
        return receipt
    if answer.is_of_some or batch.is_replay or not (receipt.outcome is Outcome.REJECTED or refused):
        return receipt
    run.refused, run.refusal = run.refused + 1, receipt.detail
    return receipt if run.is_taken and run.refused <= MOST_REFUSALS else _put_off(batch, receipt, run)


def _is_taken(batch: Batch, receipt: Receipt) -> bool:
    """Whether any copy was: an accepted call may say of every one of its copies that it was not."""
    not_taken = {fate.delivery_id for fate in receipt.fates if fate.outcome is not Outcome.ACCEPTED}
    return receipt.outcome is Outcome.ACCEPTED and any(each.delivery_id not in not_taken for each in batch.readers)


def _put_off(batch: Batch, receipt: Receipt, run: Run) -> Receipt:
    """Have those tried again later who were refused singly, or alone: in another batch, as a key gives one answer."""
    fates = receipt.fates
    if len(batch.readers) == 1:
        fates = (Fate(delivery_id=batch.readers[0].delivery_id, outcome=Outcome.REJECTED, detail=receipt.detail),)
    run.is_at_a_loss = run.is_at_a_loss or bool(fates)
    later = {Outcome.REJECTED: Outcome.RETRYABLE}
    put_off = tuple(replace(fate, outcome=later.get(fate.outcome, fate.outcome)) for fate in fates)
    return replace(receipt, fates=put_off)


def _write_down(batch: Batch, receipt: Receipt, record: EditionRecord, run: Run, line: Line) -> None:
    """Settle the batch by its answer, and pause the edition where nothing is to be hoped for from the next call."""
    try:
        line.ledger.settle(batch, receipt, worker=line.registry.name, at=line.clock())
    except StoreError as error:
        run.failure = run.failure or error
        return
    parts = halves(batch, receipt)
    run.was_parted = run.was_parted or bool(parts)
    if receipt.outcome is Outcome.ACCEPTED or (receipt.outcome is Outcome.REJECTED and not batch.is_replay):
        again = sum(fate.outcome is Outcome.RETRYABLE for fate in receipt.fates) + sum(map(len, parts))
        run.done += len(batch.readers) - again
    if receipt.halts or run.refused > MOST_REFUSALS + 2 * line.provider.connections:
        _pause(record, f"{line.provider.name} refuses us: {receipt.detail}", run, line)


def _pause(record: EditionRecord, reason: str, run: Run, line: Line) -> None:
    """Pause the edition once, however many calls that were under way come back with the same answer.

    Where that cannot be written down nothing more is begun: answers that are yet to come are not to be lost for it.
    """
    try:
        standing = line.editions.get(record.id)
        if standing.state is EditionState.SENDING:
            withhold(standing, by="digest", reason=reason, now=line.clock(), line=line)
    except StoreError as error:
        run.failure = run.failure or error
