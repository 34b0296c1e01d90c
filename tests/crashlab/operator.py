"""The lab's operator: looks into the provider's log where the program cannot go on by itself, and says what is true."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tests.crashlab.ledger import Batch, Books
from tests.crashlab.provider import Copy
from tests.crashlab.roads import Road


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What was said of a batch, in which state it was, and whether the provider has it under that batch's name."""

    batch_id: str
    state: str
    accepted: bool
    is_listed: bool


def word(batch: Batch, books: Books, copies: Sequence[Copy], road: Road, now: datetime) -> Word | None:
    """The operator's word on a batch; None while the program can still find out by itself, and where neither is true.

    Of a call that was taken in part he says nothing: at the deadline its readers are given up and reported.
    """
    if batch.state != "absent" and not (batch.state == "uncertain" and not _may_settle(batch, road, now)):
        return None
    reached = {each.address: each.tag for each in copies}
    mine = [one for one in books.deliveries if one.batch_id == batch.id and one.state == "pending"]
    waiting = {one.address in reached for one in mine}
    if len(waiting) > 1:
        return None
    is_listed = any(reached.get(one.address) == batch.id for one in mine)
    return Word(batch_id=batch.id, state=batch.state, accepted=waiting == {True}, is_listed=is_listed)


def _may_settle(batch: Batch, road: Road, now: datetime) -> bool:
    """Whether provider's key or records will tell, sooner or later."""
    if road.is_searchable or road.is_folder:
        return True
    tried = batch.first_tried_at or now
    return bool(batch.may_replay) and now - tried < road.lives
