"""Feedback: what a provider tells of accepted copies -> who is written to no more, and when sending must stop."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from digest.model.feedback import Event, Heard
from digest.model.mail import EditionRecord, EditionState
from digest.pipeline.alert import ring
from digest.pipeline.line import Line
from digest.pipeline.withhold import withhold

MOST_COMPLAINTS = 0.003
"""The share of accepted copies above which mailbox providers turn a sender away (Google, «Email sender guidelines»)."""

ENOUGH = 1000
"""Copies of which a share can be told. Until so many are out, complaints are set against the first thousand, or against
all, where there are fewer: one angry reader of the first call is no share of an edition."""

AT_FIRST = timedelta(days=3)
"""So far back the first pull reads: Mailgun keeps no more for anybody."""

AGAIN = timedelta(hours=1)
"""So much of what was read is read again: events come late (Mailgun: pages younger than half an hour are not final)."""

AT_A_TIME = 500
"""Events in one transaction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulled:
    """What a pull came to, since when it asked, and what somebody has to be told."""

    heard: Heard
    since: datetime
    troubles: tuple[str, ...] = ()


def hear(events: Sequence[Event], *, line: Line) -> tuple[Heard, tuple[str, ...]]:
    """Take events in, and pull the brake where too many complain; what came of it, and what rang.

    Of a complaint that was known the brake is pulled where it never was: whoever took it in may have died before. Where
    it was, a person may have let the edition go on since.
    """
    heard = line.feedback.record(events, soft_bounces=line.newsroom.soft_bounces, at=line.clock())
    standing = line.alerts.standing() if heard.old_complaints else ()
    unheard = {each for each in heard.old_complaints if _key(line.editions.get(each)) not in standing}
    braked = [trouble for edition_id in sorted(heard.complaints | unheard) for trouble in _brake(edition_id, line)]
    return heard, tuple(braked)


def pull(line: Line) -> Pulled:
    """Ask the provider for what happened since the last time, and take it in.

    ProviderMisused where it cannot be asked, Unreachable when it does not answer: what was read until then is kept, and
    the next pull begins where this one did.
    """
    name = f"feedback pulled: {line.provider.name}"
    began, noted = line.clock(), line.facts.value(name)
    last = datetime.fromisoformat(noted) if noted else None
    since = last - AGAIN if last and last <= began else began - AT_FIRST  # a last pull yet to come: a clock was ahead
    heard, troubles = Heard(), list[str]()
    told = line.provider.pull(since=since)
    while events := tuple(islice(told, AT_A_TIME)):
        more, rang = hear(events, line=line)
        heard += more
        troubles += rang
    line.facts.note(name, began.isoformat(), at=began)
    return Pulled(heard=heard, since=since, troubles=tuple(troubles))


def _brake(edition_id: int, line: Line) -> tuple[str, ...]:
    """Pause an edition of which more than the bearable share complained; where it is out already, only ring."""
    books, out = line.ledger.balance(edition_id), line.ledger.handed_over(edition_id)
    complained = line.feedback.tally(edition_id).get("complained", 0)
    if complained <= max(out, min(books.accepted + books.pending, ENOUGH)) * MOST_COMPLAINTS:
        return ()
    record, now = line.editions.get(edition_id), line.clock()
    reason = f"{complained} of {out} readers complained, more than {MOST_COMPLAINTS:.1%}"
    if record.state is EditionState.SENDING:
        withhold(record, by="digest", reason=reason, now=now, line=line)
    return ring(_key(record), "complaints", f"{record.newsletter} {record.day}: {reason}", now=now, line=line)


def _key(record: EditionRecord) -> str:
    return f"complaints:{record.newsletter}:{record.day}"
