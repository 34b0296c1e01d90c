"""Copies in order -> what is known of each, over connections that are kept from one call to the next.

A connection that ends between two copies is opened anew. The first copy of which nothing is known, and every answer
that is about us and not about one copy, ends the turn: what was not tried by then was never handed over.
"""

import re
import time
import weakref
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from digest.adapters.smtp_line import Door, Lost, NotOpen, SmtpLine
from digest.deliver.replies import Reply, Verdict, verdict

LAST_BEGIN_SECONDS = 50.0
"""No copy is begun later in a turn: with all four minutes that one may take it ends within the lease of its batch."""

MOST_LOST = 3
"""New connections in a row that may end at a copy before the server is left alone for a while."""

IDLE_SECONDS = 60.0
"""A connection that was idle for longer is not used again: something on the way may have forgotten it in silence."""

_ENDS = frozenset({Verdict.ALL_LATER, Verdict.OURS, Verdict.UNKNOWN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One message, its envelope, and whose it is."""

    delivery_id: int
    sender: str
    address: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is known of one copy, and in whose words."""

    copy: Copy
    verdict: Verdict
    detail: str


class Lines:
    """Open connections to one server that nobody uses at the moment; any number of threads may take and give."""

    def __init__(self, door: Door) -> None:
        """None is open yet. They take leave when this object goes, at the latest when the program ends."""
        self._door = door
        self._idle: list[SmtpLine] = []
        self.close = weakref.finalize(self, _all_goodbye, self._idle)

    def take(self) -> SmtpLine:
        """A connection for the caller alone, kept or new; NotOpen where none can be had."""
        while self._idle:
            try:
                line = self._idle.pop()  # a list's pop is one step: no two threads get the same
            except IndexError:
                break
            if time.monotonic() - line.used_at <= IDLE_SECONDS:
                return line
            line.goodbye()
        return SmtpLine.opened(self._door)

    def give(self, line: SmtpLine) -> None:
        """Keep a connection for the next who asks."""
        if line.is_open:
            self._idle.append(line)


def answers(
    copies: Sequence[Copy],
    lines: Lines,
    *,
    last_begin: float = LAST_BEGIN_SECONDS,
    elapsed: Callable[[], float] = time.monotonic,
) -> Iterator[Answer]:
    """Hand over the copies one by one; yields exactly one answer for each, and never raises for what the network does.

    `last_begin` is in seconds from now, as `elapsed` counts them.
    """
    until = elapsed() + last_begin
    why = ""
    with _Turn(lines, is_over=lambda: elapsed() >= until) as turn:
        for copy in copies:
            if why:
                yield Answer(copy=copy, verdict=Verdict.ALL_LATER, detail=f"not tried: {why}")
                continue
            answer = turn.hand_over(copy)
            why = answer.detail if answer.verdict in _ENDS else ""
            yield answer


class _Turn:
    """One thread's use of a connection at a time, from the first copy to the last."""

    def __init__(self, lines: Lines, *, is_over: Callable[[], bool]) -> None:
        self._lines = lines
        self._is_over = is_over
        self._line: SmtpLine | None = None
        self._lost = 0

    def __enter__(self) -> "_Turn":
        return self

    def __exit__(self, *_: object) -> None:
        if self._line is not None:
            self._lines.give(self._line)

    def hand_over(self, copy: Copy) -> Answer:
        """Hand over one copy; once more where a connection that had worked turns out to have ended before the dot."""
        try:
            while not self._is_over():
                line = self._open_line()
                if self._is_over():  # to open one may have taken long
                    break
                had_worked = line.is_proven
                try:
                    reply = line.hand_over(sender=copy.sender, address=copy.address, content=copy.content)
                except Lost as lost:
                    if had_worked:
                        continue
                    return self._lost_again(copy, lost)
                found = verdict(reply)
                if had_worked and found is Verdict.ALL_LATER and not line.is_open:  # 421, or nonsense, at its end
                    continue
                self._lost = 0
                return Answer(copy=copy, verdict=found, detail=_told(reply, copy))
        except NotOpen as error:
            found = Verdict.OURS if error.halts else Verdict.ALL_LATER
            return Answer(copy=copy, verdict=found, detail=str(error))
        return Answer(copy=copy, verdict=Verdict.ALL_LATER, detail="its batch had taken too long")

    def _open_line(self) -> SmtpLine:
        if self._line is None or not self._line.is_open:
            self._line = self._lines.take()
        return self._line

    def _lost_again(self, copy: Copy, lost: Lost) -> Answer:
        """A new connection ended at this copy: the next one may do better, a few times."""
        self._lost += 1
        found = Verdict.ALL_LATER if self._lost >= MOST_LOST else Verdict.LATER
        return Answer(copy=copy, verdict=found, detail=f"the connection was lost before the copy was sent: {lost}")


def _told(reply: Reply, copy: Copy) -> str:
    """The server's words on one line, without the addresses in them: they go into logs and alerts."""
    said = " ".join(reply.text.split())
    for address, name in ((copy.address, "reader"), (copy.sender, "bounce address")):
        said = _without(said, address, name)
    return f"{reply.stage}: {reply.code} {said}" if reply.code else f"no answer to the {reply.stage}: {said}"


def _without(said: str, address: str, name: str) -> str:
    return re.sub(re.escape(address), f"({name})", said, flags=re.IGNORECASE)


def _all_goodbye(idle: list[SmtpLine]) -> None:
    while idle:
        idle.pop().goodbye()
