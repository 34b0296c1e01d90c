"""A database that was restored from an older copy -> what it would send again is in doubt instead."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from digest.errors import EditionRefused
from digest.model.mail import EditionRecord, EditionState, Trace
from digest.pipeline.alert import ring
from digest.pipeline.doubts import since
from digest.pipeline.line import Line
from digest.schedule import local_day

HALF_SENT = frozenset({EditionState.SENDING, EditionState.PAUSED})

MOST_ASKED = 100
"""Batches that the provider is asked for where there is no mark. They are handed over in order: whatever went out after
the copy began with the first that waits, and a newsroom's very first edition need not ask for a thousand."""


def distrust_restored(record: EditionRecord, *, line: Line) -> None:
    """Put in doubt what may have gone out already (delivery.md, «The ledger», 9); run before the first claim.

    Two witnesses are heard. The high-water mark beside the database knows how many calls were made: where the database
    knows fewer, it is older than the mail. And where the provider can be asked, it is asked for the first batch of the
    edition that was never tried: the mark may have been put back with the database. Doubts are then settled as all
    others are, though never by handing over again: what was printed and who reads it may have changed.

    Raises:
        EditionRefused: where the mark is gone, though calls were made, and the provider cannot say which.

    """
    made = line.high_water.read()  # before the database's own count: that one only grows
    known = line.ledger.calls()
    if made is None:
        _ask_without_mark(record, known, line)
    elif made > known:
        now = line.clock()
        _ring(f"{made - known} calls to the provider were made that this database does not know", f"{made}", now, line)
        line.ledger.note_loss(made=made, until=_latest_day(record, now, line), at=now)
    else:
        first = line.ledger.untried(record.id)
        if not _ask(record, first, line):
            _ask(record, first, line)  # once more: who goes on without an answer hides what another would have found


def _ask_without_mark(record: EditionRecord, known: int, line: Line) -> None:
    """Ask for what waits of every edition that is half sent, then set the mark: nobody calls where there is none.

    The first that wait are enough: the copy may be of the midst of a sending, and the first call after it may have
    failed. A database that knows no call is a new one, or has nothing of which it could be a copy.
    """
    others = [one for one in line.editions.unfinished() if one.state in HALF_SENT and one.id != record.id]
    for one in (record, *others):
        if one.provider != line.provider.name:
            line.ledger.distrust(one.id, at=line.clock())
        elif not _ask(one, line.ledger.waiting(one.id)[:MOST_ASKED], line) and known:
            raise EditionRefused(
                f"the mark of calls is gone, and {line.provider.name} does not say what it took: this database, which "
                f"knows {known} calls, may be an older copy",
                mend=f"run this again later; if it is no copy, write {known} into digest.db.calls.made beside it.",
            )
    line.high_water.raise_to(known)


def _ask(record: EditionRecord, names: Sequence[str], line: Line) -> bool:
    """Distrust an edition of which the provider knows a batch that waits here; False where it cannot be asked.

    What another sender has claimed meanwhile is his, whatever is known of it. Where handing over again writes the same
    file, nobody need be asked.
    """
    if line.provider.search_after is None:
        return line.provider.replay_for == timedelta.max or not names
    traces = _traces(record, names, line)
    found = {name for name, trace in traces.items() if trace.is_found}
    if found.intersection(line.ledger.waiting(record.id)):
        now = line.clock()
        what = f"{line.provider.name} already knows the edition of {record.newsletter} {record.day}"
        _ring(what, f"{record.newsletter}:{record.day}", now, line)
        line.ledger.distrust(record.id, at=now)
    return bool(found) or Trace.UNKNOWN not in traces.values()


def _traces(record: EditionRecord, names: Sequence[str], line: Line) -> dict[str, Trace]:
    """What the provider's records have of these batches, as far as the first that they know."""
    traces: dict[str, Trace] = {}
    for name, trace in line.calls.map(
        lambda name: line.provider.search(name, since=since(record)),
        names,
        at_once=line.provider.connections,
        per_second=line.provider.per_second,
    ):
        traces[name] = trace
        if trace.is_found:
            break
    return traces


def _latest_day(record: EditionRecord, now: datetime, line: Line) -> date:
    """The last day, by the newsletters' own calendars, of which an edition may have been sent by now."""
    return max(record.day, *(local_day(schedule, now) for schedule in line.newsroom.schedules))


def _ring(what: str, which: str, now: datetime, line: Line) -> None:
    message = (
        f"{what}: it was restored from an older copy. What may have gone out is in doubt and not sent again by itself; "
        "`digest status` lists it, `digest resolve` settles what the provider cannot tell"
    )
    ring(f"restored:{which}", "restored database", message, now=now, line=line)
