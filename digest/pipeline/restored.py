"""A database that was restored from an older copy -> what it would send again is in doubt instead."""

from datetime import date, datetime

from digest.errors import EditionRefused
from digest.model.mail import EditionRecord, Trace
from digest.pipeline.alert import ring
from digest.pipeline.doubts import since
from digest.pipeline.line import Line
from digest.schedule import local_day

MOST_ASKED = 100
"""Batches that the provider is asked for where there is no mark. They are handed over in order: whatever went out after
the copy began with the first that waits, and a newsroom's very first edition need not ask for a thousand."""


def distrust_restored(record: EditionRecord, *, line: Line) -> None:
    """Put in doubt what may have gone out already (delivery.md, «The ledger», 9); run before the first claim.

    Two witnesses are heard. The high-water mark beside the database knows how many calls were made: where the database
    knows fewer, it is older than the mail. And where the provider can be asked, it is asked for the first batch of an
    edition of which nothing was tried yet, and where there is no mark, for the first that wait: the copy may be of the
    midst of the sending, and the first call after it may have failed. Doubts are then settled as all others are,
    though never by handing over again: what was printed and who reads it may have changed.

    A claim that another sender makes meanwhile ends the matter: he has looked before it, and what the provider knows
    may be his.
    """
    made = line.high_water.read()  # before the database's own count: that one only grows
    known = line.ledger.calls()
    missing = made - known
    if missing > 0:
        now = line.clock()
        _ring(f"{missing} calls to the provider were made that this database does not know", f"{made}", now, line)
        line.ledger.note_loss(made=made, until=_latest_day(record, now, line), at=now)
    elif _is_known(record, line, has_mark=made > 0, known=known):
        now = line.clock()
        what = f"{line.provider.name} already knows the edition of {record.newsletter} {record.day}"
        _ring(what, f"{record.newsletter}:{record.day}", now, line)
        line.ledger.distrust(record.id, at=now)


def _latest_day(record: EditionRecord, now: datetime, line: Line) -> date:
    """The last day, by the newsletters' own calendars, of which an edition may have been sent by now."""
    return max(record.day, *(local_day(schedule, now) for schedule in line.newsroom.schedules))


def _is_known(record: EditionRecord, line: Line, *, has_mark: bool, known: int) -> bool:
    provider, unread, is_found = line.provider, False, False
    if provider.search_after is None:
        return False
    found = line.calls.map(
        lambda batch_id: provider.search(batch_id, since=since(record)),
        line.ledger.untouched(record.id) if has_mark else line.ledger.waiting(record.id)[:MOST_ASKED],
        at_once=provider.connections,
        per_second=provider.per_second,
    )
    for _, trace in found:
        is_found, unread = trace.is_found, unread or trace is Trace.UNKNOWN
        if is_found:
            break
    if line.ledger.calls() != known:
        return False
    if unread and known and not is_found and not has_mark:
        raise EditionRefused(
            f"the mark of calls is gone, and the records of {provider.name} cannot be read: this database, which knows "
            f"{known} calls, may be an older copy",
            mend=f"run this again when they can; if it is no copy, write {known} into the file calls.made beside it.",
        )
    return is_found


def _ring(what: str, which: str, now: datetime, line: Line) -> None:
    message = (
        f"{what}: it was restored from an older copy. What may have gone out is in doubt and not sent again by itself; "
        "`digest status` lists it, `digest resolve` settles what the provider cannot tell"
    )
    ring(f"restored:{which}", "restored database", message, now=now, line=line)
