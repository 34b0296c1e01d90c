"""A feed's state and what came of asking it -> its next state, and whether it may be asked yet."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from http import HTTPStatus

from digest.model.feed import Document, FeedState, FetchAnswer, FetchFailure, FetchRequest
from digest.model.news import Source

WAITS = (timedelta(0), timedelta(minutes=30), timedelta(hours=1), timedelta(hours=2), timedelta(hours=3))
"""How long a feed is left alone after so many failures in a row; the last stands for all later ones.

One failure is an accident and costs nothing. Three hours is the most, so that a feed that recovers
in the night is back for the morning.
"""

LONGEST_PATIENCE = timedelta(hours=24)
"""What a server may ask for; one that asks for more is asked once a day."""

FEWEST = 3
"""Of fewer sources nobody can say whether it is they who fail, or our line."""

LOST = timedelta(days=1)
"""A failure that lasts so long is the source's own and says nothing of our line.

A new address that has failed for so long is doubted, whatever its failure: the old one is asked again.
Not at the first unknown name or certificate, for that may be our own resolver's or clock's bad hour,
and the old address may be unable to say where the feed went by now.
"""


class Reason(StrEnum):
    """Why a source is left alone."""

    GONE = "gone"
    PATIENCE = "patience"
    BACK_OFF = "back-off"


WORDS = {
    Reason.GONE: "answered 410 Gone and is not asked any more",
    Reason.PATIENCE: "asked to be left alone",
    Reason.BACK_OFF: "backs off",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """A source is not asked: why, and until when (None: until its address changes or somebody revives it)."""

    reason: Reason
    until: datetime | None = None

    @property
    def outcome(self) -> str:
        """Its word in the report of a collection."""
        return "gone" if self.reason is Reason.GONE else "waiting"

    def told(self, now: datetime) -> str:
        """Say it in words that follow the source's name; the day where it is another one in UTC."""
        if self.until is None:
            return WORDS[self.reason]
        until = self.until.astimezone(UTC)
        is_today = until.date() == now.astimezone(UTC).date()
        return f"{WORDS[self.reason]} until {until:{'%H:%M' if is_today else '%d %B %Y %H:%M'}} UTC"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What came of asking one source: its answer, and what was in it; `unreadable` says why a document held no feed."""

    answer: FetchAnswer
    unreadable: str = ""
    new_items: int = 0

    @property
    def error(self) -> str:
        """Why nothing could be used, or an empty string."""
        return self.answer.error if isinstance(self.answer, FetchFailure) else self.unreadable

    @property
    def seconds(self) -> float:
        """How long the answer took."""
        return self.answer.seconds


def is_about(state: FeedState, source: Source) -> bool:
    """Say whether what is remembered is about the source's configured address; nothing is, once that is another one."""
    return state.url == source.url


def known(sources: Iterable[Source], states: Mapping[str, FeedState]) -> dict[str, FeedState]:
    """Return what is remembered of each source, by id: nothing, once its configured address is another one."""
    return {source.id: _known(source, states.get(source.id)) for source in sources}


def left_alone(states: Mapping[str, FeedState], *, now: datetime, is_manual: bool) -> dict[str, Rest]:
    """Return the sources that are not to be asked now, and why.

    A person's wish (`is_manual`) ends our own back-off, but neither a server's wish nor a 410. So
    does a time in which most feeds fail: then the fault is more likely ours than theirs, and a line
    that was down all night must not leave every feed waiting when it is back at dawn.
    """
    nobody_backs_off = is_manual or _is_outage(states.values(), now)
    resting = {name: resting for name, state in states.items() if (resting := rest(state, now=now))}
    return {name: one for name, one in resting.items() if not (nobody_backs_off and one.reason is Reason.BACK_OFF)}


def rest(state: FeedState, *, now: datetime) -> Rest | None:
    """Return why and until when a source is left alone, or None.

    An instant further away than we ever wait comes from a clock that was wrong, and holds nobody.
    """
    if state.gone_at:
        return Rest(reason=Reason.GONE)
    if state.retry_at and timedelta(0) < state.retry_at - now <= LONGEST_PATIENCE:
        return Rest(reason=Reason.PATIENCE, until=state.retry_at)
    if state.last_tried and timedelta(0) <= now - state.last_tried < back_off(state.failures):
        return Rest(reason=Reason.BACK_OFF, until=state.last_tried + back_off(state.failures))
    return None


def back_off(failures: int) -> timedelta:
    """Return how long a feed is left alone after so many failures in a row."""
    return WAITS[min(failures, len(WAITS)) - 1] if failures > 0 else WAITS[0]


def request(state: FeedState) -> FetchRequest:
    """Return what to ask for: the address a permanent redirect gave, with the validators of whichever gave some.

    A new address is asked on the old one's word: should it ever be one of our own hosts, a stranger sent us there.
    """
    return FetchRequest(
        source_id=state.source_id,
        url=state.moved_to or state.url,
        etag=state.etag,
        last_modified=state.last_modified,
        validated_url=state.validated_url,
        led_by=state.url if state.moved_to else "",
    )


def after(old: FeedState, heard: Heard, *, now: datetime) -> FeedState:
    """Return what to remember of a source that was asked at `now` (aware UTC).

    Only a document that was read to the end leaves validators (RFC 9110, section 13) and a new
    address (301 and 308, sections 15.4.2 and 15.4.9) behind.
    """
    tried = replace(old, last_tried=now, seconds=heard.seconds)
    if isinstance(heard.answer, Document) and not heard.unreadable:
        return _succeeded(tried, heard.answer, heard.new_items, now)
    return _failed(tried, heard, now)


def revived(state: FeedState) -> FeedState:
    """Return the state of a source that is to be asked at the next collection, whatever it answered before."""
    return replace(state, gone_at=None, retry_at=None, failures=0, failing_since=None, last_error="")


def _known(source: Source, state: FeedState | None) -> FeedState:
    return state if state and is_about(state, source) else FeedState(source_id=source.id, url=source.url)


def _is_outage(states: Collection[FeedState], now: datetime) -> bool:
    """Say whether most of the sources fail that did answer lately; all of them, where none has for long."""
    asked = [state for state in states if not state.gone_at]
    counted = [state for state in asked if not _is_lost(state, now)] or asked
    return len(counted) >= FEWEST and 2 * sum(1 for state in counted if state.failures) > len(counted)


def _is_lost(state: FeedState, now: datetime) -> bool:
    return state.failing_since is not None and now - state.failing_since >= LOST


def _succeeded(old: FeedState, document: Document, new_items: int, now: datetime) -> FeedState:
    fresh = replace(
        revived(old),
        moved_to=_moved_to(old.url, document),
        last_success=now,
        last_new=now if new_items else old.last_new,
    )
    if document.is_unchanged:
        return fresh
    validated_url = document.url if document.etag or document.last_modified else ""
    return replace(fresh, etag=document.etag, last_modified=document.last_modified, validated_url=validated_url)


def _moved_to(url: str, document: Document) -> str:
    """Return the address to ask next time, "" where that is the configured one."""
    address = document.moved_to or document.asked
    return "" if address == url else address


def _failed(old: FeedState, heard: Heard, now: datetime) -> FeedState:
    answer = heard.answer if isinstance(heard.answer, FetchFailure) else None
    status = answer.status if answer else 0
    since = old.failing_since or now
    is_lost = status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE} or now - since >= LOST
    is_gone = status == HTTPStatus.GONE and not old.moved_to
    return replace(
        old,
        moved_to="" if is_lost else old.moved_to,
        failures=old.failures + 1,
        failing_since=since,
        last_error=heard.error,
        retry_at=_retry_at(answer.retry_after if answer else 0.0, now),
        gone_at=now if is_gone else None,
    )


def _retry_at(retry_after: float, now: datetime) -> datetime | None:
    """Return until when the server wants to be left alone (Retry-After: RFC 9110, section 10.2.3)."""
    if not retry_after > 0:
        return None
    return now + timedelta(seconds=min(retry_after, LONGEST_PATIENCE.total_seconds()))
